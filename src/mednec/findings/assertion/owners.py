"""A parsed document in, the stretches out that speak of somebody else, or of patients in general."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.assertion import printed, relatives, whose, writers
from mednec.findings.assertion.addressed import commands
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit
from mednec.model import Finding

SELF = r"(?:he|she|they|pt|patient|the patient|this patient|we|i)"
# Where a clause about somebody else ends: it turns back to the patient.
TURN = compiled(
    rf";|(?<!\be\.g)(?<!\bi\.e)\.\s|\n[ \t]*\n|,\s(?:(?:and|but|so|while|whereas|yet)\s)?{SELF}\b|\s(?:and|but|"
    rf"while|whereas"
    rf"|so)\s(?:that\s)?{SELF}\b"
    r"|,\s(?:and|but|while|whereas)\s(?:his|hers?|the patient's)\b|\bsince then\b",
    re.I,
)
TO_SELF = compiled(rf"[;,:]\s(?:(?:and|but|while|whereas|so)\s)?{SELF}\b", re.I)
ASIDE = (
    r"(?:\s*,?\s*(?:who|whom|that)\b(?:\s(?!has|had|is|was|took|did|got|went|cannot|needs)\w+){0,4}"
    r"|\s*\([^)\n]{0,30}\)|\s(?:him|her)\s(?:in|at|on)\s(?:\w+\s?){1,4}?)?"
)
# What may be said beside a person who opens a sentence: 'Her mother, also a patient of ours, did ...'.
BESIDE = compiled(r"\s*,\s(?!(?:and|but|so|he|she|they|we)\b)[^.,;:\n]{1,60},(?=\s)", re.I)
OPENS = compiled(r"(?:(?:his|her|their|the|an?|our)\s)?(?:\w+\s)?", re.I)
HAS = compiled(
    rf"{ASIDE}\s+(?:also\s+|recently\s+|once\s+|never\s+|still\s+|just\s+|now\s+|already\s+)?"
    r"(?:ha[sd](?!\sto\b|\s(?:been\s)?(?:notic|observ|seen|help|take|driv|brought|call|report|told|said|written"
    r"|concern|to\b))"
    r"|is(?!\s(?:here|present|with\b|in\sthe\b|concern|worr|at\s|also\s(?:here|present)|accompan|driv|available"
    r"|able\sto|helping|aware|his|her|the\b"
    r"|told|asking|supportive|interpreting|translating))|was(?!\s(?:here|present|with\b|told|called|concern"
    r"|interpret))|are|were|cannot|can't|can\snot|could\snot|couldn't"
    r"|took(?!\s(?:over|her|him|the\spatient|care))|takes(?!\s(?:over|her|him|the\spatient|care))|tried|got|gets"
    r"|went(?!\swith)|goes\sto|rates|rated|scores|scored"
    r"|suffers?|suffered|underwent|completed|failed|received|needs|needed|wakes|walks|sits|stands|sleeps|lost"
    r"|quit|hurt|hurts|could|can\b"
    r"|did(?!\s(?:it|the\s(?:shopping|cooking|house))\b)|attended|finished|benefited|uses|used|started|stopped"
    r"|lives\swith\spain|responded)\b",
    re.I,
)
CALLING = compiled(  # what the patient is or was: 'she is a 69-year-old postal clerk', 'works as a bus driver'
    r"\b(?:s?he|the patient|pt|who|(?:mrs?|ms|miss)\.?\s[\w-]+)\s(?:is|was|works?(?:ed)? as|(?:has|had) been)\s"
    r"an?\s(?:[\w-]+\s){0,4}$|(?<=[.:\n]\s)(?:an?\s)?\d{2}[- ]?(?:y/?o|year[- ]old)\s(?:[\w-]+\s){0,4}$",
    re.I,
)
NEAR_NAME = 70  # characters before a calling in which the patient is named
WHOSE = compiled(r"\bwhose\s(?:\w+\s)?$", re.I)
BACK_TO_PATIENT = compiled(r"\b(?:him|the patient|patient's|pt's?)\b", re.I)
POSSESSED = compiled(
    r"['\u2019]s?\s+(?!report|account|opinion|help|assist|observ|birthday|care\b|death|house|car\b|name|request"
    r"|urging|advice|recommend|behest|encourag|wedding|funeral|doctor\b|physician"
    r"|presence|statement|view|insist|suggestion|arm\b(?!\s(?:pain|numb|symptom|weak))"
    r"|attorney|lawyer)(?=\w)|['\u2019]s(?=\s*[;,.])",
    re.I,
)
OWN = compiled(r"[^.;\n]{0,60}?\b(?:her|his|their)\s+own\b|[^.;\n]{0,40}?\b(?:himself|herself)\b", re.I)
THINGS = (
    r"(?:diar\w+|logs?|records?|scores?|list|form|report|MRI|films?|chart|page|sheet|results?|ratings?|numbers?"
    r"|questionnaire)"
)
BELONGS = compiled(
    rf"\b(?:belong\w*\s(?:to|in)|{THINGS}\b[^.;\n]{{0,40}}?\b(?:is|are|was|were)\s(?:that\s|those\s)?(?:of|from)"
    rf"|{THINGS}\s(?:of|from))"
    r"\s+(?:an?\s|the\s|his\s|her\s)?(?:\w+\s)?$",
    re.I,
)
TELLS = compiled(
    r"(?:\s*[:\u2013]|\s(?:\S+\s){0,8}?(?:says?|said|states?|explain\w*|mentions?|describes?|reads|tells|that|how"
    r"|about|lists|claims|shows|warns)\b|\s(?:\w+\s){0,2}given\s*:)",
    re.I,
)
TAUGHT = needing(
    rf"\b(?:(?:is|was|were|been|be|and|patient|pt|wife|husband|family)\s+(?:taught|educated|counsell?ed|informed"
    rf"|told|reminded)|(?:we|i)\s+(?:explained|taught|told|discussed)"
    rf"|^taught|(?<=[.;]\s)taught|explained)\b[^.;\n]{{0,40}}?(?:\bthat\b|:)\s*(?!\s|{SELF}\b|(?:his|her|the patient's"
    rf"|this|our)\b)",
    re.I | re.M,
)
RULES = compiled(
    r"['\u2019]?s?\s+(?:\w+\s+){0,2}?(?:covers?|requires?|required|states?|says|allows?|wants?|asks?(?:\sfor)?"
    r"|demands?|recommends?|defines?|considers?|lists?|calls?\sfor"
    r"|limits?|excludes?|insists?|pays?|mandates?|expects?|permits?|accepts?|prefers?|speaks?\sof|names?"
    r"|stipulates?|looks?\sfor|needs?|wants?|checks?\sfor|sees?(?=\s(?:proof|evidence|failure))"
    r"|is\slooking\sfor)\b(?!\s(?:denied|approved))",
    re.I,
)
# Whom a procedure or a rule is for: 'for patients in whom', 'reserved for those who'.
GENERAL = needing(
    r"\b(?:for|in|by|to|among|when)\s(?:(?:all|those|adult|most|selected|appropriate|only|elderly|any)\s)*"
    r"(?:patients|people|persons|individuals|anyone|someone|adults|candidates|members|beneficiaries|those)\s"
    r"(?:in\swhom|for\swhom|who|whose|that\s(?:have|has|had))\b",
    re.I,
)
# When a procedure is done at all: 'an epidural is indicated after failure of', 'blocks are appropriate when'.
INDICATED = needing(
    r"\b(?:is|are)\s(?:only\s|usually\s|generally\s|typically\s|normally\s|considered\s|deemed\s)*(?:indicated"
    r"|appropriate|reserved|warranted|justified|allowed|covered|approved|reasonable|offered|given|done|performed"
    r"|permitted|paid|authorized|medically\snecessary)\s(?:only\s)?(?:after|when|where|if|once|following|upon|for"
    r"|as\ssoon\sas)\b",
    re.I,
)
PROCEDURES = compiled(
    r"\b(?:an?\s(?:\w+\s){1,4}|\w*(?:injections|epidurals|blocks|ablations|procedures|ESIs|MBBs|RFAs|steroids"
    r"|implants)\s"
    r"|(?:they|these)\s)$",
    re.I,
)
# What is wanted on paper: 'we need six weeks of failed NSAIDs on record'.
ON_PAPER = needing(
    r"\b(?:need|needs|want|wants|requires?|expects?|must\shave|have\sto\shave|has\sto\shave|should\shave"
    r"|must\ssee)\s[^.;:\n]{0,90}?\b(?:on\s(?:record|file"
    r"|paper)|in\sthe\s(?:chart|record|notes?|file)|documented|spelled\sout|charted|written\sdown"
    r"|in\swriting)\b(?:\s*:[^.;\n]*)?",
    re.I,
)
# What is stated by the rule alone: 'failure of four weeks of medication, per L39240', with no word of this patient.
BY_RULE = needing(
    r"(?:[,;(\u2013-]\s*|\s)(?:as\s)?(?:per|according to|pursuant to|in line with|as (?:required|defined|stated"
    r"|set out) (?:by|in|under)|under|cf\.?|see)\s(?:the\s)?"
    r"(?:L\d{5}|A\d{5}|LCD|NCD|local coverage\s\w+|coverage\s(?:policy|criteria|determination)|policy"
    r"|payer\s\w+)\b[^.;\n]{0,20}?\)?(?=\s*(?:[.;\n]|$))",
    re.I,
)
OF_PATIENT = compiled(
    r"\b(?:patient|(?-i:[Pp]t)|she|he|her|his|they|i|we|mr|mrs|ms|has|had|have|was|were|did|tried|completed|underwent"
    r"|took|went|attended|since|ago|from)\b|\d/\d|\b20\d\d\b",
    re.I,
)
OF_ONE = compiled(r"\b(?:patient|(?-i:[Pp]t)|s?he|her|his|they|we|ago|since|so far)\b|\d/\d|\b20\d\d\b", re.I)
# Kinds of finding that weigh the words of a text by themselves, or that a clinician tells to a patient as facts.
TOLD = frozenset({"rationale", "diagnosis", "imaging", "exam"})
UNRULED = TOLD | {"therapy"}
PRINTED = frozenset({"rationale"})


Stretch = tuple[int, int, frozenset[str]]  # with the kinds of finding that count nevertheless


def spans(parsed: Parsed) -> list[Stretch]:
    """The stretches in which nothing counts, or nothing but findings of some kinds."""
    found: list[Stretch] = []
    sent = writers.writer(parsed)
    patient = writers.patient(parsed) if sent else frozenset()
    for hit in parsed.of("owners"):
        if hit is sent or hit.term in patient or hit.concept not in _OF:
            continue  # 'Mom did six weeks of PT', writes her daughter
        if hit.concept == "person" and CALLING.search(parsed.text, max(0, hit.start - NEAR_NAME), hit.start):
            continue  # 'She is a retired teacher who has had back pain for two years'
        read, spared = _OF[hit.concept]
        if hit.concept == "person":
            found += ((*span, frozenset()) for span in relatives.continued(parsed, hit))
        found += ((*span, spared) for span in read(parsed.text, parsed.sentence_at(hit.start), hit))
    for lesson in TAUGHT.finditer(parsed.text):
        last = _end(parsed.text, lesson.end(), parsed.sentence_at(lesson.start()))
        found.append((lesson.start(), last, TOLD))
    found += ((*command, frozenset()) for command in commands(parsed.text))
    found += ((*form, frozenset()) for form in whose.spans(parsed))
    found += ((*general, PRINTED) for _, general in printed.spans(parsed))
    found += ((*told, frozenset()) for told in (writers.spans(parsed, sent) if sent else ()))
    found += ((*span, frozenset({"diagnosis", "imaging", "exam", "technique"})) for span in _by_rule(parsed))
    found += ((*span, TOLD) for span in _indications(parsed))
    found += ((*wanted.span(), TOLD) for wanted in ON_PAPER.finditer(parsed.text))
    for rule in GENERAL.finditer(parsed.text):
        found.append((rule.start(), _end(parsed.text, rule.end(), parsed.sentence_at(rule.start())), frozenset()))
    return found


def _by_rule(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """The sentences that name the rule they are taken from, and nobody of whom they would be true."""
    for rule in BY_RULE.finditer(parsed.text):
        sentence = parsed.sentence_at(rule.start())
        if not OF_PATIENT.search(parsed.text, sentence.start, rule.start()):
            yield sentence.start, sentence.end


def _indications(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """What a sentence tells of when such procedures are done, with no word of this patient."""
    for rule in INDICATED.finditer(parsed.text):
        sentence = parsed.sentence_at(rule.start())
        general = PROCEDURES.search(parsed.text, max(sentence.start, rule.start() - 50), rule.start())
        if general and not OF_ONE.search(parsed.text, rule.end(), sentence.end):
            yield rule.end(), sentence.end


def of_the_patient(findings: Iterable[Finding], told: list[Stretch]) -> Iterator[Finding]:
    """The findings that are not another's; a treatment of somebody else stays, as such."""
    for finding in findings:
        if not any(start <= finding.start < end and finding.kind not in spared for start, end, spared in told):
            yield finding
        elif finding.kind == "therapy":
            yield replace(finding, attributes={**finding.attributes, "status": "other"})


