"""The JSON API of reviews: what people say of findings and statuses, and what they said as gold annotations."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from mednec.model import Status
from mednec.office import gold, reviewing
from mednec.office.desk import Office
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.vocabulary import lexicon
from mednec.web.access import Needs

router = APIRouter(prefix="/api", tags=["reviews"])
Reader = Annotated[Visitor, Depends(Needs(Permission.READ))]
Reviewer = Annotated[Visitor, Depends(Needs(Permission.REVIEW))]
Offset = Annotated[int, Field(ge=0, le=2**31 - 1)]
Reason = Annotated[str, Field(max_length=2000, description="Why; a confirmation may go without one.")]


class Place(BaseModel):
    """Which finding is meant, as /api/cases/{case}/documents tells it; for `add`, what stands where."""

    document: str = Field(description="The SHA-256 of the document's text.", min_length=64, max_length=64)
    kind: str = Field(max_length=60)
    concept: str = Field(max_length=60, description="As it was read.")
    start: Offset
    end: Offset
    number: Annotated[int, Field(ge=0, le=1000)] = 0


class OnFinding(BaseModel):
    """What is said of a finding."""

    action: Literal["confirm", "change", "reject", "add"]
    place: Place
    reason: Reason = ""
    concept: str | None = Field(None, max_length=60, description="For `change`: the concept that it should have been.")
    attributes: dict[str, Any] = Field(
        default_factory=dict,
        max_length=50,
        description="For `change` and `add`: attributes over those that were read; null takes one away.",
    )
    quote: tuple[Offset, Offset] | None = Field(None, description="Offsets of the words that support it.")


class OnCriterion(BaseModel):
    """What is said of a criterion's status."""

    criterion: str = Field(max_length=120)
    action: Literal["confirm", "overrule"]
    status: Status | None = Field(None, description="For `overrule`: the status that holds instead.")
    reason: Reason = ""


class Withdrawal(BaseModel):
    """Why a correction is taken back."""

    reason: Reason = ""


class Reviewed(BaseModel):
    """What a review did: the case is judged anew."""

    model_config = ConfigDict(from_attributes=True)
    correction_id: str
    judgement_id: str
    determination: str = Field(description="Now in force.")


class CorrectionOut(BaseModel):
    """One correction; it is never changed, only withdrawn."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    of: Literal["finding", "criterion"]
    action: Literal["confirm", "change", "reject", "add", "overrule"]
    target: dict[str, Any] = Field(description="What is meant: a place, or a criterion with the machine's status.")
    value: dict[str, Any] = Field(description="What is said instead.")
    reason: str
    by: str = Field(description="The person's name.")
    at: datetime
    withdrawn: datetime | None


class KindOut(BaseModel):
    """One kind of finding: what it can be, and what can be told of it."""

    kind: str
    concepts: dict[str, str] = Field(description="Their names in words, by key.")
    attributes: dict[str, Any] = Field(description="The values that each can take, or what kind of value it is.")


@router.get("/vocabulary")
def vocabulary(visitor: Reader) -> Sequence[KindOut]:  # noqa: ARG001  # it is asked for who may use it
    """What a finding can be: kinds, concepts and attributes."""
    books = [(kind, lexicon(kind)) for kind in reviewing.kinds()]
    return [
        KindOut(
            kind=kind,
            concepts={name: one.label for name, one in book.concepts.items()},
            attributes=dict(book.attributes),
        )
        for kind, book in books
    ]


@router.get("/cases/{case_id}/corrections")
def corrections(request: Request, visitor: Reader, case_id: str) -> Sequence[CorrectionOut]:
    """All corrections of a case, the latest first, those withdrawn among them."""
    return [CorrectionOut.model_validate(one) for one in reviewing.corrections_in(_office(request), visitor, case_id)]


@router.post("/cases/{case_id}/findings", status_code=201)
def correct_finding(request: Request, visitor: Reviewer, case_id: str, asked: OnFinding) -> Reviewed:
    """Confirm, change, reject or add a finding."""
    office, place = _office(request), reviewing.FindingPlace(**asked.place.model_dump())
    said = reviewing.Said(asked.attributes, asked.concept, asked.quote)
    match asked.action:
        case "confirm":
            done = reviewing.confirm_finding(office, visitor, case_id, place, asked.reason)
        case "reject":
            done = reviewing.reject_finding(office, visitor, case_id, place, asked.reason)
        case "change":
            done = reviewing.change_finding(office, visitor, case_id, place, said, asked.reason)
        case "add":
            done = reviewing.add_finding(office, visitor, case_id, place, said, asked.reason)
    return Reviewed.model_validate(done)


@router.post("/cases/{case_id}/criteria", status_code=201)
def correct_status(request: Request, visitor: Reviewer, case_id: str, asked: OnCriterion) -> Reviewed:
    """Confirm or overrule the status of a criterion."""
    office = _office(request)
    if asked.action == "confirm":
        done = reviewing.confirm_status(office, visitor, case_id, asked.criterion, asked.reason)
    else:
        done = reviewing.overrule(office, visitor, case_id, asked.criterion, asked.status or "", asked.reason)
    return Reviewed.model_validate(done)


@router.post("/corrections/{correction_id}/withdraw")
def withdraw(request: Request, visitor: Reviewer, correction_id: str, asked: Withdrawal) -> Reviewed:
    """Take a correction back; it stays listed."""
    return Reviewed.model_validate(reviewing.withdraw(_office(request), visitor, correction_id, asked.reason))


@router.get(
    "/corrections.jsonl",
    response_class=Response,
    responses={200: {"content": {"application/x-ndjson": {"schema": {"type": "string"}}}}},
)
def export(request: Request, visitor: Reviewer, case: str | None = None, texts: bool = False) -> Response:
    """Reviewed findings as gold annotations, a JSON line each; or with `texts` the documents they stand in."""
    lines = gold.export_gold(_office(request), visitor, case, texts=texts)
    headers = {"content-disposition": f'attachment; filename="{"documents" if texts else "corrections"}.jsonl"'}
    return Response(lines, media_type="application/x-ndjson", headers=headers)


def _office(request: Request) -> Office:
    office: Office = request.app.state.office
    return office
