"""The scores of a sentence in, out what each measures: pain now, on average, at worst, before or after treatment."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.scores.table import heading_over
from mednec.vocabulary import lexicon

TREATED = (
    r"(?:(?:the|this|his|her|each|my|second|first|last|prior|previous|both|diagnostic|left|right|bilateral"
    r"|physical|lumbar|cervical|caudal|\d{1,2}/\d{1,2}(?:/\d{2,4})?|[CTL]\d-?[SCTL]?\d|trigger point|medial branch"
    r"|SI joint|epidural(?: steroid)?|transforaminal|interlaminar)\s)*"
    r"(?:blocks?|MBBs?|injections?|ESIs?|TFESIs?|procedures?|treatments?|therapy|tx|PT|RFAs?|ablation|"
    r"sessions?|surgery"
    r"|TPIs?|shots?|steroids?|epidurals?|medications?|meds|visit|exercises?)"
)
DRUG = r"(?:(?:the|his|her|any|pain)\s)*(?:medications?|medicines?|meds|treatment|opioids?|pills?)"
ATTACHED = r"(?:op\w*|proc\w*|inj\w*|block|tx|treatment|therapy|RFA|MBB|session|NRS|score)"
NOT_OF_A_DAY = (
    r"(?!\sof\s(?:the\s|an?\s|her\s|his\s|each\s|every\s|my\s)?(?:work\s?)?(?:days?|shifts?|weeks?"
    r"|sessions?|mornings?|visits?|hours?))"
)
PATIENT = r"(?:she|he|they|the\spatient|pt|PT|therapy|care)"
LABEL = compiled(
    rf"""\b(?:
      (?P<current>current(?:ly)?|now|today|at\spresent|presently|right\snow|at\sthis\stime|this\smorning
        |day\sof\s(?:admission|visit|exam\w*))
    | (?P<average>averages?|averaging|avg|typical(?:ly)?|usual(?:ly)?|mean|most\sdays)
    | (?P<worst>(?<!being\sthe\s)(?<!being\s)worst|at\s(?:its\s|the\s|his\s|her\s)?worse|maximum|max|highest|peak
        |(?:can|may)\s(?:reach|get\sto|go\sup\sto|be\sas\shigh\sas|get\sas\shigh\sas)|at\smost|as\shigh\sas)
    | (?P<best>best|(?<!at\s)least|lowest|as\slow\sas|minimum)
    | (?P<before>(?<=\()was|without\s{DRUG}|off\s(?:of\s)?{DRUG}|before\s{TREATED}
        |prior\sto\s{TREATED}|(?:prior\sto|before)\staking\s\w+
        |before(?=\s*(?:[:,;.()>\u2192]|->|-->|=>|$|\d|was|is|and\s\d))|pre[\s-]?{ATTACHED}?|initial(?:ly)?|intake
        |(?:eval(?:uation)?|IE|intake)(?=\s?[:=]?\s?\d)
        |at\s(?:the\s|her\s|his\s)?(?:evaluation|eval|start\sof\scare|SOC)
        |(?:at\s(?:the\s|her\s|his\s)?)?first\svisit{NOT_OF_A_DAY}
        |at\s(?:the\s|her\s|his\s)?(?:start|outset|beginning|entry){NOT_OF_A_DAY}|going\sin(?!\s?to)
        |when\s{PATIENT}\s(?:began|started|entered)|(?:start\w*|began|enter\w*)\s(?:out\s|therapy\s|PT\s|care\s)?at
        |(?<!to\s)(?<!to\sher\s)(?<!to\shis\s)(?<!near\s)baseline)
    | (?P<after>(?:with|on)\s{DRUG}|(?:when|after|while|with)\staking\s\w+
        |(?:decreas|reduc|improv|lower)\w*\s(?:down\s)?to|(?:came|comes|went|dropped)\sdown\sto
        |after\s{TREATED}|following\s{TREATED}|(?:after|following)\s(?:\w+\s){{0,2}}(?:weeks?|wks?|days?|months?|visits?|sessions?)\b
        |\d+\s?(?:min|minutes|hours?|hrs?|days|weeks)\s(?:after|post)|after(?=\s*(?:[:,;.()]|$|\d|nil\b|was|is))
        |(?<!/)post[\s-]?{ATTACHED}?|p\stx|at\sdischarge|discharge|d/?c(?=\s?[:=]?\s?\d)|afterwards?
        |at\s(?:the\s|her\s|his\s)?(?:finish|end|completion|conclusion|exit|last(?=\s*(?:[.;,)]|$))|(?:last|final)\svisit){NOT_OF_A_DAY}|coming\sout
        |when\s{PATIENT}\s(?:left|finished|stopped|ended|completed|was\sdischarged)|(?:end\w*|finish\w*|left|exit\w*)\s(?:up\s|therapy\s|PT\s|care\s)?at)
    )(?![\w])""",
    re.I | re.X,
)
BREAK = compiled(
    r"[,;|(]|\n|\s{2,}|\t|\.\s|\band\b(?!\s+(?:current|average|worst|best|least|usual|now))|\bbut\b|"
    r"\bthen\b|\bwith\b(?=\s+\d)|\bhowever\b"
)
BOTH = compiled(r"\s*(?:and|/|&|or)\s*", re.I)
PRE_POST = compiled(r"\b(?:pre\s?(?:/|-|and|&)\s?post|before\s?(?:/|and|&)\s?after)\b", re.I)
TIMED = compiled(
    r"\s*(?:for|from|at|by|until|till|through|x|within|in|after|the\snext)\s(?:about\s|approximately\s|"
    r"~)?(?:hour|hr|\d|bedtime|evening|night|noon|the\s(?:evening|next)|morning|home|an\shour|one|two|"
    r"three|four|five|six|eight|several)",
    re.I,
)
FROM_BEFORE = compiled(
    rf"\s\(?(?:(?:right|just|immediately)\s)?(?:before|prior\sto|pre)[\s-]?(?:{TREATED}|{ATTACHED})?\)?,?\s"
    r"(?:down\s)?to\s(?:an?\s|about\s|around\s|only\s)?",
    re.I,
)
STAYED = compiled(
    r",?\s(?:(?:and|then|where|which)\s)*(?:(?:it|has|have|that)\s)*"
    r"(?:stay\w*|remain\w*|held|hold\w*|kept|hover\w*|been)\s(?:(?:there|steady|stable)\s)?"
    r"(?:(?:at|between|around|about|near)\s)*(?:an?\s)?",
    re.I,
)
IN_BRACKETS = compiled(r"[^.;\n()]{0,50}\(\s?(?:(?:it\s)?was\s|from\s|vs\.?\s)?")
OF_A_ROW = compiled(r"[ \t]*(?:pain|NP?RS|VAS|VNRS)\b(?P<what>[^\n:]{0,60}):[ \t]*", re.I)
MOMENT_OF_ROW = compiled(
    r"\b(?:(?P<before>(?:on|at)\s(?:arrival|check[- ]?in)|going\sin|beforehand|prior)"
    r"|(?P<after>(?:at\s)?\d{1,3}\s?min(?:ute)?s?(?:\slater)?|in\s(?:recovery|PACU)|on\sleaving|before\sleaving))\b",
    re.I,
)
LESS = 0.7  # the part of the score of before that a present one may be, if brackets are to tell a change
WITH_DRUG = compiled(
    r"(?:\s?/\s?10)?\s+(?:at best\s+)?(?:(?P<without>without|off)|with|on)\s+(?:(?:the|his|her|any)\s+)?", re.I
)
MEDICATIONS = frozenset(lexicon("therapy").group("medication"))
LONGEST_NAME = 60  # of a drug, in signs
ROW_GAP = compiled(r"\s{2,}|\s*[|\t]\s*")
LASTING = (("average",), ("worst",), ("best",))  # labels of a row that hold for all its numbers
LOG = compiled(r"\b(?:diary|log)\b", re.I)
FOLLOWED = compiled(r"\b(?:diary|log|blocks?|MBB|injection|ablation|RFA|procedure|relief)\b", re.I)


@dataclass(frozen=True, slots=True)
class Score:
    """A number that is a pain score: where it stands, its bounds and scale, and what it measures."""

    start: int
    end: int
    low: float
    high: float
    of: int
    concept: str
    when: tuple[str, ...] = ()
    graded: bool = False


def labelled(parsed: Parsed, sentence: Sentence, scores: list[Score]) -> list[Score]:
    """The scores of a sentence, each with the labels that stand beside it."""
    if not scores:
        return scores
    text = parsed.text
    if len(scores) == 2 and not scores[0].when and PRE_POST.search(text, sentence.start, scores[0].start):
        return [replace(scores[0], when=("before",)), replace(scores[1], when=("after",))]
    bounds = [sentence.start, *(edge for score in scores for edge in (score.start, score.end)), sentence.end]
    gaps = list(zip(bounds[::2], bounds[1::2], strict=True))
    leads = [bool(LABEL.search(text, *gap)) for gap in gaps]
    labels_first = leads[0] and not _labelled_after(text, *gaps[1], last=len(scores) == 1)
    found = [
        score if score.when else replace(score, when=_beside(text, gaps[i], gaps[i + 1], labels_first))
        for i, score in enumerate(scores)
    ]
    found = [score if score.when else replace(score, when=_by_drug(parsed, score)) for score in found]
    found = _carried(parsed, sentence, _told_as_change(text, found))
    return _of_log(found) if LOG.search(text, sentence.start, found[0].start) else found


def _by_drug(parsed: Parsed, score: Score) -> tuple[str, ...]:
    """What a drug named beside a score says of it: '8/10 without naproxen, 4/10 with naproxen'; empty without one."""
    words = WITH_DRUG.match(parsed.text, score.end)
    if words is None:
        return ()
    named = parsed.within(words.end(), words.end() + LONGEST_NAME, "therapy")
    if not named or named[0].start != words.end() or named[0].concept not in MEDICATIONS:
        return ()
    return ("before",) if words["without"] else ("after",)


def _of_log(scores: list[Score]) -> list[Score]:
    """In a log that goes on with a higher score of after, the lower one before it is of the relief: '1, 4 at 6 pm'."""
    found = list(scores)
    for index in reversed(range(len(found) - 1)):
        one, other = found[index], found[index + 1]
        if not one.when and one.graded and other.when == ("after",) and other.low > one.high:
            found[index] = replace(one, when=("after",))
    return found


def _told_as_change(text: str, scores: list[Score]) -> list[Score]:
    """'8/10 before the injection to 2/10 and stayed at 2 to 3': the label is of the first, the rest is of after."""
    found = list(scores)
    for index in range(len(found) - 1):
        one, other = found[index], found[index + 1]
        if FROM_BEFORE.fullmatch(text, one.end, other.start):
            found[index], found[index + 1] = replace(one, when=("before",)), replace(other, when=("after",))
        elif _is_set_against(text, one, other):
            found[index] = replace(one, when=("after",))
        elif one.when == ("after",) and STAYED.fullmatch(text, one.end, other.start):
            found[index + 1] = replace(other, when=("after",))
    return found


def _is_set_against(text: str, one: Score, other: Score) -> bool:
    """Whether brackets set the score of before beside a clearly lower one: '3/10 average (8/10 before)'."""
    told = one.when in ((), ("average",)) and other.when == ("before",) and one.high <= LESS * other.low
    return told and bool(IN_BRACKETS.fullmatch(text, one.end, other.start))


def _labelled_after(text: str, start: int, end: int, *, last: bool) -> bool:
    """Whether a label stands right behind a number and is parted from the next one: '8/10 now, ...', not '8 post 2'."""
    label = LABEL.match(text, start + 1)
    if label is None or label.end() > end:
        return False
    return bool(BREAK.search(text, label.end(), end)) or (last and not text[label.end() : end].strip(" .)"))


def _beside(text: str, before: tuple[int, int], after: tuple[int, int], labels_first: bool) -> tuple[str, ...]:
    """The labels of one number: those between it and the nearest break on either side."""
    behind = _right(text, *after, shared=labels_first)
    ahead = _left(text, *before)
    return ahead or behind if labels_first else behind or ahead


def _left(text: str, start: int, end: int) -> tuple[str, ...]:
    gaps = [
        gap
        for gap in BREAK.finditer(text, start, end)
        if not gap.group().isspace() or text[gap.end() : end].strip(" :=(")
    ]
    first = gaps[-1].end() if gaps else start
    labels = list(LABEL.finditer(text, first, end))
    if not labels:
        return ()
    if len(labels) > 1 and BOTH.fullmatch(text, labels[-2].end(), labels[-1].start()):
        return _names(labels[-2:])
    return _names(labels[-1:])


def _right(text: str, start: int, end: int, *, shared: bool) -> tuple[str, ...]:
    stop = BREAK.search(text, start, end)
    if stop is None and shared:
        label = LABEL.match(text, start + 1)
        closes = label is not None and not text[label.end() : end].strip(" .)")
        return (str(label.lastgroup),) if label and closes and label.lastgroup == "current" else ()
    last = stop.start() if stop else end
    labels = list(LABEL.finditer(text, start, min(last, start + 60)))
    if len(labels) > 1 and BOTH.fullmatch(text, labels[0].end(), labels[1].start()):
        return _names(labels[:2])
    return _names(labels[:1])


def _names(labels: list[re.Match[str]]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(label.lastgroup for label in labels if label.lastgroup))


def _opening(text: str, start: int, end: int) -> str | None:
    """The label that opens the line of a score or its sentence: 'Post-procedure pain, left: 1', 'Currently, ... 7'."""
    first = max(start, text.rfind("\n", start, end) + 1)
    lead = LABEL.search(text, first, end)
    if lead is None:
        row = OF_A_ROW.fullmatch(text, first, end)
        moment = MOMENT_OF_ROW.search(row["what"]) if row else None
        return moment.lastgroup if moment else None
    return lead.lastgroup if lead.lastgroup in ("before", "after") or text[lead.end() : lead.end() + 1] == "," else None


def _carried(parsed: Parsed, sentence: Sentence, scores: list[Score]) -> list[Score]:
    """The scores with what their column, the opening of their line and the scores before them say of them."""
    found: list[Score] = []
    opening = _opening(parsed.text, sentence.start, scores[0].start)
    for score in scores:
        heading = heading_over(parsed.text, score.start)
        if heading is not None:
            score = replace(score, when=(heading,) if heading else ())
        elif not score.when and opening and not found:
            score = replace(score, when=(opening,))
        elif not score.when and _goes_on(parsed, sentence, found, score):
            score = replace(score, when=found[-1].when if _same_row(parsed.text, found, score) else ("after",))
        found.append(score)
    return found


def _goes_on(parsed: Parsed, sentence: Sentence, found: list[Score], score: Score) -> bool:
    """Whether a score without label goes on with a row, with what follows a 'before', or is timed within a diary."""
    if _same_row(parsed.text, found, score) or any(other.when == ("before",) for other in found[-MEMORY:]):
        return True
    if found and found[-1].when == ("after",) and _is_later(parsed.text, found[-1], score):
        return True
    return _is_timed(parsed, sentence, score)


def _is_later(text: str, earlier: Score, score: Score) -> bool:
    """Whether a time beside a score tells that it is later than the one before: '30 min: 0/10', '6/10 next day'."""
    return bool(LATER.match(text, score.end) or AT_TIME.search(text, earlier.end, score.start))


def _same_row(text: str, found: list[Score], score: Score) -> bool:
    return bool(found) and found[-1].when in LASTING and bool(ROW_GAP.fullmatch(text, found[-1].end, score.start))


MEMORY = 12  # how many scores back a 'before' is remembered
AT_TIME = compiled(r"\b\d+\s?(?:min|minutes|hours?|hrs?|h|days?|weeks?)\s?(?:later|post|after)?\s?[:=]?\s$", re.I)
LATER = compiled(
    r"\s(?:the\s)?(?:next|following|same)\s(?:day|morning|evening)|\s\w+\s(?:hours?|days?|"
    r"weeks?)\slater\b",
    re.I,
)
BACK = compiled(r"\b(?:back to|returned to)\s$", re.I)


def _is_timed(parsed: Parsed, sentence: Sentence, score: Score) -> bool:
    text = parsed.text
    if not TIMED.match(text, score.end) and not BACK.search(text, max(0, score.start - 14), score.start):
        return False
    return bool(
        FOLLOWED.search(text, max(0, sentence.start - 120, score.start - 300), min(sentence.end, score.end + 200))
    )
