"""The pages of a case: open it with its files, see it and its audit, change it, put files to it, close it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import PurePosixPath
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData, UploadFile

from mednec.errors import RequestError
from mednec.office import auditing, cases
from mednec.office.chart_view import judgement_data
from mednec.office.choices import choices
from mednec.office.desk import NotFound, Office
from mednec.office.fields import RefusedFields
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs, settings_of
from mednec.web.forms import Written, check_uploads, refilled, uploads, written
from mednec.web.pages import render, to

router = APIRouter(include_in_schema=False)
Reader = Annotated[Visitor, Depends(Needs(Permission.READ))]
Filer = Annotated[Visitor, Depends(Needs(Permission.FILE))]
SHOWN = {".pdf": "application/pdf", ".txt": "text/plain; charset=utf-8", ".png": "image/png", ".jpg": "image/jpeg"}


async def sent(request: Request) -> FormData:
    """The form that a browser sent; raises RequestError where it holds too many files or too large a one."""
    form = await request.form()
    check_uploads(uploads(form), settings_of(request))
    return form


Form = Annotated[FormData, Depends(sent)]


@router.get("/cases/new")
def new(request: Request, visitor: Filer) -> HTMLResponse:
    """An empty form."""
    return _form(request, visitor, refilled({}, {}, None))


@router.post("/cases/new")
def create(request: Request, visitor: Filer, form: Form) -> Response:
    """Open the case, keep its files, begin the audit; or show the form again with what is wrong."""
    office, form_ = _office(request), written(form)
    try:
        case_id = cases.open_case(office, visitor, form_.fields, form_.clinician)
    except RequestError as error:
        return _form(request, visitor, form_, _faults(error))
    if _take(office, visitor, case_id, form).files:
        auditing.start_audit(office, visitor, case_id)
    return to(f"/cases/{case_id}", "opened")


@router.get("/cases/{case_id}")
def show(request: Request, visitor: Reader, case_id: str) -> HTMLResponse:
    """The case, its files and how far its audit is."""
    office = _office(request)
    case = cases.case_view(office, visitor, case_id)
    runs = auditing.audits_of(office, visitor, case_id)
    judgement = judgement_data(office, visitor, case_id)
    shown: dict[str, Any] = {"case": case, "run": runs[0] if runs else None, "judgement": judgement}
    return render(request, "case.html", visitor, **shown)


@router.get("/cases/{case_id}/progress")
def progress(request: Request, visitor: Reader, case_id: str) -> HTMLResponse:
    """How far the audit is: a part of the case's page that it asks for again and again."""
    run = auditing.latest_audit(_office(request), visitor, case_id)
    return render(request, "progress.html", visitor, case_id=case_id, run=run)


@router.post("/cases/{case_id}/audit")
def audit(request: Request, visitor: Filer, case_id: str) -> Response:
    """Begin an audit of the case as it is now."""
    auditing.start_audit(_office(request), visitor, case_id)
    return to(f"/cases/{case_id}", "started")


@router.post("/cases/{case_id}/audit/{audit_id}/cancel")
def cancel(request: Request, visitor: Filer, case_id: str, audit_id: str) -> Response:
    """Stop it."""
    if auditing.audit_state(_office(request), visitor, audit_id).case_id != case_id:
        raise NotFound("the case has no such audit; go back to the case")
    auditing.cancel_audit(_office(request), visitor, audit_id)
    return to(f"/cases/{case_id}", "cancelled")


@router.post("/cases/{case_id}/files")
def add(request: Request, visitor: Filer, case_id: str, form: Form) -> Response:
    """Put files to the case and audit it anew."""
    office = _office(request)
    cases.case_view(office, visitor, case_id)
    if not uploads(form):
        return to(f"/cases/{case_id}", "nothing")
    added = _take(office, visitor, case_id, form)
    if added.files:
        auditing.start_audit(office, visitor, case_id)
    return to(f"/cases/{case_id}", "added" if added.files else "known")


@router.get("/cases/{case_id}/files/{file_id}")
def file(request: Request, visitor: Reader, case_id: str, file_id: str) -> Response:
    """A file as it was given: shown where a browser can do so safely, else to be saved."""
    name, data = cases.file_data(_office(request), visitor, case_id, file_id)
    kind = SHOWN.get(PurePosixPath(name).suffix.lower())
    how, plain = "inline" if kind else "attachment", quote(PurePosixPath(name).name)
    headers = {"content-disposition": f"{how}; filename*=UTF-8''{plain}"}
    return Response(data, media_type=kind or "application/octet-stream", headers=headers)


@router.post("/cases/{case_id}/files/{file_id}/remove")
def remove(request: Request, visitor: Filer, case_id: str, file_id: str) -> Response:
    """Take a file off the case."""
    cases.remove_file(_office(request), visitor, case_id, file_id)
    return to(f"/cases/{case_id}", "removed")


@router.get("/cases/{case_id}/request")
def asked(request: Request, visitor: Filer, case_id: str) -> HTMLResponse:
    """The request of the case as a form."""
    case = cases.case_view(_office(request), visitor, case_id)
    return _form(request, visitor, refilled(case.texts, case.lists, case.clinician), case=case)


@router.post("/cases/{case_id}/request")
def change(request: Request, visitor: Filer, case_id: str, form: Form) -> Response:
    """Put another request in its place and audit the case anew."""
    office, form_ = _office(request), written(form)
    try:
        cases.change_request(office, visitor, case_id, form_.fields, form_.clinician)
    except RequestError as error:
        return _form(request, visitor, form_, _faults(error), cases.case_view(office, visitor, case_id))
    if cases.case_view(office, visitor, case_id).files:
        auditing.start_audit(office, visitor, case_id)
    return to(f"/cases/{case_id}", "changed")


@router.post("/cases/{case_id}/close")
def close(request: Request, visitor: Filer, case_id: str) -> Response:
    """Take it off the queue."""
    cases.close_case(_office(request), visitor, case_id)
    return to(f"/cases/{case_id}", "closed")


@router.post("/cases/{case_id}/reopen")
def reopen(request: Request, visitor: Filer, case_id: str) -> Response:
    """Put it on the queue again."""
    cases.reopen_case(_office(request), visitor, case_id)
    return to(f"/cases/{case_id}", "reopened")


def _office(request: Request) -> Office:
    office: Office = request.app.state.office
    return office


def _form(
    request: Request,
    visitor: Visitor,
    form: Written,
    faults: Mapping[str, str] | None = None,
    case: cases.CaseView | None = None,
) -> HTMLResponse:
    beside = dict.fromkeys((*form.values, "pasted"), "") | dict(faults or {})
    shown: dict[str, Any] = {"form": form, "wrong": faults or {}, "faults": beside, "case": case, "choices": choices()}
    return render(request, "case_form.html", visitor, status=422 if faults else 200, **shown)


def _faults(error: RequestError) -> Mapping[str, str]:
    """What to say beside which field; what was pasted and is no request is told beside it."""
    return error.faults if isinstance(error, RefusedFields) else {"pasted": str(error)}


def _take(office: Office, visitor: Visitor, case_id: str, form: FormData) -> cases.Added:
    return cases.add_files(office, visitor, case_id, _data(uploads(form)))


def _data(files: list[UploadFile]) -> Iterator[tuple[str, bytes]]:
    """One after another, so that they need not all be in memory at once."""
    for one in files:
        yield one.filename or "file", one.file.read()
