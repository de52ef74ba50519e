"""The tokens of a unit in; out, with the muscles and reflexes that are graded in it as terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from operator import attrgetter

from mednec.expressions.patterns import compiled
from mednec.findings.exam.tokens import STRONG_SEPARATORS, Token

MUSCLES = frozenset(("range_of_motion", "reflex", "gait", "facet_loading"))
START = attrgetter("start")
PAIR = compiled(r"[0-5][+-]?\s?/\s?[0-5][+-]?")
PULSES = compiled(r"\bpuls(?:es?|ations?)\b|\bcough\b|\bsmell|\bodor", re.I)
CLAUSE_OF_GRADE = compiled(
    r"\s*(?:which|that)\s+(?:is|are|was|were|has|have|had|measures?|grades?|test(?:s|ed)?)\s+(?:\w+\s+){0,2}", re.I
)
LEADING = compiled(
    r"[\s:.()\u2022*-]*(?:(?:and|with|but|the|has|have|had|are|is|was|were|she|he|there|of|also|for|in|on|as|"
    r"except|otherwise|exception)\b\s*)*",
    re.I,
)


def muscles_named(text: str, start: int, tokens: list[Token]) -> list[Token]:
    """Beside a grade of strength, movements and joints are names of muscles; a grade without a name becomes a term."""
    tokens = _with_clauses(text, _strong(text, start, tokens))
    if not any(token.what == "grade" for token in tokens):
        return tokens
    found: list[Token] = []
    edge = start
    for chunk in keeping_separators(tokens):
        separator = [token for token in chunk[-1:] if token.what == "sep" and token.words in STRONG_SEPARATORS]
        found += (*_graded(text, edge, chunk[: len(chunk) - len(separator)]), *separator)
        edge = separator[0].end if separator else edge
    return found


def _with_clauses(text: str, tokens: list[Token]) -> list[Token]:
    """The tokens without the comma before a clause that grades: 'except the right deltoid, which is 4/5'."""
    return [
        token
        for token, after in pairwise([*tokens, None])
        if token is not None
        and not (
            token.what == "sep" and token.words == "," and after and _grades_what_stands_before(text, token, after)
        )
    ]


def _grades_what_stands_before(text: str, comma: Token, after: Token) -> bool:
    return after.what == "grade" and CLAUSE_OF_GRADE.fullmatch(text, comma.end, after.start) is not None


def _strong(text: str, start: int, tokens: list[Token]) -> list[Token]:
    """'Both elbows are strong in flexion': the word itself tells of strength, movements beside it name the muscles."""
    strong = next((token for token in tokens if token.what == "neg" and token.words == "strong"), None)
    if strong is None or PULSES.search(text, start, max(tokens[-1].end, strong.end + 60)):
        return tokens
    if any(token.what == "term" and token.concept == "motor" and token.reading != "grade" for token in tokens):
        return tokens
    named = replace(strong, what="term", concept="motor", reading="grade")
    judged = replace(strong, start=strong.end)
    rest = [token for token in tokens if token is not strong and not (_may_be_muscle(token) or _is_muscle(token))]
    return sorted((*rest, named, judged), key=attrgetter("start", "end"))


def _is_muscle(token: Token) -> bool:
    return token.what == "term" and token.concept == "motor" and token.reading == "grade"


def reflexes_named(text: str, start: int, tokens: list[Token], labelled: bool) -> list[Token]:
    """In a list of reflexes a grade without a name of the lexicon is a reflex too: 'upper extremities 2+'."""
    if not labelled and not any(
        token.what == "term" and token.concept == "reflex" and token.reading == "property" for token in tokens
    ):
        return tokens
    found: list[Token] = []
    edge = start
    for chunk in keeping_separators(tokens):
        grade = next((token for token in chunk if token.what == "reflex"), None)
        if (
            grade
            and (found or labelled)
            and not any(token.what == "term" for token in chunk)
            and not (chunk[0].what == "side" and grade.start - chunk[0].end < 3)
        ):
            opening = LEADING.match(text, edge, grade.start)
            first = opening.end() if opening else grade.start
            side = [token for token in chunk if token.what == "side" and token.end <= grade.start]
            named = Token(
                min(first, grade.start), grade.start, "term", "reflex", "reflex", "grade", side[0].side if side else ""
            )
            if named.end - named.start <= 5:
                named = replace(named, end=grade.end)
                chunk[chunk.index(grade)] = replace(grade, start=grade.end)
            chunk = sorted([*(token for token in chunk if token.start >= grade.start), named], key=START)
        found.extend(chunk)
        edge = chunk[-1].end if chunk else edge
    return found


def _graded(text: str, start: int, chunk: list[Token]) -> list[Token]:
    """A stretch between commas, its muscles told from movements; a grade that names none becomes a term."""
    grade = next((token for token in chunk if token.what == "grade"), None)
    if grade is None:
        told = any(token.what in ("pos", "neg", "pain", "degrees", "percent", "ratio", "reflex") for token in chunk)
        return chunk if told else [token for token in chunk if not _may_be_muscle(token)]
    terms = [token for token in chunk if token.what == "term"]
    if any(token.concept in ("waddell", "other_sign") and token.reading == "test" for token in terms):
        return [_counted(token) if token.what == "grade" else token for token in chunk]
    following = next((token for token in chunk if token.start >= grade.end), None)
    if following and (following.concept, following.reading) == ("reflex", "property"):
        return [replace(token, what="idle") if token.what == "grade" else token for token in chunk]
    kept = [token for token in chunk if not (token.what == "term" and token.concept in MUSCLES)]
    if any(token.what == "term" and token.concept == "motor" for token in kept):
        return kept
    return _with_name(text, start, kept, grade)


def _may_be_muscle(token: Token) -> bool:
    return token.what == "term" and token.reading in ("motion", "grade") and token.concept in MUSCLES


def _with_name(text: str, start: int, kept: list[Token], grade: Token) -> list[Token]:
    """The words in front of a grade as its name: 'all others 5/5', 'left lower extremity 5/5'."""
    opening = LEADING.match(text, start, grade.start)
    first = opening.end() if opening else start
    if grade.start - first > 60:
        first = text.find(" ", grade.start - 60, grade.start) + 1 or grade.start
    side = next((token.side for token in kept if token.side and first <= token.start and token.end <= grade.start), "")
    named = Token(min(first, grade.start), grade.end, "term", text[first : grade.end].lower(), "motor", "grade", side)
    return sorted((*(token for token in kept if token.end <= first or token.start >= grade.end), named), key=START)


def _counted(token: Token) -> Token:
    """'Waddell 0/5': fewer than three signs of five are a negative test."""
    return replace(token, what="neg" if token.words.strip("+-")[0] in "012" else "pos")


def keeping_separators(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens between strong separators, each stretch with the separator behind it."""
    chunk: list[Token] = []
    for token in tokens:
        chunk.append(token)
        if token.what == "sep" and token.words in STRONG_SEPARATORS:
            yield chunk
            chunk = []
    yield chunk


def as_grade(token: Token) -> Token:
    """'Deltoids 4/4+' under 'Motor': the grades of the two sides, of which the weaker tells."""
    if token.what != "reflex" or PAIR.fullmatch(token.words) is None:
        return token
    return replace(token, what="grade")
