"""One treatment with all that surrounds it in, where what is told of it begins and ends out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Section, Sentence
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.scope import Cue, Group
from mednec.findings.therapy.setting import Setting

HEAD = compiled(r"\s*(?:[-*\u2022]|\d{1,2}[.)])?\s*")
LABELED = compiled(r"\s*(?::|,\s*[A-Z]|\([^)]*\)\s*:)")
NEAR = 25  # characters: what stands so close behind a treatment speaks of it, even in an item that another one heads


@dataclass(frozen=True, slots=True)
class Case:
    """One treatment with its document, its group, the cues of its sentence and the status that it inherits."""

    parsed: Parsed
    group: Group
    mention: Mention
    cues: list[Cue]
    where: Setting
    inherited: Mapping[str, str]


def section_of(case: Case) -> Section:
    """The section of a treatment; in a therapist's record a dated entry ends the sections before it."""
    section, entry = case.parsed.section_at(case.mention.start), case.parsed.entry_at(case.mention.start)
    if case.where.record and entry and section.start < entry.start:
        return Section("other", entry.start, entry.start, entry.end)
    return section


def whole(case: Case) -> int:
    """Where the sentence itself ends, without those that were joined to it."""
    return case.parsed.sentence_at(case.mention.start).end


def last(case: Case) -> int:
    """Where what is told of a treatment ends; for one that heads its item, at the item's end."""
    group = case.group
    heads = case.mention == group.mentions[0] and is_head(case.parsed.text, group.sentence, case.mention)
    return group.sentence.end if heads else group.after


def is_head(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether a treatment heads its list item: '- PT: 6 of 6 visits, HEP progressed, no gain'."""
    return bool(HEAD.fullmatch(text, sentence.start, mention.start) and LABELED.match(text, mention.end))


def is_asked(case: Case) -> bool:
    """Whether the sentence asks for the effect: 'Is she receiving any benefit from it?'"""
    end = whole(case)
    return case.parsed.text[end - 1 : end] == "?" and case.group.sentence.end == end


def is_secondary(case: Case) -> bool:
    """Whether another treatment heads the item, so that what follows this one at a distance speaks of that one."""
    parsed, group = case.parsed, case.group
    named = parsed.within(group.sentence.start, group.start, "therapy")
    if not named or LABELED.match(parsed.text, group.end) or group.after < group.sentence.end:
        return False
    first = Mention(named[0].start, named[0].end, named[0].concept, "plain", "active")
    near = any("response" in cue.says and group.end <= cue.start < group.end + NEAR for cue in case.cues)
    return is_head(parsed.text, group.sentence, first) and parsed.text[first.end] == ":" and not near
