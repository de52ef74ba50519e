"""The records of a review: what a person said of a finding, or of a criterion's status, and why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from mednec.model import Status

FINDING_ACTIONS = ("confirm", "change", "reject", "add")
STATUS_ACTIONS = ("confirm", "overrule")


@dataclass(frozen=True, slots=True)
class FindingCorrection:
    """What a person said of one finding.

    `document` is the SHA-256 of the document's text, so that the correction finds its place again in whatever file
    the same words lie; `start:end` is the mention, `number` tells those apart that share place, kind and concept.
    `change` puts `new_concept` (where there is one) and `attributes`, all of them, in place of what was read; `add`
    says what stands there, with the words `quote` that support it (none: the sentence around the mention).
    """

    id: str
    action: str  # one of FINDING_ACTIONS
    document: str
    kind: str
    concept: str  # as it was read; for `add`, as it should have been
    start: int
    end: int
    reason: str
    by: str
    at: datetime
    attributes: Mapping[str, Any] = field(default_factory=dict)
    new_concept: str | None = None
    number: int = 0
    quote: tuple[int, int] | None = None

    @property
    def place(self) -> tuple[str, str, str, int, int, int]:
        """What it speaks of: two corrections of one place contradict each other, and the later one holds."""
        return self.document, self.kind, self.concept, self.start, self.end, self.number


@dataclass(frozen=True, slots=True)
class StatusCorrection:
    """What a person said of one criterion: that the machine's status is right, or which one holds instead."""

    id: str
    action: str  # one of STATUS_ACTIONS
    criterion: str
    machine: Status  # the status that the person saw; where the machine now says otherwise, that is shown
    status: Status
    reason: str
    by: str
    at: datetime
