"""The JSON API of cases: open them, put files to them, have them audited, and take the judgement."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Annotated, Any, Literal

from fastapi import APIRouter, Depends, Path, Request, Response, UploadFile
from pydantic import BaseModel, ConfigDict, Field

from mednec.office import auditing, cases, pictures, readings, report
from mednec.office.desk import Office
from mednec.requests import Fields
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs, settings_of
from mednec.web.forms import check_uploads

router = APIRouter(prefix="/api", tags=["cases"])
Reader = Annotated[Visitor, Depends(Needs(Permission.READ))]
Filer = Annotated[Visitor, Depends(Needs(Permission.FILE))]
Number = Annotated[int, Path(ge=1, le=100_000)]
Short = Annotated[str, Field(max_length=500)]
Several = Annotated[list[Annotated[str, Field(max_length=100)]], Field(max_length=50)]


class Requested(BaseModel):
    """What is asked of a payer: the fields of a request (docs/reference/audit.md), and who asks."""

    service: Short = Field(description="The key of a service, such as esi.init.")
    date: Short = Field(description="The (planned) date of service, as year-month-day.")
    payer: Short | None = Field(None, description="Whose policy applies; with the state where that decides.")
    state: Short | None = Field(None, description="Two letters.")
    policy: Short | None = Field(None, description="A policy by its number, instead of payer and state.")
    side: Short | None = Field(None, description="left, right, bilateral or midline.")
    levels: Several = Field([], description="Such as L5-S1.")
    procedure: Several = Field([], description="Procedure codes.")
    diagnoses: Several = Field([], description="ICD-10-CM codes.")
    name: Short | None = Field(None, description="The patient's name; used to notice misfiled documents.")
    birth_date: Short | None = Field(None, description="The patient's date of birth, as year-month-day.")
    clinician: Annotated[str, Field(max_length=200)] | None = Field(None, description="Who plans the service.")

    def fields(self) -> Fields:
        """The same as the fields of a request file."""
        lists = ("levels", "procedure", "diagnoses")
        texts = {
            name: value
            for name, value in self.model_dump(exclude={*lists, "clinician"}).items()
            if value is not None and value.strip()
        }
        return Fields(texts, {name: tuple(getattr(self, name)) for name in lists if getattr(self, name)})


class FileOut(BaseModel):
    """One file of a case."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    name: str
    size: int = Field(description="Bytes.")
    sha256: str
    added: datetime
    added_by: str = Field(description="The person's name.")


class CaseOut(BaseModel):
    """One requested procedure of one patient."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    patient: str | None
    service: str
    title: str = Field(description="The service in words.")
    planned: date
    clinician: str | None
    payer: str | None
    closed: datetime | None = Field(description="When it was taken off the work queue.")


class CaseLine(CaseOut):
    """A case in a list."""

    files: int = Field(description="How many files it has.")


class WholeCase(CaseOut):
    """A case with its files."""

    texts: dict[str, str] = Field(description="The single fields of the request, as they were written.")
    lists: dict[str, list[str]] = Field(description="The fields of the request that are lists.")
    created: datetime
    created_by: str = Field(description="The person's name.")
    files: list[FileOut]


class Closed(BaseModel):
    """Whether a case is closed."""

    closed: bool


class FilesAdded(BaseModel):
    """What became of the files that were sent."""

    model_config = ConfigDict(from_attributes=True)
    files: list[str] = Field(description="The ids of those that were added.")
    known: list[str] = Field(description="The names of those that the case had already.")
    left_out: list[str] = Field(description="The names of those that are no part of a chart.")


class AuditOut(BaseModel):
    """How far an audit is."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    case_id: str
    state: Literal["queued", "running", "done", "failed", "cancelled"]
    step: str = Field(description="What is being done, in words.")
    done: int = Field(description="How much of the step is done.")
    total: int
    fault: str | None = Field(description="Why it failed, a sentence.")
    cancelling: bool = Field(description="It was asked to stop, and will.")
    created: datetime
    started: datetime | None
    finished: datetime | None


class Finding(BaseModel):
    """What the program reads at one place; with the document's sha256 these fields name it for a correction."""

    document_id: str
    page: int
    kind: str
    concept: str
    start: int
    end: int
    number: int = Field(description="Tells those apart that share kind, concept and place.")
    mention: str
    quote_start: int
    quote_end: int
    quote: str
    attributes: dict[str, Any]


class DocumentOut(BaseModel):
    """A document of the chart as the program reads it."""

    sha256: str = Field(description="The SHA-256 of its text.")
    document_id: str
    type: str
    date: date | None
    author: str | None
    signature: str
    source: str
    pages: list[dict[str, int]]
    text: str
    findings: list[Finding]


class Judgement(BaseModel):
    """An audit as it is in force, with what people said of it (docs/reference/office.md)."""

    model_config = ConfigDict(extra="allow")
    request: dict[str, Any]
    policy: dict[str, Any]
    determination: str = Field(description="In force.")
    elements: list[dict[str, Any]]
    criteria: list[dict[str, Any]] = Field(description="`status` is in force; `review` tells whence it comes.")
    trials: list[dict[str, Any]]
    excluded: list[dict[str, Any]]
    warnings: list[dict[str, Any]]
    review: dict[str, Any] = Field(description="The machine's determination, and what became of every correction.")


@router.get("/cases")
def list_cases(request: Request, visitor: Reader, closed: bool = False) -> Sequence[CaseLine]:
    """The practice's open cases, the nearest day first; or those that are closed."""
    return [CaseLine.model_validate(one) for one in cases.list_cases(_office(request), visitor, closed=closed)]


