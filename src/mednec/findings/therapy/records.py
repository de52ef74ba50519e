"""A therapist's own records: visits told without the name of the therapy, and the dates of flowsheet rows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import dates, quantities
from mednec.findings.parse import Parsed
from mednec.findings.sentences import MARK
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.setting import Setting

VISITS = compiled(
    r"^[ \t]*(?P<visits>(?:attended\s+)?\d{1,3}(?:\s*(?:of|"
    r"/)\s*\d{1,3})?\s+(?:total\s+)?visits?\b(?!\s+to\s+(?:the|an?|her|his)\s)[^.;,:(\n]{0,24})",
    re.I | re.M,
)
TOTAL = compiled(
    r"^[ \t]*(?P<visits>(?:(?:total|number of|no\. of|# of|#)[ \t]+)?(?:visits|sessions)"
    r"(?:[ \t]+(?:completed|attended|to date))?)[ \t]*[:=][ \t]*\d",
    re.I | re.M,
)
TOLD = compiled(  # in running words: 'twelve visits in all', 'seen for 10 sessions', 'came for eight treatments'
    rf"(?<![\w/.-])(?P<visits>(?:a total of\s+)?(?:\d{{1,2}}|{quantities.SPELLED})\s+(?:(?:PT|therapy|treatment|office|"
    r"supervised|total|scheduled)\s+){0,2}(?:visits|sessions|treatments|appointments)|"
    rf"(?:seen|treated|attended)\s+(?:\d{{1,2}}|{quantities.SPELLED})\s+times)\b(?!\s*(?:/|per|a|each|every)\s*"
    r"(?:week|wk)|\s+to\s+(?:the|an?|her|his)\s+(?!therap|PT)|\s+(?:remain|left|authori|approv|request|allow|"
    r"available|ordered|to go|of (?:TENS|heat|massage|acu)))"
    r"|\b(?P<seen>seen|treated|came|coming|attend(?:ed|ing)|come)(?=\s+(?:in\s+|here\s+|for (?:PT|therapy|"
    r"treatment)\s+)?"
    r"(?:\d(?:\s?-\s?\d)?\s?(?:x|times)|twice|once|(?:two|three|four) times)\b)",
    re.I,
)
TOLD_VISITS = compiled(
    rf"\b(?:\d{{1,2}}|{quantities.SPELLED})\s+(?:\w+\s+){{0,2}}(?:visits|sessions|treatments)\b", re.I
)
NOT_ATTENDED = compiled(
    r"\b(?:will|goals?|plan|planned|to be|authori[sz]ed|approved|request\w*|recommend\w*|remaining|within|next|per|by|"
    r"after|cancel\w*|miss\w*|no[- ]show\w*|emergency|ER|ED|physician|MD|doctor|every|additional|more|another|expected|"
    r"anticipated|scheduled for|min|minutes|timed|"
    r"units)\b",
    re.I,
)
VISITS_BEHIND = compiled(r"\s+\d{1,3}\s+(?:visits|sessions|treatments|appointments)\b", re.I)
COUNTED = compiled(r"(?:total|number|no\.|#|visits|sessions|attend)", re.I)
STARTED = compiled(r"\b(?:start of care|SOC|initial eval(?:uation)?|first visit|start)(?: date)?[ \t]*:[ \t]*", re.I)
ENDED = compiled(
    r"\b(?:discharged?|d/c|last visit|end)(?: date)?[ \t]*:[ \t]*|\bdate of (?:discharge|last visit)[ \t]*:[ \t]*", re.I
)
AFTER_LABEL = compiled(
    r"(?:\bD/?C\b|discharge|summary)[^\n]{0,20}?:\s*(?P<visits>\d{1,3}(?:\s*(?:of|"
    r"/)\s*\d{1,3})?\s+visits?\b(?:\s*/\s*[\d+]+\s*wks?)?)",
    re.I,
)
LABEL = compiled(
    r"(?:^|[\s(|])(?P<label>S|O|A|P|Plan|PLAN|POC|O/Rx|Rx today|Rx|Tx today|Tx|Treatment|Interventions?|Today|"
    r"Assessment|Goals?)\s*(?::|(?=\s\d))",
    re.M,
)
PLAN_LABELS = ("P", "Plan", "PLAN", "POC")
HANDED_OUT = compiled(
    r"HEP\s*(?::|$|[.;,])|HEP (?:issued|upgrade|upd|given|provided)|home exercise program\s*(?:$|[.;,])", re.I
)
CARRIED_ON = compiled(r"cont(?:inue)?\.?\s", re.I)
COURSE = compiled(
    r"(?P<n>\d)(?:-\d)?\s*(?:x|times)?\s*(?:/|per|a)\s*(?:wk|week)s?\.?,?\s*(?:x|"
    r"for)\s*(?P<w>\d{1,2})(?:\s*-\s*\d{1,2})?\s*(?P<unit>wks?|weeks?|months?|mos?)?",
    re.I,
)
FOR_THE_FOLLOWING = compiled(
    r"(?P<n>\d|once|twice|two|three|four|five)\s*(?:x|times?)?\s*(?:/|per|a|each)?\s*week\w*\s+(?:x|"
    r"for)\s+(?P<w>\d{1,2}|two|three|four|six|eight|ten|twelve)\s+(?P<unit>weeks?|"
    r"months?)(?:[^.;]{0,60}(?:following|:)|[^.;\n]{0,70}\.\s+(?:interventions?|treatments?|this|plan|"
    r"modalities)\b[^.;\n]{0,30}"
    r"\binclud\w+:)",
    re.I,
)
PLANNED_IN_RECORD = compiled(r"\bHEP (?:issued|upgraded?|upd\w*|given|provided|instructed)", re.I)
FULL_DATE = compiled(r"\d{1,2}[/-]\d{1,2}[/-]\d{2,4}|\d{4}-\d\d-\d\d")


def visits_told(parsed: Parsed, found: list[Mention], where: Setting) -> Iterator[Mention]:
    """The mentions, and in a therapist's record the counted visits where no therapy is named beside them."""
    if not where.record:
        yield from found
        return
    spans = [
        match.span("visits") for pattern in (VISITS, AFTER_LABEL, TOTAL) for match in pattern.finditer(parsed.text)
    ]
    head = parsed.text[:300].lower()
    manipulated = "chiropract" in head and "physical therapy" not in head
    kind = ("chiropractic", "record", "passive") if manipulated else ("physical_therapy", "record", "active")
    visits = [Mention(start, end, *kind) for start, end in spans]
    visits += [Mention(start, end, *kind) for start, end in _told_in_words(parsed, found)]
    firm = [mention for mention in found if not mention.weak and not _counts_visits(parsed.text, mention)]
    free = [
        visit
        for number, visit in enumerate(visits)
        if not any(_overlap(visit, other) for other in [*firm, *visits[:number]])
    ]
    named = [mention for mention in found if mention in firm or not any(_overlap(mention, visit) for visit in free)]
    yield from sorted([*named, *free], key=lambda mention: (mention.start, mention.end))


