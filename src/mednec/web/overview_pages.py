"""A manager's pages: which gaps recur, and the trail; and the corrections as gold annotations."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from mednec.office.gold import export_gold
from mednec.office.insights import insights
from mednec.office.readiness import READINESS
from mednec.office.trail_export import export_trail, verify_trail
from mednec.office.trail_view import people_of_trail, trail_page
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs
from mednec.web.api_trail import Before
from mednec.web.pages import render

router = APIRouter(include_in_schema=False)
Manager = Annotated[Visitor, Depends(Needs(Permission.MANAGE))]
Reviewer = Annotated[Visitor, Depends(Needs(Permission.REVIEW))]
LINES = "application/x-ndjson"


@router.get("/dashboard")
def dashboard(request: Request, visitor: Manager, since: str = "", until: str = "") -> HTMLResponse:
    """What recurs in the cases planned from one day to another, and how many open charts would fail today."""
    first, last = _day(since), _day(until)
    seen = insights(request.app.state.office, visitor, since=first, until=last)
    shown: dict[str, Any] = {
        "seen": seen,
        "counts": [(name, seen.open_by_readiness[name]) for name in READINESS if seen.open_by_readiness.get(name)],
        "groups": [
            ("Clinician", seen.by_clinician),
            ("Procedure", seen.by_service),
            ("Payer", seen.by_payer),
            ("Month", seen.by_month),
        ],
        "since": first.isoformat() if first else "",
        "until": last.isoformat() if last else "",
    }
    return render(request, "dashboard.html", visitor, **shown)


@router.get("/trail")
def trail(request: Request, visitor: Manager, before: Before = None, person: str = "", case: str = "") -> HTMLResponse:
    """The lines of the trail, the latest first."""
    office = request.app.state.office
    page = trail_page(office, visitor, before=before, person=person, case=case)
    return render(
        request, "trail.html", visitor, people=people_of_trail(office, visitor), page=page, person=person, case=case
    )


@router.post("/trail/verify")
def verify(request: Request, visitor: Manager) -> HTMLResponse:
    """Go through the whole trail and say whether it is as it was written."""
    office = request.app.state.office
    shown: dict[str, Any] = {"verified": verify_trail(office, visitor), "people": people_of_trail(office, visitor)}
    return render(request, "trail.html", visitor, page=trail_page(office, visitor), person="", case="", **shown)


@router.get("/trail.jsonl")
def exported(request: Request, visitor: Manager) -> Response:
    """The whole trail, for `mednec trail verify FILE`."""
    headers = {"content-disposition": 'attachment; filename="trail.jsonl"'}
    return Response(export_trail(request.app.state.office, visitor), media_type=LINES, headers=headers)


@router.get("/corrections.jsonl")
def corrections(request: Request, visitor: Reviewer) -> Response:
    """The findings that people reviewed, a line each, in the form of gold annotations."""
    lines = export_gold(request.app.state.office, visitor)
    headers = {"content-disposition": 'attachment; filename="corrections.jsonl"'}
    return Response(lines, media_type=LINES, headers=headers)


def _day(text: str) -> date | None:
    """The day of a field that may be empty, or hold anything."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
