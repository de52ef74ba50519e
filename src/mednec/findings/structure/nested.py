"""A treatment that is all of a list item in, the lines set in below it out: they speak of it."""

from __future__ import annotations

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed

MARKED = compiled(r"(?P<indent>[ \t]*)(?:(?:[-*\u2022\u25aa\u25e6>+o]|\(?[a-zA-Z\d]{1,2}[.)])[ \t]+)?(?P<words>[^\n]*)")
LONGEST, MOST = 48, 6


def below(parsed: Parsed, start: int, end: int) -> list[tuple[int, int]]:
    """The lines that are set in further than the item that the words between two offsets are; none where it is none."""
    text = parsed.text
    first = text.rfind("\n", 0, start) + 1
    last = text.find("\n", end)
    item = MARKED.match(text, first)
    if last < 0 or item is None or len(item["words"]) > LONGEST or start - item.start("words") > 24:
        return []
    found: list[tuple[int, int]] = []
    width = len(item["indent"].expandtabs(4))
    while last >= 0 and len(found) < MOST:
        line = last + 1
        stop = text.find("\n", line)
        stop = len(text) if stop < 0 else stop
        inner = MARKED.match(text, line, stop)
        if inner is None or not inner["words"].strip() or len(inner["indent"].expandtabs(4)) <= width:
            break
        if parsed.within(inner.start("words"), stop, "therapy"):
            break
        found.append((inner.start("words"), stop))
        last = stop if stop < len(text) else -1
    return found if not item["words"].rstrip().endswith("?") else []
