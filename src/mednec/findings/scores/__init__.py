"""A parsed document in, its pain scores out: each a number on a scale, with what it is said to measure."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import attrgetter

from mednec.expressions.patterns import compiled
from mednec.findings.aims import reached
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.scores import change, moments
from mednec.findings.scores import table as scores_table
from mednec.findings.scores.arrowed import CHANGE, FAR, PAINED, is_reckoned, is_told_change
from mednec.findings.scores.noun import is_of_an_injection, is_of_something_else, is_of_years_ago
from mednec.findings.scores.numbers import GOES_ON, WORDS, Number, numbers
from mednec.findings.scores.rated import rates_the_pain, rates_the_place
from mednec.findings.scores.when import LABEL, ROW_GAP, Score, labelled
from mednec.findings.terms import Hit
from mednec.model import Finding
from mednec.vocabulary import lexicon

ITEM = compiled(r"\s*(?:[-*\u2022]|\(?\d{1,2}[.)]|STG|LTG)")
CUES = frozenset({"pain_score", "score_cues", "symptom_duration"})
OPENERS = ("pain_score", "score_cues", "symptom_duration", "therapy")
LEADS = ("pain_score", "function_score", "score_cues", "symptom_duration")  # what in a sentence leads to a score
NEXT = 160  # how far behind the name of a scale a sentence may begin that only gives labelled numbers
PROCEDURAL = compiled(r"\b(?:pre|post)[\s-]?(?:blocks?|proc\w*|inj\w*|MBB|RFA|ESI)\b[^.;\n]{0,30}$", re.I)
SIDES = compiled(r"\b(?:pre|post|before|after)\s{0,6}[:=]?\s{0,6}$", re.I)
PROCEDURES = frozenset(lexicon("therapy").group("injection"))
CLOSE = 24  # how near an earlier score in parentheses stands to the present one
LONG = 400  # a longer sentence is a table or a wrapped list, of which the quote takes the lines alone
CHANGED = 90  # how far behind a treatment it may be told what it changed: 'RFA took it from 8 to 2'
COURSE = 160  # how far behind it a score may stand that is told of its start or end: '7/10 going in'
REACH = 140  # how far a scale or another measure rules over the numbers behind it
NEAR = compiled(rf"\d|\b(?:{'|'.join(WORDS)})\b", re.I)
LEAD = compiled(
    r"(?:[\s:,=~*/|)\u2022-]|\b[01]\s?(?:-|to)\s?10\b|\b\d+\s?(?:hours?|hrs?|h|days?|min\w*|weeks?|"
    r"wks?)\b|\([^)\n]{0,40}\)|\[[^\]\n]{0,20}\]|\b(?:now|today|currently|current|average|averag\w+|"
    r"avg|daily|last|next|"
    r"arrival|admission|eval(?:uation)?|IE|intake|discharge|d/?c|first|final|on|worst|best|least|usual|level|score|scale|rating|intensity|severity|number|"
    r"is|was|has|been|are|as|at|its|their|of|an?|about"
    r"|approximately|around|roughly|rated|reported|rates|relates|still|remains?|it|complaints?|pre|"
    r"post|before|after|tx|treatment|procedure|block|injection|RFA|surgery|assessment|session|this|"
    r"visit|morning|the|in|her|his|low|lower|upper|mid|"
    r"back|neck|leg|arm|knee|hip"
    r"|buttock|shoulder|right|left|[LRB]|up|down|to|for|regarding|with|standing|sitting|walking|rest|"
    r"extension|movement|activity|pain|scales?|NRS|NPRS|VAS|mm|past|week|over|overall|initial|baseline"
    r"|ranges?|ranging|varies|varying|fluctuates?|anywhere|from|he|she|had|have|can|get|gets|go|goes|be|reach|patient|pt|grade|and|between"
    r"|gives?|gave|puts?|places?|placed|picks?|picked|marks?|marked|circles?|circled|chooses?|chose|selects?|selected"
    r"|says?|said|states?|answers?|answered|calls?|called|scores?|scored)\b){0,16}",
    re.I,
)
OF_BODY = compiled(
    r"\b(?:disc|disk|protru\w*|bulg\w*|herniat\w*|extru\w*|\w*listhesis|needle|spur|osteophyt\w*|canal|cyst|"
    r"depth|AP|mass|nodule|translation)\b",
    re.I,
)
AT_START = compiled(r"(?:\d\s?/\s?10|\bout of (?:10|ten)) (?:at|going|when|on)\b|\b(?:at|from) (?:an? )?\d\s?/\s?10\b")
OF_ROW = compiled(  # 'Pain (NRS) at 30 min, arching back: 1': the rest of a label up to its colon
    r"\)?[ \t](?:(?!\b(?:goal|target|date|visits?|sessions?|ODI|NDI|RMDQ|Oswestry|dose|relief|percent"
    r"|duration|onset|pages?|forms?|hours?)\b)"
    r"[\w ,/()+-]){2,45}:[ \t]*",
    re.I,
)
ROW_ENDS = compiled(r"(?:\s?/\s?10)?[ \t]*(?:$|\n|[;(]|[ ]{2})")
CLOCK = compiled(r"\d\s?[ap]\.?m\.?\s?[:=-]?\s?$", re.I)
LISTED = compiled(r"[^.;\n\d(]{0,30}(?:,\s(?:then\s|and\s)?|\sthen\s)(?:an?\s)?", re.I)
DIRECTLY = compiled(r"[\s:=]*(?:an?\s|about\s|approximately\s|around\s|~)?", re.I)


UNTICKED = compiled(r"(?:\[[ _]{0,3}\]|\([ _]{1,3}\)|[\u2610\u25a1])\s?$")  # an answer that was not chosen


def find(parsed: Parsed) -> Iterator[Finding]:
    """The pain scores of a document, from the columns of its tables and from its sentences."""
    taken, sided = set(), moments.told(parsed)
    for cell in scores_table.cells(parsed):
        taken.add(cell.start)
        yield _finding(
            parsed, Score(cell.start, cell.end, cell.value, cell.value, cell.of, "nrs"), cell.quote, cell.when
        )
    for sentence in _sentences(parsed):
        for score in labelled(parsed, sentence, _scores(parsed, sentence, taken)):
            if UNTICKED.search(parsed.text, max(0, score.start - 6), score.start):
                continue
            quote = lines_of(parsed.text, sentence, score.start, score.end)
            side = sided.pop(score.start, None)
            for when in _told_when(score, side) or (None,):
                yield _finding(parsed, score, quote, when)
    for number in sided.values():
        if number.start not in taken:
            yield _of_side(parsed, number)


def _told_when(score: Score, side: Number | None) -> tuple[str, ...]:
    """What a score measures: before or after by its own label, else the side that an injection's telling gives it."""
    own = score.when in (("before",), ("after",)) or side is None or side.when is None
    return score.when if own or side is None else (str(side.when),)


