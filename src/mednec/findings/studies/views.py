"""The words 'views of the ...' in, whether they name a radiograph and which words are its mention out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.terms import Hit

COUNTED_VIEWS = compiled(
    r"(?:\b(?:\d{1,2}|two|three|four|five|six|ap|pa|lateral|obliques?|frontal|axillary|scapular|mortise|sunrise|tunnel|"
    r"merchant|swimmer'?s|odontoid|open[- ]mouth|standing|weight-?\s?bearing|flexion|extension|multiple|several|plain)"
    r"(?:,?\s+(?:and|&)\s+|[\s,/-]+)){1,7}(?:(?:lumbar|cervical|thoracic|lumbosacral|pelvi[cs]|knee|hip|shoulder|ankle|"
    r"foot|wrist|hand|elbow|spine|radiographic|x-?ray)[\s/-]+){0,3}$",
    re.I,
)
TOLD_OF_VIEWS = frozenset(
    ["dated", "were", "are", "taken", "obtained", "show", "showed", "reveal", "revealed", "demonstrate"]
)
LEAD = 60  # characters in front that may count the views


def counted(text: str, hit: Hit) -> int | None:
    """Where the words begin that count the views or name them: '[AP, lateral and oblique] films of both feet'."""
    found = COUNTED_VIEWS.search(text, max(0, hit.start - LEAD), hit.start)
    return found.start() if found else None


def mention(text: str, hit: Hit) -> tuple[int, int]:
    """The mention of a study; that of views begins with what counts them and ends with the word itself."""
    if not text[hit.start : hit.end].lower().startswith("view"):
        return hit.start, hit.end
    start = counted(text, hit)
    end = hit.start + len("views") if hit.term.partition(" ")[2] in TOLD_OF_VIEWS else hit.end
    return (hit.start if start is None else start), end
