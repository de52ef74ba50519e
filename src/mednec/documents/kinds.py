"""The text of a document in, its type out: by its title, by the form of a letter, and by what its body shows."""

from __future__ import annotations

import re
from functools import cached_property

from mednec.documents import insertions
from mednec.documents.addressees import writes_to_payer
from mednec.documents.fields import lines_of
from mednec.documents.patterns import pattern, sayings, signs, titles, titling
from mednec.documents.titles import leads, title_parts
from mednec.expressions.sieve import Sifted

TITLE_LINES = 12
SENTENCE = 8  # words that no title and no letterhead has in a line that ends with a period
LEADING = 3  # lines in which running text may follow a title
LEAD, TAIL = 7_000, 3_000  # characters of a long document that are looked at
LETTERS = ("letter_of_medical_necessity", "appeal_letter", "signature_attestation", "attestation", "authorization_form")
PLAIN = ("education_material", "consent", "billing", "fax_cover")
CLINICAL = (
    "pain_diary",
    "questionnaire",
    "telephone_encounter",
    "electrodiagnostic_report",
    "psychological_evaluation",
    "laboratory_report",
    "imaging_report",
    "procedure_note",
    "medication_list",
    "order",
    "hospital_record",
    "history_and_physical",
    "consultation",
    "office_visit",
)
NOTES = tuple(kind for kind in CLINICAL if kind != "imaging_report")  # whose titles 'Re: Mr. Holt' does not look like


def type_of(text: str) -> str:
    """One of vocabulary.DOCUMENT_TYPES; 'other' where nothing shows what it is."""
    view = View(text)
    return view.unclinical() or view.clinical()


