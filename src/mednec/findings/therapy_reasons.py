"""A group of treatments and its cues in, why they were stopped and whether the patient kept to them out."""

from __future__ import annotations

import re

from mednec.findings.therapy_mentions import Mention
from mednec.findings.therapy_scope import Cue, Group

WHY = re.compile(
    r"(?:\b(?:because(?: of)?|due to|for|secondary to|from|with|of|by|causes?|caused|causing|made (?:her|him)|"
    r"too|given|owing to|resulted in|had|and|was|so|gave (?:her|him)|c/o)\W+(?:\w+\W+){0,3}|"
    r"[-\u2013:;,(/+]\s*(?:too\s+|\w+\s+)?|\bdoes\W+|\bshe\W+|\bhe\W+)$",
    re.I,
)
OF_ITSELF = ("tolerate", "intoleran", "side effect", "adverse effect", "adverse reaction", "tolerated")
DISCHARGED = re.compile(r"d/?c'?d?", re.I)
DENIED = re.compile(r"\b(?:without|without any|no|any|denies|denies any|not|possible|potential)\s+$", re.I)
BECAUSE = re.compile(r"\b(?:because|due to|lack of|for|given)\W+(?:\w+\W+){0,2}$", re.I)
VISITS_KEPT = re.compile(r"(?P<n>\d{1,3})\s*(?:visits?\s+)?(?:of|/|out of)\s*(?P<m>\d{1,3})(?!\d|/|\s*\(?NRS)", re.I)
DAILY = re.compile(r"\b(?:daily|every day|each day|faithfully|regularly)\b", re.I)


def reasons(text: str, group: Group, mention: Mention, every: list[Cue], told: str, response: str | None) -> list[str]:
    """Why a treatment was stopped, failed or cannot be used, in the order of the contract; empty where the text does not say."""
    near = [
        cue
        for cue in every
        if "failure_reason" in cue.says
        and (_near(text, group, mention, cue) or (told == "contraindicated" and cue.concept == "not_safe"))
    ]
    ended = any(
        cue.concept == "ended"
        and not DISCHARGED.fullmatch(text, cue.start, cue.end)
        and _near(text, group, mention, cue)
        for cue in every
    )
    given = [_reason(text, cue, mention, told, ended) for cue in near]
    found = [reason for reason in given if reason]
    if ended and response == "none" and told == "past" and not found:
        found.append("inadequate_relief")
    return list(dict.fromkeys(found))


def _near(text: str, group: Group, mention: Mention, cue: Cue) -> bool:
    """Whether a cue stands behind the group, or directly before it: 'intolerant to NSAIDs'."""
    if group.end <= cue.start < group.after:
        gap = text[cue.end : group.after]
        return group.after == group.sentence.end or len(gap.split()) > 2 or bool(re.search(r"[,;.:)]", gap))
    if not (max(group.first, group.before) <= cue.start and cue.end <= group.start):
        return False
    gap = text[cue.end : group.start]
    return len(gap.split()) <= 6 and not re.search(r"[,;.:)]", gap)


def _reason(text: str, cue: Cue, mention: Mention, told: str, ended: bool) -> str | None:
    reason, words = cue.says["failure_reason"], text[cue.start : cue.end].lower()
    if told in ("planned", "not_tried", "other", "performed") or DENIED.search(text, max(0, cue.start - 14), cue.start):
        return None
    if reason == "side_effects":
        of_itself = any(stem in words for stem in OF_ITSELF)
        why = bool(WHY.search(text, max(mention.end, cue.start - 40), cue.start))
        return reason if told in ("past", "contraindicated", "declined") and (of_itself or ended or why) else None
    if reason == "unable_to_participate":
        return reason if mention.group in ("active", "passive") else None
    if reason == "contraindicated":
        return reason if told == "contraindicated" else None
    if reason == "no_functional_improvement":
        because = (
            ended
            or told == "contraindicated"
            or "lack" in words
            or bool(BECAUSE.search(text, max(mention.end, cue.start - 24), cue.start))
        )
        return reason if told in ("past", "contraindicated") and because else None
    return reason if told in ("past", "current", "contraindicated") else None


def adherence(
    text: str, group: Group, mention: Mention, every: list[Cue], told: str, last: int, planning: bool
) -> str | None:
    """Whether the patient kept to the treatment, where the text says so; `last` is where what is told of it ends."""
    if mention.group not in ("active", "passive", "self_care") or told not in ("past", "current", "contraindicated"):
        return None
    near = [
        cue
        for cue in every
        if "adherence" in cue.says
        and (_near(text, group, mention, cue) or (mention.end <= cue.start and cue.end <= last))
    ]
    if near:
        return near[-1].says["adherence"]
    if visits := VISITS_KEPT.search(text, mention.start, min(last, mention.end + 160)):
        kept, due = int(visits["n"]), int(visits["m"])
        if kept <= due and re.search(
            r"visit|session|attend|appointment", text[mention.start : visits.end() + 20], re.I
        ):
            return "adherent" if kept >= 0.8 * due else "nonadherent" if kept < 0.5 * due else None
    if mention.concept != "home_exercise":
        return None
    if told != "current" or planning:
        return (
            "adherent"
            if told == "past" and text[mention.start : mention.end].lower().endswith(("done", "log"))
            else None
        )
    daily = told == "current" and DAILY.search(text, group.end, min(group.after, group.end + 60))
    daily = (
        daily or (told == "current" and re.search(r"\bdaily\s+$", text[max(0, mention.start - 8) : mention.start], re.I))
    )
    return "adherent" if daily or text[mention.start : mention.end].lower().endswith(("done", "log")) else None
