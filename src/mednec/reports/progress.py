"""Pages recognized so far in, a bar on the terminal out; nothing where nobody is watching."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager


@contextmanager
def bars() -> Iterator[Callable[[str, int, int], None]]:
    """Within it, the callback shows how many pages of each file are recognized, on standard error, and is wiped."""
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeRemainingColumn

    columns = TextColumn("recognizing {task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn()
    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    progress = Progress(*columns, console=console, transient=True)
    tasks: dict[str, TaskID] = {}

    def tell(name: str, done: int, pages: int) -> None:
        if name not in tasks:
            tasks[name] = progress.add_task(name, total=pages)
            progress.start()
        progress.update(tasks[name], completed=done)
        if progress.finished:
            progress.stop()  # what is printed from now on stands below nothing

    try:
        yield tell
    finally:
        progress.stop()
