"""A chart of so many pages in, made for it, the time and memory that its packet takes out."""

from __future__ import annotations

import resource
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from reportlab.pdfgen.canvas import Canvas

from mednec.auditor import Bates, examine, record_packet
from mednec.requests import parse_request, read_fields

EXAMPLE = Path(__file__).parents[1] / "examples" / "esi-contradicted"
PAGES, FILES = 500, 20


def main() -> None:
    """Make the chart, audit it, write its packet, and say what each took."""
    pages = int(sys.argv[1]) if len(sys.argv) > 1 else PAGES
    with TemporaryDirectory() as folder:
        chart = Path(folder) / "chart"
        chart.mkdir()
        texts = [path.read_text(encoding="utf-8") for path in sorted((EXAMPLE / "chart").glob("*.txt"))]
        for number in range(FILES):
            _write(chart / f"{number:02}.pdf", texts, pages // FILES)
        started = time.perf_counter()
        case = examine(chart, parse_request(read_fields(EXAMPLE / "request.yaml")))
        audited = time.perf_counter()
        before = _peak()
        made = record_packet(case, Path(folder) / "packet.pdf", Bates(), lambda _done, _total: None)
        took = time.perf_counter() - audited
        size = (Path(folder) / "packet.pdf").stat().st_size
        print(f"audit of {pages} pages: {audited - started:.1f} s, peak {before:.0f} MiB")
        print(f"packet of {made.pages} pages: {took:.1f} s, peak {_peak():.0f} MiB, {size:,} bytes")


def _write(path: Path, texts: list[str], pages: int) -> None:
    canvas = Canvas(str(path), invariant=1)
    for number in range(pages):
        lines = canvas.beginText(50, 740)
        lines.setFont("Helvetica", 9)
        for line in texts[number % len(texts)].splitlines():
            for start in range(0, max(len(line), 1), 110):
                lines.textLine(line[start : start + 110])
        canvas.drawText(lines)
        canvas.showPage()
    canvas.save()


def _peak() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
