"""A long scan made up for the purpose: seconds and peak memory of reading it, at first and from the kept pages."""

from __future__ import annotations

import os
import resource
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from PIL import Image, ImageDraw, ImageFont, TiffImagePlugin

from mednec.documents import read_chart

WORDS = (
    "OFFICE VISIT, page {n}",
    "Patient: Jane Sample     DOB: 02/03/1960",
    "Date of service: 03/05/2026",
    "Pain is 7 out of 10, worse with standing and leaning back.",
    "Physical therapy twice a week for six weeks, 12 visits.",
    "Plan: continue the home exercise program, return in 4 weeks.",
)


def main(pages: int) -> int:
    """Make a fax of that many pages, read it twice, and print what it took."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["MEDNEC_CACHE"] = str(Path(folder) / "kept")
        path = Path(folder) / "fax.tif"
        fax(path, pages)
        before = peak()
        for which in ("first", "second"):
            started, spent = time.monotonic(), time.process_time()
            (document, *_) = read_chart(path).documents
            assert document.pages
            print(
                f"{pages} pages, {which} reading: {time.monotonic() - started:.1f} s, "
                f"{time.process_time() - spent:.1f} CPU s, peak {peak()} MB (before {before} MB)"
            )
    return 0


def peak() -> int:
    """The most memory that this process ever had, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def fax(path: Path, pages: int) -> None:
    """Write a fax of that many pages of letter size, each with other words, one page after the other."""
    with TiffImagePlugin.AppendingTiffWriter(str(path), new=True) as file:
        for number in range(1, pages + 1):
            sheet(number).save(file, "TIFF", compression="group4", dpi=(200, 200))
            file.newFrame()


def sheet(number: int) -> Any:
    """One page."""
    page = Image.new("L", (1700, 2200), 255)
    for place, line in enumerate(WORDS):
        text = line.format(n=number)
        ImageDraw.Draw(page).text((150, 200 + 90 * place), text, fill=0, font=ImageFont.load_default(size=34))
    return page.convert("1")


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 500))