def _end(text: str, at: int, sentence: Sentence) -> int:
    """Where the clause that begins at an offset ends, or turns back to the patient."""
    turn = TURN.search(text, at, sentence.end)
    return turn.start() if turn else sentence.end


def _of_person(text: str, sentence: Sentence, hit: Hit) -> Iterator[tuple[int, int]]:
    if BELONGS.search(text, max(sentence.start, hit.start - 90), hit.start):
        turn = TO_SELF.search(text, hit.end, sentence.end)
        yield sentence.start, turn.start() if turn else sentence.end
        return
    possessed = POSSESSED.match(text, hit.end, sentence.end)
    if possessed and not text[possessed.end() : possessed.end() + 1].isalnum():
        yield sentence.start, _end(text, hit.end, sentence)  # 'the form is his twin's'
        return
    if (begins := relatives.affected(text, sentence, hit.start, hit.end)) is not None:
        yield begins, hit.end
        return
    subject = relatives.is_subject(text, sentence, hit.start)
    aside = BESIDE.match(text, hit.end, sentence.end) if subject else None
    told = aside.end() if aside else hit.end
    last = _end(text, told, sentence)
    if WHOSE.search(text, sentence.start, hit.start) and (comma := text.find(",", told, last)) >= 0:
        last = comma  # 'Pt, whose mother has the same, got nothing from PT'
    clause = text[told:last]
    passing = not subject and (hit.term in relatives.INDEFINITE or relatives.is_named_beside(text, sentence, hit.start))
    own = None if passing else OWN.match(clause)  # 'here with her daughter, says PT did nothing for her own back'
    owns = own or HAS.match(clause) or possessed or (subject and _goes_on(text, told, last))
    owns = owns or relatives.heads(text, hit.start, hit.end, last)
    if owns and (own or not BACK_TO_PATIENT.search(clause)):
        yield hit.start, last


