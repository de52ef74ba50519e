"""A cue and an activity of a sentence in, out whether the cue speaks of that activity."""

from __future__ import annotations

import re
from functools import cache

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

CAUSED = compiled(r"\b(?:by|due\sto|because\sof|from|d/t|secondary\sto)\b[^,;]*:?\s", re.I)
BREAK = compiled(r"[.;]\s|\bbut\b|\bhowever\b|\balthough\b|\bwhich\b|\n\s*\n")
FINITE = frozenset(
    {
        "walks",
        "stands",
        "sits",
        "sleeps",
        "wakes",
        "drives",
        "cooks",
        "lifts",
        "bends",
        "awakens",
        "sat",
        "stood",
        "slept",
        "drove",
        "gardens",
        "works",
    }
)
SEPARATOR = compiled(r"[,;/]|\[[xX]\]|\band\b|\bor\b|\bnor\b")
VERB = compiled(r"\b(?!(?:his|this|as)\s)\w{2,}s\s+$")
COPULA = compiled(
    r"\s*(?::\s(?:(?:mild|moderate|severe|very|somewhat|quite|some|great|extreme|marked|significantly|severely|"
    r"no)\s){0,2}|[-\u2013]\s(?:\w+\s)?)?(?:tolerance\s|tol\s|time\s|pattern\s)?(?:(?:(?!(?:and|it)\b)[\w']+\s)?(?:is|are|was|were|has\sbeen|"
    r"have\sbeen|became|becomes|remains|being|gets|has|still)\s(?:\w+\s){0,2})?",
    re.I,
)
BESIDE = compiled(
    r"(?:\s(?:although|but|though)\s(?:(?:she|he|the patient)\s)?(?:notes?|reports?|has)?|\s(?:only\s)?with)\s"
    r"(?:(?:some|much|great|significant|considerable|extreme|mild|moderate|severe|a lot of)\s)?",
    re.I,
)
SO_LONG = compiled(
    r"\s(?:for\s)?(?:more\sthan|longer\sthan|over|greater\sthan|prolonged|any)\s(?:[\w-]+\s){0,2}(?:minutes?|hours?|min|periods?|"
    r"distances?|time|length)\s(?:of\stime\s)?(?:is|was|are)\s(?:\w+\s)?",
    re.I,
)
MADE = compiled(r"\b(?:mak(?:es?|ing)|made)\s(?:\w+\s){0,3}$", re.I)
AGAIN = compiled(r"\b(?:once again|again able)\b", re.I)
BEFORE = 60


def is_compound(text: str, hit: Hit, following: Hit) -> bool:
    """Whether an activity only qualifies the next: 'church bookkeeping', 'walking her dogs'."""
    if hit.concept == "walking" and following.term.startswith("dog"):
        return following.start - hit.end < 6
    return text[hit.end : following.start] == " " and following.concept != hit.concept and hit.concept != "sleep"


@cache
def scope(concept: str) -> str:
    """On which side of the activity a cue is read: forward, backward or both."""
    return str(lexicon("limitation_cues").concepts[concept].extra.get("scope", ""))


@cache
def reach(concept: str) -> int:
    """How many characters may stand between a cue and an activity behind it."""
    return int(lexicon("limitation_cues").concepts[concept].extra.get("reach", BEFORE))


def reaches(parsed: Parsed, cue: Hit, hit: Hit) -> bool:
    """Whether a cue stands on its side of the activity, with nothing but a list or a few words between."""
    if cue.end <= hit.start and scope(cue.concept) in ("forward", "both"):
        return hit.term not in FINITE and _reaches_forward(parsed, cue, hit)
    if cue.start >= hit.end and scope(cue.concept) in ("backward", "both"):
        between = parsed.text[hit.end : cue.start]
        if cue.concept == "left_behind":
            return len(between) <= reach(cue.concept) and ". " not in between
        if cue.concept == "difficult" and (
            BESIDE.fullmatch(between)
            or SO_LONG.fullmatch(between)
            or (len(between) < 30 and MADE.search(parsed.text[: hit.start][-40:]))
        ):
            return True
        return bool(COPULA.fullmatch(between))
    return False


def _reaches_forward(parsed: Parsed, cue: Hit, hit: Hit) -> bool:
    between = parsed.text[cue.end : hit.start]
    if (
        BREAK.search(between)
        or (cue.concept != "again" and AGAIN.search(between))
        or re.search(r"\d/\d", between)
        or len(between) > 2 * BEFORE
    ):
        return False
    if parsed.within(cue.end, hit.start, "symptom_duration") and not CAUSED.search(between):
        return False
    activities = [
        one
        for one in parsed.within(cue.end, hit.start, "functional_limitation")
        if not is_compound(parsed.text, one, hit)
    ]
    if not activities:
        return len(between) <= reach(cue.concept) and "," not in between
    tail = SEPARATOR.split(parsed.text[activities[-1].end : hit.start])
    return reach(cue.concept) == BEFORE and len(tail) > 1 and len(tail[-1].split()) <= 3 and not VERB.search(tail[-1])


def is_complement(parsed: Parsed, start: int, hit: Hit) -> bool:
    """Whether an activity only says more of the one before it: 'sit through church', 'stand 1 hr shift'."""
    before = parsed.within(start, hit.start, "functional_limitation")
    return (
        bool(before)
        and hit.start - before[-1].end < 30
        and len(SEPARATOR.split(parsed.text[before[-1].end : hit.start])) == 1
    )
