"""The head and foot of a document in: the patient and the author out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from mednec.documents.days import days
from mednec.documents.fields import Field, Line, columns
from mednec.documents.patterns import pattern
from mednec.expressions.patterns import compiled
from mednec.model import Person

STOP = (
    r"(?!(?:DOB|DOS|MRN|Age|Sex|Acct|Account|Date|Birth|Born|Ref|Referring|Referred|Provider|Insurance|Ins|Dx"
    r"|Case|Chart|"
    r"Male|Female|Member|Group|Name|Pt|Phone|Tel|Fax|Visit|Exam|Encounter|ID|Medicare|Client|Patient|Gender|Race"
    r"|Address|PCP|"
    r"Attending|Procedure|Service|Diagnosis|Request|Carrier|Plan|SSN|MBI|Weight|Height|Payer|Ordering|Physician|Time|"
    r"Facility|Location|Dos|No|Self|Printed|Page|Room|Status|Requested|E-?sign\w*|Signed|Signature|Electronically"
    r"|Cosigned|"
    r"Digitally|Reviewed|Dictated|Interpreted|Authenticated|Completed|Therapist|By|Dear|Sincerely|Re|Subject|Attn)\b)"
)
PART = rf"{STOP}[A-Z][\w'’.-]*"
NAME = compiled(rf"(?:(?:Mr|Mrs|Ms|Miss|Dr)\.? )?({PART}(?: {PART})?,? {PART}(?:,? {PART}){{0,3}})")
LAST_FIRST = compiled(rf"{STOP}[A-Z][\w'’.-]+(?: [A-Z][\w'’-]+)?, ?{PART}(?: {PART}){{0,2}}")
BIRTH = compiled(r"\bD\.?O\.?B|birth|born", re.I)
DASHES = compiled(r"\s+(?:--+|\u2013|\u2014)\s+")  # between the columns of a banner
EARLIEST = 1995  # the year from which on a day may be one of service
BANNER = compiled(  # what stands right behind a patient's name in a banner: a record number, sex and age
    r"[ ,|/-]*(?:\(?(?:(?:MRN|ID|Acct|Chart|Record)\b[ #:.]*|# ?)\d{4,}|\([MF],? ?\d{1,3}\)"
    r"|\(?\d{1,3} ?(?:y/?o ?)?[MF]\b|\d{5,}\s*$"
    r"|\([^)\n]{0,12}\b(?:dob|born|b\.)|\((?:0?\d|1[0-2])[/-]\d{1,2}[/-](?:19[2-9]\d|200\d)\))"
)
TITLED = r"(?:(?:Mr|Mrs|Ms|Miss)\.? )"
TOLD_OF = compiled(  # 'to report on Ada Quill, your patient', 'I saw Mrs. Ada Quill', 'our patient Ada Quill'
    rf"\b(?:(?i:report(?:ing)? on|regarding|saw|seen|reviewed|examined|treated) {TITLED}"
    rf"|report(?:ing)? on (?=[^\n,.]{{3,40}},? (?:your|our) patient)|(?i:your|our|mutual) patient,? {TITLED}?)"
    rf"({PART} {PART}(?: {PART})?)(?=\W|$)"
)
CALLED = compiled(r"^(?:(?:patient|pt|client|name)\b[ :.]*)+(?=[A-Z])", re.I)
SUFFIXES = frozenset({"jr", "sr", "ii", "iii", "iv"})
CREDENTIAL = (
    r"(?:M\.?D|D\.?O|D\.?P\.?M|P\.?A(?:-?C)?|N\.?P(?:-C)?|F\.?N\.?P(?:-?B?C)?|A\.?P\.?R\.?N(?:-Rx)?|A\.?R\.?N\.?P"
    r"|C\.?R\.?N\.?A|DNP|"
    r"ACNP|AGNP|CNP|CNS|RN|LVN|LPN|MA|CMA|MPT|MSPT|DPT|P\.?T(?:A)?|OTR(?:/L)?|OTD|COTA|D\.?C|L\.?Ac|LMT|Ph\.?D"
    r"|Psy\.?D|LICSW|LCSW|"
    r"LPC|LMFT|EdD|MSW|PharmD|RT|ATC|MBBS|FAAPMR|FACEP)"
)
BESIDE_DATE = compiled(
    rf"({PART},? {PART}(?: {PART}){{0,2}}) ?(?:[/;|,(-] ?)+(?:(?:DOB|b\.|born):? ?)?"
    r"(?:\d{1,2}[/-]){2}(?:19[2-9]\d|200\d)\b"
    rf"|({PART},? {PART}(?: {PART}){{0,2}}) (?:\d{{1,2}}[/-]){{2}}19[2-9]\d[ ,/|;(]+(?:[MF]\b|\d{{2,3}} ?(?:[MF]|y))"
)
SIGNER = rf"(?-i:{PART}(?: {PART}){{1,3}}|[A-Z]\. ?(?:[A-Z]\. ?)?{PART}(?: {PART})?)"
PERSON = compiled(rf"(?P<name>{SIGNER}),? +(?P<title>{CREDENTIAL})\b\.?(?:,? +{CREDENTIAL}\b\.?)*", re.I)
SIGNS = ("sign", "authenticated", "attested", "finali", "/s/", " by")  # one of them in every word of signing
SIGNED_BY = compiled(
    r"(?:co-?)?signed|e-?sign\w*|authenticated|signature|attested|finali[sz]ed|/s/|(?:dictated|interpreted|read) by",
    re.I,
)


def patient_of(lines: list[Line], found: list[Field], dated: date | None = None) -> Person:
    """The patient that the head of a document names; any part may be unknown."""
    birth = birth_date(lines, found)
    name = next((name for name in labelled_names(found)), None) or unlabelled_name(lines, birth)
    if birth is None and dated is not None:
        birth = unlabelled_birth(lines, dated)
    return Person(name, birth)


def labelled_names(found: list[Field]) -> Iterator[str]:
    """Names after 'Patient:', 'Name:', 'RE:' and the like."""
    for field in found:
        if field.kind == "patient" and (field.leads or field.label.startswith(("patient", "beneficiary", "client"))):
            match = NAME.match(field.value)
            if match and plausible(match[1]) and not is_provider(field.value):
                yield tidy(match[1])


def is_provider(text: str) -> bool:
    """Whether a name bears a title of a profession: 'M. Estrada-Koch, MD' is no patient."""
    person = PERSON.match(text)
    return person is not None and person["title"].isupper() and len(person["title"]) > 1


def plausible(name: str) -> bool:
    """Whether a capitalized phrase can be a person's name and is no matter or place."""
    return pattern("no_names").search(name) is None


