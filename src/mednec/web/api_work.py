"""The JSON API of the work queue and the dashboard."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel, ConfigDict, Field

from mednec.office import insights, readiness
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs

router = APIRouter(prefix="/api", tags=["work"])
Reader = Annotated[Visitor, Depends(Needs(Permission.READ))]
Manager = Annotated[Visitor, Depends(Needs(Permission.MANAGE))]
Since = Annotated[date | None, Query(description="The first planned day.")]
Until = Annotated[date | None, Query(description="The last planned day.")]


class Record(BaseModel):
    """What is made of an operation's answer."""

    model_config = ConfigDict(from_attributes=True)


class Question(Record):
    """One required criterion that does not hold."""

    criterion: str | None = Field(description="None where the question is about the case itself.")
    asks: str
    status: str
    question: str = Field(description="Neutral: it suggests no answer.")
    whose: str = Field(description="clinician, front office or reviewer.")


class Row(Record):
    """One planned procedure and how ready its record is."""

    case_id: str
    patient: str | None
    service: str
    title: str
    planned: date
    days_left: int
    payer: str | None
    clinician: str | None
    readiness: str = Field(description="failing, conflicting, gaps, unread, running or ready.")
    determination: str | None = Field(description="In force; none where it was not judged yet.")
    open_required: int = Field(description="How many required criteria do not hold.")
    questions: list[Question] = Field(description="The first of them.")
    stale: bool = Field(description="Files were added or removed since the audit.")
    audit_id: str | None
    audit_state: str | None
    fault: str | None = Field(description="Why the latest audit failed.")


class CaseRef(Record):
    """A case behind a number."""

    id: str
    patient: str | None
    service: str
    planned: date
    is_open: bool = Field(description="Whether the gap is open still.")


class RecurringGap(Record):
    """A required criterion that did not hold in several charts."""

    criterion: str
    asks: str
    count: int = Field(description="In how many cases it ever did not hold.")
    still: int = Field(description="In how many of them it does not hold now.")
    cases: list[CaseRef]


class Group(Record):
    """The judged cases of one clinician, service, payer or month."""

    value: str
    label: str
    judged: int
    with_gaps: int
    gaps: list[RecurringGap]


class Insights(Record):
    """What a manager sees."""

    judged: int
    gaps: list[RecurringGap]
    by_clinician: list[Group]
    by_service: list[Group]
    by_payer: list[Group]
    by_month: list[Group]
    open_by_readiness: dict[str, int] = Field(description="The open cases, whatever days are asked for.")
    failing: list[Row] = Field(description="The open cases that would fail today.")


@router.get("/queue")
def queue(
    request: Request, visitor: Reader, since: Since = None, until: Until = None, clinician: str | None = None
) -> Sequence[Row]:
    """The open cases: those that need somebody first, nearest first."""
    rows = readiness.queue(request.app.state.office, visitor, since=since, until=until, clinician=clinician)
    return [Row.model_validate(row) for row in rows]


@router.get("/dashboard")
def dashboard(request: Request, visitor: Manager, since: Since = None, until: Until = None) -> Insights:
    """Which gaps recur, by whom and where, and how many open charts would fail today."""
    return Insights.model_validate(insights.insights(request.app.state.office, visitor, since=since, until=until))
