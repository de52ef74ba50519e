"""A group of treatments and its cues in, why they were stopped and whether the patient kept to them out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.scope import Cue, Group

WHY = compiled(
    r"(?:\b(?:because(?: of)?|due to|for|secondary to|from|with|of|by|causes?|caused|causing|made (?:her|him)|"
    r"too|given|owing to|resulted in|had|and|was|so|gave (?:her|him)|c/o)\W+(?:\w+\W+){0,3}|"
    r"[-\u2013:;,(/+]\s*(?:too\s+|\w+\s+)?|\bdoes\W+|\bshe\W+|\bhe\W+)$",
    re.I,
)
OF_ITSELF = ("tolerate", "intoleran", "side effect", "adverse effect", "adverse reaction", "tolerated")
DISCHARGED = compiled(r"d/?c'?d?", re.I)
DENIED = compiled(r"\b(?:without|without any|no|any|denies|denies any|not|possible|potential)\s+$", re.I)
BECAUSE = compiled(r"\b(?:because|due to|lack of|for|given)\W+(?:\w+\W+){0,2}$", re.I)
VISITS_KEPT = compiled(
    r"(?<![\d/-])(?<!visit )(?<!session )(?<!#)(?<!between )(?<!from )(?<!since )(?<!until )(?<!through )(?<!on )"
    r"(?<!d/c )(?<!\bdc )(?<!\bdc.d )(?<!d/c.d )(?<!\bended )(?<!\bin )"
    r"(?P<n>\d{1,3})\s*(?:visits?\s+)?(?:of|/|out of)\s*(?P<m>\d{1,3})(?!\d|/|\s*\(?NRS|"
    r"\s*(?:-|\u2013|to|thru|through)\s*\d{1,2}/\d)",
    re.I,
)
ATTENDED = compiled(r"visit|session|attend|appointment|\bdays\b", re.I)
NOT_BORNE = compiled(r"tolera", re.I)
IN_BRACKETS = compiled(r"\([^()]*$")
PUNCTUATION = compiled(r"[,;.:)]|(?<=\S)[ \t]{3}")
DAILY = compiled(r"\b(?:daily|every day|each day|faithfully|regularly)\b", re.I)


def reasons(text: str, group: Group, mention: Mention, every: list[Cue], outcome: tuple[str, str | None]) -> list[str]:
    """Why a treatment was stopped, failed or cannot be used, in the order of the text; empty where it does not say.

    `outcome` is its status and response.
    """
    told, response = outcome
    near = [
        cue
        for cue in every
        if "failure_reason" in cue.says
        and (_near(text, group, cue) or (told == "contraindicated" and cue.concept == "not_safe"))
    ]
    ended = any(
        cue.concept == "ended" and not DISCHARGED.fullmatch(text, cue.start, cue.end) and _near(text, group, cue)
        for cue in every
    )
    near = [cue for cue in near if mention is group.mentions[-1] or not IN_BRACKETS.search(text, group.end, cue.start)]
    given = [_reason(text, cue, mention, told, ended) for cue in near]
    found = [reason for reason in given if reason]
    if ended and response == "worse" and told == "past" and mention.group in ("active", "passive"):
        found.append("unable_to_participate")  # stopped as it made the pain worse
    if ended and response == "none" and told == "past" and not found:
        found.append("inadequate_relief")
    return list(dict.fromkeys(found))


def _near(text: str, group: Group, cue: Cue) -> bool:
    """Whether a cue stands behind the group, or directly before it: 'intolerant to NSAIDs'."""
    if group.end <= cue.start < group.after:
        gap = text[cue.end : group.after]
        if cue.end >= group.after:
            return True
        return group.after == group.sentence.end or len(gap.split()) > 2 or bool(PUNCTUATION.search(gap))
    if max(group.first, group.before) <= cue.start < group.start and group.mentions[0].end <= cue.end:
        return True  # the treatment is named within the cue: 'unable to tolerate therapy'
    if not (max(group.first, group.before) <= cue.start and cue.end <= group.start):
        return False
    gap = text[cue.end : group.start]
    return len(gap.split()) <= 6 and not PUNCTUATION.search(gap)


def _reason(text: str, cue: Cue, mention: Mention, told: str, ended: bool) -> str | None:
    """The reason that a cue gives, where what is told of the treatment makes it one."""
    if told not in REASONED or DENIED.search(text, max(0, cue.start - 14), cue.start):
        return None
    reason = cue.says["failure_reason"]
    if (
        reason == "side_effects"
        and mention.group in ("active", "passive")
        and NOT_BORNE.search(text, cue.start, cue.end)
    ):
        reason = "unable_to_participate"
    holds = {
        "unable_to_participate": mention.group in ("active", "passive"),
        "contraindicated": told == "contraindicated",
        "inadequate_relief": told != "declined",
        "side_effects": reason == "side_effects" and _is_side_effect(text, cue, mention, told, ended),
        "no_functional_improvement": reason.startswith("no_") and _is_no_gain(text, cue, mention, told, ended),
    }
    return reason if holds[reason] else None


def _is_side_effect(text: str, cue: Cue, mention: Mention, told: str, ended: bool) -> bool:
    bodily = mention.group in ("active", "passive")  # exercise that is not tolerated is too painful, not toxic
    of_itself = not bodily and any(stem in text[cue.start : cue.end].lower() for stem in OF_ITSELF)
    why = WHY.search(text, max(mention.end, cue.start - 40), cue.start)
    return told != "current" and bool(of_itself or ended or why)


def _is_no_gain(text: str, cue: Cue, mention: Mention, told: str, ended: bool) -> bool:
    lack = "lack" in text[cue.start : cue.end].lower()
    because = BECAUSE.search(text, max(mention.end, cue.start - 24), cue.start)
    return told in ("past", "contraindicated") and bool(ended or told == "contraindicated" or lack or because)


REASONED = ("past", "current", "contraindicated", "declined")


def adherence(
    text: str, group: Group, mention: Mention, every: list[Cue], told_until: tuple[str, int, bool]
) -> str | None:
    """Whether the patient kept to the treatment, where the text says so.

    `told_until` is its status, where what is told of it ends, and whether it stands in a plan.
    """
    told, last, planning = told_until
    near = (cue for cue in every if "adherence" in cue.says)
    kept = [cue for cue in near if _near(text, group, cue) or (mention.end <= cue.start and cue.end <= last)]
    if kept:
        return kept[-1].says["adherence"]
    if visits := VISITS_KEPT.search(text, mention.start, min(last, mention.end + 160)):
        counted = ATTENDED.search(text, mention.start, visits.end() + 20)
        if counted and int(visits["n"]) <= int(visits["m"]):
            return _by_share(int(visits["n"]) / int(visits["m"]))
    if mention.concept != "home_exercise" or planning:
        return None
    return "adherent" if _did_it(text, group, mention, told) else None


def _by_share(share: float) -> str | None:
    """Four of five visits kept are good adherence, less than half is none; between them the text must say."""
    return "adherent" if share >= 0.8 else "nonadherent" if share < 0.5 else None


def _did_it(text: str, group: Group, mention: Mention, told: str) -> bool:
    """Whether a home program is told as done: daily, or with a log."""
    if told == "past":
        return text[mention.start : mention.end].lower().endswith(("done", "log"))
    before = re.search(r"\bdaily\s+$", text[max(0, mention.start - 8) : mention.start], re.I)
    return told == "current" and bool(before or DAILY.search(text, group.end, min(group.after, group.end + 60)))
