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
    the same words lie. `concept` and `attributes` are what `change` and `add` put in place; `start:end` is the mention.
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
