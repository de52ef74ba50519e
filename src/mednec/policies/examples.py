"""A policy file in, its examples out: small charts, each with the status that its criterion has to get."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import yaml

from mednec.model import Criterion, Document, Page, Policy, ServiceRequest, SignatureState
from mednec.policies.reading import policies_of, text_of

USUAL: Mapping[str, Any] = {"date": date(2026, 3, 10), "side": "left"}


@dataclass(frozen=True)
class Example:
    """One chart in a line or two, the request, and what the criterion has to answer (one of `expected`)."""

    key: str
    number: int
    line: int
    policy: Policy
    criterion: Criterion
    request: ServiceRequest
    documents: tuple[Document, ...]
    expected: tuple[str, ...]

    @property
    def name(self) -> str:
        """The policy, the criterion and the number of the example."""
        return f"{self.policy.id}::{self.key}::{self.number}"


def examples_of(path: Path) -> Iterator[Example]:
    """Every example of a policy file, in order.

    Raises PolicyError where the file breaks the format.
    """
    data = yaml.load(text_of(path), Loader=yaml.CSafeLoader)
    lines = _lines(text_of(path))
    policies = policies_of(path)
    usual = {**USUAL, **(data.get("example_request") or {})}
    for key, wordings in data["criteria"].items():
        bodies = wordings if isinstance(wordings, list) else [wordings]
        number = 0
        for index, body in enumerate(bodies):
            policy, criterion = _applied(policies, key, body)
            for example in body.get("examples") or ():
                number += 1
                request = _request(criterion, policy, {**usual, **(example.get("request") or {})})
                expected = example["status"]
                yield Example(
                    key=key,
                    number=number,
                    line=lines.get((key, index, number), 0),
                    policy=policy,
                    criterion=criterion,
                    request=request,
                    documents=tuple(_documents(example.get("chart") or "", request)),
                    expected=tuple(expected) if isinstance(expected, list) else (expected,),
                )


def _applied(policies: Sequence[Policy], key: str, body: Mapping[str, Any]) -> tuple[Policy, Criterion]:
    """The criterion as it stands in the first source that it applies to."""
    sources = body.get("sources") or [policies[0].source.id]
    policy = next(policy for policy in policies if policy.source.id in sources)
    services = tuple(body.get("services") or ())
    same = (c for c in policy.criteria if c.key == key and c.services == services and c.needs == body["needs"])
    return policy, next(same)


def _request(criterion: Criterion, policy: Policy, fields: Mapping[str, Any]) -> ServiceRequest:
    service = fields.get("service") or (criterion.services or tuple(policy.services))[0]
    return ServiceRequest(
        service=service,
        dated=fields["date"],
        procedure=tuple(str(code) for code in fields.get("procedure") or policy.services.get(service, ())[:1]),
        side=fields.get("side"),
        levels=tuple(fields.get("levels") or ()),
        diagnoses=tuple(fields.get("diagnoses") or ()),
        policy=policy.source.id,
    )


def _documents(chart: Any, request: ServiceRequest) -> Iterator[Document]:
    """The documents of an example: signed office visits of a week before the request, unless it says otherwise."""
    for number, entry in enumerate(chart if isinstance(chart, list) else [chart], start=1):
        fields = entry if isinstance(entry, Mapping) else {"text": entry}
        text = fields["text"]
        yield Document(
            id=f"example-{number}",
            text=text,
            type=fields.get("type", "office_visit"),
            dated=fields.get("dated", request.dated - timedelta(days=7)),
            author="A. Clinician, MD",
            signature=SignatureState(fields.get("signature", "signed")),
            pages=(Page(1, 0, len(text)),),
        )


def _lines(text: str) -> dict[tuple[str, int, int], int]:
    """The line of each example, by criterion, wording and number."""
    root: Any = yaml.compose(text, Loader=yaml.CSafeLoader)
    criteria = next(value for key, value in root.value if key.value == "criteria")
    found: dict[tuple[str, int, int], int] = {}
    for key, wordings in criteria.value:
        number = 0
        for index, body in enumerate(wordings.value if isinstance(wordings, yaml.SequenceNode) else [wordings]):
            examples: list[Any] = next((value.value for name, value in body.value if name.value == "examples"), [])
            for example in examples:
                number += 1
                found[key.value, index, number] = example.start_mark.line + 1
    return found
