"""Kinds, attributes and values in, the words of reasons and gaps out."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mednec.errors import LexiconError
from mednec.model import Evidence, Finding
from mednec.vocabulary import length_in_words, lexicon

PHRASES = {
    "status": "whether it was done, and when",
    "response": "the response",
    "relief_percent": "scores before and after on one named scale",
    "relief_basis": "scores before and after on one named scale",
    "relief_days": "how long the relief lasted, with dates",
    "shown_days": "how long the relief lasted, with dates",
    "duration_days": "dates or number of weeks",
    "sessions": "the number of visits",
    "per_week": "the frequency",
    "adherence": "the adherence",
    "failure_reason": "the reason why it was not enough",
    "pain_before": "the pain score before",
    "pain_after": "the pain score after",
    "function_percent": "a functional score before and after",
    "same_scale": "scores on the same scale before and after",
    "injectate": "the agent injected",
    "region": "the body region",
    "side": "the side",
    "levels": "the spinal levels",
    "days": "the onset or the length of time",
    "days_before": "the date",
    "age_days": "the date",
    "value": "the value",
    "result": "the result",
    "within": "the date",
    "order": "the date",
    "recent": "the date",
    "low": "the score",
    "high": "the score",
    "named": "the name of the scale",
    "basis": "the imaging report",
    "says": "what it consisted",
    "after": "dates that fit the onset of the pain",
    "about": "the plan or the record of the requested session",
}
STATUS = {"affirmed": "stated", "negated": "denied", "past": "in the past", "not_tried": "not tried"}
SAID = ("status", "result")
TOLD = (
    *("absent", "history", "suspected", "negated", "not_tried", "declined", "contraindicated", "planned"),
    *("negative", "positive"),
)  # states without which a name alone would tell the opposite, or less than the chart does
SAYINGS = {
    "days": "lasting {}",
    "duration_days": "for {}",
    "relief_days": "relief for {}",
    "shown_days": "relief shown for {}",
    "relief_percent": "relief of {}%",
    "relief_stated": "stated relief of {}%",
    "function_percent": "function better by {}%",
    "low": "{}",
    "high": "{}",
    "value": "{}",
    "sessions": "{} sessions",
    "named": "scale named",
    "result": "{}",
    "role": "{}",
    "milligrams": "{} mg",
    "celsius": "{} degrees",
    "limited": "limited",
    "levels": "at {}",
    "side": "{}",
    "response": "response: {}",
    "pain_before": "pain before {}",
    "pain_after": "pain after {}",
}
NUMBER = re.compile(r"\d+(?:\.\d+)?(?= ?%| (?:day|week|month|year)s?\b)")
IN_DAYS = ("duration_days", "relief_days", "shown_days", "days", "days_before", "age_days")


def phrase(attribute: str) -> str:
    """What a clinician has to add where an attribute is missing."""
    return PHRASES.get(attribute, f"the {attribute.replace('_', ' ')}")


def label(kind: str, concept: str) -> str:
    """How a concept is called in a sentence."""
    try:
        known = lexicon(kind).concepts.get(concept)
    except LexiconError:
        known = None
    return known.label if known else concept.replace("_", " ")


def named(evidence: Evidence) -> str:
    """A piece of evidence in a few words: what it is, and its dates where known to the day."""
    days = [i.first.isoformat() for i in (evidence.start, evidence.end) if i is not None and i.first == i.last]
    dates = " to ".join(dict.fromkeys(days))
    name = label(evidence.kind, evidence.concept)
    return f"{name} ({dates})" if dates else name


def place(finding: Finding) -> str:
    """Where a finding stands: document, page, and the day it was written."""
    day = f", {finding.dated.isoformat()}" if finding.dated else ""
    return f"{finding.document_id} (page {finding.page}{day})"


def sought(kind: str, spec: Any) -> str:
    """What a pattern looks for, in words."""
    names = [str(name) for name in spec] if isinstance(spec, list | tuple) else [str(spec)]
    return " or ".join(_sought(kind, name) for name in names[:4]) + (" or the like" if len(names) > 4 else "")


def unrecorded(kind: str, spec: Any) -> str:
    """What is missing where nothing is told of what a pattern looks for; a statement is a sentence of its own."""
    return f"{'a word on this:' if kind == 'statement' else 'any record of'} {sought(kind, spec)}"


def _sought(kind: str, name: str) -> str:
    """A concept by its label; the name of a group of treatments ('active') needs its noun."""
    try:
        groups = {concept.group for concept in lexicon(kind).concepts.values()}
    except LexiconError:
        groups = set()
    return f"{name.replace('_', ' ')} treatment" if name in groups - {"medication"} else label(kind, name)


def any_of(about: str) -> str:
    """'any physical therapy', 'another block'."""
    return about if about.startswith(("another ", "yet another ")) else f"any {about}"


def in_state(evidence: Evidence) -> str:
    """A piece of evidence in a few words, with what is said of it where that is not merely that it is so."""
    told = [
        STATUS.get(str(value), in_words(value)) for value in (evidence.value(name) for name in SAID) if value in TOLD
    ]
    return f"{named(evidence)}: {', '.join(told)}" if told else named(evidence)


def stated(attribute: str, value: Any, test: Any, *, passed: bool = True) -> str:
    """One deciding fact in words: the attribute, its value and, for numbers, what it was measured by."""
    if attribute == "status":
        return STATUS.get(value, in_words(value))
    said = in_words(value, days=attribute in IN_DAYS)
    fact = SAYINGS.get(attribute, f"{attribute.replace('_days', '').replace('_', ' ')} {{}}").format(said)
    measure = f" ({'' if passed else 'not '}{test})" if isinstance(test, str) and " " in test else ""
    return f"{fact}{measure}"


def several(facts: Sequence[str], most: int = 3) -> str:
    """A few facts in one clause: the latest about each thing first, and how many more there are."""
    latest = {fact.split(" (")[0].split(":")[0]: fact for fact in facts}
    shown = [*latest.values(), *(fact for fact in reversed(facts) if fact not in latest.values())][:most]
    more = f"; and {len(facts) - most} more" if len(facts) > most else ""
    return "; ".join(shown) + more


def contrary(facts: Sequence[str], most: int = 3) -> str:
    """A few facts in one clause, those first that give one thing two values."""
    values: dict[str, set[str]] = {}
    for fact in facts:
        values.setdefault(_without_value(fact), set()).add(fact)
    twice = [fact for fact in dict.fromkeys(facts) if len(values[_without_value(fact)]) > 1]
    if not twice:
        return several(facts, most)
    more = len(set(facts)) - len(twice[:most])
    return "; ".join(twice[:most]) + (f"; and {more} more" if more else "")


def _without_value(fact: str) -> str:
    """What a fact is about: 'PT: response' of 'PT: response: none', 'PT: relief of %' of 'PT: relief of 50%'."""
    about, _, _ = fact.rpartition(": ")
    return about if ": " in about else NUMBER.sub("", fact)


def in_words(value: Any, *, days: bool = False) -> str:
    """A value as it is said in a sentence; days in the largest unit that says them exactly enough."""
    if days and isinstance(value, int | float) and not isinstance(value, bool):
        return length_in_words(value)
    if isinstance(value, list | tuple):
        return ", ".join(in_words(item) for item in value)
    if isinstance(value, Mapping):
        return ", ".join(f"{name} {in_words(item)}" for name, item in value.items())
    if isinstance(value, bool):
        return "yes" if value else "no"
    return f"{value:g}" if isinstance(value, float) else str(value).replace("_", " ")
