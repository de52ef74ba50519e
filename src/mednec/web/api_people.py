"""The JSON API of accounts: one's own, and for an administrator those of the practice."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated

from fastapi import APIRouter, Depends, Request, Response
from pydantic import BaseModel, ConfigDict, Field

from mednec.office import people
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.web.access import Needs

router = APIRouter(prefix="/api", tags=["people"])
Self = Annotated[Visitor, Depends(Needs())]
Administrator = Annotated[Visitor, Depends(Needs(Permission.ADMINISTER))]


class Account(BaseModel):
    """An account."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    login: str = Field(description="Lower case; the verified e-mail address where the person comes by OpenID Connect.")
    name: str
    roles: list[str] = Field(description="Of viewer, clinician, reviewer, manager, administrator.")
    active: bool = Field(description="A closed account opens nothing.")
    has_password: bool
    has_second_factor: bool
    by_openid: bool
    recovery_codes: int = Field(description="How many are left.")
    created: datetime


class Key(BaseModel):
    """A key of this API; its secret is shown once, on the page that makes it."""

    model_config = ConfigDict(from_attributes=True)
    id: str
    label: str
    created: datetime
    seen: datetime | None = Field(description="When it was last used, to the hour.")


class NewAccount(BaseModel):
    """What is asked of a new account."""

    login: str = Field(max_length=200)
    name: str = Field(max_length=200)
    roles: list[str] = Field(max_length=10)
    openid: bool = Field(False, description="Invite to sign in by OpenID Connect, instead of making a link.")


class Made(BaseModel):
    """A new account, and the secret of the link (/link?key=...) that sets its password once."""

    account: Account
    secret: str | None


class Roles(BaseModel):
    """All roles of a person."""

    roles: list[str] = Field(max_length=10)


class Active(BaseModel):
    """Whether an account is open."""

    active: bool


class Secret(BaseModel):
    """The secret of the link (/link?key=...) that sets a password once."""

    secret: str


@router.get("/account")
def account(request: Request, visitor: Self) -> Account:
    """Your own account."""
    return Account.model_validate(people.account(request.app.state.office, visitor))


@router.get("/keys")
def keys(request: Request, visitor: Self) -> Sequence[Key]:
    """Your keys of this API, newest first."""
    return [Key.model_validate(key) for key in people.list_keys(request.app.state.office, visitor)]


@router.delete("/keys/{key_id}", status_code=204)
def revoke_key(request: Request, visitor: Self, key_id: str) -> Response:
    """Revoke a key of yours. Keys are made on the page of your account alone."""
    people.revoke_key(request.app.state.office, visitor, key_id)
    return Response(status_code=204)


@router.get("/people")
def everybody(request: Request, visitor: Administrator) -> Sequence[Account]:
    """The accounts of the practice."""
    return [Account.model_validate(one) for one in people.list_people(request.app.state.office, visitor)]


@router.post("/people", status_code=201)
def add(request: Request, visitor: Administrator, asked: NewAccount) -> Made:
    """Make an account."""
    office = request.app.state.office
    made, secret = people.add_account(office, visitor, asked.login, asked.name, asked.roles, openid=asked.openid)
    return Made(account=Account.model_validate(made), secret=secret)


@router.get("/people/{person_id}")
def one(request: Request, visitor: Administrator, person_id: str) -> Account:
    """One account of the practice."""
    return Account.model_validate(people.one_account(request.app.state.office, visitor, person_id))


@router.put("/people/{person_id}/roles")
def change_roles(request: Request, visitor: Administrator, person_id: str, asked: Roles) -> Account:
    """Give a person these roles and no others; the practice keeps an administrator."""
    return Account.model_validate(people.change_roles(request.app.state.office, visitor, person_id, asked.roles))


@router.put("/people/{person_id}/active")
def set_active(request: Request, visitor: Administrator, person_id: str, asked: Active) -> Account:
    """Close an account, or open it again."""
    return Account.model_validate(people.set_active(request.app.state.office, visitor, person_id, asked.active))


@router.post("/people/{person_id}/password")
def reset_password(request: Request, visitor: Administrator, person_id: str) -> Secret:
    """Take a person's password and keys away; the secret of a link that sets another password."""
    return Secret(secret=people.reset_password(request.app.state.office, visitor, person_id))


@router.post("/people/{person_id}/invitation")
def invite(request: Request, visitor: Administrator, person_id: str) -> Account:
    """Let a person sign in by OpenID Connect within two weeks, under the verified e-mail address that is the login."""
    return Account.model_validate(people.invite(request.app.state.office, visitor, person_id))


@router.delete("/people/{person_id}/second-factor")
def reset_second_factor(request: Request, visitor: Administrator, person_id: str) -> Account:
    """Take the second factor of a person away who has lost it."""
    return Account.model_validate(people.reset_second_factor(request.app.state.office, visitor, person_id))