def _goes_on(text: str, told: int, last: int) -> bool:
    """Whether a person who is the subject does, has or suffers something, perhaps behind words on where he is."""
    if relatives.acts(text, told, last):
        return True
    return any(
        HAS.match(text, at, last) or relatives.IS.match(text, at, last) for at in relatives.places(text, told, last)
    )


def _of_informant(text: str, sentence: Sentence, hit: Hit) -> Iterator[tuple[int, int]]:
    yield hit.start, _end(text, hit.end, sentence)


def _of_teaching(text: str, sentence: Sentence, hit: Hit) -> Iterator[tuple[int, int]]:
    if TELLS.match(text, hit.end, sentence.end):
        yield hit.start, _end(text, hit.end, sentence)


def _of_rule(text: str, sentence: Sentence, hit: Hit) -> Iterator[tuple[int, int]]:
    if RULES.match(text, hit.end, sentence.end):
        yield hit.start, _end(text, hit.end, sentence)


_Reader = Callable[[str, Sentence, Hit], Iterator[tuple[int, int]]]
_OF: dict[str, tuple[_Reader, frozenset[str]]] = {
    "person": (_of_person, frozenset()),
    "informant": (_of_informant, frozenset()),
    "teaching": (_of_teaching, UNRULED),
    "rule": (_of_rule, TOLD - {"diagnosis"}),
}
