"""The facts of a smallest gap in, what to ask of each thing out: neutral questions, which suggest no answer."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

from mednec.audit import wording
from mednec.audit.gaps import DATE, RECORD, Facts, MissingFact
from mednec.audit.selection import Asked
from mednec.model import Lack
from mednec.vocabulary import lexicon

PHRASES = {DATE: "the date", "status": "whether it was done"}
STATES = ("statement", "diagnosis", "functional_limitation", "rationale")  # kinds that are so or not, rather than done
ORDINALS = ("", "another", "yet another")


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
        about = "the request"
        return Lack(about, phrases, f"What does {about} give as {_joined(phrases)}?")
    if first.piece is not None:
        about = wording.named(asked.evidence[first.piece])
        return Lack(about, phrases, f"What does the record say of {about}: {_joined(phrases)}?")
    groups = {concept.group for concept in lexicon(first.kind).concepts.values()}
    names = [f"{name} treatment" if name in groups - {"medication"} else name for name in first.concepts]
    sought = wording.sought(first.kind, names)
    about = f"{ORDINALS[min(first.number, 2)]} {sought}".strip()
    told = f", and what does it say of {_joined(phrases)}" if phrases else ""
    return Lack(about, phrases, f"Is there any record of {about}{told}?")


def _phrase(fact: MissingFact) -> str:
    if fact.attribute == "status" and fact.kind in STATES:
        return "whether it is so"
    return PHRASES.get(fact.attribute) or wording.phrase(fact.attribute)


def _joined(phrases: Iterable[str]) -> str:
    *others, last = phrases
    return f"{', '.join(others)} and {last}" if others else last
