"""A failure in, what the person or the program at the other end is told of it out: a page, or problem JSON."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from pydantic import BaseModel, Field
from sqlalchemy.exc import DataError
from starlette.exceptions import HTTPException

from mednec.errors import MednecError
from mednec.office.desk import NotAllowed, NotFound
from mednec.office.entering import Refused
from mednec.web.access import SignedOut, known
from mednec.web.throttle import TooMany

STATUS_OF: Mapping[type[Exception], int] = {
    SignedOut: 401,
    Refused: 401,
    NotAllowed: 403,
    NotFound: 404,
    TooMany: 429,
    MednecError: 422,
}
TITLES: Mapping[int, str] = {
    400: "The request cannot be read",
    401: "Not signed in",
    403: "Not allowed",
    404: "Not found",
    405: "Not possible here",
    409: "Overtaken by another change",
    413: "Too large",
    422: "This cannot be done as asked",
    429: "Too many tries",
    500: "A fault of the program",
}
SENTENCES: Mapping[int, str] = {
    400: "the request cannot be read; load the page anew and try again",
    404: "there is nothing at this address; it may have been typed wrongly, go back to the work queue",
    405: "this address does not take such a request; go back and use the buttons of the page",
}


class Problem(BaseModel):
    """What went wrong (RFC 9457)."""

    type: str = Field("about:blank", description="Always 'about:blank': the status says what kind of problem it is.")
    title: str = Field(description="The kind of problem, in a few words.")
    status: int = Field(description="The status of the answer.")
    detail: str = Field(description="What went wrong and what to do next, in a sentence; never any text of a chart.")


def _documented(*statuses: int) -> dict[int | str, dict[str, Any]]:
    content = {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    return {status: {"description": TITLES[status], "content": content} for status in statuses}


PROBLEMS = _documented(400, 401, 403, 404, 413, 422, 429)  # what any route of the JSON API may answer


def answer(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    """The answer to a failure, without asking who the visitor is."""
    if is_api(request):
        problem = Problem(title=TITLES.get(status, "Failed"), status=status, detail=detail)  # type: ignore[call-arg]
        return JSONResponse(problem.model_dump(), status, headers, media_type="application/problem+json")
    title = escape(TITLES.get(status, "Failed"))
    page = f'<!doctype html><html lang="en"><title>{title} · mednec</title><h1>{title}</h1><p>{escape(detail)}</p>'
    return HTMLResponse(page, status, headers)


def is_api(request: Request) -> bool:
    """Whether a program asks, not a person with a browser."""
    return request.url.path.startswith("/api/")


def install(app: FastAPI) -> None:
    """Let the application answer every failure in words."""
    app.add_exception_handler(MednecError, _refuse)
    app.add_exception_handler(HTTPException, _refuse_http)
    app.add_exception_handler(RequestValidationError, _refuse_fields)
    app.add_exception_handler(DataError, _refuse_text)


def _refuse(request: Request, error: Exception) -> Response:
    status = next(code for kind, code in STATUS_OF.items() if isinstance(error, kind))
    if isinstance(error, SignedOut) and not is_api(request):
        return RedirectResponse(_sign_in(request), 303)
    headers = {"retry-after": str(error.seconds)} if isinstance(error, TooMany) else {}
    if status == 401 and is_api(request):
        headers["www-authenticate"] = "Bearer"
    return _shown(request, status, str(error), headers)


def _sign_in(request: Request) -> str:
    """The sign-in, which leads back to the page that was asked for."""
    path = request.url.path
    return f"/sign-in?next={path}" if request.method == "GET" and path not in {"/", "/sign-in"} else "/sign-in"


def _refuse_http(request: Request, error: Exception) -> Response:
    assert isinstance(error, HTTPException)
    detail = SENTENCES.get(error.status_code, str(error.detail))
    return _shown(request, error.status_code, detail, dict(error.headers or {}))


def _refuse_fields(request: Request, error: Exception) -> Response:
    """Name the fields and what is wrong with each, without what was in them."""
    assert isinstance(error, RequestValidationError)
    told = [f"{'.'.join(str(part) for part in fault['loc'][1:]) or 'body'}: {fault['msg']}" for fault in error.errors()]
    return _shown(request, 422, "; ".join(told[:20]))


def _refuse_text(request: Request, _error: Exception) -> Response:
    """What the database cannot hold, and so has not: a text with a NUL in it, a number beyond all bounds."""
    return _shown(request, 422, "a value holds a sign, or is of a size, that cannot be kept; write it again")


def _shown(request: Request, status: int, detail: str, headers: Mapping[str, str] | None = None) -> Response:
    if is_api(request):
        return answer(request, status, detail, headers)
    from mednec.web.pages import render

    page = render(request, "error.html", known(request), status=status, title=TITLES.get(status, "Failed"), why=detail)
    page.headers.update(headers or {})
    return page
