"""The page of one's own account: password, second factor, keys of the JSON API."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from markupsafe import Markup

from mednec.errors import RequestError
from mednec.office import people, second_factor
from mednec.store.accounts import Visitor
from mednec.web.access import Needs
from mednec.web.pages import render, to

router = APIRouter(include_in_schema=False)
Self = Annotated[Visitor, Depends(Needs())]
Text = Annotated[str, Form()]


@router.get("/account")
def account(request: Request, visitor: Self) -> Response:
    """Everything about it."""
    return _page(request, visitor)


@router.post("/account/password")
def change_password(request: Request, visitor: Self, old: Text = "", new: Text = "") -> Response:
    """Take another password."""
    request.app.state.throttle.code(request, visitor.person_id)
    try:
        people.change_password(request.app.state.office, visitor, old, new)
    except RequestError as error:
        return _page(request, visitor, password=str(error))
    return to("/account", "newpassword")


@router.post("/account/second-factor")
def offer(request: Request, visitor: Self) -> Response:
    """Show a new shared secret."""
    second_factor.offer(request.app.state.office, visitor)
    return to("/account#second-factor")


@router.post("/account/second-factor/confirm")
def confirm(request: Request, visitor: Self, code: Text = "") -> Response:
    """Put it in force, and show the recovery codes this once."""
    request.app.state.throttle.code(request, visitor.person_id)
    try:
        codes = second_factor.confirm(request.app.state.office, visitor, code)
    except RequestError as error:
        return _page(request, visitor, factor=str(error))
    return render(request, "recovery_codes.html", visitor, codes=codes)


@router.post("/account/second-factor/remove")
def remove(request: Request, visitor: Self, code: Text = "") -> Response:
    """Do without it."""
    request.app.state.throttle.code(request, visitor.person_id)
    try:
        second_factor.remove(request.app.state.office, visitor, code)
    except RequestError as error:
        return _page(request, visitor, factor=str(error))
    return to("/account", "nofactor")


@router.post("/account/keys")
def make_key(request: Request, visitor: Self, label: Text = "") -> Response:
    """Make a key, and show it this once."""
    try:
        secret = people.make_key(request.app.state.office, visitor, label)
    except RequestError as error:
        return _page(request, visitor, key=str(error))
    return render(request, "new_key.html", visitor, secret=secret)


@router.post("/account/keys/{key_id}/revoke")
def revoke_key(request: Request, visitor: Self, key_id: str) -> Response:
    """Let it open nothing any more."""
    people.revoke_key(request.app.state.office, visitor, key_id)
    return to("/account", "revoked")


def _page(request: Request, visitor: Visitor, **faults: str) -> Response:
    """The page, with what is wrong beside its form."""
    office = request.app.state.office
    offered = second_factor.offered(office, visitor)
    return render(
        request,
        "account.html",
        visitor,
        status=422 if faults else 200,
        account=people.account(office, visitor),
        keys=people.list_keys(office, visitor),
        offered=offered,
        picture=Markup(offered.picture) if offered else "",  # drawn by ourselves, of a secret of ours
        faults={"password": "", "factor": "", "key": ""} | faults,
    )
