"""A parsed document in, the treatments that it tells of out, each with what is told of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from itertools import groupby
from typing import Any

from mednec.findings import therapy_course
from mednec.findings.parse import Parsed, Section, Sentence
from mednec.findings.sentences import MARK
from mednec.findings.therapy_kinds import kind_of, resolved
from mednec.findings.therapy_mentions import Mention, Setting, mentions, setting
from mednec.findings.therapy_reasons import adherence, reasons
from mednec.findings.therapy_records import shared_course, told_by_label, visit_dates, visits_told
from mednec.findings.therapy_scope import Cue, Group, ahead, behind, cues, groups
from mednec.findings.therapy_status import (
    PLANNING,
    RESPONSELESS,
    alone,
    default,
    is_supposed,
    none_of,
    response,
    status,
    told_by_response,
)
from mednec.findings.therapy_weak import counts
from mednec.model import Finding

FOLLOWS_ON = re.compile(
    r"(?:and\s+)?(?:this|it|they|these|neither|none|both|no\b|not\b|did\b|didn't|does|helped|only|some|"
    r"minimal|little|good|excellent|significant|temporary|pain (?:still|persist|unchanged|returned|recurred)|"
    r"(?:she|he|patient|the patient|pt) (?:had|has|got|gets|did|does|felt|noted|reports?|states?|noticed|"
    r"obtained|thinks)\b|initially|full|attend|complian|stopped|unfortunately|however|\"|relief|worked|"
    r"(?:the patient's|his|her|the)?\s*(?:symptoms?|pain) (?:still|persist|continued|has|have|returned|"
    r"improved|resolved|unchanged)|diary|log\b|patient rates|reviewed:|[\d~>]+\s*%)",
    re.I,
)

TODAY = re.compile(r"\btoday\b", re.I)
EARLIER = re.compile(r"\b(?:previous|prior|failed|status post|s/p|history of|retained|removal of)\b", re.I)
LABELED_ANEW = re.compile(r"[A-Z][\w /-]{1,30}:")
HEAD = re.compile(r"\s*(?:[-*\u2022]|\d{1,2}[.)])?\s*")
LABELED = re.compile(r"\s*(?::|,\s*[A-Z]|\([^)]*\)\s*:)")
NUMBERED = re.compile(r"\d{1,2}[.)]\s")
DAILY = re.compile(
    r"[^.;]{0,24}?\b(?:daily|every day|\d(?:-\d)?\s*(?:d|days|x|times)\s*(?:/|per|a)\s*(?:wk|week))\b", re.I
)


def find(parsed: Parsed) -> Iterator[Finding]:
    """Every place where a treatment of this patient's pain is told of."""
    where = setting(parsed)
    named = list(visits_told(parsed, mentions(parsed, where), where))
    earlier: list[Mention] = []
    starts = [mention.start for mention in named]
    for _, some in groupby(named, key=lambda mention: parsed.sentence_index(mention.start)):
        found = list(some)
        following = starts[bisect_right(starts, found[-1].start) :][:1]
        sentence = _extended(parsed, found, _limit(parsed, found, following[0] if following else len(parsed.text)))
        yield from _of_sentence(parsed, sentence, found, where, earlier)


def _of_sentence(
    parsed: Parsed, sentence: Sentence, found: list[Mention], where: Setting, earlier: list[Mention]
) -> Iterator[Finding]:
    every = cues(parsed, sentence, found)
    inherited: str | None = None
    for group in groups(parsed.text, sentence, found):
        before = ahead(parsed.text, group, every, "status")
        if before or group.first > group.before or group.before == sentence.start:
            inherited = None
        for mention in group.mentions:
            if counts(parsed, group, mention, every, where):
                finding = _finding(parsed, group, mention, every, where, inherited, earlier)
                yield parsed.dated(finding)
        inherited = before.says["status"] if before and not behind(parsed.text, group, every, "response") else inherited


def _limit(parsed: Parsed, found: list[Mention], following: int) -> int:
    """How far what follows may speak of these treatments: to the next treatment, or to the end of the item that one of them heads."""
    first = parsed.sentence_at(found[0].start)
    return _item_end(parsed, first) if _is_head(parsed.text, first, found[0]) else following


