"""The files of a bulk export in, what they refer to in each other out: patients, people, drugs, files, conditions."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

SUFFIX = ".ndjson"
REFERRED = frozenset(
    {"Patient", "Practitioner", "PractitionerRole", "Organization", "Medication", "Binary", "Condition"}
)
known: ContextVar[tuple[Mapping[str, Any], ...]] = ContextVar("known", default=())


@contextmanager
def beside(files: Iterable[bytes]) -> Iterator[None]:
    """Within it, references lead to the entries of these files too; one file alone knows all it needs itself."""
    listed = list(files)
    before = known.set(tuple(entry for data in listed for entry in referred(data)) if len(listed) > 1 else known.get())
    try:
        yield
    finally:
        known.reset(before)


def referred(data: bytes) -> Iterator[Mapping[str, Any]]:
    """The entries of a file that others refer to; damaged lines are passed over, as reading the file says so."""
    for line in data.decode("utf-8-sig", errors="replace").splitlines():
        if not any(f'"{kind}"' in line for kind in REFERRED):
            continue
        try:
            entry = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(entry, dict) and entry.get("resourceType") in REFERRED:
            yield entry
