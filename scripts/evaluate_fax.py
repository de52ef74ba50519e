"""Faxed pages against their exact text: character error rate, seconds a page, and the findings of both compared."""

from __future__ import annotations

import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy

from mednec.auditor import find_in, read_chart
from mednec.model import Document, Finding

Facts = Counter[str]


def main(folder: Path) -> int:
    """Measure every NAME_fax.tif and NAME_fax.pdf of the folder against NAME.txt."""
    totals: dict[str, list[float]] = {}
    for exact in sorted(folder.glob("*.txt")):
        wanted = read_chart(exact).documents
        for scan in sorted(exact.parent.glob(f"{exact.stem}_*")):
            kind = scan.stem.removeprefix(exact.stem) + scan.suffix
            figures = measure(scan, exact.read_text(encoding="utf-8"), wanted)
            sums = totals.setdefault(kind, [0.0] * len(figures))
            totals[kind] = [a + b for a, b in zip(sums, figures, strict=True)]
            print(f"{scan.name:24} {line(figures)}")
    for kind, sums in sorted(totals.items()):
        print(f"all {kind:20} {line(sums)}")
    return 0


def measure(scan: Path, text: str, wanted: Sequence[Document]) -> list[float]:
    """Wrong characters, characters, seconds, pages, and the findings: shared, of the scan, of the text."""
    started = time.process_time()
    documents = read_chart(scan).documents
    seconds = time.process_time() - started
    told = " ".join(" ".join(document.text for document in documents).split())
    meant = " ".join(text.split())
    found, gold = facts(documents), facts(wanted)
    pages = sum(len(document.pages) for document in documents)
    return [distance(told, meant), len(meant), seconds, pages, (found & gold).total(), found.total(), gold.total()]


def line(figures: Sequence[float]) -> str:
    """The figures in words."""
    wrong, size, seconds, pages, shared, found, gold = figures
    f1 = 2 * shared / (found + gold) if found + gold else 1.0
    rate = f"CER {wrong / size:.4f}   {seconds / max(pages, 1):.2f} CPU s/page ({pages:.0f})"
    return f"{rate}   findings {shared:.0f}/{found:.0f}/{gold:.0f} F1 {f1:.3f}"


def facts(documents: Iterable[Document]) -> Facts:
    """Each finding as kind, concept, mention and attributes: places are left out, as layout moves them."""
    return Counter(fact(finding) for finding in find_in(documents))


def fact(finding: Finding) -> str:
    """A finding without its place; case, blanks and punctuation of the mention make no difference."""
    mention = " ".join(re.findall(r"[a-z0-9]+", finding.mention.lower()))
    attributes = ";".join(f"{name}={value}" for name, value in sorted(finding.attributes.items()))
    return "|".join((finding.kind, finding.concept, mention, attributes))


def distance(one: str, other: str) -> int:
    """How many characters have to be changed, added or left out to make one text of the other."""
    theirs = numpy.array([ord(letter) for letter in other])
    places = numpy.arange(len(other) + 1)
    row = places.copy()
    for number, letter in enumerate(one, start=1):
        changed = numpy.minimum(row[1:] + 1, row[:-1] + (theirs != ord(letter)))
        row = numpy.minimum.accumulate(numpy.concatenate(([number], changed)) - places) + places
    return int(row[-1])


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
