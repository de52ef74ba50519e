"""The treatments that a text names in, out with those made one that name the same."""

from __future__ import annotations

import re
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.therapy.mention import Mention

DEVICE_FROM = compiled(
    r"\s*(?:\([^)]*\)\s*)?(?:(?:was|is|given|issued|provided|fitted|supplied)\s+)*(?:from|by|per)\s+$", re.I
)
JOINED_SURGERY = compiled(r"\s*(?:,?\s*(?:and|with|via|&|/|for)\s*(?!an?\s)(?:\w+\s+){0,3}|\s*)", re.I)
SURGERY = compiled(r"surger(?:y|ies)|operations?", re.I)
INSTEAD = compiled(r"\s*(?:#\s*\d)?\s*(?:by|via|\()\s*", re.I)
PLACE = compiled(r"\s+(?:at\s+|@\s*)?(?:[A-Z][\w'&.]+\s+){1,3}")  # 'PT at Windward Therapy' names the clinic
BY_NAME = compiled(r"\s*(?:with|via|by|such as|\()\s*(?:an?\s+)?(?:\w+\s+){0,2}", re.I)
FOCUS = compiled(r"\s+(?:for|with|focus(?:ed|ing) on|emphasizing|directed at|working on)\s+(?:\w+\s+){0,2}", re.I)


def merged(text: str, found: list[Mention]) -> list[Mention]:
    """One operation named by several words, one set of exercises, one block told twice over: each is one mention."""
    kept: list[Mention] = []
    for mention in found:
        last = kept[-1] if kept else None
        if last and _is_one(text, last, mention):
            concept = mention.concept if last.weak else last.concept
            reading = mention.reading if last.weak else last.reading
            kept[-1] = replace(last, end=mention.end, concept=concept, reading=reading)
        elif not (last and _belongs_to(text, last, mention)):
            kept.append(mention)
    return kept


def _is_one(text: str, last: Mention, mention: Mention) -> bool:
    gap = text[last.end : mention.start]
    told_twice = {"topical_analgesic": gap.isspace(), "joint_surgery": last.weak and bool(BY_NAME.fullmatch(gap))}
    if last.concept == mention.concept and last.concept in told_twice:
        return told_twice[last.concept]
    if last.concept == mention.concept == "spine_surgery":
        if SURGERY.fullmatch(text, last.start, last.end) and re.search(r"\band\b", gap):
            return False
        return len(gap) < 45 and bool(JOINED_SURGERY.fullmatch(gap))
    if last.concept == "injection_unspecified" and mention.group == "injection" and last.weak:
        return bool(INSTEAD.fullmatch(gap))
    if last.concept == mention.concept and last.reading == mention.reading and last.reading in ("drill", "code"):
        return len(gap) < 30 and not re.search(r"[.;:]", gap)
    return False


def _is_abbreviated(text: str, gap: str, mention: Mention) -> bool:
    """Whether the brackets behind a name hold no more than its abbreviation: 'open reduction and ... (ORIF)'."""
    closed = text[mention.end : mention.end + 1] == ")"
    return closed and gap.strip() == "(" and text[mention.start : mention.end].isupper()


def _belongs_to(text: str, last: Mention, mention: Mention) -> bool:
    """Exercises that spell out what a session or a home program consisted of, and the joint that is being injected."""
    gap = text[last.end : mention.start]
    if last.concept == mention.concept and mention.concept.endswith("surgery") and _is_abbreviated(text, gap, mention):
        return True
    if mention.concept == "analgesic_unspecified" and last.group == "medication" and last.agent and gap.isspace():
        return True  # 'tramadol pills'
    if last.concept == "joint_surgery" and mention.weak and mention.concept == "spine_surgery" and gap.isspace():
        return True
    if mention.concept == "injection_unspecified" and last.group == "injection" and not gap.strip():
        return True
    if last.concept == mention.concept == "physical_therapy" and mention.weak and PLACE.fullmatch(gap):
        return text[mention.start].isupper()
    if last.concept == mention.concept == "physical_therapy" and "(" in gap and ")" not in gap:
        return True
    if last.concept == mention.concept == "physical_therapy" and mention.reading == "plain":
        return bool(FOCUS.fullmatch(gap))
    if (
        mention.reading in ("drill", "record")
        and mention.group == "active"
        and mention.concept in (last.concept, "home_exercise")
    ):
        spelled = (last.concept == "home_exercise" and re.match(r"[^.;\n]{0,12}[:(]", gap)) or (
            mention.reading == "drill" and re.match(r"[^.;\n]{0,14}:", gap)
        )
        drilled = mention.reading == "drill" or last.concept == mention.concept == "home_exercise"
        coded = re.fullmatch(r"\s*(?:x\s?\d)?\s*\(?\d{5}\)?\s*(?:lumbar\s*)?", gap)
        return bool((spelled and drilled) or (coded and len(gap) > 4) or (spelled and last.concept == "home_exercise"))
    return False


def without_givers(text: str, found: list[Mention]) -> list[Mention]:
    """A therapist who only gave the device that is named before: 'SI belt from PT, 4 wks' tells of the belt."""
    kept: list[Mention] = []
    for mention in found:
        given = kept and kept[-1].concept in ("bracing", "tens", "heat_cold") and mention.concept == "physical_therapy"
        if not (given and DEVICE_FROM.fullmatch(text, kept[-1].end, mention.start)):
            kept.append(mention)
    return kept
