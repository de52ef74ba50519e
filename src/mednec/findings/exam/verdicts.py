"""A statement in, its verdicts out: positive or negative, on which side, told by which words."""

from __future__ import annotations

import re
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.exam.results import Verdict, first_segment, graded, segments, side_before, union
from mednec.findings.exam.shapes import Statement, Term
from mednec.findings.exam.signs import denied_elsewhere, of_sign
from mednec.findings.exam.tokens import Token
from mednec.findings.exam.zones import OF_THE_JOINT

OPPOSITE = {"left": "right", "right": "left"}
FLIPPED = {"positive": "negative", "negative": "positive"}
CHANGE = compiled(
    r"\b(?:change|deficit|loss|abnormal|differen|asymmetr|limitation|problem|issue|restrict|reduc|defect|weak|"
    r"decreas|diminish|impair|disturb|difficult)",
    re.I,
)
FIGURE = compiled(r"[+-]?[0-5][+-]?\s?(?:/|out of|over)\s?[0-5][+-]?(?![\d])|(?:five|four|three) out of five")
UNTESTED = compiled(r"not? (?!only|longer|apparent)|deferred|untested|unable|could|cannot|difficult")
MEASURED = ("range_of_motion", "facet_loading")
FIGURES_OF = {
    "grade": ("motor", "other_sign"),
    "same": ("reflex", "range_of_motion", "motor", "sensory"),
    "reflex": ("reflex",),
    "percent": MEASURED,
    "degrees": MEASURED,
    "ratio": MEASURED,
}
PLANTAR = ("flexor", "extensor", "down")
UNSURE = ("equal", "stable", "present", "noted", "functional", "well", "able to")
AIDS = compiled(r"cane|walker|crutch|wheelchair|assist")
PLUSES = compiled(r"[1-4]\+|\+[1-4]")  # 'FABER 1+'
HALF_SENTENCE = 9
LIST_LENGTH = 40


def verdicts(statement: Statement, term: Term) -> list[Verdict]:
    """The verdicts on a term, in order; empty where nothing is said of it."""
    if any(token.what == "idle" and UNTESTED.match(token.words) for token in first_segment(statement.tail)):
        return []
    if term.reading == "sign":
        return [of_sign(statement, term), *denied_elsewhere(statement)]
    tail = _told(statement.tail or _of_last(statement, term), term)
    inner = _merged(_told(_inner(term), term), term)
    if term.words == "from":
        inner = [Verdict("negative", None, term.start, term.end)]
    head = _head(statement, term)
    found = _merged([*inner, *tail] if not inner or not tail else _with_inner(inner, tail), term)
    found = _completed(found, head, term)
    return [verdict for verdict in found if verdict.result or verdict.value]


def _of_last(statement: Statement, term: Term) -> list[Token]:
    """'Motor and sensation are intact to light touch': what stands within the last term of a list is of all."""
    last = statement.terms[-1]
    return [] if term is last or len(last.inner) < 2 else [*_inner(last)]


def _inner(term: Term) -> list[Token]:
    """The tokens inside a term of several words; a sign among them counts as an abnormal result."""
    found = []
    for token in term.inner:
        if token.what == "term" and ((token.reading == "sign" and term.reading != "sign") or "upgoing" in token.words):
            found.append(replace(token, what="pos"))
        elif token.what == "term" and re.search(r"down\s?going", token.words):
            found.append(replace(token, what="neg"))
        elif token.what == "term" and token.reading == "grade" and token.side:
            found.append(Token(token.start, token.start, "side", token.side, side=token.side))
            if figure := FIGURE.search(token.words):
                found.append(Token(token.start, token.end, "grade", figure.group()))
        elif token.what == "term" and token.reading == "grade" and (figure := FIGURE.search(token.words)):
            found.append(Token(token.start, token.end, "grade", figure.group()))
        elif token.what != "term":
            found.append(token)
    return found


def _with_inner(inner: list[Verdict], tail: list[Verdict]) -> list[Verdict]:
    """What stands inside a term of several words belongs to the verdict that follows it."""
    side = union(verdict.side for verdict in inner)
    result = next((verdict.result for verdict in inner if verdict.result), None)
    first, *rest = tail
    if result and first.result and result != first.result:
        return [*inner, *tail]
    return [
        replace(first, side=first.side or side, result=first.result or result, value=first.value or inner[0].value),
        *rest,
    ]


