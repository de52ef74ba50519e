"""The reasons of a letter and an audit in, what the policy holds of each and what the record shows on it out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from mednec.comparisons import Denial, DenialAnswer, DenialReason
from mednec.denials.quantities import Quantity, required, set_by
from mednec.denials.splitting import reasons_of
from mednec.denials.topics import Topic, patterns, patterns_about, topics_of, words_of
from mednec.model import Audit, Determination, Document

NUMBER = re.compile(r"\b[LA]\d{5}\b")
SECTION = re.compile(
    r"\b(section|limitation|indication|criteri(?:on|a)|covered|paragraph)s?\s+([A-Z]?\d*[a-z]?(?:\.\d+)*)\b",
    re.IGNORECASE,
)
PARTS = re.compile(r"[;.,]\s+|\b(?:and|but|because|while|or)\b", re.IGNORECASE)
MEASURES = {
    "length": "length of time",
    "window": "look-back window",
    "gap": "interval",
    "sessions": "number",
    "percent": "percentage",
    "levels": "number of levels",
    "score": "score",
}


def answer(audit: Audit, letter: Sequence[Document]) -> Denial:
    """What the policy in force and the record say to each reason of a payer's letter."""
    answers = tuple((reason, tuple(_answers(reason, audit))) for reason in reasons_of(letter))
    return Denial(audit, tuple(letter), answers, tuple(_cited(letter, audit)))


def _answers(reason: DenialReason, audit: Audit) -> Iterator[DenialAnswer]:
    named = [d for d in audit.determinations if _names(reason.text, d)]
    found = topics_of(reason.text)
    for topic in found:
        yield _of_topic(topic, required(_said_of(topic, found, reason.text)), audit)
    told = {clause.criterion.key for topic in found for clause in _about(topic, audit)}
    left = tuple(determination for determination in named if determination.criterion.key not in told)
    if left:
        yield DenialAnswer("the clause that is cited", "contained", clauses=left)
    elif not found:
        yield DenialAnswer("", "unmatched")


def _said_of(topic: Topic, found: Sequence[Topic], text: str) -> str:
    """The part of a reason that is about one of its topics; what names none goes with what stands before it."""
    if len(found) == 1:
        return text
    told, current = [], False
    for part in PARTS.split(text):
        about = topics_of(part)
        current = topic in about if about else current
        told.append(part if current else "")
    return ". ".join(part for part in told if part)


def _of_topic(topic: Topic, numbers: Sequence[Quantity], audit: Audit) -> DenialAnswer:
    """What the policy holds of one topic: the same, another number, or nothing."""
    clauses = _about(topic, audit)
    left = tuple(part for part in audit.policy.not_decided if topic.terms.search(str(part.get("says", ""))))
    if not clauses:
        return DenialAnswer(topic.label, "contained" if left else "absent", left=left)
    measured = [number for number in numbers if number.measure in topic.measures]
    by_clause = [(clause, _set(clause, topic, audit)) for clause in clauses]
    differences = tuple(told for number in measured if (told := _difference(number, by_clause)))
    nearest = [c for c, own in by_clause if any(n.measure == m.measure for n in own for m in measured)] or clauses
    verdict = "different" if differences else "contained"
    return DenialAnswer(topic.label, verdict, differences, tuple(nearest), left)


def _about(topic: Topic, audit: Audit) -> list[Determination]:
    """The clauses about a topic: by what they ask, or where none does, by their words."""
    asking = [d for d in audit.determinations if patterns_about(d.criterion, topic, audit.policy)]
    return asking or [d for d in audit.determinations if topic.terms.search(words_of(d.criterion))]


def _set(determination: Determination, topic: Topic, audit: Audit) -> tuple[Quantity, ...]:
    """The numbers that a clause sets for a topic; those of its words where it is about nothing else."""
    criterion = determination.criterion
    about = patterns_about(criterion, topic, audit.policy)
    alone = not about or len(about) == len(patterns(criterion, audit.policy))
    return set_by(about, criterion.cites.says if alone else "")


def _difference(number: Quantity, by_clause: Sequence[tuple[Determination, Sequence[Quantity]]]) -> str | None:
    """How a number of the letter differs from what the clauses set; None where one of them sets the same."""
    alike = [own for _, numbers in by_clause for own in numbers if own.measure == number.measure]
    if any(own.equals(number) for own in alike):
        return None
    if not alike:
        return f"The letter says {number.words}; the policy sets no {MEASURES[number.measure]} here."
    words = " or ".join(_unlike(alike))
    return f"The letter says {number.words}; the policy says {words}."


def _unlike(numbers: Sequence[Quantity]) -> list[str]:
    """The words of the numbers, each number once."""
    kept: list[Quantity] = []
    for number in numbers:
        if not any(number.equals(other) for other in kept):
            kept.append(number)
    return [number.words for number in kept]


def _names(text: str, determination: Determination) -> bool:
    """Whether a letter names a clause by its key or its section."""
    criterion = determination.criterion
    if criterion.key in text:
        return True
    named = {_plain(match[0]) for match in SECTION.finditer(text) if match[2]}
    return bool(named & {_plain(part) for part in criterion.cites.section.split(",")})


def _plain(section: str) -> str:
    word, _, number = " ".join(section.lower().split()).partition(" ")
    return f"{word.removesuffix('s')} {number}"


def _cited(letter: Sequence[Document], audit: Audit) -> Iterator[tuple[str, str]]:
    """The policy numbers that a letter names, and what each is to the policy in force."""
    source = audit.policy.source
    relations: Mapping[str, str] = {source.id: "in force", **dict.fromkeys(source.aliases, "a former number of it")}
    for name in dict.fromkeys(match[0] for document in letter for match in NUMBER.finditer(document.text)):
        yield name, relations.get(name, "not the policy in force")
