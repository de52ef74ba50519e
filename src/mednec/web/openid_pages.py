"""The way to a practice's identity provider and back."""

from __future__ import annotations

from hmac import compare_digest
from typing import Annotated
from urllib.parse import quote, unquote

from fastapi import APIRouter, Depends, Request
from fastapi.responses import RedirectResponse, Response

from mednec.office import openid
from mednec.office.desk import NotFound
from mednec.office.entering import Refused
from mednec.office.openid import Handover, Provider
from mednec.web.access import Anybody, cookie_name, give_cookie, settings_of
from mednec.web.sign_in_pages import inside

router = APIRouter(include_in_schema=False)
Open = Annotated[None, Depends(Anybody())]
MINUTES = 10  # that somebody may take at the provider


@router.get("/sign-in/openid")
def go(request: Request, _: Open, next: str = "/") -> Response:
    """Send the browser to the provider."""
    kept = _provider(request).begin(_back(request))
    answer = RedirectResponse(kept.address, 303)
    value = " ".join((kept.state, kept.nonce, kept.verifier, quote(inside(next))))
    https = settings_of(request).https
    answer.set_cookie(_cookie(request), value, MINUTES * 60, httponly=True, samesite="lax", secure=https, path="/")
    return answer


@router.get("/sign-in/openid/back")
def back(request: Request, _: Open, code: str = "", state: str = "") -> Response:
    """Let in whom the provider vouches for."""
    request.app.state.throttle.code(request, state)
    kept = request.cookies.get(_cookie(request), "").split(" ")
    if len(kept) != 4 or not compare_digest(kept[0].encode(), state.encode()):
        raise Refused("the sign-in took too long or was begun in another browser; begin it anew")
    if not code:
        raise Refused("the identity provider has not let you in; begin anew, or sign in with a password")
    handover = Handover("", *kept[:3])
    identity = _provider(request).finish(handover, _back(request), code)
    entered = openid.enter(request.app.state.office, identity)
    answer = RedirectResponse(inside(unquote(kept[3])), 303)
    answer.delete_cookie(_cookie(request), path="/", secure=settings_of(request).https, httponly=True, samesite="lax")
    give_cookie(answer, settings_of(request), entered.secret)
    return answer


def _provider(request: Request) -> Provider:
    provider: Provider | None = request.app.state.provider
    if provider is None:
        raise NotFound("this server knows no identity provider; sign in with a password")
    return provider


def _cookie(request: Request) -> str:
    return f"{cookie_name(settings_of(request))}-openid"


def _back(request: Request) -> str:
    scheme = "https" if settings_of(request).https else request.url.scheme
    return f"{scheme}://{request.headers['host']}/sign-in/openid/back"