def _item_end(parsed: Parsed, first: Sentence) -> int:
    """Where the list item or paragraph that a sentence begins ends."""
    end = first.end
    for following in parsed.sentences[parsed.sentence_index(first.start) + 1 :][:6]:
        if "\n" in (gap := parsed.text[end : following.start]) and (
            gap.count("\n") > 1 or MARK.match(parsed.text, following.start, following.end)
        ):
            break
        if NUMBERED.match(parsed.text, following.start) or LABELED_ANEW.match(parsed.text, following.start):
            break
        end = following.end
    return end


def _extended(parsed: Parsed, found: list[Mention], limit: int) -> Sentence:
    """The sentence, with those after it that go on speaking of its treatments ('This did not help.')."""
    index = parsed.sentence_index(found[0].start)
    first = last = parsed.sentences[index]
    item = bool(MARK.match(parsed.text, first.start, first.end))
    for following in parsed.sentences[index + 1 : index + (5 if item else 4)]:
        gap = parsed.text[last.end : following.start]
        if (
            NUMBERED.match(parsed.text, following.start)
            or ("\n" in gap
            and (gap.count("\n") > 1 or MARK.match(parsed.text, following.start, following.end)))
        ):
            break
        if following.end > limit or parsed.section_at(following.start) != parsed.section_at(first.start):
            break
        if not item and not FOLLOWS_ON.match(parsed.text, following.start):
            break
        last = following
    return Sentence(first.start, last.end)


def _finding(
    parsed: Parsed,
    group: Group,
    mention: Mention,
    every: list[Cue],
    where: Setting,
    inherited: str | None,
    earlier: list[Mention],
) -> Finding:
    text = parsed.text
    before, after = _neighbors(group, mention)
    told = _attributes(parsed, group, mention, every, where, inherited, before, after)
    region = therapy_course.region(parsed, mention, max(before, group.first), after, told.get("levels", []))
    mention = resolved(parsed, mention, earlier, region)
    earlier.append(mention)
    return parsed.document.finding(
        "therapy", mention.concept, mention.start, mention.end,
        quote=(min(group.sentence.start, mention.start), max(group.sentence.end, mention.end)),
        **told, agent=mention.agent, region=region,
    )  # fmt: skip


def _neighbors(group: Group, mention: Mention) -> tuple[int, int]:
    """The bounds of the words that can speak of one treatment alone: from the one before it to the one after it."""
    index = group.mentions.index(mention)
    before = group.mentions[index - 1].end if index else group.before
    after = group.mentions[index + 1].start if index + 1 < len(group.mentions) else group.after
    return before, after


def _attributes(
    parsed: Parsed,
    group: Group,
    mention: Mention,
    every: list[Cue],
    where: Setting,
    inherited: str | None,
    before: int,
    after: int,
) -> dict[str, Any]:
    text = parsed.text
    whole = parsed.sentence_at(mention.start).end
    answer = response(text, group, every, whole)
    if _is_secondary(parsed, group, every):
        answer = None
    last = _last(text, group, mention)
    if last > group.after and answer is None:
        answer = next(
            (
                cue.says["response"]
                for cue in every
                if "response" in cue.says and group.after <= cue.start and cue.scope != "forward"
            ),
            None,
        )
    lead = (max(group.before, group.first), group.start)
    course = therapy_course.course(parsed, mention, before, after, group.after, lead, group.sentence.end)
    if {"per_week", "duration_days"}.isdisjoint(course):
        course |= shared_course(parsed, mention, max(group.before, group.first), group.start, where)
    if "relief_percent" in course and answer in (None, "partial", "good"):
        answer = "good" if course["relief_percent"] >= 50 else "partial" if course["relief_percent"] > 0 else "none"
    told = _status(parsed, group, mention, every, where, inherited, answer)
    if answer and told == "not_tried" and none_of(text, group, every):
        told, answer = "past", "none"
    if told in RESPONSELESS:
        answer = None
        course = {name: value for name, value in course.items() if not name.startswith("relief")}
    if (
        told == "past"
        and "started" in course
        and "ended" not in course
        and mention.group in ("medication", "active")
        and not any(cue.concept in ("ended", "failed") for cue in every)
    ):
        told = "current"
    why = (
        reasons(text, group, mention, every, told, answer)
        if parsed.section_at(mention.start).name != "allergies"
        else []
    )
    if told == "past" and "started" not in course:
        course |= visit_dates(parsed, mention, where)
    kept = adherence(text, group, mention, every, told, last, parsed.section_at(mention.start).name in PLANNING)
    return {
        "status": told,
        "response": answer,
        **course,
        "failure_reason": (why[0] if len(why) == 1 else why) or None,
        "adherence": kept,
    }


