"""What millions of charts cost in processor hours and storage, from measured figures: a table for docs/quality.md.

python benchmarks/scale/model.py --charts-per-second 18.4 --efficiency 0.97 [--page-seconds 1.5] [--scanned 0.3]
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

SIZES = (1_000_000, 10_000_000, 100_000_000)
HOUR = 3600
NIGHT = 10  # hours


@dataclass(frozen=True)
class Measured:
    """Charts in a processor second, what more workers leave of it, seconds of a scanned page, bytes of tables."""

    charts_per_second: float
    efficiency: float
    page_seconds: float
    chart_bytes: float

    def hours(self, charts: int, scanned: float, pages: float) -> float:
        """Processor hours for so many charts, of which a share is scanned, each with so many pages."""
        text = charts / self.charts_per_second
        return (text + charts * scanned * pages * self.page_seconds) / self.efficiency / HOUR


def main() -> None:
    """Print a line for each number of charts."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--charts-per-second", type=float, required=True, help="in one processor second")
    parser.add_argument("--efficiency", type=float, required=True, help="of two workers against one")
    parser.add_argument("--page-seconds", type=float, default=1.51, help="processor seconds of a scanned page")
    parser.add_argument("--chart-bytes", type=float, default=0, help="of the tables, for each chart")
    parser.add_argument("--scanned", type=float, default=0.0, help="share of charts that are scanned")
    parser.add_argument("--pages", type=float, default=30, help="of a scanned chart")
    parser.add_argument("--price", type=float, default=0.05, help="of a processor hour; an assumption")
    asked = parser.parse_args()
    told = Measured(asked.charts_per_second, asked.efficiency, asked.page_seconds, asked.chart_bytes)
    print(f"{'charts':>12}{'CPU hours':>12}{'processors a night':>20}{'price':>12}{'tables GB':>12}")
    for charts in SIZES:
        hours = told.hours(charts, asked.scanned, asked.pages)
        size = charts * told.chart_bytes / 1e9
        print(f"{charts:>12,}{hours:>12,.0f}{hours / NIGHT:>20,.1f}{hours * asked.price:>12,.0f}{size:>12,.1f}")


if __name__ == "__main__":
    main()
