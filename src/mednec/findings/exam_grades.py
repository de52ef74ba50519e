"""The tokens of a unit in; out, with the muscles and reflexes that are graded in it as terms."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mednec.findings.exam_tokens import STRONG_SEPARATORS, Token

MUSCLES = frozenset(("range_of_motion", "reflex", "gait", "facet_loading"))
LEADING = re.compile(
    r"[\s:.()\u2022*-]*(?:(?:and|with|but|the|has|have|had|are|is|was|were|she|he|there|of|also|for|in|on|as|"
    r"except|otherwise|exception)\b\s*)*",
    re.I,
)


def chunks(tokens: list[Token]) -> Iterator[list[Token]]:
    """The tokens between commas and other strong separators."""
    chunk: list[Token] = []
    for token in tokens:
        if token.what == "sep" and token.words in STRONG_SEPARATORS:
            yield chunk
            chunk = []
        else:
            chunk.append(token)
    yield chunk


def muscles_named(text: str, start: int, end: int, tokens: list[Token]) -> list[Token]:
    """Beside a grade of strength, movements and joints are names of muscles; a grade without a name becomes a term."""
    if not any(token.what == "grade" for token in tokens):
        return tokens
    found: list[Token] = []
    edge = start
    for chunk in chunks(tokens):
        last = min(
            (token.start for token in tokens if token.what == "sep" and chunk and token.start >= chunk[-1].end),
            default=end,
        )
        found.extend(_graded(text, edge, chunk))
        edge = last + 1
        separator = next((token for token in tokens if token.start == last and token.what == "sep"), None)
        if separator:
            found.append(separator)
            edge = separator.end
    return found


def reflexes_named(text: str, start: int, tokens: list[Token]) -> list[Token]:
    """In a list of reflexes a grade without a name of the lexicon is a reflex too: 'upper extremities 2+'."""
    if not any(token.what == "term" and token.concept == "reflex" and token.reading == "property" for token in tokens):
        return tokens
    found: list[Token] = []
    edge = start
    for chunk in keeping_separators(tokens):
        grade = next((token for token in chunk if token.what == "reflex"), None)
        if (
            grade
            and found
            and not any(token.what == "term" for token in chunk)
            and not (chunk[0].what == "side" and grade.start - chunk[0].end < 3)
        ):
            opening = LEADING.match(text, edge, grade.start)
            first = opening.end() if opening else grade.start
            side = [token for token in chunk if token.what == "side" and token.end <= grade.start]
            named = Token(
                min(first, grade.start), grade.start, "term", "reflex", "reflex", "grade", side[0].side if side else ""
            )
            if named.end - named.start > 5:
                chunk = sorted(
                    [*(token for token in chunk if token.start >= grade.start), named], key=lambda token: token.start
                )
        found.extend(chunk)
        edge = chunk[-1].end if chunk else edge
    return found


def _graded(text: str, start: int, chunk: list[Token]) -> list[Token]:
    grades = [token for token in chunk if token.what == "grade"]
    if not grades:
        told = any(token.what in ("pos", "neg", "pain", "degrees", "percent", "ratio", "reflex") for token in chunk)
        return (
            chunk
            if told
            else [
                token
                for token in chunk
                if not (token.what == "term" and token.reading in ("motion", "grade") and token.concept in MUSCLES)
            ]
        )
    if any(
        token.what == "term" and token.concept in ("waddell", "other_sign") and token.reading == "test"
        for token in chunk
    ):
        return [_counted(token) if token.what == "grade" else token for token in chunk]
    following = next((token for token in chunk if token.start >= grades[0].end), None)
    if following and following.what == "term" and following.concept == "reflex" and following.reading == "property":
        return [replace(token, what="idle") if token.what == "grade" else token for token in chunk]
    kept = [token for token in chunk if not (token.what == "term" and token.concept in MUSCLES)]
    if any(token.what == "term" and token.concept == "motor" for token in kept):
        return kept
    opening = LEADING.match(text, start, grades[0].start)
    first = opening.end() if opening else start
    if grades[0].start - first > 60:
        first = text.find(" ", grades[0].start - 60, grades[0].start) + 1 or grades[0].start
    inner = [token for token in kept if token.start >= first and token.what == "side" and token.end <= grades[0].start]
    others = [token for token in kept if token not in inner and token is not grades[0]]
    named = Token(
        min(first, grades[0].start),
        grades[0].end,
        "term",
        text[first : grades[0].end].lower(),
        "motor",
        "grade",
        inner[0].side if inner else "",
    )
    return sorted(
        [*(token for token in others if token.end <= named.start or token.start >= named.end), named],
        key=lambda token: token.start,
    )


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
