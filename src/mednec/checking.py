"""Policy files in, a report on each out: faults of its form, and examples that come out otherwise than it says."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from mednec.auditor import audit_documents
from mednec.documents import Chart
from mednec.model import Document, Page, Policy, ServiceRequest, SignatureState, Status
from mednec.policies import lint, policy_files
from mednec.policies.reading import policies_of

BEFORE_THE_REQUEST = timedelta(days=7)  # when the visit of an example took place, where it does not say
DEFAULT_REQUEST = {"date": date(2026, 3, 10), "side": "left"}


@dataclass(frozen=True, slots=True)
class Example:
    """One chart of a policy file in a line or two, and what is to be decided on it."""

    key: str
    number: int
    policy: Policy
    request: ServiceRequest
    chart: Chart
    expected: tuple[str, ...]

    def decided(self) -> Status:
        """What the audit makes of it."""
        return audit_documents(self.chart, self.request, self.policy).determinations[0].status


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one policy file; `faults` are sentences."""

    path: Path
    examples: int
    faults: tuple[str, ...]

    @property
    def text(self) -> str:
        """One line, and one more for each fault."""
        counted = f"{self.examples} example{'' if self.examples == 1 else 's'}"
        what = "all well" if not self.faults else f"{len(self.faults)} to look at"
        return "\n".join(
            [f"{self.path.parent.name}/{self.path.name}: {counted}, {what}", *map("  {}".format, self.faults)]
        )


def check_policies(paths: Sequence[Path] = ()) -> Iterator[Checked]:
    """Check policy files, or all those of the package."""
    return (check_policy(path) for path in paths or policy_files())


def check_policy(path: Path) -> Checked:
    """Check one policy file; its examples are run where its form is sound."""
    faults = tuple(lint(path))
    if faults:
        return Checked(path, 0, faults)
    examples = list(examples_of(path))
    results = [(example, str(example.decided())) for example in examples]
    otherwise = (
        f"{example.key}, example {example.number}: expected {' or '.join(example.expected)}, decided {status}"
        for example, status in results
        if status not in example.expected
    )
    return Checked(path, len(examples), tuple(otherwise))


def examples_of(path: Path) -> Iterator[Example]:
    """The examples of a policy file, each with the one criterion that it is about."""
    data = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    policies = policies_of(path)
    for key, wordings in data["criteria"].items():
        for wording in wordings if isinstance(wordings, list) else [wordings]:
            policy = _of_one(policies, key, wording.get("sources"))
            for number, example in enumerate(wording.get("examples") or (), 1):
                fields = {**DEFAULT_REQUEST, **(data.get("example_request") or {}), **(example.get("request") or {})}
                service = (wording.get("services") or list(data["services"]))[0]
                request = _request(fields, service, policy)
                expected = example["status"] if isinstance(example["status"], list) else [example["status"]]
                yield Example(key, number, policy, request, _chart(example.get("chart"), request), tuple(expected))


def _of_one(policies: Sequence[Policy], key: str, sources: Sequence[str] | None) -> Policy:
    """The policy, with this criterion alone, through the first source that has it."""
    policy = next(policy for policy in policies if not sources or policy.source.id in sources)
    criteria = tuple(criterion for criterion in policy.criteria if criterion.key == key)
    return replace(policy, criteria=criteria)


def _request(fields: Mapping[str, Any], service: str, policy: Policy) -> ServiceRequest:
    return ServiceRequest(
        service=fields.get("service", service),
        dated=fields["date"],
        procedure=tuple(fields.get("procedure", ())),
        side=fields.get("side"),
        levels=tuple(fields.get("levels", ())),
        diagnoses=tuple(fields.get("diagnoses", ())),
        policy=policy.source.id,
    )


def _chart(written: Any, request: ServiceRequest) -> Chart:
    entries = written if isinstance(written, list) else [written] if written else []
    return Chart(tuple(_document(entry, number, request) for number, entry in enumerate(entries, 1)))


def _document(entry: str | Mapping[str, Any], number: int, request: ServiceRequest) -> Document:
    fields: Mapping[str, Any] = {"text": entry} if isinstance(entry, str) else entry
    return Document(
        id=f"example-{number}.txt",
        text=fields["text"],
        type=fields.get("type", "office_visit"),
        dated=fields.get("dated", request.dated - BEFORE_THE_REQUEST),
        signature=SignatureState.SIGNED,
        pages=(Page(1, 0, len(fields["text"])),),
    )
