"""mednec, called in process: `run.py --callable adapters.mednec_adapter:audit`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from mednec.auditor import audit_chart
from mednec.reports import to_json
from mednec.requests import parse_request, read_fields


def audit(chart: Path, _request: dict[str, Any]) -> dict[str, Any]:
    """The audit of one chart folder as JSON data; `request.yaml` stands beside the folder."""
    data: dict[str, Any] = json.loads(
        to_json(audit_chart(chart, parse_request(read_fields(chart.parent / "request.yaml"))))
    )
    return data
