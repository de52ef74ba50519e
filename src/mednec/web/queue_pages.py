"""The work queue: what is planned, how ready its record is, and whose question is open."""

from __future__ import annotations

from collections import Counter
from datetime import date, timedelta
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response

from mednec.office.cases import list_cases
from mednec.office.demo import add_demo
from mednec.office.readiness import READINESS, queue
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs
from mednec.web.pages import render, to

router = APIRouter(include_in_schema=False)
Reader = Annotated[Visitor, Depends(Needs(Permission.READ))]
WEEKS = {"1": "this week", "2": "two weeks", "4": "four weeks", "": "whenever"}


@router.get("/")
def work(
    request: Request,
    visitor: Annotated[Visitor, Depends(Needs())],
    weeks: str = "",
    clinician: str = "",
    show: str = "",
) -> Response:
    """The open cases that are planned within so many weeks; whoever sees no case is led to what is theirs."""
    if not visitor.may(Permission.READ):
        return to("/people" if visitor.may(Permission.ADMINISTER) else "/account")
    office, today = request.app.state.office, date.today()
    until = today + timedelta(weeks=int(weeks)) if weeks in WEEKS and weeks else None
    everything = queue(office, visitor, until=until, today=today)
    rows = [row for row in everything if not clinician or row.clinician == clinician]
    counts = Counter(row.readiness for row in rows)
    shown: dict[str, Any] = {
        "rows": [row for row in rows if not show or row.readiness == show],
        "counts": [(name, counts[name]) for name in READINESS if counts[name]],
        "clinicians": sorted({row.clinician for row in everything if row.clinician} | ({clinician} - {""})),
        "weeks_offered": WEEKS,
        "chosen": {"weeks": weeks if weeks in WEEKS else "", "clinician": clinician, "show": show},
        "is_new": not everything and not until and not list_cases(office, visitor, closed=True),
    }
    return render(request, "queue.html", visitor, **shown)


@router.get("/closed")
def closed(request: Request, visitor: Reader) -> HTMLResponse:
    """The cases that are closed."""
    return render(request, "closed.html", visitor, cases=list_cases(request.app.state.office, visitor, closed=True))


@router.post("/demo")
def demo(request: Request, visitor: Annotated[Visitor, Depends(Needs(Permission.FILE))]) -> Response:
    """Put synthetic cases into an empty practice."""
    add_demo(request.app.state.office, visitor, date.today())
    return to("/", "demo")