def _told_in_words(parsed: Parsed, found: list[Mention]) -> Iterator[tuple[int, int]]:
    """Visits counted in a sentence that names no therapy: it is that of the record."""
    for match in TOLD.finditer(parsed.text):
        start, end = match.span("visits" if match["visits"] else "seen")
        sentence = parsed.sentence_at(start)
        others = (other for other in found if sentence.start <= other.start < sentence.end)
        named = any(other.group != "medication" and not _is_attending(parsed.text, other) for other in others)
        if match["seen"] and TOLD_VISITS.search(parsed.text, end, sentence.end):
            continue
        if not named and not NOT_ATTENDED.search(parsed.text, sentence.start, start):
            yield start, end


def _overlap(one: Mention, other: Mention) -> bool:
    return one.start < other.end and other.start < one.end


def _counts_visits(text: str, mention: Mention) -> bool:
    """Whether it is only the verb before counted visits, which tell more: 'Attended 12 visits'."""
    return _is_attending(text, mention) and bool(VISITS_BEHIND.match(text, mention.end))


def _is_attending(text: str, mention: Mention) -> bool:
    """Whether a mention is no name of a treatment: a word of everyday language, or that the patient attended."""
    return mention.weak or text[mention.start : mention.end].lower().startswith("attend")


def visit_dates(parsed: Parsed, mention: Mention, where: Setting) -> dict[str, Any]:
    """The date of a flowsheet row or daily note, where it stands there with its year."""
    entry = parsed.entry_at(mention.start)
    if (
        mention.group == "medication"
        or mention.concept == "home_exercise"
        or mention.reading == "weak"
        or (mention.reading == "capitals" and mention.group == "active")
        or re.match(r"attend|\d+ visits|visits|cont", parsed.text[mention.start : mention.end], re.I)
        or _heads_column(parsed.text, mention)
    ):
        return {}
    if (
        not where.record
        or entry is None
        or not FULL_DATE.search(parsed.text, entry.start, min(entry.end, entry.start + 60))
    ):
        return {}
    return {"started": entry.dated.isoformat(), "ended": entry.dated.isoformat()}