def _status(
    parsed: Parsed,
    group: Group,
    mention: Mention,
    every: list[Cue],
    where: Setting,
    inherited: str | None,
    answer: str | None,
) -> str:
    """The status of one treatment: what is said of it alone, of its group, by its label, its effect or its section."""
    text, section = parsed.text, _section(parsed, mention, where)
    if where.education:
        return "other"
    if is_supposed(text, group, section):
        return "planned"
    if section.name == "allergies":
        return "contraindicated"
    if (
        section.name == "procedure"
        and mention.group == "injection"
        and not EARLIER.search(text, max(group.sentence.start, mention.start - 40), mention.start)
    ):
        return "performed"
    told = alone(text, mention) or status(text, group, every, section)
    if (
        told is None
        and mention.concept == "home_exercise"
        and DAILY.match(text, mention.end)
        and (where.record or section.name not in PLANNING)
    ):
        told = "current"
    told = told or told_by_label(parsed, mention, where) or (inherited if inherited != "dispensed" else None)
    if told is None and answer:
        told = told_by_response(text, group, section, answer)
    supposed = told in (None, "planned") and section.name not in ("past_surgical", "past_medical", "medications")
    told = told or default(section, mention, where, text, answer)
    return "performed" if supposed and _is_carried_out(parsed, mention, where, section) else told


def _is_secondary(parsed: Parsed, group: Group, every: list[Cue]) -> bool:
    """Whether another treatment heads the item, so that what follows this one at a distance speaks of that one."""
    named = parsed.within(group.sentence.start, group.start, "therapy")
    if not named or LABELED.match(parsed.text, group.end) or group.after < group.sentence.end:
        return False
    first = Mention(named[0].start, named[0].end, named[0].concept, "plain", "active")
    near = any("response" in cue.says and group.end <= cue.start < group.end + 25 for cue in every)
    return _is_head(parsed.text, group.sentence, first) and parsed.text[first.end] == ":" and not near


def _is_head(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether a treatment heads its list item: '- PT: 6 of 6 visits, HEP progressed, no gain'."""
    return bool(HEAD.fullmatch(text, sentence.start, mention.start) and LABELED.match(text, mention.end))


def _last(text: str, group: Group, mention: Mention) -> int:
    """Where what is told of a treatment ends; for one that heads its item, at the item's end."""
    return (
        group.sentence.end if mention == group.mentions[0] and _is_head(text, group.sentence, mention) else group.after
    )


def _section(parsed: Parsed, mention: Mention, where: Setting) -> Section:
    """The section of a mention; in a therapist's record a dated entry ends the sections before it."""
    section, entry = parsed.section_at(mention.start), parsed.entry_at(mention.start)
    return (
        Section("other", entry.start, entry.start, entry.end)
        if where.record and entry and section.start < entry.start
        else section
    )


def _is_carried_out(parsed: Parsed, mention: Mention, where: Setting, section: Section) -> bool:
    """Whether a plan is carried out in the same note: its procedure heading names the same treatment."""
    if (
        mention.group != "injection"
        or (section.name in ("plan", "instructions", "aftercare")
        and not TODAY.search(parsed.text, mention.end, mention.end + 60))
    ):
        return False
    if not where.procedure and not TODAY.search(parsed.text, mention.end, mention.end + 60):
        return False
    done = (part for part in parsed.sections if part.name == "procedure")
    named = {
        kind_of(hit.concept)
        for part in done
        for hit in parsed.within(part.body, min(part.end, part.body + 400), "therapy")
    }
    return kind_of(mention.concept) in named
