"""The facts of a smallest gap in, what to ask of each thing out: neutral questions, which suggest no answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from mednec.audit import wording
from mednec.audit.gaps import DATE, RECORD, Facts, MissingFact
from mednec.audit.selection import Asked
from mednec.model import Lack

PHRASES = {DATE: "the date", "status": "whether it was done"}
STATES = ("statement", "diagnosis", "functional_limitation", "rationale")  # kinds that are so or not, rather than done
ORDINALS = ("", "another", "yet another")
ASKED = {
    DATE: "when",
    "status": "was it done",
    "response": "with what effect on pain and function",
    "relief_percent": "what were the pain scores before and after, on which scale",
    "relief_days": "how long did the relief last, from when to when",
    "shown_days": "how long did the relief last, from when to when",
    "duration_days": "from when to when, or for how many weeks",
    "sessions": "how many visits",
    "per_week": "how often a week",
    "adherence": "how regularly",
    "failure_reason": "why was it not enough, or could not go on",
    "pain_before": "what was the pain score before",
    "pain_after": "what was the pain score after",
    "function_percent": "what were the functional scores before and after, on which scale",
    "same_scale": "what were the scores before and after, on one scale",
    "injectate": "which agent was injected",
    "region": "for which body region",
    "side": "on which side",
    "levels": "at which spinal levels",
    "days": "since when, or for how long",
    "value": "what was the score",
    "low": "what was the score",
    "high": "what was the score",
    "result": "with what result",
    "named": "on which scale",
    "basis": "what does the imaging report say",
    "says": "what did it consist of",
    "about": "in the requested session or in another",
}  # how a clinician is asked for an attribute
REQUESTED = {
    "levels": "Which spinal levels are requested?",
    "side": "Which side is requested?",
    "procedure": "Which procedure code is requested?",
    "diagnoses": "Which diagnosis codes are given with the request?",
}


def lacks(facts: Facts, asked: Asked) -> tuple[Lack, ...]:
    """What is lacking of each thing, those that the chart speaks of already first."""
    ordered = sorted(facts, key=_order)
    return tuple(_lack(list(several), asked) for _, several in groupby(ordered, key=lambda fact: _order(fact)[:4]))


def _order(fact: MissingFact) -> tuple[bool, int, tuple[str, ...], int, str]:
    return (fact.piece is None, fact.piece or 0, (fact.kind, *fact.concepts), fact.number, fact.attribute)


def _lack(facts: Sequence[MissingFact], asked: Asked) -> Lack:
    first = facts[0]
    phrases = tuple(dict.fromkeys(_phrase(fact) for fact in facts if fact.attribute != RECORD))
    if first.kind == "request":
        return Lack("the request", phrases, _of_request(facts, phrases))
    if first.piece is not None:
        about = wording.named(asked.evidence[first.piece])
        return Lack(about, phrases, f"{about[:1].upper()}{about[1:]}: {_details(facts)}?")
    about = f"{ORDINALS[min(first.number, 2)]} {wording.sought(first.kind, first.concepts)}".strip()
    return Lack(about, phrases, _of_new(about, facts))


def _of_request(facts: Sequence[MissingFact], phrases: Sequence[str]) -> str:
    known = [REQUESTED[fact.attribute] for fact in facts if fact.attribute in REQUESTED]
    return " ".join(known) if len(known) == len(facts) else f"What does the request give as {_joined(phrases)}?"


def _of_new(about: str, facts: Sequence[MissingFact]) -> str:
    """What to ask of a thing that the chart does not speak of: of a treatment first whether there was any."""
    details = _details(fact for fact in facts if fact.attribute != "status")
    if facts[0].kind == "therapy":
        return f"Was there {wording.any_of(about)}?{f' If so: {details}?' if details else ''}"
    of = "on this: " if facts[0].kind == "statement" else "of "
    return f"What does the record say {of}{about}{f': {details}' if details else ''}?"


def _details(facts: Iterable[MissingFact]) -> str:
    return "; ".join(dict.fromkeys(_detail(fact) for fact in facts if fact.attribute != RECORD))


def _detail(fact: MissingFact) -> str:
    if fact.attribute == "status" and fact.kind in STATES:
        return "is it so"
    if fact.attribute in ("value", "role") and fact.kind == "technique":
        return "which"
    return ASKED.get(fact.attribute) or f"what is {wording.phrase(fact.attribute)}"


def _phrase(fact: MissingFact) -> str:
    if fact.attribute == "status" and fact.kind in STATES:
        return "whether it is so"
    return PHRASES.get(fact.attribute) or wording.phrase(fact.attribute)


def _joined(phrases: Iterable[str]) -> str:
    *others, last = phrases
    return f"{', '.join(others)} and {last}" if others else last