def _head(statement: Statement, term: Term) -> Verdict:
    """What the words in front of the terms say of all of them."""
    denied = False
    figure = ""
    result: str | None = None
    for token in statement.head:
        if token.what == "no":
            denied = True
        elif token.what in ("pos", "neg"):
            value = "positive" if token.what == "pos" else "negative"
            result = FLIPPED[value] if denied else value
            denied = False
        elif token.what == "degrees" and term.reading == "motion":
            figure = token.words
        elif token.what == "has" and term.reading == "test":
            result, denied = "positive", False
        elif token.what == "grade":
            result = graded(token.words)
        elif token.what == "pain" and term.reading in ("property", "motion", "test") and not result:
            result = "negative" if denied else "positive"
            denied = False
        elif token.what == "sep" and token.words in (",", ";", "but"):
            denied, result = False, result if _opens_list(statement, token) else None
    side = side_before(statement.head)
    if denied and result is None:
        said = " ".join(token.words for token in statement.tail[:4])
        result = (
            "negative"
            if term.reading == "test"
            or CHANGE.search(said)
            or CHANGE.search(term.words)
            or term.concept not in ("sensory", "reflex")
            else "positive"
        )
    reflex = next((token.words for token in statement.head if token.what == "reflex"), "")
    if reflex and term.reading == "test":
        result = "positive"
    return Verdict(result, side, weak=denied, value=reflex if term.concept == "reflex" else figure)


def _opens_list(statement: Statement, comma: Token) -> bool:
    """'Intact median, radial and ulnar sensation': what is said at the very start goes for the whole list."""
    opening = statement.head[0]
    return (
        comma.words == ","
        and opening.what in ("pos", "neg")
        and opening.start == statement.first
        and statement.terms[0].start - comma.end < LIST_LENGTH
        and all(token.what in ("sep", "side") for token in statement.head[1:])
    )


def _told(tokens: list[Token], term: Term) -> list[Verdict]:
    """The verdicts of the words behind a term, one or more for each stretch between separators."""
    found: list[Verdict] = []
    for segment in segments(tokens):
        found.extend(_of_segment(segment, term, found))
    return found


def _of_segment(segment: list[Token], term: Term, before: list[Verdict]) -> list[Verdict]:
    results = _results(segment, term)
    sides = [token for token in segment if token.what == "side"]
    if any(token.what == "cross" for token in segment) and results:
        side = next((OPPOSITE.get(verdict.side or "") for verdict in reversed(before) if verdict.side), None)
        return [replace(results[0], side=side)] if side else []
    if len(results) > 1 and len(sides) > 1:
        return _paired(results, sides)
    side = union(token.side for token in sides)
    if not results and side and before and before[-1].result and any(token.what == "no" for token in segment):
        return [Verdict(FLIPPED[before[-1].result], side, segment[0].start, segment[-1].end)]
    if not results:
        return [Verdict(None, side, sides[0].start, sides[-1].end)] if side else []
    strongest = _strongest(results)
    start = min(
        [token.start for token in (*sides, *segment) if token.what in ("side", "pos", "neg", "no", "grade", "reflex")]
        or [strongest.start]
    )
    end = max([strongest.end, *(token.end for token in sides)])
    return [replace(strongest, side=side, start=min(start, strongest.start), end=end)]


def _results(segment: list[Token], term: Term) -> list[Verdict]:
    found: list[Verdict] = []
    denied = False
    since = 0
    for index, token in enumerate(segment):
        since += 1
        if token.what == "no":
            denied, since = True, 0
            continue
        verdict = _result(token, term)
        if verdict is None:
            continue
        if denied and since <= HALF_SENTENCE and verdict.result:
            verdict = replace(verdict, result=FLIPPED[verdict.result], weak=True)
            denied = index + 1 < len(segment) and segment[index + 1].words == "or"
        found.append(verdict)
    if denied and not found and since <= 1:
        return [Verdict("negative", None, segment[-1].start, segment[-1].end, weak=True)]
    return found


def _result(token: Token, term: Term) -> Verdict | None:
    """What one token says of a term; None where it says nothing of terms of this kind."""
    if token.what in ("pos", "neg"):
        return _of_word(token, term)
    if token.what == "reflex" and term.concept in OF_THE_JOINT and PLUSES.fullmatch(token.words):
        return Verdict("positive", None, token.start, token.end)
    if token.what in FIGURES_OF and term.concept in FIGURES_OF[token.what]:
        return _of_figure(token, term)
    if token.what == "pain" and (
        term.reading in ("test", "motion") or term.words in ("rom", "arom", "range of motion")
    ):
        return Verdict("positive", None, token.start, token.end, weak=True)
    return None


def _of_word(token: Token, term: Term) -> Verdict | None:
    """A word for normal or abnormal, as it is meant of this kind of term."""
    result = "positive" if token.what == "pos" else "negative"
    weak = (
        token.words in UNSURE or bool(AIDS.match(token.words)) or (term.reading == "test" and token.words == "limited")
    )
    if token.words in PLANTAR:
        if term.concept != "reflex":
            return None
        if token.words == "down":
            result = "negative" if re.search(r"babinski|plantar|toe", term.words) else "positive"
    if token.words == "absent" and term.reading == "test":
        result = "negative"
    if token.words in ("present", "noted") and term.reading in ("property", "motion"):
        if token.words == "noted" or term.concept not in ("reflex", "sensory"):
            return None
        result = "negative"
    if token.words == "supple" and term.concept not in ("gait", "other_sign", "reflex"):
        return None
    if token.words in ("stiff", "stiffness") and term.reading == "test":
        return None
    return Verdict(result, None, token.start, token.end, weak)


