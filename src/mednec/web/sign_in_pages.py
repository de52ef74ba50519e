"""The way in and out: the first account, sign-in, second factor, one-time links, sign-out."""

from __future__ import annotations

from hmac import compare_digest
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import JSONResponse, RedirectResponse, Response

from mednec.errors import RequestError
from mednec.office import entering
from mednec.office.desk import NotFound
from mednec.office.entering import FirstAccount, Refused
from mednec.store.accounts import Visitor, seconds_left
from mednec.web.access import (
    Anybody,
    Needs,
    cookie_name,
    give_cookie,
    known,
    lifetime_of,
    settings_of,
    take_cookie,
)
from mednec.web.pages import render

router = APIRouter(include_in_schema=False)
Open = Annotated[None, Depends(Anybody())]
UNTYPED = {"practice": "", "login": "", "name": ""}
Text = Annotated[str, Form()]


@router.get("/sign-in")
def sign_in_page(request: Request, _: Open, next: str = "/", why: str = "") -> Response:
    """The form for login and password."""
    if known(request) is not None:
        return RedirectResponse(inside(next), 303)
    if request.app.state.first_key and not entering.has_people(request.app.state.office):
        return render(request, "sign_in_first.html")
    return _sign_in_form(request, next, ended=why == "idle")


@router.post("/sign-in")
def sign_in(request: Request, _: Open, login: Text = "", password: Text = "", next: Text = "/") -> Response:
    """Try login and password."""
    request.app.state.throttle.sign_in(request, login)
    try:
        entered = entering.sign_in(request.app.state.office, login, password)
    except Refused as refused:
        return _sign_in_form(request, next, login=login, why=str(refused), status=401)
    target = inside(next)
    there = f"/sign-in/code?next={target}" if entered.waiting else target
    return _let_in(request, entered.secret, there)


@router.get("/sign-in/code")
def code_page(request: Request, _: Open, next: str = "/") -> Response:
    """The form for the second factor."""
    return render(request, "sign_in_code.html", next=inside(next), why="")


@router.post("/sign-in/code")
def give_code(request: Request, _: Open, code: Text = "", next: Text = "/") -> Response:
    """Try a code of the second factor."""
    secret = request.cookies.get(cookie_name(settings_of(request)), "")
    request.app.state.throttle.code(request, entering.who_waits(request.app.state.office, secret) or secret)
    try:
        entered = entering.give_code(request.app.state.office, secret, code)
    except Refused as refused:
        return render(request, "sign_in_code.html", status=401, next=inside(next), why=str(refused))
    return _let_in(request, entered.secret, inside(next))


@router.post("/sign-out")
def sign_out(request: Request, _: Annotated[Visitor, Depends(Needs())]) -> Response:
    """End the session."""
    settings = settings_of(request)
    entering.sign_out(request.app.state.office, request.cookies.get(cookie_name(settings), ""), lifetime_of(settings))
    answer = RedirectResponse("/sign-in", 303)
    take_cookie(answer, settings)
    return answer


@router.get("/session")
def session(request: Request, _: Annotated[Visitor, Depends(Needs())]) -> JSONResponse:
    """In how many seconds the session ends by itself; asked in the background, it does not count as use."""
    settings = settings_of(request)
    secret = request.cookies.get(cookie_name(settings), "")
    with request.app.state.office.database.read() as database:
        return JSONResponse({"seconds": seconds_left(database, secret, lifetime_of(settings))})


@router.get("/first")
def first_page(request: Request, _: Open, key: str = "") -> Response:
    """The form for practice and first account."""
    _check_first(request, key)
    return render(request, "first.html", key=key, typed=UNTYPED, why="")


@router.post("/first")
def make_first(
    request: Request,
    _: Open,
    key: Text = "",
    practice: Text = "",
    login: Text = "",
    name: Text = "",
    password: Text = "",
) -> Response:
    """Make them, and sign in."""
    request.app.state.throttle.code(request, "first")
    _check_first(request, key)
    asked = FirstAccount(practice, login, name, password)
    try:
        entered = entering.make_first(request.app.state.office, asked)
    except RequestError as error:
        typed = {"practice": practice, "login": login, "name": name}
        return render(request, "first.html", status=422, key=key, typed=typed, why=str(error))
    request.app.state.first_key = None
    return _let_in(request, entered.secret, "/")


@router.get("/link")
def link_page(request: Request, _: Open, key: str = "") -> Response:
    """The form that sets a password by a one-time link."""
    request.app.state.throttle.code(request, key)
    return render(request, "link.html", key=key, login=entering.name_of_link(request.app.state.office, key), why="")


@router.post("/link")
def use_link(request: Request, _: Open, key: Text = "", password: Text = "") -> Response:
    """Set the password, and go to the sign-in."""
    request.app.state.throttle.code(request, key)
    login = entering.name_of_link(request.app.state.office, key)
    try:
        entering.use_link(request.app.state.office, key, password)
    except RequestError as error:
        return render(request, "link.html", status=422, key=key, login=login, why=str(error))
    return RedirectResponse("/sign-in?said=password", 303)


def inside(path: str) -> str:
    """A path of this server to go on to; '/' where it would lead elsewhere."""
    safe = path.startswith("/") and not path.startswith(("//", "/\\", "/sign-in")) and path.isprintable()
    return path if safe and "\\" not in path else "/"


def _sign_in_form(
    request: Request, next_: str, *, login: str = "", why: str = "", ended: bool = False, status: int = 200
) -> Response:
    there = inside(next_)
    return render(request, "sign_in.html", status=status, next=there, login=login, why=why, ended=ended)


def _let_in(request: Request, secret: str, there: str) -> Response:
    answer = RedirectResponse(there, 303)
    give_cookie(answer, settings_of(request), secret)
    return answer


def _check_first(request: Request, key: str) -> None:
    """Raises NotFound where the key is not the one that the server printed."""
    first = request.app.state.first_key
    if not first or not compare_digest(key.encode(), first.encode()):
        raise NotFound("this link opens nothing; look for the newest one where the server was started, or sign in")
