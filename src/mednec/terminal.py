"""What a command writes to standard output, and what it may know of the terminal there."""

from __future__ import annotations

import os
import shutil
import sys
from collections.abc import Callable
from typing import Any

WIDTH, WIDEST = 80, 100


def show(result: Any, as_json: bool, to_json: Callable[..., str], to_terminal: Callable[..., str]) -> None:
    """Write a result as JSON, or as text as wide and as colored as the terminal bears."""
    if as_json:
        write(to_json(result))
    else:
        color, width = terminal()
        write(to_terminal(result, width=width, color=color))


def write(text: str) -> None:
    """Write UTF-8 whatever the terminal's own encoding; half a surrogate pair becomes its JSON escape."""
    stream = sys.stdout.buffer
    stream.write(text.encode("utf-8", "backslashreplace"))
    stream.flush()


def terminal() -> tuple[bool, int]:
    """Whether to color, and how many columns there are."""
    if not sys.stdout.isatty():
        return False, WIDTH
    color = not os.environ.get("NO_COLOR") and os.environ.get("TERM") != "dumb"
    return color, min(shutil.get_terminal_size((WIDTH, 24)).columns, WIDEST)
