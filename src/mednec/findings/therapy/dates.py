"""When a treatment began and ended, from the words around it."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import dates
from mednec.findings.dates import Period
from mednec.findings.therapy.scope import CLAUSE, Around, is_tally

DIGIT = compiled(r"\d")
OF_THE_LAST = compiled(r"[\s(]*(?:(?:in|on|from|since|of|dated|done|performed)\s+)*", re.I)
RECURRED = compiled(
    r"\b(?:return(?:ed|ing|s)?|recur\w*|(?:came|come|coming|crept) back|flared|worsened|wore off|worn off)\b"
    r"(?:(?!\b(?:and|then|so|repeat\w*|underwent|had|for)\b)[^.;])*$",
    re.I,
)
COLUMNS = compiled(r"[^\s.,:;] {2,}\S")  # two things side by side on a line
FAR = 60  # characters behind a treatment from which a date in another clause is not its own
STOPPED = compiled(
    r"\b(?:stopped|discontinued|d/c'?d?|ended|completed|finished|until|through)\W+(?:on\s+|in\s+)?$", re.I
)
OTHER_DATE = compiled(r"\bscheduled (?:visit|appointment)|\bonset\b|\bMRI\b|\bsince (?:the )?(?:injury|onset)")
DIRECTLY_BEHIND = compiled(r"s?\s+(?:in|on|of|done in|performed (?:in|on))\s+(?:the\s+)?(?:early\s+|late\s+)?", re.I)
OTHER_EVENT = compiled(
    r"(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)[.;:)]|(?<=\S)[ \t]{3}|\b(?:pain|injury|mri|x-?ray|ct|emg|accident|"
    r"onset|began|started|mva|mvc)\b",
    re.I,
)
OPERATED = compiled(r"\b(?:performed|done|surgery|operation)\s+(?:on|in)\b|\b(?:underwent|was taken for)\b", re.I)
SCORES = compiled(r"^\d{1,2}/10\b|/10$")
NOT_A_DATE_AFTER = compiled(
    r"\s*(?:visits?|sessions?|treatments?|appointments?|pain|strength|level|days?|weeks?|of\b|blocks?)", re.I
)
DATE_FOLLOWS = compiled(r"s?\s*(?:#\s?\d\s*)?[(,:]?\s*(?:on\s+|done\s+|given\s+)?", re.I)
COUNTED_FROM = compiled(
    r"\b(?:first|second|third|fourth|fifth|another|one more|next|more|2nd|3rd|4th|no(?:ne)?)\s+"
    r"(?:one\s+|injection\s+|session\s+)?since\s+(?:the\s+)?(?:one\s+)?(?:on\s+|of\s+|in\s+)?$",
    re.I,
)
AN_INJURY = r"(?:injur(?:y|ies)|accidents?|falls?|collision|incident|MV[AC]|trauma|exacerbation|flare-?up)"
OF_AN_INJURY = compiled(
    rf"\b{AN_INJURY}\b(?:\s+(?:date|that|which|had|occurred|happened|sustained|dated|of|on|in|from|the))*\s*$", re.I
)
INJURY_BEHIND = compiled(rf"\s+(?:\w+\s+)?{AN_INJURY}\b", re.I)
DATE_AHEAD = compiled(
    r"^(?:(?!\b(?:since|until|through|for|MRI|CT|x-?rays?|EMG|seen|visit|note|labs?|reviewed)\b|,\s*(?:pain|"
    r"relief)|/)[^;]){0,40}$|\b(?:on|for|of|dated)\s*$",
    re.I,
)
PLANNED_BEHIND = compiled(
    r"\b(?:(?:is|are|was|were|be)\s(?:\w+\s)?(?:planned|scheduled|booked|set|proposed|requested|recommended|ordered)"
    r"|(?:planned|scheduled|booked|set|proposed|requested)\s(?:for|on|in)\b)",
    re.I,
)
HEADS_ENTRY = compiled(  # of a review of records: '12/11/2020: She received ...'
    r"[ \t]*(?::|,)[ \t]*(?:[\w.' ]{1,40}\s)?(?:(?:received|underwent|undergoes|had|attended|completed|performed|given|"
    r"repeated|treated with|seen for|presents for|presented for)\s+(?:(?!for\b|to\b)[\w-]+\s+){0,3}"
    r"|(?:operative|procedure|op)\s+(?:note|report)\b[^\n]{0,70}?\b(?:underwent|performed|for|of|had)\s+)",
    re.I,
)
TIMED = compiled(r"[^.;\n]{0,40}\b(?:since|ago|last|between|over|within|during|so far|from|until)\b", re.I)
ON = compiled(r"\bon\s$", re.I)
FINISHED = compiled(
    r"\b(?:finish(?:ed|es)|complet(?:ed|es)|ended|concluded|done with|graduated from|discharged from)\b[^.;,]*$", re.I
)
BY_A_DAY = compiled(r"\s*(?:x\s*)?(?:\(?\d{1,3}(?:\s*(?:/|of|out of)\s*\d{1,3})?\s+\w+\)?\s+)?(?:on|by|as of)\s+", re.I)
BEGUN = compiled(
    r"\b(?:start(?:ed|ing|s)?|began|begun|beginning|initiated|put (?:her|him) on|placed on|went on|"
    r"took up|taken up|embarked on|entered)\s+"
    r"(?:(?:taking|both|with|on|a|an|the|her|his|of|course|trial|and|lumbar|cervical|formal|outpatient|"
    r"low-dose)\s+|[\w-]+\s+and\s+)*\Z",
    re.I,
)
ON_A_DAY = compiled(
    r"s?\s+(?:(?:\d+\s*mg|daily|bid|tid|qhs|nightly)\s+)*(?:on|in|around|about)\s+(?:early\s+|late\s+|mid[\s-]+)?", re.I
)
DISCHARGED_FROM = compiled(r"\b(?:discharged?|d/?c'?d?|graduated)\s+from\s+(?:\w+\s+){0,2}$", re.I)
DISCHARGED = compiled(r"\b(?:D/?C'?d?|discharged?)\b", re.I)


def told_dates(around: Around) -> dict[str, Any]:
    """When the treatment began and ended, where that is told with its year."""
    if not re.search(r"\d\d", around.text[around.before : around.after]):
        return {}
    told = [period for period in dates.periods(around.text, around.before, around.after) if _is_date_of(around, period)]
    told = [period for period in told if not (period is told[0] and _heads_a_plan(around, period))]
    if around.mention.group == "injection":
        told.sort(key=lambda period: not DIRECTLY_BEHIND.fullmatch(around.text, around.mention.end, period.start))
    return _told_dates(around, told[0]) if told else {}


def _heads_a_plan(around: Around, period: Period) -> bool:
    """Whether a date opens the document and what follows is told of another day: '05/04 Block on 06/02', 'planned'."""
    text, mention = around.text, around.mention
    if mention.group != "injection" or period.start > mention.start or text[: period.start].strip(" \t\n([#*-"):
        return False
    end = min(around.after, mention.end + FAR)
    sentence = re.split(r"[.;]\s|\n", text[mention.end : end])[0]
    later = any(
        DATE_AHEAD.search(sentence[: max(0, one.start - mention.end)])
        for one in dates.periods(text, mention.end, mention.end + len(sentence))
        if not (one.first and period.first and one.first <= period.first)
    )
    return later or bool(PLANNED_BEHIND.search(sentence))


def yearless_dates(around: Around, anchor: date) -> dict[str, Any]:
    """When the treatment began and ended, where only the document's date `anchor` tells the year: '12/2-1/20'."""
    if not DIGIT.search(around.text, around.before, around.after):
        return {}
    for period in dates.periods(around.text, around.before, around.after, anchor=anchor):
        if _is_date_of(around, period) and _is_surely_a_date(around, period):
            return _told_dates(around, period)
    return {}


