"""The treatments of a document in, the same out with what fields and answered questions say of them."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings import dates, quantities
from mednec.findings.parse import Parsed
from mednec.findings.structure.amending import HAD, amended, made
from mednec.findings.structure.boxes import ticked
from mednec.findings.structure.fields import Field, fields
from mednec.findings.structure.nested import below
from mednec.findings.structure.words import expression, is_blank, verdict, yes_or_no
from mednec.model import Finding

EFFECT = ("result", "helped", "failed")
ONE = compiled(r"(?i:\b(?:it|this|that|therapy|drug|medicine|medication)\b)")
MANY = compiled(
    r"(?i:\b(?:these|those|them|they|any|all|above|treatments|measures|therapies|conservative|past|prior|previous"
    r"|after that|since then|afterwards)\b)"
)
ALONE = ("surgery", "injection", "block", "ablation", "stimulator")  # of which a field tells in other ways
NOTHING = compiled(r"\s*(?:none|nil|nothing|zero|0)\W*", re.I)
OF_EFFECT = compiled(
    r"(?i:[.;,]\s*(?:outcome|response|result|effect|benefit|relief|improvement|gain)s?\s*:?\s*\Z"
    r"|[.;]\s*(?:did|does|has|have|was|were|is)\b[^.?]*\b(?:help|work|eas|relie|improv|better|benefit|effective"
    r"|differ)\w*[^.?]*\??\s*\Z)"
)
SO_FAR = compiled(r"\s+(?:so far|to date|yet|as yet)\W*$", re.I)
UNIT, NUMBER = compiled(r"\b(?:weeks?|wks?|months?)\b", re.I), compiled(r"\d{1,3}")
OFFERED = compiled(r"\(?\s*(?:please )?(?:circle|select|choose|underline|pick)\b[^)\n:]{0,30}(?:\)|:)", re.I)
OFFER = needing(r"\b(?:circle|select|choose|underline|pick)\b", re.I)
CHOSEN = compiled(r"\s*(?P<label>[A-Za-z][^\n:]{2,40}):[ \t]*(?P<words>[^\n]*)")
KEY = compiled(r"\b(?P<code>[A-Z][A-Za-z/]{0,3})\s?=\s?(?P<meant>[a-z][a-z ]{3,30})")
SIZES = frozenset(("duration_days", "sessions", "ended", "started"))
WAITS = compiled(r"\b(?:referred|referral|waiting|soon|next|scheduled|plann?ed|ordered|will)\b", re.I)
CODE = 6  # characters of the longest code of a key
SHORT = 5  # words of an answer that is nothing but a verdict
FAR, LINES = 700, 9


def answered(parsed: Parsed, found: list[Finding], tables: Sequence[tuple[int, int]]) -> list[Finding]:
    """The findings with what fields in and below them say: 'PT: not started', 'Response: poor', 'How long? 6 weeks'."""
    near = [hit.start for hit in parsed.of("therapy")]
    asked = [one for one in fields(parsed.text, near, FAR) if not any(a <= one.start < b for a, b in tables)]
    if not asked and "\n " not in parsed.text:
        return found
    offered = _offered(parsed, found) if OFFER.search(parsed.text) else found
    every = [*(_nested(parsed, finding) for finding in offered), *_asked_for(parsed, offered, asked)]
    changed = sorted(every, key=lambda finding: finding.start)
    starts, floor = [finding.start for finding in changed], 0
    for one in asked:
        first, last = bisect_left(starts, one.start), bisect_left(starts, one.label_end)
        for index in range(first, last):
            changed[index] = _itself(parsed, changed[index], one)
        if one.asks is None:
            continue
        if one.asks == "relief_over":
            _until(parsed, changed, first, one)
            continue
        own = range(first, last) if one.asks in EFFECT else ()
        meant = [*_meant(parsed.text, one, changed, bisect_left(starts, floor), first), *own]
        for index in meant:
            changed[index] = _by_field(parsed, changed[index], one)
        if one.asks in EFFECT:
            floor = one.start
    return changed


def _until(parsed: Parsed, some: list[Finding], first: int, one: Field) -> None:
    """The injection named last before a field that tells the day on which its relief was over, with its days."""
    days = dates.periods(parsed.text, one.value, one.end, anchor=parsed.document.dated)
    index = next(
        (i for i in reversed(range(first)) if some[i].concept.endswith(ALONE) and some[i].get("started")), None
    )
    if not days or not days[0].first or index is None:
        return
    try:
        lasted = (date.fromisoformat(days[0].first) - date.fromisoformat(some[index].get("started"))).days
    except ValueError:  # a month or a year is not a day
        return
    if lasted >= 0:
        some[index] = amended(parsed, some[index], {"relief_days": lasted}, (some[index].start, one.end))


def said(parsed: Parsed, one: Field) -> str:
    """The answer of a field: what is ticked where it has boxes, what its code means where a key explains it."""
    words = one.words(parsed.text)
    if OFFER.search(parsed.text) and OFFERED.match(words):
        return chosen(parsed.text, one.end)
    marked = ticked(words)
    if (
        marked is None
        and words[:4].isupper()
        and len(words) < CODE
        and (key := KEY.search(parsed.text))
        and words.strip(" .") == key["code"]
    ):
        return key["meant"]
    return words if marked is None else marked


def chosen(text: str, start: int) -> str:
    """The word that is told on one of the next lines to have been circled or the like; empty where none is."""
    line = CHOSEN.match(text, start)
    return line["words"].strip() if line and expression("picked").fullmatch(line["label"]) else ""


def _offered(parsed: Parsed, found: list[Finding]) -> list[Finding]:
    """The findings; treatments that a line offers to be circled are had where they were, else not."""
    kept = []
    for finding in found:
        first = parsed.text.rfind("\n", 0, finding.start) + 1
        last = parsed.text.find("\n", finding.end)
        if last < 0 or not OFFERED.search(parsed.text, first, finding.start):
            kept.append(finding)
            continue
        pick, mention = chosen(parsed.text, last), finding.mention.lower()
        line = CHOSEN.match(parsed.text, last)
        status = "past" if mention in pick.lower() else "not_tried" if pick else "other"
        plain = replace(finding, attributes={k: v for k, v in finding.attributes.items() if k != "response"})
        kept.append(amended(parsed, plain, {"status": status}, (first, line.end() if line else last)))
    return kept


def _itself(parsed: Parsed, finding: Finding, one: Field) -> Finding:
    """A treatment that a field or question names, with its answer: had, not had, or still to come."""
    words, label = said(parsed, one), parsed.text[one.start : one.label_end]
    if finding.concept.endswith(ALONE) or one.asks in EFFECT or expression("intended").search(label):
        return finding
    quote = (one.start, max(one.end, one.label_end))
    answer = yes_or_no(words)
    if not words and ticked(one.words(parsed.text)) == "":
        return amended(parsed, finding, {"status": "other"}, quote)
    if answer is False and (
        OF_EFFECT.search(label) or (NOTHING.fullmatch(words) and finding.attributes.keys() & SIZES)
    ):
        return finding  # 'naproxen 8 weeks: none', 'PT x 12. Outcome: none' tell the effect
    if answer is False or expression("not_done").match(words):
        return amended(parsed, finding, {"status": "not_tried"}, quote)
    if expression("to_come").match(words) and "sessions" not in finding.attributes:
        return amended(parsed, finding, {"status": "planned"}, quote)
    if answer and (WAITS.search(words) or expression("to_come").search(words)):
        return amended(parsed, finding, {"status": "planned"}, quote)
    if answer and finding.get("status") not in HAD:
        return amended(parsed, finding, {"status": "past"}, quote)
    short = (
        len(words.split()) <= SHORT
        and "?" not in words
        and finding.get("status") in HAD
        and not expression("to_come").search(words)
    )
    if finding.get("response") is None and (short or (answer and len(words) > len("yes"))):
        told = verdict(words) if not yes_or_no(words) or len(words) > len("yes") else None
        return amended(parsed, finding, {"response": told}, quote) if told else finding
    return finding


def _meant(text: str, one: Field, some: Sequence[Finding], floor: int, first: int) -> list[int]:
    """The treatments named shortly before a field, of which it speaks."""
    near = [
        index
        for index in range(floor, first)
        if one.start - some[index].end < FAR
        and text.count("\n", some[index].end, one.start) <= LINES
        and some[index].get("status") in HAD
        and not some[index].concept.endswith(ALONE)
    ]
    label = text[one.start : one.label_end]
    if not near or (one.asks in EFFECT and not (ONE.search(label) and not MANY.search(label))):
        return near
    line = text.rfind("\n", 0, some[near[-1]].start) + 1
    return [index for index in near if some[index].start >= line]


def _by_field(parsed: Parsed, finding: Finding, one: Field) -> Finding:
    """A treatment with what a field of its effect, its length or its days tells."""
    words, told = said(parsed, one), dict[str, Any]()
    if one.asks in EFFECT and (finding.get("response") is None or finding.quote_end > one.start):
        answer = verdict(words, one.asks or "") if finding.get("status") in HAD else None
        told = {"response": answer} if answer else {}
        if not answer and OFFER.search(parsed.text) and OFFERED.match(one.words(parsed.text)):
            told = {"response": None}
    elif one.asks == "length" and "duration_days" not in finding.attributes:
        spans = quantities.durations(parsed.text, one.value, one.end)
        spans = spans or quantities.durations(parsed.text, one.start, one.end)
        days = spans[0].value if spans else _bare_length(parsed.text[one.start : one.label_end], words)
        told = {"duration_days": days} if days else {}
    elif one.asks in ("dates", "start", "end"):
        told = _days(parsed, finding, one)
    return amended(parsed, finding, told, (finding.start, one.end)) if told else finding


def _bare_length(label: str, words: str) -> int:
    """The days that a bare number means behind a label that names its unit: 'How many weeks? 8'; else 0."""
    unit, number = UNIT.search(label), NUMBER.fullmatch(words.strip(" ."))
    return int(number[0]) * (30 if unit[0][0].lower() == "m" else 7) if unit and number else 0


def _days(parsed: Parsed, finding: Finding, one: Field) -> dict[str, Any]:
    """When it began and ended; what is to begin is planned."""
    if expression("to_come").search(one.words(parsed.text)):
        return {"status": "planned"}
    found = dates.periods(parsed.text, one.value, one.end, anchor=parsed.document.dated)
    if not found:
        return {}
    if one.asks == "dates":
        days = {"started": found[0].first, "ended": found[0].last}
    else:
        known = {name: finding.get(name) for name in ("started", "ended") if one.asks == "end"}
        days = {**known, "started" if one.asks == "start" else "ended": found[0].first or found[0].last}
    return {name: day for name, day in days.items() if day}


def _nested(parsed: Parsed, finding: Finding) -> Finding:
    """A treatment that is a list item, with what the items set in below it say."""
    if finding.get("status") not in HAD or finding.concept.endswith(ALONE):
        return finding
    lines = below(parsed, finding.start, finding.end)
    told: dict[str, Any] = {}
    for start, end in lines:
        words = parsed.text[start:end]
        never = yes_or_no(SO_FAR.sub("", words)) is False and SO_FAR.search(words)
        if never or expression("to_come").match(words) or expression("not_done").search(words):
            return amended(parsed, finding, {"status": "not_tried"}, (finding.start, end))
        answer = verdict(words.partition(":")[2] or words)
        told |= {"response": answer} if answer and "response" not in told else {}
        spans = quantities.durations(parsed.text, start, end)
        told |= {"duration_days": spans[0].value} if spans and "duration_days" not in told else {}
    told = {name: value for name, value in told.items() if finding.get(name) is None}
    return amended(parsed, finding, told, (finding.start, lines[-1][1])) if told else finding


def _asked_for(parsed: Parsed, found: Sequence[Finding], asked: Sequence[Field]) -> list[Finding]:
    """The treatments that only a question names, where the answer is yes: 'Four weeks of medication? [x] yes'."""
    new = []
    for one in asked:
        hits = () if one.asks else parsed.within(one.start, one.label_end, "therapy")
        if not hits or is_blank(one.words(parsed.text)) or not yes_or_no(said(parsed, one)):
            continue
        label = parsed.text[one.start : one.label_end]
        if any(one.start <= finding.start < one.label_end for finding in found) or expression("intended").search(label):
            continue
        hit = hits[0]
        new.append(made(parsed, hit.concept, (hit.start, hit.end), (one.start, one.end), {"status": "past"}))
    return new
