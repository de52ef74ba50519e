"""A question of a form in, whether it is answered with yes, with no or not at all out."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Literal

from mednec.expressions.patterns import compiled
from mednec.findings.assertion.boxes import BOX, EMPTY_SIGNS
from mednec.findings.parse import Parsed
from mednec.model import Finding

Answer = Literal["yes", "no", "blank"]

HEAD = compiled(r"\b(?P<first>yes|no|Y|N)\b[\s|/]{1,12}(?P<second>yes|no|Y|N)\b[\s|]*$", re.I)
ASKED = compiled(
    r"[\[\]\u2610\u25a1\u2611\u2612]|\b[YN]\b|(?<=[:?|/] )[Nn](?:o|eg)\b|[\s(]Yes\b|   [Nn]o\b"
)  # what an answer has
FAR = 120  # characters behind a question within which its answer stands
HEAD_LINES = 15  # lines above a row in which the head of its columns stands
LABEL = compiled(r"[^\n:?.;\[\](){}|]{0,50}?[\s:?.|_\u2026]*")
BESIDE = compiled(r"[\s:]*(?P<answer>yes|no|Y|N)\b", re.I)
AHEAD = compiled(r"\b(?P<answer>yes|no|Y|N)[\s:]*$", re.I)
# 'Y (N)', '[Yes] / No', 'Y / N' with neither marked, 'N' alone at the end of its field
CIRCLED = compiled(
    r"(?:(?P<yes>[(\[{*]\s?Y(?:es)?\s?[)\]}*])[\s/|]*N(?:o)?\b|\bY(?:es)?[\s/|]*(?P<no>[(\[{*]\s?N(?:o)?\s?[)\]}*])"
    r"|(?P<neither>\bY(?:es)?\s?[/|]\s?N(?:o)?\b|\bYes\s{1,6}No\b))(?=[\s.,;|]|$)",
    re.I,
)
ALONE = compiled(
    r"[^\n:?;.,\[\](){}|]{0,30}?(?::|\?|\s{3,}|\|)\s*(?P<no>N|No|neg)(?=\s*(?:$|[.;|]|\s{3,}))", re.I | re.M
)


def answer(text: str, start: int, end: int) -> Answer | None:
    """The answer that stands behind the words between two offsets in their line; None where it is no question."""
    last = text.find("\n", end, end + FAR)
    last = last if last >= 0 else min(len(text), end + FAR)
    if not ASKED.search(text, end, last):
        return None
    boxes = list(BOX.findall(text, end, last))[:2]
    if len(boxes) == 2 and LABEL.fullmatch(text, end, _label_end(text, end, boxes[0].start())):
        return _ticked(text, start, boxes, end, last)
    label = LABEL.match(text, end, last)
    circled = CIRCLED.match(text, label.end(), last) if label else None
    circled = circled or CIRCLED.search(text, end, min(last, end + 60))
    if circled and LABEL.fullmatch(text, end, circled.start()):
        return "blank" if circled["neither"] else "no" if circled["no"] else "yes"
    return "no" if ALONE.match(text, end, last) else None


def _label_end(text: str, end: int, first_box: int) -> int:
    """Where the words of a question end: before the answer that labels its first box."""
    ahead = AHEAD.search(text, end, first_box)
    return ahead.start() if ahead else first_box


def _ticked(text: str, start: int, boxes: list[re.Match[str]], end: int, last: int) -> Answer | None:
    """The answer of two boxes that are labelled yes and no, beside them or at the head of their columns."""
    names = _labels(text, boxes, end, last) or _heads(text, start)
    if names is None or names[0] == names[1]:
        return None
    said = {name for name, box in zip(names, boxes, strict=True) if _is_ticked(box)}
    return "blank" if len(said) != 1 else "yes" if "y" in said else "no"


def _labels(text: str, boxes: list[re.Match[str]], end: int, last: int) -> tuple[str, str] | None:
    one, two = boxes
    behind = [BESIDE.match(text, box.end(), last) for box in boxes]
    if behind[0] and behind[1] and behind[0].end() <= two.start():
        return behind[0]["answer"][0].lower(), behind[1]["answer"][0].lower()
    ahead = [AHEAD.search(text, end, one.start()), AHEAD.search(text, one.end(), two.start())]
    if ahead[0] and ahead[1]:
        return ahead[0]["answer"][0].lower(), ahead[1]["answer"][0].lower()
    return None


def _heads(text: str, start: int) -> tuple[str, str] | None:
    above = text[: text.rfind("\n", 0, start) + 1].split("\n")[-HEAD_LINES - 1 :]
    for line in reversed(above):
        if head := HEAD.search(line):
            return head["first"][0].lower(), head["second"][0].lower()
    return None


def _is_ticked(box: re.Match[str]) -> bool:
    if sign := box["sign"]:
        return sign not in EMPTY_SIGNS
    return bool((box["square"] or box["round"] or "").strip(" \t_"))


def as_answered(parsed: Parsed, findings: Iterable[Finding]) -> Iterator[Finding]:
    """The findings; a diagnosis that a form asks for is absent where the answer is no, unsaid where there is none."""
    for finding in findings:
        if finding.kind != "diagnosis" or finding.get("status") not in ("present", "suspected"):
            yield finding
            continue
        said = answer(parsed.text, finding.start, finding.end)
        if said == "no":
            yield replace(finding, attributes={**finding.attributes, "status": "absent"})
        elif said != "blank":
            yield finding
