"""A group of treatments and the cues around it in, how they worked out, and what that alone tells of their status."""

from __future__ import annotations

import re
from itertools import pairwise

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Section
from mednec.findings.therapy.joined import told_together
from mednec.findings.therapy.scope import Cue, Group, ahead, behind

WAS = compiled(r"\b(?:did|had|has|have|was|were|gave|provided|helped|relieved|improved|received|underwent)\b", re.I)
SHARED = compiled(r"[,;(]\s*(?:with\s+)?(?:(?P<two>both|neither)|all|none)\b(?!\s+(?:the|day|night)\b)", re.I)
OF_EACH = compiled(  # 'no relief from either', 'nothing gained with any of these'
    r"\s*(?:from|with|by|after|of)\s+(?:either|both|any(?:\s+of\s+(?:them|these|this))?(?=\s*(?:[.,;)]|$))|"
    r"(?:all\s+)?(?:of\s+)?(?:them|these)\b)",
    re.I,
)
LISTED = compiled(r"[,;]|\band\b|&|/", re.I)
GENERIC = frozenset(
    [
        "helps",
        "helped",
        "help",
        "helping",
        "has_helped",
        "have_helped",
        "did_help",
        "does_help",
        "relief",
        "relieves",
        "relieved",
        "relieve",
        "alleviate",
        "improved",
        "improves",
        "improvement",
        "better",
        "effective",
        "benefit",
        "benefits",
        "improving",
        "is_better",
        "helpful",
        "reduced",
        "decreased",
        "controlled",
        "controls",
        "worse",
        "responded",
        "recurred",
        "works",
        "worked",
        "managed_by",
        "eases",
        "eased",
    ]
)
PRESENT = compiled(
    r"\b(?:(?<!some )(?<!little )(?<!no )(?<!of )help|helps|provides?|gives?|relieves?|takes|eases|works|does|is|"
    r"are|controls?|makes|keeps|reduces|improves|"
    r"decreases|alleviates|lessens|dulls|seems|responding|doing well|improving)\b",
    re.I,
)
EASED_NOW = compiled(
    r"\b(?:is|are|gets?|becomes?)\s+(?:\w+\s+){0,2}?(?:relieved|improved|eased|helped|controlled|managed|"
    r"alleviated|better|"
    r"reduced|decreased|lessened|diminished)\s+(?:\w+\s+){0,2}?(?:by|with)\b",
    re.I,
)
FACTORS = (
    compiled(  # what makes a pain worse and better, told together, is told of now: 'worse with cough, better with heat'
        r"\bworse\s+(?:with|when|after|by)\b[^.;\n]{0,50}\b(?:better|relieved|eased|improved)\s+(?:with|by|when)\b"
        r"|\b(?:reliev|alleviat|mitigat|palliat|eas)(?:ing|ive)\s+factors?\b",
        re.I,
    )
)
THE_NEXT = compiled(
    r"[;,.]\s*(?:but |and |while |whereas |however,? )*(?:the |his |her |an? )?(?:second|third|fourth|2nd|3rd|"
    r"next|other|latter|"
    r"most recent|repeat)(?: (?:one|injection|block|ESI|procedure|time))?\b",
    re.I,
)
NOT_REACHED = compiled(  # 'did not cut her pain by half'
    r"\b(?:(?:did|does|has|have|had|could)(?:\s+not|n't)|never|failed\s+to)\s+(?:(?!(?:and|but|had|has|only|"
    r"with)\b)\w+\s+){0,4}$",
    re.I,
)
STILL_IDLE = compiled(
    r"\b(?:does not|doesn't|do not|don't) (?:seem|appear)\b|\b(?:is|are)(?:n't| not) (?:really |currently |"
    r"\w+ly )?(?:help|"
    r"work|reliev|provid|giv|controll|touch|do)ing\b|\bno longer (?:help|work|reliev|provid|giv|control|hold|"
    r"touch|enough|adequate|sufficient)",
    re.I,
)


def response(text: str, group: Group, every: list[Cue], whole: int) -> str | None:
    """How the treatments of a group worked: what is said behind, else before them; plain words yield to exact ones.

    `whole` is where the sentence itself ends: what is said in a sentence after it holds for all of its groups.
    """
    after = behind(text, group, every, "response")
    if not after and group.after < whole:
        after = [cue for cue in every if "response" in cue.says and cue.start >= whole and cue.scope != "forward"]
        after = after or _shared(text, group, every)
    if not after and not ahead(text, group, every, "response"):
        after = told_together(text, group, every)
    after = [cue for cue in _before_the_next(text, after) if not _is_unreached(text, cue)]
    exact = [cue for cue in after if not _is_generic(text, cue)]
    before = ahead(text, group, every, "response")
    if before and before.concept == "no_relief_of":
        return "none"
    if exact and not (before and not _is_generic(text, before) and exact[0].start >= whole):
        return exact[0].says["response"]
    if before and (not after or not _is_generic(text, before)):
        return before.says["response"]
    return after[0].says["response"] if after else None


def _before_the_next(text: str, after: list[Cue]) -> list[Cue]:
    """What is told behind a treatment, up to where the next of its kind is spoken of: 'helped; the second did not'."""
    for one, other in pairwise(after):
        if THE_NEXT.search(text, one.end, other.start):
            return after[: after.index(other)]
    return after


def _is_unreached(text: str, cue: Cue) -> bool:
    return cue.concept == "much_effect" and bool(NOT_REACHED.search(text, max(0, cue.start - 44), cue.start))


def _shared(text: str, group: Group, every: list[Cue]) -> list[Cue]:
    """What is said of all treatments of a sentence behind its last: 'PT for 8 weeks and naproxen, both without relief'.

    Two treatments of a later list are those that 'both' and 'neither' mean.
    """
    found = []
    for cue in every:
        if "response" not in cue.says or cue.scope == "forward" or cue.start < group.after:
            continue
        if OF_EACH.match(text, cue.end) or OF_EACH.search(text, cue.start, cue.end):
            found.append(cue)
            continue
        word = SHARED.search(text, max(group.after, cue.start - 14), cue.end)
        if word and (word["two"] is None or not LISTED.search(text, group.after, word.start())):
            found.append(cue)
    return found


def none_of(text: str, group: Group, every: list[Cue]) -> bool:
    """Whether what is said of the effect is denied of each: 'neither PT nor injections helped'."""
    before = ahead(text, group, every, "status")
    return before is not None and text[before.start : before.end].lower() in (
        "neither",
        "nor",
        "none of",
        "denies",
        "denied",
    )


def told_by_response(text: str, group: Group, section: Section, answer: str) -> str | None:
    """A treatment of which only its effect is told: in the present it goes on, in the past it is over."""
    if section.name in ("medications", "allergies", "family_history", "education"):
        return None
    if group.mentions[0].group == "self_care":
        return "current" if answer in ("partial", "good") else "past"
    here = text[max(group.before, group.first) : group.after]
    if answer == "none" and group.mentions[0].group == "medication" and STILL_IDLE.search(here):
        return "current"  # 'the drug is not helping' speaks of one that is taken
    goes_on = (
        answer in ("partial", "good")
        and (
            EASED_NOW.search(here)
            or FACTORS.search(text, max(0, group.start - 80), group.end)
            or (PRESENT.search(here) and not WAS.search(here))
        )
        and group.mentions[0].group != "injection"
    )
    return "current" if goes_on else "past"


def _is_generic(text: str, cue: Cue) -> bool:
    return "_".join(text[cue.start : cue.end].lower().split()) in GENERIC
