"""What policies ask for beyond the kinds of the contract: a parsed document in, `statement` findings out."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from mednec.findings.diagnosis import place
from mednec.findings.parse import Parsed
from mednec.findings.regions import side_in
from mednec.findings.statement.phrases import Phrase, phrases
from mednec.findings.statement.sessions import told_of_sessions
from mednec.model import Finding
from mednec.vocabulary import lexicon

SILENT_SECTIONS = {"family_history", "education"}
IMPACT = "severe_impact"
OF_SESSIONS = ("other_block_same_session", "series_planned", "several_regions_same_session")


def find(parsed: Parsed) -> Iterator[Finding]:
    """Every statement that the document makes of this patient or of the procedure that is planned or done."""
    report = place.is_report(parsed.document)
    body = place.body_of(parsed.text) if report else 0
    told: set[tuple[str, int]] = set()
    for phrase in chain(phrases(parsed, "statement", report=report), () if report else told_of_sessions(parsed)):
        key = (phrase.concept, phrase.quote[0])
        repeated = phrase.concept in OF_SESSIONS and key in told
        if phrase.concept == IMPACT and _has_another_cause(parsed, phrase):
            continue
        if not repeated and phrase.start >= body and parsed.section_at(phrase.start).name not in SILENT_SECTIONS:
            told.add(key)
            yield _finding(parsed, phrase, report)


def _has_another_cause(parsed: Parsed, phrase: Phrase) -> bool:
    """Whether the sentence gives another illness as what limits, and names no pain."""
    causes = parsed.within(*phrase.quote, "limitation_cues")
    named = any(cue.concept in ("other_cause", "never_pain") for cue in causes)
    return named and not parsed.within(*phrase.quote, ("symptom_duration", "pain_score"))


def _finding(parsed: Parsed, phrase: Phrase, report: bool) -> Finding:
    placed = lexicon("statement").concepts[phrase.concept].extra.get("placed")
    return parsed.document.finding(
        "statement",
        phrase.concept,
        phrase.start,
        phrase.end,
        quote=phrase.quote,
        status=phrase.says,
        **(_place(parsed, phrase, report) if placed else {}),
        **phrase.extra,
    )


def _place(parsed: Parsed, phrase: Phrase, report: bool) -> dict[str, Any]:
    first, last = phrase.quote
    bounds = (first, phrase.start, phrase.end, last)
    side = side_in(parsed.text, phrase.start, phrase.end) or side_in(parsed.text, first, last)
    traits = lexicon("statement").concepts[phrase.concept].extra
    vertebrae = place.vertebrae_within(parsed.text, phrase.start, phrase.end)
    vertebrae = vertebrae or place.vertebrae_of(parsed.text, bounds, denied=False)
    discs = None if traits.get("vertebral") and vertebrae else place.levels_of(parsed, bounds, report=report)
    levels = discs or vertebrae
    fixed = traits.get("region")
    region = fixed or place.region_of(parsed, bounds, levels or ()) or place.region_of_document(parsed, report)
    return {"region": region, "side": side, "levels": levels}
