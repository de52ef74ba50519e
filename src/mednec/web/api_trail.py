"""The JSON API of the trail: its lines, the whole of it to take along, and whether it is intact."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from mednec.office.trail_export import export_trail, verify_trail
from mednec.office.trail_view import trail_page
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs

router = APIRouter(prefix="/api", tags=["trail"])
Manager = Annotated[Visitor, Depends(Needs(Permission.MANAGE))]
Before = Annotated[int | None, Query(ge=1, le=2**31 - 1, description="Lines with a lower number than this.")]


class Line(BaseModel):
    """One line: who did what to which object."""

    model_config = ConfigDict(from_attributes=True)
    number: int
    at: datetime
    person: str
    action: str
    object: str = Field(description="The kind of object.")
    object_id: str
    case: str | None
    details: dict[str, Any] = Field(description="The reason, service or status; the export has all details.")
    hash: str = Field(description="Kept elsewhere, it shows later that no line up to this one was cut off.")


class Lines(BaseModel):
    """A hundred lines, the latest first."""

    model_config = ConfigDict(from_attributes=True)
    lines: list[Line]
    before: int | None = Field(description="What to ask for next; none where there are no older ones.")


class Intact(BaseModel):
    """What a look through the whole trail found."""

    intact: bool
    count: int = Field(description="Lines.")
    head: str | None = Field(description="The hash of the last line.")
    fault: str | None = Field(description="The first broken line and what is wrong with it.")


@router.get("/trail")
def lines(request: Request, visitor: Manager, before: Before = None, person: str = "", case: str = "") -> Lines:
    """Lines of the trail, of one person (by name) or one case where these are given."""
    office = request.app.state.office
    return Lines.model_validate(trail_page(office, visitor, before=before, person=person, case=case))


@router.get("/trail/intact")
def intact(request: Request, visitor: Manager, head: str | None = None) -> Intact:
    """Whether every line is as it was written; `head` is the hash of a line that was once the last one."""
    found = verify_trail(request.app.state.office, visitor, head)
    last = next(iter(found.heads.values()), None)
    return Intact(intact=found.is_intact, count=found.count, head=last, fault=found.fault)


@router.get(
    "/trail.jsonl",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}},
)
def export(request: Request, visitor: Manager) -> Response:
    """The whole trail as JSON lines, for `mednec trail verify FILE`."""
    headers = {"content-disposition": 'attachment; filename="trail.jsonl"'}
    return Response(export_trail(request.app.state.office, visitor), media_type="application/x-ndjson", headers=headers)
