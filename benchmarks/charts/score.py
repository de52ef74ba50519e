#!/usr/bin/env python3
"""Score audits against what the charts beside this file expect.

Usage: score.py AUDITS [GROUP ...], where AUDITS holds GROUP/CHART.json as any program printed them: JSON with
`determination`, `elements` and `criteria` (key, status), `excluded` and `warnings`.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
GRANTED = {"met", "exempt"}


def rows(expected: dict[str, Any], audit: dict[str, Any]) -> Iterator[tuple[str, str, bool]]:
    """Group, name and rightness of everything that a chart expects."""
    yield "determination", "determination", audit.get("determination") in accepted(expected["determination"])
    for group in ("elements", "criteria"):
        told = {one["key"]: one["status"] for one in audit.get(group, [])}
        for key, status in expected.get(group, {}).items():
            yield group, key, told.get(key) in accepted(status)
            if group == "criteria" and not GRANTED & set(accepted(status)):
                yield "no false met", key, bool(audit) and told.get(key) not in GRANTED
    excluded = audit.get("excluded", [])
    for part, reason in expected.get("excluded", {}).items():
        right = any(part in one["document_id"] and one["reason"] in accepted(reason) for one in excluded)
        yield "excluded", part, right
    kinds = {warning["kind"] for warning in audit.get("warnings", [])}
    for kind in expected.get("warnings", []):
        yield "warnings", str(kind), bool(kinds & set(accepted(kind)))


def accepted(status: Any) -> list[Any]:
    """The statuses that are right: one, or any of several."""
    return status if isinstance(status, list) else [status]


def charts(groups: list[str]) -> Iterator[Path]:
    """The charts of some groups, or of all."""
    return (path.parent for path in sorted(HERE.glob("*/*/expected.json")) if not groups or path.parts[-3] in groups)


def main(arguments: list[str]) -> int:
    """Print the figures and what is wrong; 1 where anything is."""
    audits, groups = Path(arguments[0]), arguments[1:]
    tally, wrong = Counter[tuple[str, bool]](), []
    for chart in charts(groups):
        expected = json.loads((chart / "expected.json").read_text(encoding="utf-8"))
        file = audits / chart.parent.name / f"{chart.name}.json"
        audit = json.loads(file.read_text(encoding="utf-8")) if file.is_file() else {}
        for group, name, right in rows(expected, audit):
            tally[group, right] += 1
            wrong += [] if right else [f"{chart.parent.name}/{chart.name}: {group} {name}"]
    for group in sorted({group for group, _ in tally}):
        right, of = tally[group, True], tally[group, True] + tally[group, False]
        print(f"{group:14} {right:4}/{of:<4} {right / of:.3f}")
    print("\n".join(wrong), file=sys.stderr)
    return int(bool(wrong))


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    sys.exit(main(sys.argv[1:]))
