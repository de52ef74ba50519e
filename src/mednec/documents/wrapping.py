"""Two lines in, whether the second only goes on with the sentence of the first."""

from __future__ import annotations

LONG = 60  # characters; shorter lines are entries of their own
ENDS = (".", ":", ";", "?", "!", "|")


def wraps(above: str, below: str) -> bool:
    """Whether a long line breaks off within a sentence that the next line carries on."""
    last, first = above.rstrip(), below.lstrip()
    return len(last) >= LONG and not last.endswith(ENDS) and first[:1].islower()
