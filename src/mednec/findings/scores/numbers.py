"""A stretch of text in, the numbers in it that could be pain scores out, and what they cannot be."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.aims import is_aimed_at

WORDS = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
N = rf"(?:\d{{1,2}}(?:\.\d)?|(?:{'|'.join(WORDS)}|nil)(?![A-Za-z]))"
OF = (
    r"\s?/\s?100?\b|\s(?:out\sof|over|of)\s(?:a\spossible\s)?(?:100|10|ten)\b(?!\s(?:visits|sessions|"
    r"days|patients))"
    r"|\son\s(?:an?\s|the\s)?(?:pain\s)?(?:scale\s)?(?:of\s|from\s)?[01]\s?(?:-|to|\u2013)\s?10\b"
)
NUMBER = compiled(
    rf"(?<![\w./:#$%\u00b0])(?<![\d\s]-)(?<!(?-i:[A-Z])-)(?P<between>between\s(?:an?\s)?)?(?P<low>{N})(?P<graded>\s?/\s?10\b|"
    rf""
    rf"\sout\sof\s(?:10|ten)\b)?"
    rf"(?P<join>(?(between)\s(?:and|to)\s|\s?(?:-|\u2013|\u2014|\b(?:down\s)?to\b|\bor\b)\s?)(?:an?\s)?(?P<high>{N}))?"
    rf"(?P<of>{OF})?(?P<mm>\s?[cm]m\b(?!\s?Hg))?(?![\w/:]|\.\d|-\d|\s?%)",
    re.I,
)
UNIT = compiled(
    r"(?:\sand\s(?:a|one)\shalf)?(?:\s?(?:,(?!\s?\d+\s?(?:%|percent))|and|&|or|to|-|\u2013)\s?\d+)*\s?-?\s?(?:%"
    r"|(?:percent|mg|mcg|ml|cc|kg|lbs?|h|hrs?|"
    r"hours?|mins?|minutes?|secs?|seconds?|d|days?|wks?|weeks?|mos?|months?|yrs?|years?"
    r"|y/?o|visits?|sessions?|times|blocks?|injections?|steps?|cm|deg\w*|degrees?|points?|pts?|"
    r"o'clock|feet|ft|levels?|joints?|nights?|quarters?|thirds?|fourths?|fifths?|tenths?)\b)|\s?[ap]\.?m\b|['\"\u00b0+#]|st\b|nd\b|rd\b|th\b",
    re.I,
)
APART = compiled(r"\s?,\s?\d+\s?(?:h|hrs?|hours?|mins?|minutes?|d|days?|wks?|weeks?|mos?|months?)\b", re.I)
ENDS = compiled(
    r"(?:-{0,2}>|=>|\u2192|\b(?:before|pre|baseline)\b[^.;\n]{1,40}\b(?:after|post)(?:\s(?:was|of)|:)?)\s*$", re.I
)
GOES_ON = compiled(
    r"\s*(?:$|[\"\u201d,;)\]\n{|\u2192]|\.(?!\d)|[-=]{0,2}>|/\s)|\s{2,}|\t|\s?\((?!s\))|\s(?:-|\u2013|\()"
    r"|\s(?:before|after|at|now|today|on|in|with|by|until|till|through|thru|average|avg|best|worst|"
    r"least|usual|when|while|and|then|but|to|or|pre|post|is|was|current|currently|for|out|most|during"
    r"|over|since|w|c|without|prior|per|this|scale|pain|standing|sitting|walking|from|despite|upon|going|coming|"
    r"which|that|she|he|pt|patient|down|up|overall|even|still|once|following|immediately|initially|"
    r"yesterday"
    r"|of\s10|of\sten|as|low|back|neck|leg|max|min|all|lying|lifting|bending|driving|because|due|rest|"
    r"activity|[LRx]|right|left|both|the|ODI|NDI|RMDQ|RMQ|PDI|LEFS|PROMIS)\b",
    re.I,
)
SCALE_ITSELF = compiled(
    r"\s?(?:=(?!\s?\d{1,3}(?:\.\d)?\s?(?:%|percent))|(?:being|meaning|represent\w+|equals?|is)\s(?:the\s)?(?:no"
    r"|worst|least|max\w*|most|"
    r"highest)|\((?:no|worst|none)\b)",
    re.I,
)
COUNTED = compiled(
    r"(?:(?<!/)\b[LCTSx]|(?<![->=])[#\u00d7<>\u2264\u2265]=?|\b(?:no|(?<!at\s)(?<!this\s)(?<!first\s)(?<!final\s)(?<!last\s)(?<!initial\s)visits?|days?|"
    r"(?<!this\s)(?<!past\s)(?<!last\s)weeks?|wks?|months?|"
    r"hours?|hrs?|steps?|grade|stage|type|page|age|aged|phase|block|(?<!after\s)session|every|next|"
    r"last|past|than|"
    r"under|below|within|at\sleast|"
    r"first|second|MBB|MBBs|q|type|room|level|levels|these|those|other)\.?\s?#?)\s*$",
    re.I,
)
DATED = compiled(
    r"\b(?:on|since|by|dated|until|till|through|thru|seen|(?<!at\s)(?<!this\s)(?<!first\s)(?<!final\s)(?<!last\s)(?<!initial\s)visit|DOS|date)\s*:?\s*$",
    re.I,
)
ORDERED = compiled(r"\b(?:prn|as\sneeded)\s(?:for\s)?(?:\w+\s){0,2}pain\s?(?:of|level|scale|score|rated)?\s*\(?$", re.I)
DATES_BEFORE = compiled(r"(?<!\d)\d{1,2}/(?!10\b)\d{1,2}[,\s]+$")
DATES_BEHIND = compiled(r"[,\s]+\d{1,2}/(?!10\b)\d{1,2}(?![\d/])(?!\s(?:strength|motor))")
ROWS = compiled(r"\s*(?:#|(?:visit|session|tx|rx)\s*#?)\s?\d{1,2}[.:)]?\s+", re.I)  # before the day of a row of a log
COUNT = compiled(r"\s*\d{1,2}[.:)]?\s+")
SCORE_CELL = compiled(r"\s+\d{1,2}\s?/\s?10\b")
DATE_CELL = compiled(r"\s*\(visit|\t|\s{2,}\S|\s\|")
OTHER_BEFORE = compiled(
    r"\b(?:strength|motor|MMT|power|grip|reflex\w*|DTRs?|mood|anxiety|depress\w+|stress|fatigue|"
    r"energy|satisf\w+|attendance|attended|completed|compliance|confidence|motivation|readiness|"
    r"nausea|dyspnea|cluster|"
    r"sleep|plantar\w*|dorsi\w*|flexors?|extensors?|quad\w*|EHL|deltoid|biceps|triceps|iliopsoas|"
    r"Waddell'?s?|Beighton|PHQ|importance|effort|ROM|range)\b[^.;,\n]{0,18}$",
    re.I,
)
OTHER_AFTER = compiled(
    r"\s*(?:times|reps|or\s(?:less|below|lower|under)|visits?|sessions?|attended|appointments?|appts?|goals?|"
    r"tests?|questions?|days?|patients?|strength|motor|mg|positive|signs?|criteria|satisf\w+|fatigue|"
    r"anxiety|stress|tender\spoints|attendance)\b",
    re.I,
)
AIMED_AT = compiled(r"\s+(?:is|was|as|being)\s+(?:\w+\s+){0,3}?(?:target|goal|aim|objective)\b", re.I)
BELOW = compiled(
    r"(?:(?<![-=])[<>\u2264\u2265]=?|\b(?:below|under|less\sthan|no\smore\sthan|no\sgreater\sthan|"
    r"or\sless|max(?:imum)?\spain\sof))\s*(?:an?\s)?$",
    re.I,
)
VARIED = compiled(
    r"\b(?:rang\w+|vari\w+|vary|varies|fluctuat\w+|between|anywhere|usually|stay\w*|remain\w*|hover\w*)\b"
    r"[^.;]{0,40}$",
    re.I,
)
VISUAL = compiled(  # the visual analogue scale is marked in millimeters where its number is more than ten
    r"\b(?:VAS|visual\s?analog(?:ue)?(?:\sscale)?)\b(?:[\s:=,|]|\((?:0-)?100\s?mm\)|\(mm\)|mm\b|\d{1,3}\b|->|\u2192|"
    r"\b(?:pain|score|scale|pre|post|before|after|was|is|at|of|in|to|today|now|current\w*|and|mark|from|with|discharge|"
    r"initial|baseline)\b)*$",
    re.I,
)
AMOUNT = compiled(  # 'went down by 2': what was lost, not what is left
    r"\b(?:down|up|drop\w*|fell|fall\w*|decreas\w*|reduc\w*|improv\w*|better|less|lower\w*|increas\w*|chang\w*|worse)\s"
    r"(?:\w+\s){0,2}?by\s(?:an?\s|about\s|roughly\s|some\s|~\s?)?$",
    re.I,
)
CHANGED = compiled(
    r"\b(?:from|went|decreas\w+|reduc\w+|improv\w+|drop\w*|increas\w+|fell|chang\w+|"
    r"unchanged)\b[^.;]{0,40}$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Number:
    """A number or range of numbers that could be a score; `graded` where it names its own scale ('6/10')."""

    start: int
    end: int
    low: float
    high: float
    of: int
    graded: bool
    when: str | None = None


def numbers(text: str, start: int, end: int) -> Iterator[Number]:
    """The numbers of a sentence that could be scores: not a dose, date, count, strength, goal or the scale itself."""
    for match in NUMBER.finditer(text, start, end):
        if not _cannot_be(text, start, match):
            yield from _read(text, start, match)


def _cannot_be(text: str, start: int, match: re.Match[str]) -> bool:
    first, last = match.span()
    graded = bool(match["graded"] or match["of"])
    unit = None if graded or match["mm"] else UNIT.match(text, last)
    if unit and not _ends_a_change(text, start, match, unit):
        return True
    if not graded and (_is_scale(match) or COUNTED.search(text, max(start, first - 14), first)):
        return True
    if SCALE_ITSELF.match(text, last) or BELOW.search(text, max(start, first - 24), first):
        return True
    if graded and _is_other_fraction(text, start, match):
        return True
    if AIMED_AT.match(text, last) or AMOUNT.search(text, max(start, first - 40), first):
        return True
    return bool(ORDERED.search(text, max(start, first - 40), first)) or is_aimed_at(text, start, first)


def _ends_a_change(text: str, start: int, match: re.Match[str], unit: re.Match[str]) -> bool:
    """Whether a unit behind a comma is of the length that follows, and not of the score: 'NRS 8 to 1, 5 hours'.

    A quotation mark that closes what the patient said is no unit either.
    """
    first = match.start("low")
    if unit.group() == '"':
        return text.count('"', start, first) % 2 == 1
    if not APART.match(unit.group()):
        return False
    told = match["high"] and "to" in match["join"].lower()
    return bool(told or ENDS.search(text, max(start, first - 70), first))


def _is_scale(match: re.Match[str]) -> bool:
    return match["high"] is not None and value(match["low"]) <= 1 and value(match["high"]) == 10


def _is_other_fraction(text: str, start: int, match: re.Match[str]) -> bool:
    first, last = match.span()
    before = max(start, first - 40)
    if DATES_BEFORE.search(text, max(start, first - 12), first) or DATES_BEHIND.match(text, last):
        return True
    if match["low"].startswith("0") and len(match["low"]) > 1:
        return True
    line = text.rfind("\n", 0, first) + 1
    if not text[line:first].strip(" \t0123456789") and DATE_CELL.match(text, last):
        return True
    if ROWS.fullmatch(text, line, first) or (COUNT.fullmatch(text, line, first) and SCORE_CELL.match(text, last)):
        return True
    return bool(
        DATED.search(text, before, first) or OTHER_BEFORE.search(text, before, first) or OTHER_AFTER.match(text, last)
    )


def _read(text: str, start: int, match: re.Match[str]) -> Iterator[Number]:
    """One number, or two where the words tell of a change ('8 to 3', 'from 4/10 to 6/10')."""
    of = 100 if (match["mm"] or "").endswith("mm") or (match["of"] or "").endswith("100") else 10
    graded = bool(match["graded"] or match["of"])
    low, high = value(match["low"]), value(match["high"] or match["low"])
    if 10 < max(low, high) <= 100 and not graded and VISUAL.search(text, max(start, match.start() - 60), match.start()):
        of = 100
    if max(low, high) > (20 if graded and of == 10 else of):
        return
    if match["high"] and _is_change(text, start, match, low, high):
        yield Number(
            match.start("low"),
            match.end("graded") if match["graded"] else match.end("low"),
            low,
            low,
            of,
            graded,
            "before",
        )
        yield Number(match.start("high"), match.end(), high, high, of, graded, "after")
    else:
        yield Number(match.start(), match.end(), min(low, high), max(low, high), of, graded)


def _is_change(text: str, start: int, match: re.Match[str], low: float, high: float) -> bool:
    if "to" not in match["join"].lower() or match["between"]:
        return False
    before = max(start, match.start() - 60)
    if VARIED.search(text, before, match.start()):
        return False
    return low >= high or bool(CHANGED.search(text, before, match.start()))


def value(words: str) -> float:
    """The number written in figures or as a word, as an int where it is whole."""
    if words[0].isdigit():
        number = float(words)
        return int(number) if number.is_integer() else number
    return 0 if words.lower() == "nil" else WORDS.index(words.lower())
