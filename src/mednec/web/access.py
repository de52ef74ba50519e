"""Who may use which route: every route names its need, and a route without one is refused by a test."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from datetime import timedelta
from hmac import compare_digest
from typing import Any

from fastapi import Request
from fastapi.responses import Response

from mednec.errors import MednecError
from mednec.office.desk import NotAllowed, check
from mednec.roles import Permission
from mednec.store.accounts import (
    Lifetime,
    Visitor,
    note_token,
    note_use,
    to_be_noted,
    visitor_of,
    visitor_of_token,
)
from mednec.web.settings import Settings

SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
BACKGROUND = "x-background"  # a header of requests that the page sends by itself: they keep nobody signed in
CSRF = "csrf"  # the hidden field of a form; scripts send the header
CSRF_HEADER = "x-csrf-token"
FORMS = ("multipart/form-data", "application/x-www-form-urlencoded")


class SignedOut(MednecError):  # noqa: N818
    """Nobody is signed in; pages send to the sign-in, the API answers 401."""


class Needs:
    """A dependency: the visitor, once it is sure that the permission is granted (none: whoever is signed in)."""

    def __init__(self, permission: Permission | None = None) -> None:
        self.permission = permission

    def __call__(self, request: Request) -> Visitor:
        """The visitor; raises SignedOut or NotAllowed."""
        visitor = known(request)
        if visitor is None:
            raise SignedOut("nobody is signed in, or the sign-in has ended; sign in and try again")
        if request.method not in SAFE:
            _check_csrf(request, visitor)
        if self.permission is not None:
            check(visitor, self.permission)
        return visitor


class Anybody:
    """A dependency that marks a route as open to all, signed in or not."""

    def __call__(self) -> None:
        """Nothing is asked."""


async def read_csrf(request: Request) -> AsyncIterator[None]:
    """A dependency of every route: takes the token against forged requests out of the header or the form.

    What files the form held is let go of when the answer is sent.
    """
    request.state.csrf = request.headers.get(CSRF_HEADER, "")
    if request.method not in SAFE and request.headers.get("content-type", "").startswith(FORMS):
        sent = (await request.form()).get(CSRF)
        request.state.csrf = request.state.csrf or (sent if isinstance(sent, str) else "")
    try:
        yield
    finally:
        await request.close()


def known(request: Request) -> Visitor | None:
    """Who sends the request: by an API key (under /api alone), or by the cookie of a session; none where nobody is."""
    if request.url.path.startswith("/api/") and "authorization" in request.headers:
        return _by_key(request)
    secret = request.cookies.get(cookie_name(settings_of(request)))
    return _by_cookie(request, secret) if secret else None


def is_somebody(request: Request) -> bool:
    """Whether a request shows a cookie or a key that opens anything at all; nothing is counted or written down."""
    kind, _, key = request.headers.get("authorization", "").partition(" ")
    settings = settings_of(request)
    secret = request.cookies.get(cookie_name(settings), "")
    with request.app.state.office.database.read() as session:
        if kind.lower() == "bearer" and visitor_of_token(session, key.strip()) is not None:
            return True
        return visitor_of(session, secret, lifetime_of(settings)) is not None


def settings_of(request: Request) -> Settings:
    """The settings of the server that a request came to."""
    settings: Settings = request.app.state.settings
    return settings


def lifetime_of(settings: Settings) -> Lifetime:
    """How long a session lasts on this server."""
    return Lifetime(timedelta(minutes=settings.idle_minutes), timedelta(hours=settings.session_hours))


def cookie_name(settings: Settings) -> str:
    """The name of the cookie; with https one that browsers take from this host and path alone."""
    return "__Host-mednec" if settings.https else "mednec"


def give_cookie(response: Response, settings: Settings, secret: str) -> None:
    """Let the browser keep the secret of a session, until it is closed and out of reach of scripts."""
    response.set_cookie(cookie_name(settings), secret, httponly=True, samesite="lax", secure=settings.https, path="/")


def take_cookie(response: Response, settings: Settings) -> None:
    """Let the browser forget it."""
    response.delete_cookie(cookie_name(settings), httponly=True, samesite="lax", secure=settings.https, path="/")


def needs(route: Any) -> Callable[..., Any] | None:
    """The dependency of a route that says who may use it: `Needs` or `Anybody`; none where it was forgotten."""
    found = (dependency.call for dependency in route.dependant.dependencies)
    return next((call for call in found if isinstance(call, Needs | Anybody)), None)


def _by_key(request: Request) -> Visitor | None:
    kind, _, secret = request.headers["authorization"].partition(" ")
    throttle, database = request.app.state.throttle, request.app.state.office.database
    with database.read() as session:
        visitor = visitor_of_token(session, secret.strip()) if kind.lower() == "bearer" else None
    if visitor is None:
        throttle.wrong_key(request)
        return None
    throttle.key(secret.strip())
    if throttle.first_in_an_hour(secret.strip()):
        with database.begin() as session:
            note_token(session, secret.strip())
    return visitor


def _by_cookie(request: Request, secret: str) -> Visitor | None:
    database, lifetime = request.app.state.office.database, lifetime_of(settings_of(request))
    with database.read() as session:
        visitor = visitor_of(session, secret, lifetime)
        write = visitor is not None and BACKGROUND not in request.headers and to_be_noted(session, secret, lifetime)
    if write:
        with database.begin() as session:
            note_use(session, secret)
    return visitor


def _check_csrf(request: Request, visitor: Visitor) -> None:
    if visitor.csrf is not None and not compare_digest(request.state.csrf.encode(), visitor.csrf.encode()):
        raise NotAllowed("the form is from another sign-in or another site; load the page anew and send it again")
