"""A reviewer says what stands in a document and was not read: first the words and what they are, then the details."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from mednec.errors import CorrectionError
from mednec.office import cases, reviewing
from mednec.office.chart_view import words_at
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.vocabulary import lexicon
from mednec.web.access import Needs
from mednec.web.case_pages import Form
from mednec.web.pages import render, to
from mednec.web.review_pages import attributes_of, changed

router = APIRouter(include_in_schema=False)
Reviewer = Annotated[Visitor, Depends(Needs(Permission.REVIEW))]


@router.post("/cases/{case_id}/audit/add/{document}/words")
def what(request: Request, visitor: Reviewer, case_id: str, document: int, form: Form) -> HTMLResponse:
    """Ask what the words are; once that is chosen, for the details and the reason. The words stand in no address."""
    office = request.app.state.office
    case = cases.case_view(office, visitor, case_id)
    words, near = str(form.get("words", "")), _number(form, "near")
    sha256, start, end, text = words_at(office, visitor, case_id, document, words, near)
    kind, _, concept = str(form.get("means", "")).partition(":")
    chosen = kind in reviewing.kinds() and concept in lexicon(kind).concepts
    shown: dict[str, Any] = {
        "case": case,
        "number": document,
        "text": text,
        "place": {"document": sha256, "kind": kind, "concept": concept, "start": start, "end": end},
        "chosen": chosen,
        "kinds": [(name, lexicon(name).concepts) for name in reviewing.kinds()],
        "attributes": list(attributes_of(kind, {})) if chosen else [],
    }
    return render(request, "add.html", visitor, **shown)


@router.post("/cases/{case_id}/audit/add/{document}")
def add(request: Request, visitor: Reviewer, case_id: str, document: int, form: Form) -> Response:
    """Keep it, and judge anew."""
    office = request.app.state.office
    cases.case_view(office, visitor, case_id)  # another practice's does not exist, whatever the form says
    start, end = _number(form, "start"), _number(form, "end")
    kind, concept = str(form.get("kind", "")), str(form.get("concept", ""))
    if kind not in reviewing.kinds():
        raise CorrectionError("choose what the words are")
    place = reviewing.FindingPlace(str(form.get("document", "")), kind, concept, start, end)
    said = reviewing.Said(changed(form, kind, needed=False))
    reviewing.add_finding(office, visitor, case_id, place, said, str(form.get("reason", "")))
    return to(f"/cases/{case_id}/audit#w{document}-{start}", "saved")


def _number(form: FormData, name: str) -> int:
    text = str(form.get(name, ""))
    if not text.isascii() or not text.isdigit() or len(text) > 9:
        raise CorrectionError("the form does not say which words are meant; open the audit again")
    return int(text)
