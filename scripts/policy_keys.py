"""Notes on payers' texts in, out where each of their requirements stands: decided, left to the reviewer, or outside."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mednec.policies import policy_files

LEDGER = Path(__file__).parents[1] / "tests" / "policies" / "known_keys.yaml"
KEY = re.compile(r"^(?:\| *|- )`([a-z0-9_]+(?:\.[a-z0-9_*]+)+)`", re.MULTILINE)


def keys_of(notes: Iterable[Path]) -> list[str]:
    """The keys of requirements that stand first in the rows of the notes' tables, sorted."""
    return sorted({key for path in notes for key in KEY.findall(path.read_text(encoding="utf-8"))})


def decided() -> set[str]:
    """The keys of all criteria."""
    return {key for path in policy_files() for key in _read(path)["criteria"]}


def left() -> set[str]:
    """The keys that policies leave to the reviewer, with the reason."""
    return {item["key"] for path in policy_files() for item in _read(path).get("not_decided") or () if "key" in item}


def excluded() -> set[tuple[str, str]]:
    """Documents and the services that they never cover."""
    read = map(_read, policy_files())
    return {
        (str(s["id"]), service) for data in read for service in data.get("not_covered") or () for s in data["sources"]
    }


def ledger() -> Any:
    """The keys that are known, and where those stand that are no criterion by themselves."""
    return _read(LEDGER)


def places(keys: Iterable[str]) -> Mapping[str, str]:
    """Where each key stands; one that stands nowhere is `absent`."""
    told, criteria = ledger(), decided()
    known = dict.fromkeys(left(), "left to the reviewer")
    known |= {key: f"outside: {reason}" for reason, members in told["outside"].items() for key in members}
    known |= {key: f"within {other}" for key, other in told["within"].items() if other in criteria}
    known |= {key: f"not covered: {document}" for key, (document, _) in told["not_covered"].items()}
    return {key: _place(key, criteria, known) for key in keys}


def _place(key: str, criteria: set[str], known: Mapping[str, str]) -> str:
    if key in criteria or (key.endswith(".*") and any(other.startswith(key[:-1]) for other in criteria)):
        return "decided"
    return known.get(key, "absent")


@cache
def _read(path: Path) -> Any:
    return yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)


def main(notes: Iterable[Path]) -> int:
    """Print where the keys of the notes stand (without notes: those of the ledger); how many are absent."""
    keys = keys_of(notes) or ledger()["keys"]
    found = places(keys)
    for key, place in found.items():
        print(f"{key:45} {place}")
    absent = [key for key, place in found.items() if place == "absent"]
    print(f"{len(keys)} keys, {len(absent)} absent{': ' if absent else ''}{', '.join(absent)}")
    return len(absent)


if __name__ == "__main__":
    sys.exit(min(main([Path(name) for name in sys.argv[1:]]), 1))