def _of_side(parsed: Parsed, number: Number) -> Finding:
    """The score that only stands against another one told of an injection."""
    score = Score(number.start, number.end, number.low, number.high, number.of, "nrs")
    quote = lines_of(parsed.text, parsed.sentence_at(number.start), number.start, number.end)
    return _finding(parsed, score, quote, number.when)


def _finding(parsed: Parsed, score: Score, quote: tuple[int, int], when: str | None) -> Finding:
    return parsed.document.finding(
        "pain_score",
        score.concept,
        score.start,
        score.end,
        quote=quote,
        low=score.low,
        high=score.high,
        of=score.of,
        when=when,
    )


def lines_of(text: str, sentence: Sentence, start: int, end: int) -> tuple[int, int]:
    """The sentence, or where that is very long, the line or lines that the words stand in, or the words around them."""
    if sentence.end - sentence.start <= LONG:
        return sentence.start, sentence.end
    first, last = max(sentence.start, start - LONG // 2), min(sentence.end, end + LONG // 2)
    line = text.rfind("\n", first, start) + 1 or (
        first if first == sentence.start else text.find(" ", first, start) + 1
    )
    stop = text.find("\n", end, last)
    return line or start, stop if stop >= 0 else (
        last if last == sentence.end else max(text.rfind(" ", end, last), end)
    )


def _sentences(parsed: Parsed) -> Iterator[Sentence]:
    """The sentences in which a score may stand, each once: those with a cue, and the two behind the name of a scale."""
    done = -1
    for hit in parsed.of(OPENERS):
        if hit.lexicon == "therapy" and hit.start >= done and _tells_of_course(parsed.text, hit.end):
            sentence = parsed.sentence_at(hit.start)
            done = sentence.end
            yield sentence
        if hit.lexicon not in CUES:
            continue
        if hit.start >= done and _promises(parsed.text, hit):
            sentence = parsed.sentence_at(hit.start)
            done = sentence.end
            yield sentence
        if hit.lexicon == "pain_score":
            for sentence in _behind(parsed, hit):
                if sentence.start >= done:
                    done = sentence.end
                    yield sentence


def _tells_of_course(text: str, end: int) -> bool:
    """Whether a change, or a score at the start or end of the course, is told behind a treatment."""
    return bool(CHANGE.search(text, end, end + CHANGED) or AT_START.search(text, end, end + COURSE))


def _promises(text: str, hit: Hit) -> bool:
    """Whether a cue has figures or number words near enough behind it to be worth a look."""
    if hit.concept == "other_measure":
        return False
    return hit.concept == "fraction" or bool(NEAR.search(text, hit.end, hit.end + 60))


def _behind(parsed: Parsed, scale: Hit) -> Iterator[Sentence]:
    """The sentences that begin shortly behind the name of a scale and hold a labelled number: 'Pre 8. Post 1.'"""
    index = bisect_right(parsed.sentences, scale.start, key=attrgetter("start"))
    for sentence in parsed.sentences[index : index + 2]:
        if sentence.start - scale.end > NEXT:
            return
        if LABEL.search(parsed.text, sentence.start, min(sentence.end, sentence.start + 40)):
            yield sentence


def is_written_so(text: str, hit: Hit) -> bool:
    """An abbreviation counts in capitals alone: FACES is a scale, 'faces' a verb."""
    return not (hit.term.isupper() and hit.term.isalpha()) or text[hit.start : hit.end].isupper()


@dataclass(frozen=True, slots=True)
class _Marks:
    """What in a sentence leads to a score, by the offset at which it ends."""

    measures: list[Hit]  # scales, and other measures whose numbers are no pain scores
    pains: list[Hit]
    courses: list[Hit]
    ratings: list[Hit]
    arrows: list[Hit]
    behind: bool  # whether the name of a scale stands shortly before the sentence


def _marks(parsed: Parsed, sentence: Sentence) -> _Marks:
    hits = [hit for hit in parsed.within(sentence.start, sentence.end, LEADS) if is_written_so(parsed.text, hit)]
    return _Marks(
        [h for h in hits if h.lexicon in ("pain_score", "function_score") or h.concept == "other_measure"],
        [h for h in hits if h.lexicon == "symptom_duration"],
        [h for h in hits if h.concept == "course"],
        [h for h in hits if h.concept == "rating"],
        [h for h in hits if h.concept == "arrow"],
        bool(parsed.within(max(0, sentence.start - NEXT), sentence.start, "pain_score")),
    )


def _scores(parsed: Parsed, sentence: Sentence, taken: set[int]) -> list[Score]:
    """The numbers of a sentence that are pain scores."""
    marks = _marks(parsed, sentence)
    found: list[Score] = []
    told = list(numbers(parsed.text, sentence.start, sentence.end))
    changed = change.sides(parsed.text, sentence.start, told)
    for number in told:
        if number.start in taken:
            continue
        number = replace(number, when=number.when or changed.get(number.start))
        if number.when and change.is_supposed(parsed.text, sentence.start, number.start):
            continue
        measure = _last(marks.measures, number.start)
        if number.graded:
            keep = _is_of_pain(parsed, sentence, marks, measure, number) and (
                is_reckoned(parsed.text, sentence, number)
                or not is_of_something_else(parsed, sentence, number, after_score=bool(found) or marks.behind)
            )
        else:
            keep = _is_score(parsed.text, sentence, marks, measure, number, found)
            keep = keep or (number.start in changed and _is_of_pain(parsed, sentence, marks, measure, number))
        if keep and not _among_goals(parsed, sentence, number) and not is_of_years_ago(parsed, sentence, number):
            concept = measure.concept if measure and measure.lexicon == "pain_score" else "nrs"
            when = (number.when,) if number.when else ()
            found.append(
                Score(number.start, number.end, number.low, number.high, number.of, concept, when, number.graded)
            )
    return _arrows(parsed.text, found)


def _among_goals(parsed: Parsed, sentence: Sentence, number: Number) -> bool:
    """Whether the number stands in the paragraph under a heading of goals, and is not told as reached."""
    section = parsed.section_at(number.start)
    lines = parsed.text[section.body : number.start].strip("\n").split("\n")[1:]
    if section.name not in ("goals", "education") or not all(ITEM.match(line) for line in lines):
        return False
    return number.start - section.body < LONG and not reached().search(parsed.text, sentence.start, number.start)


def _last(hits: list[Hit], offset: int) -> Hit | None:
    """The last hit that ends within reach before an offset."""
    index = bisect_right(hits, offset, key=attrgetter("end")) - 1
    return hits[index] if index >= 0 and offset - hits[index].end < REACH else None


def _is_of_pain(parsed: Parsed, sentence: Sentence, marks: _Marks, measure: Hit | None, number: Number) -> bool:
    """Whether a '6/10' stands with pain: in its sentence, or shortly before it."""
    pain = _last(marks.pains, number.start)
    if measure is not None and measure.lexicon != "pain_score" and not (pain and pain.start > measure.end):
        return parsed.text[number.end : number.end + 6].strip().lower().startswith("pain")
    if marks.pains or any(hit.lexicon == "pain_score" for hit in marks.measures):
        return True
    if PROCEDURAL.search(parsed.text, max(sentence.start, number.start - 50), number.start):
        return True
    if is_told_change(parsed.text, sentence, number):
        return True
    if SIDES.search(parsed.text, max(0, number.start - 16), number.start) and _is_beside_procedure(parsed, number):
        return True
    first, last = max(sentence.start, number.start - FAR), min(sentence.end, number.end + FAR)
    if number.when and is_of_an_injection(parsed, sentence, number):
        return True
    if rates_the_place(parsed.text, sentence.start, number):
        return True
    return bool(
        parsed.within(max(0, first - FAR), min(last + FAR // 4, len(parsed.text)), ("symptom_duration", "pain_score"))
    )


def _is_beside_procedure(parsed: Parsed, number: Number) -> bool:
    """Whether an injection or ablation is named shortly before a number: the 'pre' and 'post' of it are of pain."""
    return any(hit.concept in PROCEDURES for hit in parsed.within(max(0, number.start - FAR), number.start, "therapy"))


def _is_score(
    text: str, sentence: Sentence, marks: _Marks, measure: Hit | None, number: Number, found: list[Score]
) -> bool:
    """Whether a bare number is a score: led to by its scale, by 'pain', by a verb, or a part of a list of scores."""
    if not GOES_ON.match(text, number.end) or _opens_row(text, number):
        return False
    if found and ROW_GAP.fullmatch(text, found[-1].end, number.start):
        return True
    lead = measure if measure and measure.lexicon == "pain_score" else None
    pain = _last(marks.pains, number.start)
    if lead:
        follows = bool(found) and found[-1].start > lead.end
        if follows or LEAD.fullmatch(text, lead.end, number.start) or _is_marked(text, lead, number):
            return True
        if OF_ROW.fullmatch(text, lead.end, number.start) and ROW_ENDS.match(text, number.end):
            return True
    elif measure and (pain is None or pain.end < measure.end):
        return False
    if pain and number.start - pain.end < 70 and LEAD.fullmatch(text, pain.end, number.start):
        return text[pain.start : pain.end].lower().endswith(("pain", "pains", "discomfort", "lbp"))
    spoken = bool(
        lead
        or found
        or PAINED.search(text, max(sentence.start, number.start - FAR), min(sentence.end, number.end + FAR))
    )
    course, rating = _last(marks.courses, number.start), _last(marks.ratings, number.start)
    if course and spoken and DIRECTLY.fullmatch(text, course.end, number.start):
        return True
    if rating and spoken and number.start - rating.end < 60 and LEAD.fullmatch(text, rating.end, number.start):
        return True
    if rates_the_pain(text, number):
        return True
    if spoken and CLOCK.search(text, max(sentence.start, number.start - 14), number.start):
        return True
    if text[number.start - 5 : number.start] == "(was ":
        return bool(found) and number.start - found[-1].end < CLOSE
    if (found or marks.behind) and _has_label(text, sentence, number):
        return True
    if found and found[-1].graded and LISTED.fullmatch(text, found[-1].end, number.start):
        return True
    return bool(number.when or marks.arrows) and is_told_change(text, sentence, number)


def _is_marked(text: str, lead: Hit, number: Number) -> bool:
    """Whether millimeters behind the name of a scale are a mark on it: 'VAS 45 minutes after, same activity: 28 mm'."""
    in_mm = text[number.start : number.end].endswith("mm")
    apart = "\n" in text[lead.end : number.start] or ";" in text[lead.end : number.start]
    return in_mm and not apart and not OF_BODY.search(text, lead.end, min(len(text), number.end + 24))


def _opens_row(text: str, number: Number) -> bool:
    """Whether the number is the first field of a row, such as the number of a visit."""
    line = text.rfind("\n", max(0, number.start - 12), number.start)
    return line >= 0 and not text[line : number.start].strip() and bool(ROW_GAP.match(text, number.end))


def _has_label(text: str, sentence: Sentence, number: Number) -> bool:
    """Whether 'worst 9' or '6 best' goes on with a list of scores."""
    labels = list(LABEL.finditer(text, max(sentence.start, number.start - 40), number.start))
    if labels and LEAD.fullmatch(text, labels[-1].end(), number.start):
        return True
    return bool(LABEL.match(text, number.end + 1))


ARROW = compiled(
    r"(?:\s\(?(?:before|pre|baseline)\)?)?\s*(?:-{0,2}>|\u2192|=+>)\s*(?:(?:after|post)(?:\s(?:was|of)|:)?\s)?", re.I
)


def _arrows(text: str, found: list[Score]) -> list[Score]:
    """Scores joined by arrows are before and after."""
    for index in range(len(found) - 1):
        one, other = found[index], found[index + 1]
        if ARROW.fullmatch(text, one.end, other.start):
            found[index] = one if one.when else replace(one, when=("before",))
            found[index + 1] = replace(other, when=("after",))
    return found
