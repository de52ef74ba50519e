"""A movement in, its findings out: facet loading where loading the spine hurts, else range of motion."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.exam.places import is_of_joint
from mednec.findings.exam.results import Draft, union
from mednec.findings.exam.shapes import Statement, Term
from mednec.findings.exam.units import Unit

LEG = compiled(
    r"\b(?:leg|legs|LE|LEs|thigh|shin|calf|foot|toe|arm|arms|hand|finger|knee|radicular|radiat\w*|groin|"
    r"hamstring\w*|sciatic\w*)\b",
    re.I,
)
PAIN = compiled(r"p!|\b(?:pain\w*|discomfort|LBP|reproduc\w*|hurts?|concordant|ache)\b", re.I)
NO_PAIN = compiled(
    r"\b(?:no|without|w/o|not|non|minus)\s+(?:\w+\s+){0,2}(?:pain|discomfort|LBP)|\bpain-?free|\bpainless|"
    r"\bnon-?painful",
    re.I,
)
LIMITED = compiled(
    r"%|\bpercent|\blimit\w*|\bdecreas\w*|\bdecr?\b|\breduc\w*|\brestrict\w*|\bloss\b|\bdiminish\w*|\black\w*|"
    r"\bstiff\w*|\blabored",
    re.I,
)
FLEXION_ONLY = compiled(r"\b(?:forward\s+)?(?:flex(?:ion|es)?|forward bend(?:ing)?)\b", re.I)
LOADING = compiled(
    r"\b(?:ext(?:ension|ends?)?|hyperextension|rot(?:ation)?s?|lateral (?:bend(?:ing)?|flexion|rotation)|"
    r"side[- ]?bend(?:ing)?|SB|lateral side bend|backward bending)\b",
    re.I,
)
UNPROVOKED = compiled(
    r"\b(?:no|without|denies)\s+(?:\w+\s+){0,2}(?:pain|discomfort)\s+(?:with|on|upon|during|to)\s+(?:\w+\s+){0,3}$",
    re.I,
)
OWNER = compiled(
    r"\s+(?:of|in|at)\s+(?:the\s+|her\s+|his\s+|both\s+|right\s+|left\s+|bilateral\s+)*\w+(?:\s+\w+)?", re.I
)


def moved(text: str, unit: Unit, statement: Statement, term: Term, draft: Draft) -> Iterator[Draft]:
    """A movement: facet loading where extension, rotation or bending of the spine hurts, else range of motion."""
    first, last = statement.first, max(statement.last, term.end)
    words = text[first:last]
    mention = replace(draft, end=max(draft.end, min(last, _told_until(term, statement))))
    hurts = bool(PAIN.search(words)) and not NO_PAIN.search(words) and draft.result == "positive"
    joint = is_of_joint(text[first : term.end] + _whose(text, term), unit.label)
    facet = hurts and not joint and bool(LOADING.search(term.words)) and not LEG.search(text[term.end : last])
    if (
        not joint
        and draft.result == "negative"
        and LOADING.search(term.words)
        and UNPROVOKED.search(text, first, term.start)
    ):
        yield replace(mention, concept="facet_loading")
        return
    both = facet and bool(FLEXION_ONLY.search(re.sub(r"lateral flexion", "", term.words)))
    if both or not (facet and not LIMITED.search(words)):
        side = draft.side if joint or not LEG.search(text[term.end : last]) else _leading_side(statement)
        yield replace(mention, concept="range_of_motion", side=side)
    if facet:
        yield replace(mention, concept="facet_loading")


def _whose(text: str, term: Term) -> str:
    """The joint named right behind a movement: 'flexion of the knee'."""
    owner = OWNER.match(text, term.end)
    return owner.group() if owner else ""


def _told_until(term: Term, statement: Statement) -> int:
    return max(
        [
            term.end,
            *(
                token.end
                for token in statement.tail
                if token.what in ("percent", "degrees", "pain", "pos", "neg", "ratio", "side")
            ),
        ]
    )


def _leading_side(statement: Statement) -> str | None:
    return union(token.side for token in statement.head if token.side)


def is_movement(text: str, statement: Statement, term: Term) -> bool:
    """'Extension and rotation limited' tells of movement, unless pain or a sign is named."""
    words = text[term.start : max(statement.last, term.end)]
    return (
        bool(LOADING.match(term.words))
        and not PAIN.search(words)
        and not re.search(r"[+\u2212]|\bpos|\bneg|\(-\)", words, re.I)
    )