@router.post("/cases", status_code=201)
def open_case(request: Request, visitor: Filer, asked: Requested) -> WholeCase:
    """Open a case for a request."""
    office = _office(request)
    return _case(office, visitor, cases.open_case(office, visitor, asked.fields(), asked.clinician))


@router.get("/cases/{case_id}")
def one_case(request: Request, visitor: Reader, case_id: str) -> WholeCase:
    """A case with its files."""
    return _case(_office(request), visitor, case_id)


@router.put("/cases/{case_id}/request")
def change_request(request: Request, visitor: Filer, case_id: str, asked: Requested) -> WholeCase:
    """Put another request in the place of a case's; what was read of its chart is judged by it at once."""
    office = _office(request)
    cases.change_request(office, visitor, case_id, asked.fields(), asked.clinician)
    return _case(office, visitor, case_id)


@router.put("/cases/{case_id}/closed")
def close_case(request: Request, visitor: Filer, case_id: str, asked: Closed) -> WholeCase:
    """Take a case off the work queue, or put it there again."""
    office = _office(request)
    (cases.close_case if asked.closed else cases.reopen_case)(office, visitor, case_id)
    return _case(office, visitor, case_id)


@router.post("/cases/{case_id}/files", status_code=201)
def add_files(request: Request, visitor: Filer, case_id: str, files: list[UploadFile]) -> FilesAdded:
    """Put files to a case: documents of any format that can be read, zips too."""
    check_uploads(files, settings_of(request))
    return FilesAdded.model_validate(cases.add_files(_office(request), visitor, case_id, _data(files)))


@router.get(
    "/cases/{case_id}/files/{file_id}",
    response_class=Response,
    responses={200: {"content": {"application/octet-stream": {}}}},
)
def file_data(request: Request, visitor: Reader, case_id: str, file_id: str) -> Response:
    """The bytes of a file as it was added."""
    _, data = cases.file_data(_office(request), visitor, case_id, file_id)
    return Response(data, media_type="application/octet-stream")


@router.delete("/cases/{case_id}/files/{file_id}", status_code=204)
def remove_file(request: Request, visitor: Filer, case_id: str, file_id: str) -> Response:
    """Take a file off a case; earlier audits keep it."""
    cases.remove_file(_office(request), visitor, case_id, file_id)
    return Response(status_code=204)


@router.post("/cases/{case_id}/audits", status_code=202)
def start_audit(request: Request, visitor: Filer, case_id: str) -> AuditOut:
    """Ask for an audit of a case as it is now; the same files and request give the same audit."""
    office = _office(request)
    return _audit(office, visitor, auditing.start_audit(office, visitor, case_id))


@router.get("/cases/{case_id}/audits")
def audits_of(request: Request, visitor: Reader, case_id: str) -> Sequence[AuditOut]:
    """All audits of a case, the latest first."""
    return [AuditOut.model_validate(one) for one in auditing.audits_of(_office(request), visitor, case_id)]


@router.get("/audits/{audit_id}")
def one_audit(request: Request, visitor: Reader, audit_id: str) -> AuditOut:
    """How far an audit is."""
    return _audit(_office(request), visitor, audit_id)


@router.post("/audits/{audit_id}/cancel")
def cancel_audit(request: Request, visitor: Filer, audit_id: str) -> AuditOut:
    """Stop an audit that waits or runs."""
    office = _office(request)
    auditing.cancel_audit(office, visitor, audit_id)
    return _audit(office, visitor, audit_id)


@router.get("/cases/{case_id}/judgement", response_model=Judgement)
def judgement(request: Request, visitor: Reader, case_id: str) -> Response:
    """What the latest audit says with the corrections made since; 404 until the first audit is done."""
    return Response(report.judgement_json(_office(request), visitor, case_id), media_type="application/json")


@router.get("/cases/{case_id}/documents")
def documents(request: Request, visitor: Reader, case_id: str) -> Sequence[DocumentOut]:
    """The chart as it was read: texts, and what the program reads in each; 404 until the first audit is done."""
    return [DocumentOut.model_validate(one) for one in readings.documents_of(_office(request), visitor, case_id)]


@router.get(
    "/cases/{case_id}/documents/{document}/pages/{number}",
    response_class=Response,
    responses={200: {"content": {"image/webp": {}}}, 204: {"description": "The page cannot be drawn: it is text."}},
)
def page(request: Request, visitor: Reader, case_id: str, document: Number, number: Number) -> Response:
    """A page as it looks; documents are counted from 1, as /api/cases/{case}/documents lists them."""
    picture = pictures.page_picture(_office(request), visitor, case_id, document, number)
    return Response(picture.data, media_type=picture.mime) if picture else Response(status_code=204)


@router.get(
    "/cases/{case_id}/report",
    response_class=Response,
    responses={200: {"content": {"text/html": {"schema": {"type": "string"}}}}},
)
def report_page(request: Request, visitor: Reader, case_id: str) -> Response:
    """The report as one page of HTML, to be saved; 404 until the first audit is done."""
    page = report.report_html(_office(request), visitor, case_id)
    headers = {"content-disposition": f'attachment; filename="audit-{case_id[:8]}.html"'}
    return Response(page.encode(), media_type="text/html; charset=utf-8", headers=headers)


def _office(request: Request) -> Office:
    office: Office = request.app.state.office
    return office


def _case(office: Office, visitor: Visitor, case_id: str) -> WholeCase:
    return WholeCase.model_validate(cases.case_view(office, visitor, case_id))


def _audit(office: Office, visitor: Visitor, audit_id: str) -> AuditOut:
    return AuditOut.model_validate(auditing.audit_state(office, visitor, audit_id))


def _data(files: Sequence[UploadFile]) -> Iterator[tuple[str, bytes]]:
    """One after another, so that they need not all be in memory at once."""
    for one in files:
        yield one.filename or "file", one.file.read()
