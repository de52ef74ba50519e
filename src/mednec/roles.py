"""Who may do what in an office: roles, and the permissions that each of them grants."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from enum import StrEnum


class Permission(StrEnum):
    """What a route or an operation asks of a person."""

    READ = "read"  # see cases, charts, audits and the work queue
    FILE = "file"  # open cases, add files, start and cancel audits
    REVIEW = "review"  # confirm, correct and overrule; export corrections
    MANAGE = "manage"  # see the dashboard; read, verify and export the trail
    ADMINISTER = "administer"  # keep accounts and their roles


GRANTS: Mapping[str, frozenset[Permission]] = {
    "viewer": frozenset({Permission.READ}),
    "clinician": frozenset({Permission.READ, Permission.FILE}),
    "reviewer": frozenset({Permission.READ, Permission.FILE, Permission.REVIEW}),
    "manager": frozenset({Permission.READ, Permission.MANAGE}),
    "administrator": frozenset({Permission.ADMINISTER}),
}
ROLES = tuple(GRANTS)


def permissions(roles: Iterable[str]) -> frozenset[Permission]:
    """Everything that a person who holds `roles` may do; unknown roles grant nothing."""
    return frozenset().union(*(GRANTS.get(role, frozenset()) for role in roles))
