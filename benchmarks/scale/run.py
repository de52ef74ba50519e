"""How many charts an hour, with how many workers, in how much memory: figures for docs/quality.md.

python benchmarks/scale/run.py [--charts 2000] [--workers 1 2] [--spark]
"""

from __future__ import annotations

import argparse
import resource
import tempfile
import threading
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from mednec.batch import How, run_batch, run_on_spark
from mednec.synthesis import cases, write


def main() -> None:
    """Make the charts, run them with each number of workers, print a line for each."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charts", type=int, default=2000)
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2])
    parser.add_argument("--spark", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for case in cases(asked.charts, seed=99):
            write(case, folder / "charts")
        print(
            f"{'engine':<8}{'workers':>8}{'charts':>9}{'seconds':>9}{'per hour':>11}{'per CPU s':>11}{'MB/worker':>11}"
        )
        for workers in asked.workers:
            out = folder / str(workers)
            measured("local", workers, asked.charts, partial(run_batch, folder / "charts", out, How(workers=workers)))
        if asked.spark:
            measured("spark", 0, asked.charts, partial(run_on_spark, folder / "charts", folder / "spark"))


def measured(engine: str, workers: int, charts: int, run: Callable[[], Any]) -> None:
    """Run it and print wall time, processor time of all processes, and the most memory that a worker held."""
    memory = Watched()
    before, started = processor(), time.perf_counter()
    with memory:
        run()
    seconds, used = time.perf_counter() - started, processor() - before + memory.processor
    counted = engine == "local"  # the processes of a cluster are nobody's children here
    rate, size = (f"{charts / used:.1f}", memory.told()) if counted else ("-", "-")
    hourly = f"{charts / seconds * 3600:,.0f}"
    print(f"{engine:<8}{workers or '-':>8}{charts:>9}{seconds:>9.1f}{hourly:>11}{rate:>11}{size:>11}")


def processor() -> float:
    """Processor seconds of this process and of those that it has waited for."""
    return sum(
        usage.ru_utime + usage.ru_stime
        for usage in (resource.getrusage(resource.RUSAGE_SELF), resource.getrusage(resource.RUSAGE_CHILDREN))
    )


class Watched:
    """The memory of the worker processes while something runs: at a quarter of the run and at its end."""

    def __init__(self) -> None:
        self.samples: list[float] = []
        self._used: dict[int, float] = {}
        self._stop = threading.Event()

    def __enter__(self) -> None:
        self._thread = threading.Thread(target=self._watch, daemon=True)
        self._thread.start()

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    @property
    def processor(self) -> float:
        """Processor seconds of the workers, which are no children of this process."""
        return sum(self._used.values())

    def told(self) -> str:
        """Megabytes early and late in the run: they should be alike."""
        if not self.samples:
            return "-"
        early, late = self.samples[len(self.samples) // 4], self.samples[-1]
        return f"{early:.0f}-{late:.0f}"

    def _watch(self) -> None:
        while not self._stop.wait(0.5):
            sizes = []
            for status in Path("/proc").glob("[0-9]*/status"):
                try:
                    if "forkserver" in (status.parent / "cmdline").read_text():
                        sizes.append(int(status.read_text().partition("VmRSS:")[2].split()[0]) / 1024)
                        fields = (status.parent / "stat").read_text().rpartition(")")[2].split()
                        self._used[int(status.parent.name)] = (int(fields[11]) + int(fields[12])) / 100
                except (OSError, ValueError, IndexError):
                    continue
            if sizes:
                self.samples.append(max(sizes))


if __name__ == "__main__":
    main()
