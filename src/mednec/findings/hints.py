"""What was found in, the words out that touch on a limit of a policy and that no finding explains.

A limit such as 'no sedation' is kept where the chart is silent. A chart in which he 'dozed through it on 2 of midaz' is
not silent: what nobody understood leaves the limit open, and the audit asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled, spaced
from mednec.findings.assertion.answers import answer
from mednec.findings.diagnosis import place
from mednec.findings.diagnosis.status import status_of
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.findings.statement.families import FAMILIES
from mednec.findings.statement.second_target import left_open
from mednec.findings.technique import records_a_procedure, when
from mednec.findings.terms import Hit
from mednec.model import Finding
from mednec.vocabulary import Concept, lexicon

KIND, SECOND = "hint", "second_target"
AROUND = 2  # sentences before and behind an injection in which more may be said of it
SEVERAL = 3  # sessions that are told one by one
REACH = 100  # characters before and behind a hint in which it may be denied or be of something else
DENIED = ("absent", "history")
NOT_YES = ("no", "blank")


def find(parsed: Parsed, found: Sequence[Finding]) -> Iterator[Finding]:
    """One finding for each sentence and limit that is touched on and not explained by what was found there."""
    if place.is_report(parsed.document):
        return
    done = records_a_procedure(parsed.document)
    told: set[tuple[str, int]] = set()
    for hit in _hits(parsed):
        concept = lexicon(KIND).concepts[hit.concept]
        quote = window(parsed, hit.start, hit.end)
        if (hit.concept, quote[0]) in told or _is_idle(parsed, concept, hit, quote):
            continue
        if _is_explained(concept, quote, found):
            continue
        attributes = (
            _of_session(parsed, hit, quote, done) if concept.extra["of"] == "session" else {"status": "unclear"}
        )
        if attributes and concept.extra.get("only") in (None, attributes["status"]):
            told.add((hit.concept, quote[0]))
            attributes |= _told_beside(parsed, concept, hit)
            yield parsed.document.finding(KIND, hit.concept, hit.start, hit.end, quote=quote, **attributes)


def _hits(parsed: Parsed) -> Iterator[Hit]:
    """Where words of the lexicon stand, and what is said around injections in its expressions."""
    yield from (hit for hit in parsed.of(KIND) if not hit.term.isupper() or parsed.text[hit.start : hit.end].isupper())
    for target in left_open(parsed):
        yield Hit(target.start, target.end, KIND, SECOND, target.family)
    around, whole = list(_around_injections(parsed)), [(0, len(parsed.text))]
    for name, near in _told():
        for first, last in around if near else whole:
            for match in _expression(name).finditer(parsed.text, first, last):
                yield Hit(match.start(), match.end(), KIND, name, "")


def _around_injections(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """The sentences that name an injection, each with those around it, as stretches that do not overlap."""
    done = 0
    for hit in parsed.of("therapy"):
        if hit.concept in FAMILIES and hit.start >= done:
            index = parsed.sentence_index(hit.start)
            first = parsed.sentences[max(index - AROUND, 0)].start
            last = parsed.sentences[min(index + AROUND, len(parsed.sentences) - 1)].end
            yield max(done, first), last
            done = last


def _is_idle(parsed: Parsed, concept: Concept, hit: Hit, quote: tuple[int, int]) -> bool:
    """Whether the words are denied, bygone or of something else, or stand in a section that tells nothing of it."""
    if parsed.section_at(hit.start).name in concept.extra.get("silent", ()):
        return True
    before, behind = max(quote[0], hit.start - REACH), min(quote[1], hit.end + REACH)
    if _is_there(concept, "before", parsed.text[before : hit.start]) or _is_there(
        concept, "behind", parsed.text[hit.end : behind]
    ):
        return True
    if _is_there(concept, "not_where", parsed.text[quote[0] : quote[1]]):
        return True
    if concept.extra["of"] != "condition":
        return False
    return status_of(parsed, hit.start, hit.end) in DENIED or answer(parsed.text, hit.start, hit.end) in NOT_YES


def _is_there(concept: Concept, name: str, words: str) -> bool:
    if name not in concept.extra:
        return False
    pattern = _words(concept.name, name)
    return bool(pattern.match(words) if name == "behind" else pattern.search(words))


def _is_explained(concept: Concept, quote: tuple[int, int], found: Sequence[Finding]) -> bool:
    """Whether findings of the sentence tell what the words are about; of a number of sessions, each of several days."""
    touched = concept.extra["touches"]
    beside = [f for f in found if f.quote_start < quote[1] and quote[0] < f.quote_end]
    if concept.extra["of"] == "count":
        sessions = [f for f in beside if f.kind == "therapy" and f.concept in FAMILIES]
        days = {f.get("started") for f in sessions if f.get("started")}
        return len(days) >= SEVERAL or any((f.get("sessions") or 0) >= SEVERAL for f in sessions)
    return any(f"{f.kind}.{f.concept}" in touched for f in beside)


def _told_beside(parsed: Parsed, concept: Concept, hit: Hit) -> dict[str, object]:
    """The family of a second place, and how many sessions a word comes to."""
    numbers = concept.extra.get("numbers", {})
    told = (numbers[word] for word in re.findall(r"\w+", parsed.text[hit.start : hit.end].lower()) if word in numbers)
    return {"family": hit.term if hit.term in FAMILIES.values() else None, "number": next(told, None)}


def _of_session(parsed: Parsed, hit: Hit, quote: tuple[int, int], done: bool) -> dict[str, object]:
    """Whether it is said of a session that is planned or was done; nothing where no procedure is spoken of."""
    near = (max(0, quote[0] - 200), quote[1] + 60)
    if not done and not when.PROCEDURE.search(parsed.text, *near):
        return {}
    return {
        "status": when.status(parsed, hit, quote, done),
        "earlier": when.is_earlier(parsed, quote, done) or None,
    }


@cache
def _told() -> tuple[tuple[str, bool], ...]:
    """The limits that are touched on in expressions, and whether only around injections."""
    told = (concept for concept in lexicon(KIND).concepts.values() if "told" in concept.extra)
    return tuple((concept.name, concept.extra["of"] != "condition") for concept in told)


@cache
def _expression(name: str) -> Needing | re.Pattern[str]:
    return needing(spaced(lexicon(KIND).concepts[name].extra["told"]), re.I)


@cache
def _words(name: str, part: str) -> re.Pattern[str]:
    return compiled(spaced(lexicon(KIND).concepts[name].extra[part]), re.I)
