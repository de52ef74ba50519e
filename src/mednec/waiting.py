"""Long work in, a bar on the terminal out: only where there is one to look at, and never on standard output."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Advance = Callable[[int, int], None]


@contextmanager
def progress(quiet: bool, what: str, *, hourly: bool = False) -> Iterator[Advance]:
    """What to call with how much is done and how much there is; it draws nothing without a terminal.

    Where `hourly`, the bar tells how many are done in an hour.
    """
    if quiet or not sys.stderr.isatty():
        yield lambda _done, _total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        TextColumn("{task.description}"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.fields[rate]}"),
    )
    console = Console(stderr=True, no_color=bool(os.environ.get("NO_COLOR")))
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(what, total=None, rate="")

        def told(done: int, total: int) -> None:
            speed = bar.tasks[task].speed
            rate = f"{speed * 3600:,.0f} an hour" if speed and hourly else ""
            bar.update(task, completed=done, total=total, rate=rate)

        yield told
