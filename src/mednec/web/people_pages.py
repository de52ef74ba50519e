"""The pages of an administrator: the practice's accounts and their roles."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from mednec.errors import RequestError
from mednec.office import people
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs, settings_of
from mednec.web.pages import render, to

router = APIRouter(include_in_schema=False)
Administrator = Annotated[Visitor, Depends(Needs(Permission.ADMINISTER))]
Text = Annotated[str, Form()]
Texts = Annotated[list[str], Form()]
DUTIES = {  # what a role is for, in words
    "viewer": "sees cases, audits and the work queue",
    "clinician": "opens cases and adds files as well",
    "reviewer": "confirms, corrects and overrules as well",
    "manager": "sees cases, the dashboard and the trail",
    "administrator": "keeps the accounts; sees no chart",
}


@router.get("/people")
def everybody(request: Request, visitor: Administrator) -> Response:
    """The accounts, and the form for another."""
    return _page(request, visitor)


@router.post("/people")
def add(
    request: Request,
    visitor: Administrator,
    login: Text = "",
    name: Text = "",
    roles: Texts = [],  # noqa: B006  (FastAPI copies it)
    by: Text = "link",
) -> Response:
    """Make an account; show the link that sets its password."""
    office = request.app.state.office
    try:
        account, secret = people.add_account(office, visitor, login, name, roles, openid=by == "openid")
    except RequestError as error:
        return _page(request, visitor, str(error), {"login": login, "name": name, "roles": roles})
    if secret is None:
        return to("/people", "invited")
    return _link(request, visitor, account.name, secret)


@router.get("/people/{person_id}")
def one(request: Request, visitor: Administrator, person_id: str) -> Response:
    """One account, and what may be done with it."""
    return _one(request, visitor, person_id)


@router.post("/people/{person_id}/roles")
def change_roles(request: Request, visitor: Administrator, person_id: str, roles: Texts = []) -> Response:  # noqa: B006
    """Give a person these roles."""
    try:
        people.change_roles(request.app.state.office, visitor, person_id, roles)
    except RequestError as error:
        return _one(request, visitor, person_id, str(error))
    return _after(visitor, person_id, "roles")


@router.post("/people/{person_id}/close")
def close(request: Request, visitor: Administrator, person_id: str) -> Response:
    """Close the account."""
    try:
        people.set_active(request.app.state.office, visitor, person_id, False)
    except RequestError as error:
        return _one(request, visitor, person_id, str(error))
    return _after(visitor, person_id, "closedaccount")


@router.post("/people/{person_id}/open")
def reopen(request: Request, visitor: Administrator, person_id: str) -> Response:
    """Open it again."""
    people.set_active(request.app.state.office, visitor, person_id, True)
    return to(f"/people/{person_id}", "openedaccount")


@router.post("/people/{person_id}/password")
def reset_password(request: Request, visitor: Administrator, person_id: str) -> Response:
    """Take the password away and show a link that sets another."""
    office = request.app.state.office
    account = people.one_account(office, visitor, person_id)
    return _link(request, visitor, account.name, people.reset_password(office, visitor, person_id))


@router.post("/people/{person_id}/invitation")
def invite(request: Request, visitor: Administrator, person_id: str) -> Response:
    """Invite the person to sign in with the practice's account."""
    people.invite(request.app.state.office, visitor, person_id)
    return to(f"/people/{person_id}", "invited")


@router.post("/people/{person_id}/second-factor/remove")
def reset_second_factor(request: Request, visitor: Administrator, person_id: str) -> Response:
    """Take the second factor away."""
    people.reset_second_factor(request.app.state.office, visitor, person_id)
    return to(f"/people/{person_id}", "nofactor")


def _page(
    request: Request, visitor: Visitor, why: str = "", typed: dict[str, str | list[str]] | None = None
) -> Response:
    return render(
        request,
        "people.html",
        visitor,
        status=422 if why else 200,
        people=people.list_people(request.app.state.office, visitor),
        duties=DUTIES,
        why=why,
        typed=typed or {"login": "", "name": "", "roles": []},
    )


def _one(request: Request, visitor: Visitor, person_id: str, why: str = "") -> Response:
    account = people.one_account(request.app.state.office, visitor, person_id)
    status = 422 if why else 200
    return render(request, "person.html", visitor, status=status, account=account, duties=DUTIES, why=why)


def _link(request: Request, visitor: Visitor, name: str, secret: str) -> Response:
    scheme = "https" if settings_of(request).https else request.url.scheme
    address = f"{scheme}://{request.headers['host']}/link?key={secret}"
    return render(request, "new_link.html", visitor, whose=name, address=address)


def _after(visitor: Visitor, person_id: str, said: str) -> Response:
    """Back to the person; somebody who is no administrator any more goes to the own account."""
    return to("/account" if visitor.person_id == person_id else f"/people/{person_id}", said)