def episode(parsed: Parsed, mention: Mention, where: Setting) -> tuple[int, int, dict[str, str]] | None:
    """When the episode began and ended whose visits a record counts, with the lines that say so."""
    if not where.record or not COUNTED.match(parsed.text, mention.start):
        return None
    first, last = max(0, mention.start - 400), mention.end + 400
    starts, ends = (_with_days(parsed.text, pattern, first, last) for pattern in (STARTED, ENDED))
    if len(starts) != 1 or len(ends) != 1:
        return None
    found = [starts[0][1], ends[0][1]]
    began, ended = found[0].first or found[0].last, found[1].last or found[1].first
    if began is None or ended is None or ended < began:
        return None
    span = (min(starts[0][0], ends[0][0]), max(found[0].end, found[1].end))
    return *span, {"started": began, "ended": ended}


def _with_days(text: str, label: re.Pattern[str], first: int, last: int) -> list[tuple[int, dates.Period]]:
    """Where labels stand that a day follows, each with that day."""
    found = [(one.start(), dates.periods(text, one.end(), one.end() + 20)) for one in label.finditer(text, first, last)]
    return [(start, days[0]) for start, days in found if days]


def told_by_label(parsed: Parsed, mention: Mention, where: Setting) -> str | None:
    """In a therapist's record the label before a treatment decides: under P it is planned, under O it was done."""
    if not where.record:
        return None
    text, entry = parsed.text, parsed.entry_at(mention.start)
    if mention.concept == "home_exercise" and re.search(
        r"\bD/?C\s+(?:w/|with|to)?\s*$", text[max(0, mention.start - 10) : mention.start]
    ):
        return "planned"
    if CARRIED_ON.match(text, mention.start):
        return "current"
    if _heads_column(text, mention) or re.match(r"attend|\d+ visits|visits", text[mention.start : mention.end], re.I):
        return "past"
    start = max(entry.start if entry else 0, parsed.section_at(mention.start).start, mention.start - 600)
    labels = list(LABEL.finditer(text, start, mention.start))
    if labels:
        planned = labels[-1]["label"] in PLAN_LABELS
        return (
            "planned"
            if planned or HANDED_OUT.match(text, mention.start)
            else "past"
            if labels[-1]["label"] not in ("A", "Assessment", "S")
            else None
        )
    if entry:
        return "planned" if is_issued(text, mention) or HANDED_OUT.match(text, mention.start) else "past"
    return None


def _heads_column(text: str, mention: Mention) -> bool:
    """Whether the mention stands in the head of a table of visits."""
    line = text[text.rfind("\n", 0, mention.start) + 1 : mention.start]
    return (bool(re.match(r"\s*(?:visit|date|#|dos)\b", line, re.I)) and "   " in line) or bool(
        re.match(r"\s*visit\s+date", line, re.I)
    )


def shared_course(parsed: Parsed, mention: Mention, first: int, start: int, where: Setting) -> dict[str, Any]:
    """The frequency and length that stand before a list that a therapist delivers: '2x/wk x 6 wks: TherEx, NMR'."""
    if mention.group not in ("active", "passive") or mention.concept == "home_exercise":
        return {}
    section = parsed.section_at(mention.start)
    listed = MARK.match(parsed.text, parsed.sentence_at(mention.start).start)
    match = next(iter(COURSE.finditer(parsed.text, first, start)), None)
    if match is None and listed and (where.record or section.name == "plan"):
        match = next(
            iter(FOR_THE_FOLLOWING.finditer(parsed.text, max(section.body, mention.start - 900), mention.start)), None
        )
    if match is None:
        return {}
    weeks = quantities.number(match["w"]) * (30 if (match["unit"] or "w").lower().startswith("m") else 7)
    return {"per_week": int(quantities.number(match["n"])), "duration_days": int(weeks)}


def is_issued(text: str, mention: Mention) -> bool:
    """Whether a home program is handed out here."""
    return bool(PLANNED_IN_RECORD.match(text, mention.start))