def birth_date(lines: list[Line], found: list[Field]) -> date | None:
    """The day after a label of birth; OCR may have made 'Dos' of 'DOB', which its year betrays."""
    for field in found:
        if field.kind == "birth":
            line = next(line for line in lines if line.number == field.line)
            day = next(days(line.text, field.place - line.start), None)
            if day and day.start - (field.place - line.start) < 30:
                return day.value
    return next((moment for field in found if field.label in ("dos", "d.o.s") if (moment := misread(field))), None)


def misread(field: Field) -> date | None:
    """A day of service that must be one of birth."""
    day = next(days(field.value), None)
    return day.value if day and day.value.year < 1990 else None


def unlabelled_name(lines: list[Line], birth: date | None) -> str | None:
    """A name without a label: the stretch before the birth date, or 'LAST, FIRST M' in one of the first lines."""
    for line in lines[:8]:
        dated = BESIDE_DATE.match(line.text.strip())
        if dated and plausible(dated[1] or dated[2]):
            return tidy(dated[1] or dated[2])
        parts = [CALLED.sub("", piece) for part, _ in columns(line) for piece in DASHES.split(part) if piece]
        for index, part in reversed(list(enumerate(parts))):
            match = LAST_FIRST.match(part) or NAME.match(part)
            if not match or is_provider(part) or not plausible(match.group()):
                continue
            alone = match.re is LAST_FIRST and part.isupper() and len(part) > 8
            behind = "   ".join(parts[index : index + 4])
            if alone or is_near_birth(behind, birth) or BANNER.match(behind, match.end()):
                return tidy(match.group())
    return next(
        (tidy(told[1]) for line in lines[:8] if (told := TOLD_OF.search(line.text)) and plausible(told[1])), None
    )


