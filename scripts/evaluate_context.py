"""Sentences annotated for negation in (the columns of the NegEx and ConText test kit), precision, recall and F1 out."""

from __future__ import annotations

import csv
import sys
from pathlib import Path

from mednec.findings.context import negated
from mednec.findings.parse import parse
from mednec.model import Document


def main(path: Path) -> None:
    right = wrong = missed = 0
    with path.open(encoding="utf-8", errors="replace", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            start = row["sentence"].lower().find(row["concept"].strip().lower())
            if start < 0:
                continue
            parsed = parse(Document(id=row["id"], text=row["sentence"]))
            said = negated(parsed, start, start + len(row["concept"].strip()))
            denied = row["negation"] == "Negated"
            right, wrong, missed = (
                right + (said and denied),
                wrong + (said and not denied),
                missed + (denied and not said),
            )
    precision, recall = right / (right + wrong), right / (right + missed)
    print(
        f"negation  precision {precision:.3f}  recall {recall:.3f}  F1 {2 * right / (2 * right + wrong + missed):.3f}"
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
