"""Sentences of the NegEx and ConText test kit in, precision, recall and F1 of negation and temporality out."""

from __future__ import annotations

import csv
import sys
from dataclasses import dataclass
from pathlib import Path

from mednec.findings.assertion.context import historical, negated
from mednec.findings.parse import parse
from mednec.model import Document


def main(path: Path) -> None:
    """Print how well negation and temporality are told in the sentences whose concept can be found."""
    denied, before = Counted(), Counted()
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            concept = row["concept"].strip()
            start = row["sentence"].lower().find(concept.lower())
            if start < 0:
                continue
            parsed = parse(Document(id=row["id"], text=row["sentence"]))
            denied.add(negated(parsed, start, start + len(concept)), row["negation"] == "Negated")
            before.add(historical(parsed, start, start + len(concept)), row["temporality"] == "Historical")
    print(f"negation    {denied}\nhistorical  {before}")


@dataclass
class Counted:
    """What was said rightly, said wrongly and missed."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, said: bool, true: bool) -> None:
        """Count one sentence."""
        self.right += said and true
        self.wrong += said and not true
        self.missed += true and not said

    def __str__(self) -> str:
        precision, recall = self.right / (self.right + self.wrong), self.right / (self.right + self.missed)
        both = 2 * self.right / (2 * self.right + self.wrong + self.missed)
        return f"precision {precision:.3f}  recall {recall:.3f}  F1 {both:.3f}"


if __name__ == "__main__":
    main(Path(sys.argv[1]))