def is_near_birth(text: str, birth: date | None) -> bool:
    """Whether a text speaks of birth or has the day of it, or a day long ago."""
    return BIRTH.search(text) is not None or any(d.value == birth or d.value.year < EARLIEST for d in days(text))


def place_of_name(line: Line) -> int | None:
    """Where a line names somebody beside a day long ago, as the banner of a patient does."""
    if not any(day.value.year < EARLIEST for day in days(line.text)):
        return None
    for part, place in columns(line):
        if plausible(part) and (LAST_FIRST.match(part) or BESIDE_DATE.match(part) or NAME.match(part)):
            return line.start + place
    return None


def unlabelled_birth(lines: list[Line], dated: date) -> date | None:
    """A day in the line of the patient's name that lies far before the day of service."""
    for line in lines[:8]:
        text = line.text.strip()
        if LAST_FIRST.match(text) or BESIDE_DATE.match(text) or place_of_name(line) is not None:
            for day in days(line.text):
                if day.value.year <= dated.year - 15:
                    return day.value
    return None


def tidy(name: str) -> str:
    """A name as 'First Middle Last', capitals made ordinary."""
    name = " ".join(name.split()).strip(" ,.-")
    parts = [part.strip() for part in name.split(",") if part.strip()]
    words = [word for part in [*parts[1:], *parts[:1]] for word in part.split()] if len(parts) > 1 else name.split()
    tails = [word for word in words if word.lower().strip(".") in SUFFIXES]
    return " ".join(ordinary(word) for word in [*(word for word in words if word not in tails), *tails])


def ordinary(word: str) -> str:
    """A word of a name with ordinary capitals: OSEI-HOLT is Osei-Holt, McKay stays."""
    if not word.isupper() or len(word) < 3:
        return word
    return re.sub(r"[A-Za-z]+", lambda match: match.group().capitalize(), word)


def is_signing(text: str) -> bool:
    """Whether a line has a word of signing; the few letters that all of them share are looked for first."""
    lowered = text.lower()
    return any(sign in lowered for sign in SIGNS) and SIGNED_BY.search(text) is not None


def author_of(lines: list[Line], found: list[Field]) -> str | None:
    """Who wrote it: the one that signed, else the provider that the head names, else a name at the end."""
    signing = [line for line in lines if is_signing(line.text) and not re.search(r"\bpatient|witness", line.text, re.I)]
    signers = [
        *(signer for line in signing if (signer := nearest(line.text))),
        *(spelled(who) for line in signing if line.number and (who := PERSON.search(lines[line.number - 1].text))),
        *(author for field in found if field.kind == "author" and (author := named_by(field))),
        *(
            spelled(who)
            for line in reversed(lines[-6:])
            if (who := PERSON.search(line.text)) and plausible(who["name"])
        ),
    ]
    return next(iter(signers), None)


def named_by(field: Field) -> str | None:
    """The person after 'Provider:' and the like."""
    if person := PERSON.match(field.value):
        return spelled(person)
    named = NAME.match(field.value)
    return tidy(named[1]) if named and plausible(named[1]) else None


def nearest(text: str) -> str | None:
    """The person with a title who stands nearest to the word of signing in a line."""
    mark = SIGNED_BY.search(text)
    people = list(PERSON.finditer(text))
    if not mark or not people:
        return None
    return spelled(min(people, key=lambda p: min(abs(p.start() - mark.end()), abs(mark.start() - p.end()))))


def spelled(match: re.Match[str]) -> str:
    """A person with title, as 'Ruth Adeyemi-Clarke, MD'."""
    title = match["title"]
    name = re.sub(rf"(?:,? {CREDENTIAL})+$", "", match["name"])
    return f"{tidy(name)}, {title.upper().replace('.', '') if len(title) < 5 else title}"
