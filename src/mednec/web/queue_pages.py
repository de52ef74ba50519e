"""The work queue: what is planned, how ready its record is, and whose question is open."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse

from mednec.office.cases import list_cases
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs
from mednec.web.pages import render

router = APIRouter(include_in_schema=False)


@router.get("/")
def queue(request: Request, visitor: Annotated[Visitor, Depends(Needs(Permission.READ))]) -> HTMLResponse:
    """The open cases."""
    return render(request, "queue.html", visitor, cases=list_cases(request.app.state.office, visitor))
