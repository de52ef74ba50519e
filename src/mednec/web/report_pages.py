"""What can be taken along from a case: its report as one page, its judgement as JSON."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import Response

from mednec.office.report import judgement_json, report_html
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs

router = APIRouter(include_in_schema=False)
Reader = Annotated[Visitor, Depends(Needs(Permission.READ))]


@router.get("/cases/{case_id}/report.html")
def report(request: Request, visitor: Reader, case_id: str) -> Response:
    """The report, to be saved: it needs no server."""
    page = report_html(request.app.state.office, visitor, case_id)
    return _saved(page.encode(), "text/html; charset=utf-8", f"audit-{case_id[:8]}.html")


@router.get("/cases/{case_id}/judgement.json")
def judgement(request: Request, visitor: Reader, case_id: str) -> Response:
    """The judgement, to be saved."""
    data = judgement_json(request.app.state.office, visitor, case_id)
    return _saved(data, "application/json", f"audit-{case_id[:8]}.json")


def _saved(data: bytes, kind: str, name: str) -> Response:
    return Response(data, media_type=kind, headers={"content-disposition": f'attachment; filename="{name}"'})
