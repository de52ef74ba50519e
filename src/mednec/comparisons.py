"""The records of what is put side by side: two policies, clause by clause."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mednec.model import Policy


@dataclass(frozen=True, slots=True)
class Difference:
    """One place that two texts word differently: where it stands, and what each says (None where it says nothing)."""

    place: str
    old: Any
    new: Any


@dataclass(frozen=True, slots=True)
class Clause:
    """One clause of which two policies differ: `change` is added, removed or changed."""

    part: str  # definitions | criteria | not_decided
    key: str
    change: str
    section: str
    says: str
    differences: tuple[Difference, ...] = ()
    services: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class PolicyComparison:
    """How a policy, or a version of it, differs from another."""

    old: Policy
    new: Policy
    head: tuple[Difference, ...]
    clauses: tuple[Clause, ...]

    @property
    def counts(self) -> Mapping[str, int]:
        """How many clauses were added, removed and changed."""
        changes = [clause.change for clause in self.clauses]
        return {name: changes.count(name) for name in ("added", "removed", "changed")}
