"""The words of an answer with boxes in, what is ticked out: 'none' of '[ ] good [ ] fair [x] none'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.assertion.boxes import BOX, EMPTY_SIGNS

ROUNDED = compiled(r"[(\[{*<](?P<word>Y|N|yes|no)[)\]}*>]", re.I)  # 'Y / (N)'


def ticked(words: str) -> str | None:
    """The label of the box that is ticked, empty where none is; None where there are no boxes."""
    boxes = BOX.findall(words, 0, len(words))
    if not boxes:
        circled = ROUNDED.findall(words)
        return circled[0] if len(circled) == 1 and len(words) < 24 else None
    first = not words[: boxes[0].start()].strip(" \t:.|")  # a box stands before its label
    bounds = [0, *(box.end() for box in boxes)] if not first else [*(box.start() for box in boxes), len(words)]
    said = []
    for index, box in enumerate(boxes):
        label = words[box.end() : bounds[index + 1]] if first else words[bounds[index] : box.start()]
        if _is_full(box):
            said.append(label.strip(" \t:.|,;/"))
    return ", ".join(said)


def _is_full(box: re.Match[str]) -> bool:
    if sign := box["sign"]:
        return sign not in EMPTY_SIGNS
    return bool((box["square"] or box["round"] or "").strip(" \t_"))