def _of_figure(token: Token, term: Term) -> Verdict | None:
    """A grade, percent, angle or other figure: only grades of strength and percents of movement give a result."""
    if token.what == "grade":
        return Verdict(graded(token.words), None, token.start, token.end)
    if token.what == "percent":
        result = "positive" if int(re.sub(r"\D", "", token.words)) < 100 else "negative"
        return Verdict(result, None, token.start, token.end, value=token.words)
    if token.what == "ratio" and term.reading != "test":
        reached, normal = (int(part) for part in token.words.split("/"))
        return Verdict("positive" if reached < normal else "negative", None, token.start, token.end, True, token.words)
    if token.what in ("degrees", "ratio") and term.reading == "test":
        return None
    return Verdict(None, None, token.start, token.end, value=token.words)


def _strongest(results: list[Verdict]) -> Verdict:
    """Of several results in one stretch the outspoken one; among those the abnormal."""
    spoken = [verdict for verdict in results if verdict.result and not verdict.weak]
    for verdict in spoken:
        if verdict.result == "positive":
            return verdict
    if spoken:
        return spoken[0]
    return next((verdict for verdict in results if verdict.result), results[0])


def _paired(results: list[Verdict], sides: list[Token]) -> list[Verdict]:
    """'R+ L-', '+ left - right', '2+ right 1+ left': each result with the side next to it, in the order begun."""
    side_first = sides[0].start < results[0].start
    found = []
    for index, verdict in enumerate(results):
        if side_first:
            near = [
                side
                for side in sides
                if side.end <= verdict.start and (index == 0 or side.start >= results[index - 1].end)
            ]
        else:
            last = results[index + 1].start if index + 1 < len(results) else None
            near = [side for side in sides if side.start >= verdict.end and (last is None or side.end <= last)]
        side = union(token.side for token in near)
        start = min([verdict.start, *(token.start for token in near)])
        found.append(replace(verdict, side=side, start=start, end=max([verdict.end, *(token.end for token in near)])))
    return found


def _merged(found: list[Verdict], term: Term) -> list[Verdict]:
    """One verdict for what is told twice: a side behind its result, two sides with one result, pain beside a result."""
    kept: list[Verdict] = []
    for verdict in found:
        kept[-1:] = _combined(kept[-1], verdict, term) if kept else [verdict]
    return kept


def _combined(last: Verdict, verdict: Verdict, term: Term) -> list[Verdict]:
    """Two verdicts in a row: one where they tell the same, else both."""
    valued = bool(last.value and verdict.value)
    if verdict.result is None and not verdict.value:
        side = last.side if last.weak and last.side else union((last.side, verdict.side))
        return [replace(last, side=side)]
    if last.result is None:
        if valued and verdict.side in OPPOSITE and last.side != verdict.side:
            return [last, verdict]
        start, value = min(last.start, verdict.start), last.value or verdict.value
        return [replace(verdict, side=verdict.side or last.side, start=start, value=value)]
    if last.weak and last.value and verdict.result == "positive":
        return [replace(verdict, value=last.value, start=last.start, side=verdict.side or last.side)]
    if verdict.result == last.result:
        if verdict.side is None or last.side is None or verdict.side == last.side:
            return [replace(last, side=last.side or verdict.side, value=last.value or verdict.value)]
        if verdict.value == last.value and {verdict.side, last.side} == {"left", "right"}:
            return [replace(last, side="bilateral")]
    if verdict.side is None or verdict.side == last.side:
        return [_of_two(last, verdict, term)]
    aside = verdict.weak and not last.weak and verdict.result != last.result and term.reading == "test"
    if aside and not (verdict.side in OPPOSITE and last.side == OPPOSITE[verdict.side]):
        return [replace(last, side=last.side or verdict.side)]
    return [last, verdict]


def _of_two(last: Verdict, verdict: Verdict, term: Term) -> Verdict:
    """Two results without sides that differ: a test keeps the first, a property the abnormal one."""
    if verdict.result is None:
        return last
    if term.reading == "test" or (last.result == "positive" and not last.weak):
        return replace(last, result=verdict.result) if last.weak else last
    if verdict.weak and not last.weak:
        return last
    return replace(verdict, side=verdict.side or last.side)


def _completed(found: list[Verdict], head: Verdict, term: Term) -> list[Verdict]:
    """The verdicts with what the words in front of the term add."""
    if not found:
        return [replace(head, start=term.start, end=term.end)]
    first = found[0]
    if head.weak and first.result == "positive":
        return [replace(first, result="negative", side=first.side or head.side), *found[1:]]
    if first.result is None and head.result:
        first = replace(first, result=head.result)
    if (head.result == "positive" and first.result == "negative" and first.weak) or (
        head.result and first.weak and term.reading == "test"
    ):
        first = replace(first, result=head.result)
    if head.result == "positive" and term.reading in ("property", "motion") and first.weak:
        first = replace(first, result="positive")
    if first.side is None:
        first = replace(first, side=head.side)
    return [replace(first, value=first.value or head.value), *found[1:]]
