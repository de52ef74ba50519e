"""A remark in brackets or before a colon in, the stretch out whose values and tests it says to be of years ago.

Such a remark is of the examination or score beside it alone; what was treated or imaged years ago stays as it is told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.patterns import compiled
from mednec.findings.assertion.copied import RECENT, RENEWED, YEAR
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

MEASURED = frozenset(("exam", "pain_score", "function_score"))
MARKS = frozenset(("copied", "kept"))
OPENS, CLOSES = "[({", "])}"
NEAR = 12  # characters before a bare year in which the value stands that it dates
LONGEST = 130  # characters of a remark
LEAD = compiled(r"[ \t*-]*[^\n:.;]{0,110}:(?=\s|$)")
NOT_RENEWED = compiled(  # 'not repeated today' renews nothing
    r"\b(?:not|no|never|nothing|without|un)\b[^.;:)\]\n]{0,30}?"
    r"\b(?:today|updated?|confirmed|reviewed|this visit|currently)\b",
    re.I,
)
ELSE = compiled(
    r"\b(?:MRI|CT|x-?rays?|films?|imaging|scan|EMG|surgery|injections?|blocks?|ablation|labs?|HbA1c|vaccin\w+)\b", re.I
)
IN_BRACKETS = compiled(r"[\[({](?=[^\])}\n]{0,120}\b(?:19|20)\d\d\b)[^\])}\n]{4,160}[\])}]")
BARE = compiled(r"[\[(]\s?(?:\d{1,2}/){0,2}(?:19|20)\d\d\s?[\])]")
SOURCE = compiled(  # what a remark calls the source of what stands beside it
    r"\b(?:from|retained|default\w*|template|unmodified|verbatim|scanned|original\w*|recorded|entered|filed|on file"
    r"|in the system|same text|(?:not|never) (?:re-?)?(?:asked|assessed|done|peated|examined|tested|scored|taken)"
    r"|(?:note|exam|form|visit|intake|entry|chart|encounter|record|value|score) (?:of|from|in))\b",
    re.I,
)
ONSET = compiled(
    r"(?<!template )(?<!chart )(?<!note )\bsince\b|\b(?:onset|injur\w*|fall|fell|accident|MV[AC]|crash|began|start\w*"
    r"|surgery|pain from|result\w* from|was \d|up from|down from)\b",
    re.I,
)
A_SENTENCE = compiled(r"(?<=[.;]\s)[^.;\n]{5,160}[.;]?")
OF_EXAM = compiled(  # 'this exam is imported from a note of 2022'
    r"\b(?:this|these|the|all|above|same)\s(?:\w+\s){0,2}(?:exam\w*|tests?|findings|scores?|values?|numbers?"
    r"|ratings?)\b",
    re.I,
)
DASHED = compiled(r"\s(?:<-|[\u2013\u2014-])\s")
TAIL = compiled(r"[^.;\n]*")
TELLS = compiled(r"\d|[.,;]|\b(?:pos|neg)\w*", re.I)
BREAK = compiled(r"\n[ \t]*\n")


def spans(parsed: Parsed) -> Iterator[tuple[int, int]]:
    """Where values and tests stand that a remark says to be of years ago."""
    found = {
        remark for cue in parsed.of("corrections") if cue.concept in MARKS and (remark := _remark(parsed.text, cue))
    }
    found |= {said.span() for said in IN_BRACKETS.finditer(parsed.text) if _names_a_source(said.group())}
    for remark in sorted(found):
        if _is_old(parsed, remark):
            yield _meant(parsed, remark)


def _names_a_source(words: str) -> bool:
    return bool(BARE.fullmatch(words) or (SOURCE.search(words) and not ONSET.search(words)))


def _remark(text: str, cue: Hit) -> tuple[int, int] | None:
    """The brackets around a mark, else the words up to a colon at the head of its line, else those behind a dash."""
    line, stop = text.rfind("\n", 0, cue.start) + 1, text.find("\n", cue.end)
    stop = stop if stop >= 0 else len(text)
    opened = max(text.rfind(sign, max(line, cue.start - LONGEST), cue.start) for sign in OPENS)
    closed = min((at for sign in CLOSES if (at := text.find(sign, cue.end, stop)) >= 0), default=-1)
    if opened >= 0 and closed >= 0 and not any(sign in text[opened : cue.start] for sign in CLOSES):
        return opened, closed + 1
    lead = LEAD.match(text, line, stop)
    if lead and cue.end <= lead.end():
        return lead.span()
    own = next((said for said in A_SENTENCE.finditer(text, line, stop) if said.start() <= cue.start < said.end()), None)
    if own and OF_EXAM.search(own.group()):
        return own.span()
    dash = DASHED.search(text, line, cue.start)
    tail = TAIL.match(text, cue.end, stop) if dash else None
    return (dash.start(), tail.end()) if dash and tail else None


def _is_old(parsed: Parsed, remark: tuple[int, int]) -> bool:
    written, words = parsed.dated_at(remark[0]), parsed.text[slice(*remark)]
    years = [int(year) for year in YEAR.findall(words)]
    if written is None or not years or max(years) >= written.year - RECENT or ELSE.search(words):
        return False
    return RENEWED.search(NOT_RENEWED.sub("", words)) is None


def _meant(parsed: Parsed, remark: tuple[int, int]) -> tuple[int, int]:
    """What follows a remark that heads it; else its sentence, or the line up to a remark that stands by itself."""
    text, (first, last) = parsed.text, remark
    if text[last - 1] == ":" or _heads(text, first, last):
        gap = BREAK.search(text, last)
        renewed = next(
            (at for at in RENEWED.finditer(text, last) if not NOT_RENEWED.search(text, at.start() - 40, at.end())), None
        )
        ends = [gap.start() if gap else len(text), *([parsed.sentence_at(renewed.start()).start] if renewed else [])]
        return first, max(last, min(ends))
    if BARE.fullmatch(text, first, last):
        return max(first - NEAR, 0), last
    before = text[:first].rstrip()
    own = parsed.sentence_at(max(len(before) - 1, 0))
    line = before.rfind("\n") + 1
    clause = max(own.start, line, before.rfind(";") + 1)
    return (line if before.endswith((".", ";")) else clause), last


def _heads(text: str, first: int, last: int) -> bool:
    """Whether a remark in brackets ends a heading: nothing before it, up to a period, tells a figure or a verdict."""
    line = text[text.rfind("\n", 0, first) + 1 : first]
    if re.match(r"[ \t]*:", text[last:]):
        return TELLS.search(line.rpartition(". ")[2]) is None
    return re.match(r"[ \t]*\n", text[last:]) is not None and TELLS.search(line) is None
