"""A parsed document in, what sort of document it is out, as far as treatments are read differently in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.therapy.title import is_titled

RECORD_WORDS = frozenset(
    [
        "therex",
        "ther ex",
        "97110",
        "97112",
        "97140",
        "97530",
        "poc",
        "cont poc",
        "nmr",
        "mt",
        "prom",
        "mhp",
        "ifc",
        "stg",
        "ltg",
        "stgs",
        "ltgs",
        "plan of care",
        "rehab potential",
        "rehabilitation potential",
        "short term goals",
        "long term goals",
        "skilled therapy",
        "skilled physical therapy",
        "therapeutic exercise",
        "te",
        "stm",
        "manual",
    ]
)
RECORD_TOKENS = ("NPRS", "DPT", "PTA", "AROM")
DATE = compiled(
    r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}|\d{4}-\d\d-\d\d|\b\d{1,2} ?(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|"
    r"dec)[a-z]* ?\d{4}"
    r"|\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? \d{1,2},? \d{4}",
    re.I,
)
YOU = compiled(r"(?:\byour?\b.*?){4}", re.I | re.S)  # who is spoken to so often reads no record
DRAPED = compiled(r"\bprepped\b[^.;]{0,40}\bdraped\b|\bunder (?:general|spinal) anesthesia\b", re.I)
PERSON = compiled(r"\b(?:patient|she|he|his|her|pt|mr|mrs|ms|y/?o|year[- ]old)\b", re.I)


@dataclass(frozen=True, slots=True)
class Setting:
    """What sort of document it is, as far as treatments are read differently in it."""

    record: bool  # a therapist's own notes
    procedure: bool  # an operative or procedure note
    education: bool  # about a condition, not about a patient
    psychological: bool = False  # a psychologist's evaluation, which names the procedure that it is made for


def setting(parsed: Parsed) -> Setting:
    """The sort of document, from its type where that is known, else from its words and headings."""
    kind, text = parsed.document.type, parsed.text
    record = kind.startswith("therapy_") or _record_words(parsed) >= 2
    named = {section.name for section in parsed.sections}
    operative = "technique_description" in named and bool(named & {"procedure", "indication", "anesthesia"})
    operative = operative or {"procedure", "anesthesia", "indication"} <= named
    operative = operative or ("technique_description" in named and is_titled(text))
    operative = operative or ({"procedure", "indication"} <= named and "plan" not in named and _is_reported(parsed))
    general = kind == "other" and not record and len(text) > 600 and not PERSON.search(text, 0, 6000)
    education = kind == "education_material" or (general and (not DATE.search(text) or bool(YOU.search(text, 0, 6000))))
    operated = kind == "procedure_note" or (kind != "office_visit" and operative)
    return Setting(record, operated, education, kind == "psychological_evaluation")


def _is_reported(parsed: Parsed) -> bool:
    """Whether what stands under a heading such as 'Procedure' is the report of an operation."""
    under = (section for section in parsed.sections if section.name == "procedure")
    return any(DRAPED.search(parsed.text, section.body, section.end) for section in under)


def _record_words(parsed: Parsed) -> int:
    """How many different words of a therapist's record a document holds."""
    named = {
        hit.term.lower()
        for lexicon_ in ("therapy", "sections")
        for hit in parsed.of(lexicon_)
        if hit.term.lower() in RECORD_WORDS and parsed.text[hit.start].isupper() | (len(hit.term) > 8)
    }
    return len(named) + sum(token in parsed.text for token in RECORD_TOKENS)
