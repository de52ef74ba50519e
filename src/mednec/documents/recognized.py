"""What recognition made of a page: its words where they lie level, and the way back to where they stand on the page."""

from __future__ import annotations

import json
import math
from dataclasses import astuple, dataclass, field, replace

from mednec.documents.layout import Placed


@dataclass(frozen=True, slots=True)
class Recognized:
    """The lines of a page turned upright (by `turn` degrees against the clock, then by `angle`), of `size` points."""

    lines: list[list[Placed]] = field(default_factory=list)
    confidence: float = 0.0
    angle: float = 0.0
    turn: int = 0
    size: tuple[float, float] = (612.0, 792.0)

    def back(self, word: Placed) -> Placed:
        """The word with its box where it stands on the page as it was scanned."""
        if not self.angle and not self.turn:
            return word
        corners = [self._back(x, y) for x in (word.left, word.right) for y in (word.top, word.bottom)]
        across, down = [x for x, _ in corners], [y for _, y in corners]
        return replace(word, left=min(across), top=min(down), right=max(across), bottom=max(down))

    def _back(self, x: float, y: float) -> tuple[float, float]:
        width, height = self.size
        sine, cosine = math.sin(math.radians(self.angle)), math.cos(math.radians(self.angle))
        x, y = x - width / 2, y - height / 2
        x, y = cosine * x - sine * y + width / 2, sine * x + cosine * y + height / 2
        return {90: (height - y, x), 180: (width - x, height - y), 270: (y, width - x)}.get(self.turn, (x, y))

    def as_json(self) -> bytes:
        """Everything, for keeping."""
        lines = [[astuple(word) for word in line] for line in self.lines]
        return json.dumps([lines, self.confidence, self.angle, self.turn, self.size]).encode()


def from_json(kept: bytes) -> Recognized:
    """What `as_json` wrote; raises ValueError or TypeError where it is something else."""
    lines, confidence, angle, turn, size = json.loads(kept)
    words = [[Placed(*word) for word in line] for line in lines]
    return Recognized(words, confidence, angle, turn, (size[0], size[1]))