def _is_surely_a_date(around: Around, period: Period) -> bool:
    """Whether figures such as '4/16' are a date and not a score, a count or a level."""
    text, mention = around.text, around.mention
    words = text[period.start : period.end]
    if re.search(r"[A-Za-z]{3}", words) or period.first is None or period.last is None:
        return bool(re.search(r"[A-Za-z]{3}|since|from|until|through|on", text[max(0, period.start - 8) : period.end]))
    if SCORES.search(words) or NOT_A_DATE_AFTER.match(text, period.end):
        return False
    if period.first != period.last:
        return True
    beside = DATE_FOLLOWS.fullmatch(text, mention.end, period.start) or text[period.end : mention.start].isspace()
    return bool(ON.search(text, max(around.before, period.start - 4), period.start)) or (
        mention.group == "injection" and bool(beside)
    )


def _is_date_of(around: Around, period: Period) -> bool:
    """Whether a date is this treatment's: 'In 2019 had a laminectomy', '10/3/25 ESI', 'PT until 3/1/26'."""
    text, mention, before = around.text, around.mention, around.before
    born = re.search(r"\bDOB\W*$", text[max(0, period.start - 8) : period.start])
    if born or (period.start < mention.start and period.last is None and not is_tally(around)):
        return False
    if _is_of_another_event(around, period):
        return False
    if period.start < mention.start and is_tally(around):
        return period.first != period.last or bool(DISCHARGED.search(text, period.end, mention.start))
    if period.start < mention.start:
        gap = text[period.end : mention.start]
        if before > 0 and text[before - 1].isalnum() and OF_THE_LAST.fullmatch(text, before, period.start):
            return False
        joined = before > 0 and text[before - 1].isalnum() and not text[before : period.start].strip(" ,(")
        near = (
            140
            if mention.group == "injection" and OPERATED.search(text[max(before, period.start - 24) : period.end] + gap)
            else 50
        )
        opens = not text[text.rfind("\n", 0, period.start) + 1 : period.start].strip()
        whole = opens and period.first == period.last and HEADS_ENTRY.fullmatch(gap)
        if whole and not TIMED.match(text, mention.end):
            return True
        return not joined and len(gap) < near and not OTHER_EVENT.search(gap)
    gap = text[mention.end : period.start]
    if len(gap) > FAR and CLAUSE.search(gap):
        return False
    leads_on = around.followed and re.fullmatch(r"\s*(?:[\w-]+\s+){0,2}", text[period.end : around.after])
    return not (leads_on and re.search(r"[,;]", text[mention.end : period.start]))


