"""A sign in a statement, there or denied, and on which side."""

from __future__ import annotations

import re
from collections.abc import Iterable

from mednec.expressions.patterns import compiled
from mednec.findings.exam.results import Verdict, first_segment, segments, side_before, union
from mednec.findings.exam.shapes import Statement, Term
from mednec.findings.exam.tokens import Token

ADJECTIVE = compiled(
    r"(?:point |percussion )?tender(?: to palpation)?|ttp|painful (?:to|on) palpation|weak|weaker|red|warm|"
    r"hypertonic|antalgic"
)
TURNING = ("except", "with the exception", "but", "however", "although", "though", "indicating", "suggesting")
OUTSPOKEN = compiled(r"neg|absent|\(\s?-|-|none|normal|nl\b|unremark|free|pos|\+|\(\s?\+|present|noted|elicit")


def of_sign(statement: Statement, term: Term) -> Verdict:
    """A sign is there unless it is denied."""
    opening = [
        token
        for token in _near(statement, term)
        if token.what == "no" or (token.what in ("pos", "neg") and OUTSPOKEN.match(token.words))
    ]
    inner = [token for token in term.inner if token.what in ("no", "neg")]
    denied = bool(inner) or (bool(opening) and opening[-1].what in ("no", "neg") and not _is_double(opening))
    if re.search(r"\bnon[- ]?(?:tender|focal)|\bnot\b|\bno\b", term.words):
        denied = True
    for token in first_segment(statement.tail):
        if token.what == "neg" and re.match(r"neg|absent|\(|-|none|normal|unremark|well.(?:main|pres)", token.words):
            denied = True
        if token.what == "pos" and token.words in ("absent",):
            denied = True
        if token.what == "no" and token.words in ("not", "nil"):
            denied = True
    side = union(
        [
            *(token.side for token in first_segment(statement.tail) if token.side),
            *(token.side for token in term.inner if token.what == "side"),
        ]
    )
    if side is None:
        side = side_before(statement.head) or union(_idle_sides(statement.tail))
    return Verdict("negative" if denied else "positive", side, term.start, term.end)


def denied_elsewhere(statement: Statement) -> list[Verdict]:
    """'L PSIS tender, R not': the other side, in a stretch of its own."""
    found = []
    for segment in segments(statement.tail)[0:]:
        kinds = [token.what for token in segment]
        if (
            kinds in (["side", "no"], ["side", "neg"], ["neg", "side"], ["no", "side"])
            and statement.tail[0].what == "sep"
        ):
            side = next(token.side for token in segment if token.side)
            found.append(Verdict("negative", side, segment[0].start, segment[-1].end))
    return found


def _is_double(opening: list[Token]) -> bool:
    return len(opening) > 1 and opening[-2].what == "no" and opening[-1].what == "neg"


def _near(statement: Statement, term: Term) -> list[Token]:
    """The words in front of a sign that may deny it: before an adjective only those behind the last comma."""
    turned = max((index for index, token in enumerate(statement.head) if token.words in TURNING), default=-1)
    if not ADJECTIVE.fullmatch(term.words):
        return statement.head[turned + 1 :]
    last = max(
        (
            index
            for index, token in enumerate(statement.head)
            if token.what == "sep" and token.words in (",", ";", "but")
        ),
        default=-1,
    )
    return statement.head[last + 1 :]


def _idle_sides(tail: list[Token]) -> Iterable[str]:
    """The sides in stretches that give no result of their own ('TTP L4-5, L5-S1 facets bilat')."""
    return [
        token.side
        for segment in segments(tail)
        for token in segment
        if token.side and not any(other.what in ("pos", "neg", "no") for other in segment)
    ]
