"""The records of what is put side by side: two policies, clause by clause, or a payer's letter and a policy."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from mednec.model import Audit, Determination, Document, Policy


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


@dataclass(frozen=True, slots=True)
class DenialReason:
    """One reason of a payer's letter: `text` is cut out of its document at `start:end`."""

    document_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class DenialAnswer:
    """What a policy holds of one thing that a reason is about.

    `verdict` is `contained` (it sets that requirement), `different` (it sets another one; `differences` says which),
    `absent` (it sets none), or `unmatched` (what the reason is about was not recognized).
    """

    about: str
    verdict: str
    differences: tuple[str, ...] = ()
    clauses: tuple[Determination, ...] = ()  # the clauses that are about it, and what the record shows on each
    left: tuple[Mapping[str, str], ...] = ()  # clauses about it that the policy leaves to the reviewer


@dataclass(frozen=True, slots=True)
class Denial:
    """A payer's letter against the policy in force and the record: reason by reason.

    `cited` are the policy numbers that the letter names, each with what it is to the policy in force.
    """

    audit: Audit
    letter: tuple[Document, ...]
    answers: tuple[tuple[DenialReason, tuple[DenialAnswer, ...]], ...]
    cited: tuple[tuple[str, str], ...] = ()