def _is_of_another_event(around: Around, period: Period) -> bool:
    """Whether a date is the day on which the pain came back, until which relief lasted, or one of a letterhead."""
    text, mention = around.text, around.mention
    if RECURRED.search(text, max(0, period.start - 60), period.start):
        return True
    if OF_AN_INJURY.search(text, max(0, period.start - 60), period.start) or INJURY_BEHIND.match(text, period.end):
        return True
    if mention.group == "injection" and (period.first is None or _is_counted_from(text, period)):
        return True
    line = text.rfind("\n", 0, period.start) + 1
    return "\n" in text[period.end : mention.start] and bool(COLUMNS.search(text, line, text.find("\n", period.end)))


def _is_counted_from(text: str, period: Period) -> bool:
    """Whether a date is the day from which injections are counted: 'the second since 01/12'."""
    return bool(COUNTED_FROM.search(text, max(0, period.start - 40), period.start))


def _is_said_to_end(around: Around, period: Period, gap: str) -> bool:
    """Whether a day behind a course is that on which it was over: 'finished seven weeks of PT on 05/01'."""
    text = around.text
    lead = max(around.before, around.mention.start - 60)
    over = FINISHED.search(text, lead, around.mention.start) or DISCHARGED_FROM.search(text, lead, around.mention.start)
    return period.start >= around.mention.end and bool(over) and bool(BY_A_DAY.fullmatch(gap))


def _told_dates(around: Around, period: Period) -> dict[str, Any]:
    text, mention = around.text, around.mention
    gap = text[mention.end : period.start]
    single = period.first == period.last
    if OTHER_DATE.search(gap):
        return {}
    if single and (STOPPED.search(gap) or DISCHARGED.search(text, period.end, mention.start)):
        return {"ended": period.last}
    if single and mention.group in ("active", "passive") and _is_said_to_end(around, period, gap):
        return {"ended": period.last}
    begun = single and mention.group in ("medication", "active", "passive", "self_care")
    if begun and BEGUN.search(text, max(around.lead[0], mention.start - 50), mention.start) and ON_A_DAY.fullmatch(gap):
        return {"started": period.first} | _ended_then(text, period)
    if mention.group == "medication" and single and re.match(r"\s*(?:x|for)\s*\d", text[period.end : period.end + 8]):
        return {"started": period.first}
    return {name: value for name, value in (("started", period.first), ("ended", period.last)) if value}


def _ended_then(text: str, period: Period) -> dict[str, Any]:
    """The day of the end that is told right behind the one of the beginning: 'on 3/2/2026, discharged 4/20/2026'."""
    ended = dates.THEN_ENDED.match(text, period.end)
    last = dates.periods(text, ended.end(), ended.end() + 18) if ended else []
    return {"ended": last[0].first or last[0].last} if ended and last and last[0].start == ended.end() else {}
