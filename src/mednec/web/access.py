"""Who may use which route: every route names its need, and a route without one is refused by a test."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from fastapi import Request

from mednec.office.desk import check
from mednec.roles import Permission
from mednec.store.accounts import Visitor, visitor_of

COOKIE = "mednec"


class SignedOut(Exception):  # noqa: N818
    """Nobody is signed in; pages send to the sign-in, the API answers 401."""


class Needs:
    """A dependency: the visitor, once it is sure that the permission is granted (none: whoever is signed in)."""

    def __init__(self, permission: Permission | None = None) -> None:
        self.permission = permission

    def __call__(self, request: Request) -> Visitor:
        """The visitor; raises SignedOut or NotAllowed."""
        visitor = _known(request)
        if visitor is None:
            raise SignedOut
        if self.permission is not None:
            check(visitor, self.permission)
        return visitor


class Anybody:
    """A dependency that marks a route as open to all, signed in or not."""

    def __call__(self) -> None:
        """Nothing is asked."""


def _known(request: Request) -> Visitor | None:
    secret = request.cookies.get(COOKIE)
    if not secret:
        return None
    with request.app.state.office.database.begin() as database:
        return visitor_of(database, secret)


def needs(route: Any) -> Callable[..., Any] | None:
    """The dependency of a route that says who may use it: `Needs` or `Anybody`; none where it was forgotten."""
    found = (dependency.call for dependency in route.dependant.dependencies)
    return next((call for call in found if isinstance(call, Needs | Anybody)), None)
