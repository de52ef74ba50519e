"""A parsed document in, its scores of function and disability out: the instrument, and its value where one is given."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest

from mednec.expressions.patterns import compiled
from mednec.findings.aims import is_aimed_at
from mednec.findings.function.form import quoted, total
from mednec.findings.function.names import stands_for_another
from mednec.findings.function.said import ahead_of, in_figures, is_supposed
from mednec.findings.goals import reached
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.scores import is_written_so, lines_of
from mednec.findings.scores.table import heading_over
from mednec.findings.terms import Hit
from mednec.model import Finding

BESIDE = 8  # how near a general name of a scale stands to the instrument that it speaks of
MOST = 12  # values that one row may hold
REACH = 90  # how far behind its instrument a score may stand
VALUE = compiled(
    r"(?<![\w./:#<\u2264\u2265-])(?<!(?<![-=])>)(?P<raw>\d{1,3}(?:\.\d{1,2})?)(?:\s?/\s?(?P<of>\d{2,3})|"
    r"\sout\sof\s+(?P<outof>\d{2,3})|\sof\s+(?P<whole>\d{2,3}))?(?P<sign>\s?%|\s?percent\b)?"
    r"(?(sign)|(?:(?:\s?points?)?\s?[=(,:;]{1,2}\s?(?P<percent>\d{1,3}(?:\.\d)?)\s?(?:%|"
    r"percent\b)(?:\s?disab\w+)?\s?\)?)?)(?![\w/:]|\.\d)(?!(?:\s?(?:,|and|&|or|to|"
    r"-)\s?\d+)*\s?-?(?:wks?|weeks?|days?|months?|mos?|yrs?|years?|visits?|hrs?|hours?|minutes?|sections?|items?|"
    r"questions?|pages?|boxes|[ap]m|x)\b)",
    re.I,
)
STRAY = compiled(
    r"\b(?:\d{1,2}/\d{1,2}/\d{2,4}|\d{1,2}/\d{1,2}(?=\s*[:)])|\d{4}-\d\d-\d\d|\(0\s?-\s?\d+\)|"
    r"\d{1,2}:\d\d)"
)
BETWEEN = compiled(
    r"(?:[\s:=,\u2022*|/-]++|\([^)\d]{0,30}\)|\b(?:score[ds]?|index|total|raw|today|now|"
    r"came|comes?|out|works?|worked|adds?|added|stands?|stood|sits|reads?|fell|fallen|sank|rose|totals?"
    r"|totaled|yields?|yielded|he|she|had|with|in|"
    r"current(?:ly)?|repeated|repeat|retest(?:ed)?|completed|complete|done|administered|taken|"
    r"obtained|reported|again|only|recorded|calculated|"
    r"is|was|are|has|of|at|a|an|the|this|visit|intake|check-in|check|in|by|on|for|to|from|phone|"
    r"portal|pt|patient|self|report|initial|eval|evaluation|baseline|pre|post|before|after|discharge|"
    r"d/c|dc|re-?eval|disability|"
    r"T-?score|T|remains?|remained|still|unchanged|improved|decreased|increased|went|dropped|worsened|"
    r"down|up|approximately|about|approx|measured|test|questionnaire|and|low|back|neck|pain|procedure|"
    r"injection|treatment|"
    r"therapy|PT|following|prior|mean|average|severe|moderate|value|result|results?|LBP|lumbar|"
    r"cervical|version|2\.0|2\.1a|[LR]|right|left|knee|hip|shoulder|yes|scale|function|interference|"
    r"physical|waiting|room|office|clinic|went|component|summary|mental|W|PA|PF|PI|PCS|MCS)\b){0,20}|"
    r"[^.;\d\n]{0,60}[:=]\s?|\s(?:before|prior\sto|after|following|since)\s[^.;\n]{3,60}?\s(?:was|is|of"
    r"|at)\s(?:an?\s)?\s*",
    re.I,
)
NEXT = compiled(
    r"\s*(?:,?\s?(?:before|pre)\b(?:\s(?:the|her|his|that)\s(?:[\w-]+\s){0,2}?[\w-]+)?[,;]?\s(?:and\s)?(?=\d)"
    r"|,?\s?(?:today|now)?,?\s(?:was|previously|down\sfrom|up\sfrom)\s(?=\d)|\((?:was|from|"
    r"down\sfrom|up\sfrom)?\s?(?=\d{1,3}(?:\s?%)?[^)\d]{0,3}(?:[^)]{0,20})\))|(?:-{0,2}>|\u2192|=>)|"
    r"\b(?:down\s|up\s)?to\b|/(?=\s)|;?\s?(?:and\s)?(?:is\s)?now\b|,?\s?(?:at\s)?(?:discharge|"
    r"d/c)\s?:?|,?\s?(?:and\s)?(?:at|after)\s\d+\s(?:months?|weeks?|wks?|mos?)\b\s?:?|\s(?:at|"
    r"on)\s(?:the\s)?(?:intake|baseline|eval\w*|initial\s\w+|start|admission),?\s(?:and\s|to\s)?|"
    r"vs\.?|\s{2,}|\t|"
    r"\||[;,]\s(?:(?:at|by|on)\s(?:today's|this|the|her|his)\s[\w-]+\s)?(?:today\s|now\s|currently\s)?(?:it"
    r"|the\sscore|s?he)\s(?:is|was)\s(?:now\s)?)"
    r"\s*(?:an?\s)?",
    re.I,
)
EMPTY_CELL = compiled(r"(?:\s{2}|[|\t])[ \t]*(?:-{1,4}|_{2,}|\u2013|\u2014|n/?a)[ \t]*(?:\s{2}|[|\t])", re.I)
STATUS = compiled(r"\b(?:not\s|partially\s)?met\b\W{1,4}(?:now\s|currently\s|at\s)?", re.I)
WALKED = compiled(r"\b(\d{2,4})\s?(?:feet|ft|meters|metres|m)\b", re.I)
EARLIER = compiled(
    r"\b(?:change|difference|improvement|reduction|drop|decrease|gain|MCID|MCD|MDC)\s(?:in\s|of\s|"
    r"on\s|for\s)?(?:the\s|her\s|his\s)?$",
    re.I,
)
POINTS = compiled(r"\s?(?:-?pts?|-?points?)\b(?!\s?(?:out|/|of))", re.I)
FORMER = compiled(r"\b(?:was|previously|from)\b", re.I)
TURNED = compiled(r"->|\b(?:before|pre|today(?:'s)?)\b|\u2192|=>|\bto\b|\bnow\b|discharge|d/c", re.I)
PLANNED = compiled(
    r"\b(?:to\sbe|will\s(?:be\s)?|repeat(?!ed)|recheck|re-?administer|plan\w*|f/u|follow[\s-]?up|"
    r"return|RTC|next\svisit|not\s(?:repeated|done|completed|obtained|available|administered)|goals?|"
    r"target|at\s(?:the\s)?\d|each\svisit|every\svisit|needs?|please|should|obtain(?!ed)|if)\b",
    re.I,
)
PAST = compiled(
    r"\b(?:did\snot|does\snot|repeated|completed|was|were|has|have|had|scored?|unchanged|reviewed|"
    r"today)\b(?!\s+to\s+be)",
    re.I,
)
BELOW = compiled(
    r"(?:(?<![-=])[<>\u2264\u2265]=?|\b(?:below|under|less\sthan|to\sbe|improve\sto|reduce\sto|"
    r"decrease\sto))\s*$",
    re.I,
)
TOLD_AT = compiled(
    r"\s(?:(?:at|on)\s(?:the\s)?(?:(?P<before>intake|baseline|eval\w*|initial\s\w+|start|admission)|"
    r"(?P<after>discharge|d/c|follow[\s-]?up))|(?P<both>throughout|(?:before|pre)\s(?:and|&)\s(?:after|post"
    r"|since|throughout|now))"
    r"|(?P<after_too>since(?!\s\w))|(?P<before_it>before|pre)|(?P<after_it>after(?!\s\d)|post))\b",
    re.I,
)
BOTH = "both"
WHEN = compiled(
    r"\b(?:(?P<before>before|pre(?:-?(?:op|procedure|treatment|injection))?|initial|intake|baseline|"
    r"prior)|(?P<after>after|post(?:-?(?:op|procedure|treatment|injection))?|at\sdischarge|discharge|"
    r"following))\b",
    re.I,
)


@dataclass(frozen=True, slots=True)
class _Value:
    start: int
    end: int
    value: float
    percent: bool
    when: str | None = None
    shown: int = 0  # where the words that give the value end, if they stand apart from the instrument


def find(parsed: Parsed) -> Iterator[Finding]:
    """The scores of function in a document; an instrument that is named without a number is a finding without value."""
    hits = [
        hit
        for hit in parsed.of("function_score")
        if is_written_so(parsed.text, hit)
        and not _is_plain_word(parsed.text, hit)
        and not stands_for_another(parsed.text, hit)
    ]
    for hit, following in zip_longest(hits, hits[1:]):
        between = parsed.text[hit.end : following.start] if following else ""
        if (
            following
            and hit.concept == "other_function_scale"
            and len(between) < BESIDE
            and not re.search(r"\d", between)
        ):
            continue  # 'disability score on the ODI': the instrument follows
        yield from _scored(parsed, hit, following.start if following else len(parsed.text))
    yield from _reached(parsed)


def _reached(parsed: Parsed) -> Iterator[Finding]:
    """The scores that the status of a numbered goal tells: '(2) ODI < 30%' and later '(2) not met - 50%'."""
    for goal in reached(parsed):
        value = VALUE.match(parsed.text, goal.value, goal.status[1])
        named = parsed.within(*goal.goal, "function_score")
        if value and named:
            found = _value(value, 0)
            yield parsed.document.finding(
                "function_score",
                named[0].concept,
                found.start,
                found.end,
                quote=(goal.goal[0], goal.status[1]),
                value=found.value,
                percent=found.percent or None,
            )


def _is_plain_word(text: str, hit: Hit) -> bool:
    """Whether mixed capitals or digits of an abbreviation are not as written: 'foto', 'peg', 'dash'."""
    short = hit.term.upper() == hit.term and any(map(str.isalpha, hit.term))
    return short and text[hit.start : hit.end].islower()


def _scored(parsed: Parsed, hit: Hit, limit: int) -> Iterator[Finding]:
    """The findings of one instrument: one for each value, or one without value where it was used and none is told."""
    sentence = parsed.sentence_at(hit.start)
    values = _values(parsed.text, hit, min(max(sentence.end, hit.end), limit)) or _walked(parsed, hit)
    values = values or _after_status(parsed.text, hit.end, sentence.end)
    if is_supposed(parsed.text, sentence.start, hit.start):
        values = []
    elif not values and (found := _on_form(parsed, hit, limit)):
        yield found
        return
    elif not values and (ahead := ahead_of(parsed.text, sentence.start, hit.start)):
        yield _of_ahead(parsed, sentence, hit, ahead)
        return
    if not values:
        if "walk" not in hit.term and _is_measured(parsed, sentence, hit):
            quote = lines_of(parsed.text, sentence, hit.start, hit.end)
            yield parsed.document.finding("function_score", hit.concept, hit.start, hit.end, quote=quote)
        return
    if _is_goal(parsed.text, sentence.start, hit, values[0]):
        values = _after_status(parsed.text, values[0].end, sentence.end)
    if not values:
        return
    first, last = lines_of(parsed.text, sentence, hit.start, values[-1].end)
    for index, value in enumerate(values):
        start = hit.start if index == 0 else value.start
        behind = values[index - 1].end if index else max(sentence.start, hit.start - 24)
        when = value.when or _when(parsed.text, behind, value)
        for each in ("before", "after") if when == BOTH else (when,):
            yield parsed.document.finding(
                "function_score",
                hit.concept,
                start,
                value.end,
                quote=(min(first, start), max(last, value.end, value.shown)),
                value=value.value,
                percent=value.percent or None,
                when=each,
            )


def _on_form(parsed: Parsed, hit: Hit, limit: int) -> Finding | None:
    """The total of the questionnaire that an instrument heads."""
    if PLANNED.search(parsed.text, hit.end, parsed.sentence_at(hit.start).end):
        return None
    label = total(parsed.text, hit, limit)
    match = VALUE.match(parsed.text, label.end(), limit) if label else None
    if label is None or match is None:
        return None
    value = _value(match, 0)
    return parsed.document.finding(
        "function_score",
        hit.concept,
        label.start("label"),
        value.end,
        quote=quoted(hit, label, value.end),
        value=value.value,
        percent=value.percent or None,
    )


def _of_ahead(parsed: Parsed, sentence: Sentence, hit: Hit, ahead: re.Match[str]) -> Finding:
    """The score that stands before its instrument: 'scored 44% on the Oswestry'."""
    start = parsed.text.rfind(" ", sentence.start, ahead.end("raw")) + 1 or ahead.start("raw")
    value = float(ahead["raw"])
    return parsed.document.finding(
        "function_score",
        hit.concept,
        min(start, ahead.end("raw")),
        hit.end,
        quote=lines_of(parsed.text, sentence, min(start, ahead.end("raw")), hit.end),
        value=int(value) if value.is_integer() else value,
        percent=bool(ahead["sign"]) or None,
        when=None,
    )


def _after_status(text: str, start: int, end: int) -> list[_Value]:
    """The value that a goal names behind its status: 'ODI below 30% - not met (50%)'."""
    status = STATUS.search(text, start, min(end, start + 40))
    match = VALUE.match(text, status.end(), end) if status else None
    return [_value(match, 0)] if match else []


def _walked(parsed: Parsed, hit: Hit) -> list[_Value]:
    """The distance of a walk test, told in its sentence or the next: the farthest that was walked."""
    if "walk" not in hit.term:
        return []
    end = parsed.sentence_at(min(parsed.sentence_at(hit.start).end + 2, len(parsed.text) - 1)).end
    walked = [
        _Value(hit.start, hit.end, int(m[1]), False, shown=m.end()) for m in WALKED.finditer(parsed.text, hit.end, end)
    ]
    return [max(walked, key=lambda value: value.value)] if walked else []


def _values(text: str, hit: Hit, end: int) -> list[_Value]:
    """The value that stands behind an instrument, and those it changed to."""
    last = min(end, hit.end + REACH)
    covered = in_figures(STRAY.sub(lambda stray: " " * len(stray.group()), text[hit.end : last]))
    first = next((m for m in VALUE.finditer(covered) if BETWEEN.fullmatch(covered, 0, m.start())), None)
    if first is None or EMPTY_CELL.search(covered, 0, first.start()):
        return []
    found = [_value(first, hit.end)]
    if EARLIER.search(text, max(0, hit.start - 40), hit.start):
        return []
    if not (first["of"] or first["outof"] or first["whole"]) and POINTS.match(text, found[0].end):
        return []
    turned = False
    while len(found) < MOST and (gap := NEXT.match(text, found[-1].end, end)):
        match = VALUE.match(text, gap.end(), end)
        if match is None:
            break
        if "(" in gap.group() or FORMER.search(gap.group()):
            return [*found, _earlier(text, match, found[0])] if match["sign"] or FORMER.search(gap.group()) else found
        turned = turned or bool(TURNED.search(gap.group()))
        found.append(_value(match, 0))
    return _changed(text, found, turned)


def _earlier(text: str, match: re.Match[str], now: _Value) -> _Value:
    """An earlier value that stands in parentheses behind the present one: '46% (was 52%)', '46% (44% at IE)'."""
    value = _value(match, 0)
    said = text[now.end : match.start()] + text[match.end() : match.end() + 24].partition(")")[0]
    when = (
        "before"
        if re.search(r"\b(?:was|previously|from|IE|eval\w*|intake|initial\w*|baseline|before|pre)\b", said, re.I)
        else None
    )
    return _Value(value.start, value.end, value.value, value.percent or now.percent, when)


def _value(match: re.Match[str], offset: int) -> _Value:
    percent = match["percent"] or (match["raw"] if match["sign"] else None)
    number = float(percent or match["raw"])
    end = match.end()
    return _Value(
        offset + match.start(), offset + end, int(number) if number.is_integer() else number, percent is not None
    )


def _changed(text: str, values: list[_Value], turned: bool) -> list[_Value]:
    """Values of one row or change: a percent sign on the last holds for all, an arrow makes them before and after."""
    if len(values) == 1:
        return values
    percent = values[-1].percent or values[0].percent
    found = []
    for index, value in enumerate(values):
        heading = heading_over(text, value.start)
        when = heading or (("after" if index else "before") if turned and heading is None else None)
        found.append(_Value(value.start, value.end, value.value, percent, when))
    return found


def _when(text: str, start: int, value: _Value) -> str | None:
    if label := TOLD_AT.match(text, value.end):
        return (label.lastgroup or "").removesuffix("_it").removesuffix("_too") or None
    labels = list(WHEN.finditer(text, start, value.start))
    return labels[-1].lastgroup if labels else None


def _is_goal(text: str, start: int, hit: Hit, value: _Value) -> bool:
    before = text[max(start, hit.start - 120) : hit.start]
    if re.search(r"\b(?:is|are)\sto\s\w+(?:\s\w+)?\s?$", before):
        return True
    return is_aimed_at(text, start, max(hit.start, value.start)) or bool(BELOW.search(text, hit.end, value.start))


def _is_measured(parsed: Parsed, sentence: Sentence, hit: Hit) -> bool:
    """Whether an instrument without number was used: its sentence says so, or it heads one; a plan or goal is none."""
    start, end = max(sentence.start, hit.start - 200), min(sentence.end, hit.end + 200)
    clause = parsed.text[max(start, hit.start - 80) : min(end, hit.end + 60)]
    if PLANNED.search(clause) or (parsed.section_at(hit.start).name == "plan" and not PAST.search(clause)):
        return False
    return bool(PAST.search(parsed.text, start, end)) or parsed.text[hit.end : hit.end + 1] == ":"
