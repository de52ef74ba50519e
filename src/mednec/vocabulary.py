"""The words that rooms share: kinds, concepts, groups, attributes (from the lexicons), types, reasons, regions."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from itertools import chain
from pathlib import Path
from typing import Any

import yaml

from mednec.errors import LexiconError

DOCUMENT_TYPES = (
    "office_visit",
    "history_and_physical",
    "consultation",
    "therapy_evaluation",
    "therapy_note",
    "therapy_discharge",
    "procedure_note",
    "imaging_report",
    "electrodiagnostic_report",
    "psychological_evaluation",
    "laboratory_report",
    "medication_list",
    "questionnaire",
    "pain_diary",
    "telephone_encounter",
    "hospital_record",
    "order",
    "structured_entry",
    "addendum",
    "letter_of_medical_necessity",
    "appeal_letter",
    "attestation",
    "signature_attestation",
    "authorization_form",
    "payer_correspondence",
    "education_material",
    "consent",
    "billing",
    "fax_cover",
    "other",
)
SESSION_RECORDS = ("procedure_note", "hospital_record")  # documents that record a session that was held
EXCLUSION_REASONS = (
    "letter_of_medical_necessity",
    "appeal_letter",
    "attestation",
    "authorization_form",
    "education_material",
    "improper_amendment",
    "other_patient",
    "payer_correspondence",
    "after_request_date",
    "unreadable",
    "not_clinical",
)
WARNING_KINDS = (
    "contradiction",
    "cloned_note",
    "unsigned",
    "late_entry",
    "other_patient",
    "undated_document",
    "letter_only_fact",
    "scale_changed",
    "score_range",
    "region_mismatch",
    "side_mismatch",
    "stale_imaging",
    "low_ocr_confidence",
    "unreadable_page",
)
ELEMENTS = ("attempts", "description", "failure", "justification", "objective")
# How a text was read, from the best to the least.
GRADES = ("primary", "excerpt", "copy", "second-hand", "background", "unread")
REGIONS = (
    "cervical",
    "thoracic",
    "lumbar",
    "sacroiliac",
    "head",
    "shoulder",
    "elbow",
    "wrist_hand",
    "hip",
    "knee",
    "ankle_foot",
    "abdomen_pelvis",
    "chest",
    "widespread",
)

SPINE_SITES = {
    "1": "cervical",
    "2": "cervical",
    "3": "cervical",
    "4": "thoracic",
    "5": "thoracic",
    "6": "lumbar",
    "7": "lumbar",
    "8": "sacroiliac",
}  # the region that the last figure of an ICD-10-CM code of the spine (M43-M54) stands for

NAMED_WORDS = re.compile(r"\{([a-z_]+)\}")
UNITS = ((365, "year"), (30, "month"), (7, "week"), (1, "day"))


@dataclass(frozen=True, slots=True)
class Concept:
    """One concept of a lexicon: how it is called, the group it belongs to, its words and its look-alikes."""

    kind: str
    name: str
    label: str
    group: str | None
    terms: tuple[str, ...]
    look_alikes: tuple[str, ...]
    examples: tuple[Mapping[str, Any], ...]
    extra: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """One lexicon file: a kind of finding, its attributes and its concepts (docs/reference/lexicon-format.md)."""

    kind: str
    about: str
    attributes: Mapping[str, Any]
    concepts: Mapping[str, Concept]

    def group(self, name: str) -> tuple[str, ...]:
        """The concepts of a group, in the order of the file."""
        return tuple(concept.name for concept in self.concepts.values() if concept.group == name)


@cache
def lexicon(kind: str) -> Lexicon:
    """The lexicon of a kind of finding (or of cues, sections, ...), read from the package's data.

    Raises LexiconError where there is none or its shape is wrong.
    """
    file = files("mednec") / "lexicons" / f"{kind}.yaml"
    if not file.is_file():
        raise LexiconError(f"there is no lexicon '{kind}'; there are: {', '.join(lexicon_names())}")
    data = _read(file)
    concepts = {name: _concept(kind, name, body or {}) for name, body in (data.get("concepts") or {}).items()}
    return Lexicon(kind=kind, about=data.get("about", ""), attributes=data.get("attributes") or {}, concepts=concepts)


@cache
def lexicon_names() -> tuple[str, ...]:
    """The names of all lexicons of the package, sorted."""
    folder = files("mednec") / "lexicons"
    return tuple(sorted(item.name.removesuffix(".yaml") for item in folder.iterdir() if item.name.endswith(".yaml")))


def _read(file: Traversable) -> Any:
    """The data of a lexicon; what was parsed once is kept as JSON, beside the compiled modules, under a digest."""
    words = file.read_bytes()
    if not isinstance(file, Path):
        return spelled_out(yaml.load(words, Loader=yaml.CSafeLoader))
    kept = file.parent / "__pycache__" / f"{file.stem}.{hashlib.sha256(words).hexdigest()[:20]}.json"
    try:
        return json.loads(kept.read_bytes())
    except (OSError, ValueError):
        data = spelled_out(yaml.load(words, Loader=yaml.CSafeLoader))
    if not sys.dont_write_bytecode:
        _keep(data, kept)
    return data


def spelled_out(data: Any) -> Any:
    """The data of a lexicon with each `{name}` in an expression replaced by any one of its `words` of that name.

    Raises LexiconError where an expression names words that are not there, or words that name themselves.
    """
    words = data.get("words")
    if not words:
        return data
    return {key: _spelled(value, words, ()) for key, value in data.items() if key != "words"}


def _spelled(value: Any, words: Mapping[str, Sequence[str]], within: tuple[str, ...]) -> Any:
    if isinstance(value, Mapping):
        return {key: _spelled(each, words, within) for key, each in value.items()}
    if isinstance(value, list):
        return [_spelled(each, words, within) for each in value]
    if not isinstance(value, str):
        return value
    return NAMED_WORDS.sub(lambda named: _any_of(named[1], words, within), value)


def _any_of(name: str, words: Mapping[str, Sequence[str]], within: tuple[str, ...]) -> str:
    if name not in words or name in within:
        told = "names itself" if name in within else f"is not among the words: {', '.join(words)}"
        raise LexiconError(f"'{{{name}}}' in an expression {told}; correct the name or add its words")
    return f"(?:{'|'.join(_spelled(word, words, (*within, name)) for word in words[name])})"


def _keep(data: Any, kept: Path) -> None:
    """Write the data where they can be read faster next time; where that is not allowed nothing is lost."""
    with contextlib.suppress(OSError, TypeError):
        words = json.dumps(data, ensure_ascii=False)
        if json.loads(words) != data:  # keys or values that JSON has no like of
            return
        kept.parent.mkdir(exist_ok=True)
        for older in kept.parent.glob(f"{kept.name.split('.')[0]}.*.json"):
            older.unlink()
        fresh = kept.with_suffix(f".{os.getpid()}")
        fresh.write_text(words, encoding="utf-8")
        fresh.replace(kept)


def _concept(kind: str, name: str, body: Mapping[str, Any]) -> Concept:
    known = ("label", "group", "terms", "not", "examples")
    return Concept(
        kind=kind,
        name=name,
        label=body.get("label", name.replace("_", " ")),
        group=body.get("group"),
        terms=tuple(str(term) for term in _flat(body.get("terms") or ())),
        look_alikes=tuple(str(term) for term in body.get("not") or ()),
        examples=tuple(body.get("examples") or ()),
        extra={key: value for key, value in body.items() if key not in known} | _readings(body.get("terms")),
    )


def _flat(terms: Sequence[Any] | Mapping[str, Sequence[Any]]) -> Iterable[Any]:
    """The terms of a concept, where they are sorted by how they are read ({sign: [...], test: [...]}) all of them."""
    return chain.from_iterable(terms.values()) if isinstance(terms, Mapping) else terms


def _readings(terms: Any) -> dict[str, Any]:
    if not isinstance(terms, Mapping):
        return {}
    return {"readings": {reading: tuple(map(str, some)) for reading, some in terms.items()}}


def length_in_words(days: float) -> str:
    """A length of time in the largest unit that says it exactly enough: 56 days are '8 weeks'."""
    if days < 1:
        number, unit = round(days * 24, 1), "hour"
    else:
        size, unit = next((size, unit) for size, unit in UNITS if days >= 2 * size or size == 1)
        number = round(days / size, 1)
    return f"{number:g} {unit}{'' if number == 1 else 's'}"