class View:
    """A document as its type is told: title lines, letter form, and signs in its body, each looked for once."""

    def __init__(self, text: str) -> None:
        self.lines = lines_of(text[:LEAD])
        self.body = text if len(text) <= LEAD + TAIL else f"{text[:LEAD]}\n{text[-TAIL:]}"
        self.plain = self.body.lower().replace("\r\n", "\n")
        self.running = re.sub(r"[ \t]*\r?\n(?![ \t]*\r?\n)", " ", self.plain)  # lines that belong together, joined
        self._counts: dict[str, int] = {}
        self._heads: dict[int, Sifted] = {}
        self._titled: dict[str, int] = {}

    @cached_property
    def titles(self) -> list[tuple[int, str]]:
        """What may be a title in the first lines, with the number of its line."""
        found = [(line.number, part) for line in self.lines[:TITLE_LINES] for part in title_parts(line)]
        return [*((line.number, lead) for line in self.lines[:LEADING] for lead in leads(line)), *found]

    def titled(self, kinds: tuple[str, ...], within: int = TITLE_LINES) -> str | None:
        """The first of these types that a title names."""
        return next((kind for kind in titles() if kind in kinds and self._title_line(kind) < within), None)

    def _title_line(self, kind: str) -> int:
        """The number of the first line with a title of a type; one beyond all lines that are looked at for none."""
        if kind not in self._titled:
            names = titles()[kind]
            found = (n for n, part in self.titles if names.match(part)) if self._naming.may(kind) else ()
            self._titled[kind] = min(found, default=TITLE_LINES)
        return self._titled[kind]

    def _is_written_above(self, kind: str) -> bool:
        """Whether sentences stand above the title of a type: a line to the reviewer below a note is no title of it."""
        above = (line.text for line in self.lines[: self._title_line(kind)])
        return any(len(text.split()) >= SENTENCE and text.rstrip().endswith(".") for text in above)

    @cached_property
    def _naming(self) -> Sifted:
        return titling().of("\n".join(part for _, part in self.titles))

    def headed(self, kinds: tuple[str, ...]) -> str | None:
        """The first of these types that a heading in the first lines names."""
        heads = [line.text.partition(":")[0].strip() for line in self.lines[:TITLE_LINES] if ":" in line.text[:60]]
        return next(
            (kind for kind, names in titles().items() if kind in kinds and any(names.match(h) for h in heads)), None
        )

    def says(self, kind: str) -> int:
        """How many of the things that such documents say, this one says."""
        if kind not in self._counts:
            self._counts[kind] = self._said.count(kind)
        return self._counts[kind]

    def shows(self, name: str) -> int:
        """How many different signs of a list the body shows."""
        if name not in self._counts:
            self._counts[name] = self._shown.count(name)
        return self._counts[name]

    def has(self, name: str, lines: int | None = None) -> bool:
        """Whether any pattern of a list is found, in the first lines or anywhere."""
        return (self._shown if lines is None else self._head(lines)).any(name)

    @cached_property
    def _shown(self) -> Sifted:
        return signs().of(self.plain)

    @cached_property
    def _said(self) -> Sifted:
        return sayings().of(self.running)

    def _head(self, lines: int) -> Sifted:
        if lines not in self._heads:
            self._heads[lines] = signs().of("\n".join(line.text for line in self.lines[:lines]).lower())
        return self._heads[lines]

    # --- what is no clinical record --------------------------------------------------------------------------------

    def unclinical(self) -> str | None:
        """The type of a letter, form, attestation, handout or the like; None for a clinical record."""
        if self.has("letter_opening") and (letter := self.letter()):
            return letter
        strong = self.titled(LETTERS)
        if (
            strong
            and not (strong == "authorization_form" and self.shows("clinical_signs") >= 6 > 2 + self.says(strong))
            and (strong != "attestation" or not self._is_written_above(strong))
        ):
            return self.attested() if strong == "attestation" else strong
        needed = 1 if self.shows("clinical_signs") < 3 else 2
        if self.titled(("payer_correspondence",)) and self.says("payer_correspondence") >= needed:
            return "payer_correspondence"
        if self.is_blank() or (self.has("after_visit", lines=5) and self.shows("clinical_signs") < 7):
            return "education_material"
        plain = self.titled(PLAIN, within=8)
        if plain == "billing" and self.therapeutic():
            plain = None  # a therapist's ledger of visits
        if plain and (self.shows("clinical_signs") < 4 or (self.says(plain) >= 3 and self.shows("clinical_signs") < 6)):
            return plain
        if self.pleads() or self.opens_to_payer():
            return "appeal_letter" if self.says("appeal_letter") else "letter_of_medical_necessity"
        return self.by_saying()

    def is_blank(self) -> bool:
        """Whether it is a form that nobody has filled in."""
        boxes = re.findall(r"\[ ?\]|\( \)|☐", self.plain)
        marks = re.findall(r"\[ ?[x✓] ?\]|\(x\)|[☒☑]", self.plain)
        return len(boxes) + self.plain.count("___") >= 6 and not marks and self.has("blanks")

    def letter(self) -> str | None:
        """The type of a letter, by who writes to whom and what for; None where it is no letter after all."""
        necessity, appeal, payer = (
            self.says(kind) for kind in ("letter_of_medical_necessity", "appeal_letter", "payer_correspondence")
        )
        titled = self.titled(LETTERS)
        if payer >= 3 and payer > appeal + (necessity if self.has("to_payer") else 0):
            return "payer_correspondence"
        if titled:
            return self.attested() if titled == "attestation" else titled
        if self.has("to_payer"):
            if appeal >= 2 or (appeal and not necessity):
                return "appeal_letter"
            return "letter_of_medical_necessity" if necessity or self.has("treatment_told") else "other"
        if payer >= 2 and self.titled(("payer_correspondence",)):
            return "payer_correspondence"
        if self.titled(CLINICAL, within=8) or self.shows("clinical_signs") >= 6:
            return None
        if self.has("thanks_for_referral"):
            return None if self.therapeutic() else "consultation"
        if appeal >= 3 or necessity >= 4:
            return "appeal_letter" if appeal >= 3 else "letter_of_medical_necessity"
        if self.therapeutic() or not self.has("letter_closing"):
            return None
        return "consultation" if self.has("to_doctor") else "other"

    def pleads(self) -> bool:
        """Whether an untitled text speaks to whoever decides on payment; one to a doctor or of a therapist is none."""
        if not self.has("plea") or self.titled(("addendum", "payer_correspondence", *PLAIN, *NOTES)):
            return False
        told = self.shows("clinical_signs") >= 6 or self.has("thanks_for_referral") or self.has("to_doctor")
        return not (told or self.says("authorization_form") >= 2 or self.therapeutic())

    def opens_to_payer(self) -> bool:
        """Whether the first words are addressed to whoever pays, and little of a clinical record follows."""
        told = self.shows("clinical_signs") >= 6 or self.has("thanks_for_referral") or self.has("to_doctor")
        return not told and not self.titled(("addendum", *PLAIN, *NOTES), within=2) and writes_to_payer(self.body)

    def attested(self) -> str:
        """What an attestation is: of a signature, of a supervising clinician who saw the patient, or of treatment."""
        if self.says("signature_attestation") >= 2:
            return "signature_attestation"
        taught = self.has("teaching_attestation") and self.says("attestation") < 3
        return "office_visit" if taught else "attestation"

    def by_saying(self) -> str | None:
        """The type of an untitled document by what it says, where it shows hardly anything clinical."""
        clinical = self.shows("clinical_signs")
        if self.says("signature_attestation") >= 2 and clinical < 3:
            return "signature_attestation"
        if self.titled(("addendum",), within=6) or self.titled(CLINICAL):
            return None
        if clinical < 2 and self.shows("procedure_signs") < 2:
            told = (kind for kind in ("attestation", "letter_of_medical_necessity") if self.has(f"plainly_{kind}"))
            if kind := next(told, None):
                return "appeal_letter" if self.says("appeal_letter") else kind
        for kind, needed in (
            ("authorization_form", 4),
            ("payer_correspondence", 4),
            ("appeal_letter", 2),
            ("letter_of_medical_necessity", 3),
            ("attestation", 3),
            ("education_material", 3),
            ("consent", 3),
            ("billing", 2),
        ):
            if self.says(kind) >= needed and clinical < 3 and self.shows("procedure_signs") < 3:
                return kind
        return "education_material" if clinical < 2 and self.addresses_the_patient() else None

    def addresses_the_patient(self) -> bool:
        """Whether the text speaks to 'you' throughout and asks nothing, as handouts do."""
        words = len(self.body.split())
        spoken = len(re.findall(r"\byour?\b", self.body, re.I))
        return words > 60 and spoken / words > 0.03 and self.body.count("?") < 4

    # --- clinical records ------------------------------------------------------------------------------------------

    def clinical(self) -> str:
        """The type of a clinical record."""
        if self.titled(("addendum",), within=6) and self.shows("clinical_signs") < 7:
            return "addendum"
        if insertions.heads(self.body):
            return "addendum"
        titled = self.titled(CLINICAL[:2], within=5) or self.titled(CLINICAL[2:])
        if titled in ("pain_diary", "telephone_encounter", "electrodiagnostic_report"):
            return titled
        if self.therapeutic() and titled not in ("psychological_evaluation", "questionnaire"):
            return self.kind_of_therapy()
        if titled == "questionnaire":
            return titled
        if self.titled(("order",), within=1) and self.has("procedures", lines=4):
            return "order"  # 'Exam: epidural injection' is no study
        if self.reports_images(titled):
            return "imaging_report"
        if titled == "imaging_report":
            titled = self.titled(tuple(kind for kind in CLINICAL[2:] if kind != "imaging_report"))
        if titled == "procedure_note" and self.has("history_told") and self.shows("procedure_signs") < 2:
            titled = self.titled(CLINICAL[9:])
        if titled in (None, "office_visit") and self.shows("procedure_signs") >= 3 and not self.has("history_told"):
            return "procedure_note"
        if titled in (None, "order", "procedure_note", "office_visit") and (terse := self.terse()):
            return terse
        if titled == "order" and (self.shows("visit_signs") >= 2 or self.shows("told_signs") >= 3):
            return "office_visit"
        if titled is None and self.has("opens_with_procedure", lines=1) and self._tells_no_visit():
            return "procedure_note"
        titled = titled or self.headed(("electrodiagnostic_report", "hospital_record", "procedure_note"))
        told = self.shows("told_signs") + self.shows("treating_signs")
        seen = self.shows("clinical_signs") >= 3 or (self.prescribed and told >= 2)
        return titled or ("office_visit" if seen else "other")

    def _tells_no_visit(self) -> bool:
        return not self.has("history_told") and self.shows("told_signs") + self.shows("visit_signs") < 2

    def terse(self) -> str | None:
        """What a short record without headings is: of a study, or of a procedure; None where it tells a visit."""
        if self.shows("told_signs") + self.shows("visit_signs") >= 2:
            return None
        headed = any(number == 0 and titles()["imaging_report"].match(part) for number, part in self.titles)
        seen = self.has("studies", lines=3) and self.shows("radiology_words") >= (1 if headed else 2)
        if seen and not self.shows("treating_signs") and self.shows("technique_words") < 2:
            return "imaging_report"
        if self.has("procedures", lines=4) and self.shows("technique_words") >= 3 and not self._is_to_come():
            return "procedure_note"
        return None

    def _is_to_come(self) -> bool:
        """Whether the procedure is told as planned, and nothing of it as carried out."""
        return bool(self.shows("to_come")) and not self.shows("carried_out")

    def reports_images(self, titled: str | None) -> bool:
        """Whether it reports what images show, and no visit."""
        needed = 2 if titled == "imaging_report" else 4 if self.shows("visit_signs") else 3
        told = self.shows("visit_signs") >= 2 or self.shows("treating_signs") >= 3
        return self.shows("imaging_signs") >= needed and not told

    def therapeutic(self) -> bool:
        """Whether a therapist, chiropractor or acupuncturist wrote it."""
        if self.prescribed:
            return False
        if self.titled_therapy and not self.has("history_told"):
            return True
        headed = self.has("therapy_heads", lines=6)
        showing = self.shows("therapy_signs") >= 2 and not self.has("history_told")
        if not (headed or showing):
            return False
        return (headed and showing) or pattern("therapy_signers").search(self.signing) is not None

    @cached_property
    def titled_therapy(self) -> bool:
        """Whether a title in the first lines is that of a therapist's record."""
        return any(number < LEADING and pattern("therapy_titles").match(part) for number, part in self.titles)

    @cached_property
    def prescribed(self) -> bool:
        """Whether a prescriber signed it, and no therapist beside."""
        lines = self.body.splitlines()
        prescribers, signing = pattern("prescribers"), pattern("signing")
        if not any(prescribers.search(line) and signing.search(line) for line in lines):
            return False
        return not any(pattern("therapy_signers").search(line) and signing.search(line) for line in lines)

    @cached_property
    def signing(self) -> str:
        """The lines in which the author is named: the last ones, and those that speak of signing or the therapist."""
        last = self.body.rstrip().splitlines()[-8:]
        return "\n".join(
            [*last, *re.findall(r"^.*\b(?:sign|therap(?:ist|y)\b|clinician|pt:).*$", self.body, re.I | re.M)]
        )

    def kind_of_therapy(self) -> str:
        """Evaluation, visits or discharge: the last of them that the record reaches."""
        if self.has("therapy_discharge") or any(
            number < LEADING and pattern("therapy_ends").search(part) for number, part in self.titles
        ):
            return "therapy_discharge"
        visits = len(re.findall(r"^[ \t#]*(?:\d{1,2}[ .)]+)?\d{1,2}/\d{1,2}(?:/\d{2,4})?\b", self.body, re.M))
        return "therapy_evaluation" if self.has("therapy_evaluation", lines=20) and visits < 4 else "therapy_note"
