"""A label of a form in, whether the box that belongs to it is ticked or empty out."""

from __future__ import annotations

import re
from typing import Literal

from mednec.expressions.patterns import Once, compiled

BOX = Once(
    r"\[(?P<square>[ \t_]*|[xX\u2713\u2714*])\]|\((?P<round>[ \t_]*|[xX\u2713\u2714*])\)|"
    r"(?P<sign>[\u2610\u25a1\u2611\u2612\u2713\u2714])"
)
EMPTY_SIGNS = "\u2610\u25a1"
BEFORE = compiled(r"\s*(?:[A-Za-z]+[\s/]+){0,2}(?:\d+[\s/]+)?")
AFTER = compiled(r"[\s:.\u2026_-]*(?:[A-Za-z]+[\s:]+){0,2}")
ANSWERS = compiled(
    r"\s*(?:yes|no|y|n|failed|helped|tried|effective|ineffective|present|absent|pos(?:itive)?|neg(?:ative)?|normal|"
    r"abnormal|relief|done|current|past)\b",
    re.I,
)
YES_OR_NO = compiled(r"\b(yes|no|y|n)\b\W*$", re.I)
LABEL = compiled(r"[A-Za-z0-9]")

State = Literal["ticked", "empty"]


def box(text: str, start: int, end: int) -> State | None:
    """The state of the box of the words between two offsets; None where they have no box of their own.

    On a line that begins with a box each stands before its label, on one that ends with a box each stands behind it;
    boxes before answers ('PT [ ] failed [ ] helped') are empty where all of them are.
    """
    first = max(text.rfind("\n", 0, start), text.rfind(":", text.rfind("\n", 0, start) + 1, start)) + 1
    last = text.find("\n", end)
    last = len(text) if last < 0 else last
    boxes = BOX.findall(text, first, last)
    if not boxes:
        return None
    if not LABEL.search(text, first, start) and AFTER.fullmatch(text, end, boxes[0].start()):
        return _of_answers(text, boxes, end) or _standing_behind(text, boxes, end)
    if LABEL.search(text, boxes[-1].end(), last):  # words behind the last box: each box stands before its label
        return _standing_before(text, boxes, start) or _of_answers(text, boxes, end)
    if LABEL.search(text, first, boxes[0].start()):
        return _standing_behind(text, boxes, end)
    return None


def _standing_before(text: str, boxes: list[re.Match[str]], start: int) -> State | None:
    before = [one for one in boxes if one.end() <= start]
    return _state(before[-1]) if before and BEFORE.fullmatch(text, before[-1].end(), start) else None


def _standing_behind(text: str, boxes: list[re.Match[str]], end: int) -> State | None:
    behind = [one for one in boxes if one.start() >= end]
    if not behind or not AFTER.fullmatch(text, end, behind[0].start()):
        return None
    said = {
        answer[1].lower()[0]: _state(one) for one in behind[:2] if (answer := YES_OR_NO.search(text, end, one.start()))
    }
    if said:
        return "ticked" if said.get("y") == "ticked" else "empty"
    return _state(behind[0])


def _of_answers(text: str, boxes: list[re.Match[str]], end: int) -> State | None:
    """Answers to choose from behind a label: nothing is said where none of them is ticked."""
    behind = [one for one in boxes if one.start() >= end]
    if not behind or not AFTER.fullmatch(text, end, behind[0].start()) or not ANSWERS.match(text, behind[0].end()):
        return None
    return "empty" if all(_state(one) == "empty" for one in behind) else None


def _state(match: re.Match[str]) -> State:
    if sign := match["sign"]:
        return "empty" if sign in EMPTY_SIGNS else "ticked"
    return "ticked" if (match["square"] or match["round"] or "").strip(" \t_") else "empty"
