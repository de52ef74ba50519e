"""The audit beside its chart, what was read at a word, and what people say of it: confirm, change, overrule."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from mednec.errors import MednecError
from mednec.model import Status
from mednec.office import cases, reviewing
from mednec.office.chart_view import chart_view, read_at
from mednec.office.desk import NotFound, Office
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.vocabulary import lexicon
from mednec.web.access import Needs
from mednec.web.case_pages import Form
from mednec.web.pages import render, to

router = APIRouter(include_in_schema=False)
Reader = Annotated[Visitor, Depends(Needs(Permission.READ))]
Reviewer = Annotated[Visitor, Depends(Needs(Permission.REVIEW))]
NUMBERS = ("percent", "days", "count", "number")


@router.get("/cases/{case_id}/audit")
def audit(request: Request, visitor: Reader, case_id: str) -> HTMLResponse:
    """Criteria and what people said of them on one side, the chart with its marks on the other."""
    office = _office(request)
    chart = chart_view(office, visitor, case_id)
    said = (*chart.judgement["review"]["findings"], *chart.judgement["review"]["statuses"])
    shown: dict[str, Any] = {
        "case": cases.case_view(office, visitor, case_id),
        "chart": chart,
        "corrections": reviewing.corrections_in(office, visitor, case_id),
        "unplaced": {one["id"] for one in said if one["state"] == "unplaced"},
        "statuses": [str(status) for status in Status],
    }
    return render(request, "audit.html", visitor, **shown)


@router.get("/cases/{case_id}/audit/read/{document}-{offset}")
def read(request: Request, visitor: Reader, case_id: str, document: int, offset: int) -> HTMLResponse:
    """What was read at a word; a page of its own, of which the audit's page shows the part that matters."""
    office = _office(request)
    case = cases.case_view(office, visitor, case_id)
    found = [
        (one, list(attributes_of(one.place["kind"], one.attributes)))
        for one in read_at(office, visitor, case_id, document, offset)
    ]
    return render(request, "read.html", visitor, case=case, found=found, place=f"{document}-{offset}")


@router.post("/cases/{case_id}/criteria/{criterion}")
def rule(request: Request, visitor: Reviewer, case_id: str, criterion: str, form: Form) -> Response:
    """Say of a criterion that its status is right, or which one holds."""
    office, status, reason = _office(request), _text(form, "status"), _text(form, "reason")
    if status == "confirm":
        reviewing.confirm_status(office, visitor, case_id, criterion, reason)
    else:
        reviewing.overrule(office, visitor, case_id, criterion, status, reason)
    return to(f"/cases/{case_id}/audit#c-{criterion}", "saved")


@router.post("/cases/{case_id}/findings")
def correct(request: Request, visitor: Reviewer, case_id: str, form: Form) -> Response:
    """Say of a finding that it was read rightly, what it should have been, or that it does not stand there."""
    office, reason, place = _office(request), _text(form, "reason"), _place(form)
    match _text(form, "action"):
        case "confirm":
            reviewing.confirm_finding(office, visitor, case_id, place, reason)
        case "reject":
            reviewing.reject_finding(office, visitor, case_id, place, reason)
        case "change":
            said = reviewing.Said(changed(form, place.kind))
            reviewing.change_finding(office, visitor, case_id, place, said, reason)
        case _:
            raise MednecError("choose what you say of it: right, changed, or not there")
    return to(f"/cases/{case_id}/audit#w{_text(form, 'at')}", "saved")


@router.post("/cases/{case_id}/corrections/{correction_id}/withdraw")
def withdraw(request: Request, visitor: Reviewer, case_id: str, correction_id: str, form: Form) -> Response:
    """Take a correction back."""
    if correction_id not in {one.id for one in reviewing.corrections_in(_office(request), visitor, case_id)}:
        raise NotFound("the case has no such correction; go back to its audit")
    reviewing.withdraw(_office(request), visitor, correction_id, _text(form, "reason"))
    return to(f"/cases/{case_id}/audit", "withdrawn")


def _office(request: Request) -> Office:
    office: Office = request.app.state.office
    return office


def _text(form: FormData, name: str) -> str:
    value = form.get(name, "")
    return value.strip() if isinstance(value, str) else ""


def _place(form: FormData) -> reviewing.FindingPlace:
    numbers = (_text(form, name) for name in ("start", "end", "number"))
    try:
        start, end, number = (int(one) for one in numbers)
    except ValueError:
        raise MednecError("the form does not say which finding is meant; open the audit again") from None
    return reviewing.FindingPlace(
        _text(form, "document"), _text(form, "kind"), _text(form, "concept"), start, end, number
    )


def attributes_of(kind: str, read: Mapping[str, Any]) -> Iterator[Mapping[str, Any]]:
    """The attributes that a finding of a kind may have: those that were read first, each with its choices."""
    known = lexicon(kind).attributes
    for name in sorted({*known, *read}, key=lambda name: (name not in read, name)):
        wanted, value = known.get(name), read.get(name)
        choices = [_written(choice) for choice in wanted] if isinstance(wanted, list) else []
        several = isinstance(value, list | tuple) or wanted == "levels"
        yield {"name": name, "value": _written(value), "choices": [] if several else choices}


def _written(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, list | tuple):
        return ", ".join(_written(one) for one in value)
    return str(value).lower() if isinstance(value, bool) else str(value)


def changed(form: FormData, kind: str, *, needed: bool = True) -> dict[str, Any]:
    """The attributes that the form changes: what was emptied is taken away."""
    known, told = lexicon(kind).attributes, {}
    for key, value in form.items():
        name = key.removeprefix("attribute-")
        if name == key or not isinstance(value, str) or value.strip() == _text(form, f"before-{name}"):
            continue
        told[name] = _value(value.strip(), known.get(name))
    if needed and not told:
        raise MednecError("nothing was changed; change an attribute, or choose what else you say of it")
    return told


def _value(text: str, wanted: Any) -> Any:
    if not text:
        return None
    if isinstance(wanted, list):
        return next((one for one in wanted if _written(one) == text), text)
    if wanted in NUMBERS:
        try:
            return int(text) if text.lstrip("-").isdigit() else float(text)
        except ValueError:
            return text  # the vocabulary says what is wanted
    return [piece.strip() for piece in text.split(",")] if wanted == "levels" or "," in text else text
