"""A chart that was read, and people who say something of it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from mednec.auditor import read_and_find
from mednec.corrections import FindingCorrection, StatusCorrection
from mednec.exchange import Reading, text_hash
from mednec.model import Finding, ServiceRequest, Status
from mednec.requests import parse_request, read_fields

EXAMPLES = Path(__file__).parents[2] / "examples"
START = datetime(2026, 3, 1, 9, tzinfo=UTC)


def reading_of(name: str) -> Reading:
    return read_and_find([(file.name, file.read_bytes()) for file in sorted((EXAMPLES / name / "chart").iterdir())])


def request_of(name: str) -> ServiceRequest:
    return parse_request(read_fields(EXAMPLES / name / "request.yaml"))


@pytest.fixture(scope="session")
def supported() -> Reading:
    return reading_of("esi-supported")


@pytest.fixture(scope="session")
def request_() -> ServiceRequest:
    return request_of("esi-supported")


@pytest.fixture(scope="session")
def say():
    return _say


@pytest.fixture(scope="session")
def rule():
    return _rule


def _say(reading: Reading, finding: Finding, action: str, nth: int = 1, **given) -> FindingCorrection:
    """What a person says of a finding, as the `nth` correction of the day."""
    told = {
        "id": f"{nth:032}",
        "action": action,
        "document": text_hash(reading.document(finding.document_id)),
        "kind": finding.kind,
        "concept": finding.concept,
        "start": finding.start,
        "end": finding.end,
        "reason": "seen in the scan",
        "by": "Rosa Lind",
        "at": START + timedelta(minutes=nth),
        **given,
    }
    return FindingCorrection(**told)


def _rule(criterion: str, machine: Status, status: Status, nth: int = 1, action: str = "overrule") -> StatusCorrection:
    at = START + timedelta(minutes=nth)
    return StatusCorrection(f"{nth:032}", action, criterion, machine, status, "the wet copy is signed", "Rosa Lind", at)
