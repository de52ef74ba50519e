"""Nothing in, what a form offers to choose from out: services, sides, payers, policies and states."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from mednec.auditor import load_all
from mednec.requests import SIDES, services
from mednec.services import known_states


@dataclass(frozen=True, slots=True)
class Choices:
    """What may be chosen: keys, and titles where the key says little."""

    services: tuple[tuple[str, str], ...]
    sides: tuple[str, ...]
    payers: tuple[str, ...]
    policies: tuple[tuple[str, str], ...]
    states: tuple[str, ...]


@cache
def choices() -> Choices:
    """All that the program knows."""
    policies = load_all()
    return Choices(
        services=tuple(services().items()),
        sides=SIDES,
        payers=tuple(sorted({policy.payer for policy in policies})),
        policies=tuple(sorted({(policy.source.id, f"{policy.title} ({policy.payer})") for policy in policies})),
        states=tuple(sorted(known_states())),
    )
