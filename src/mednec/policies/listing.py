"""Every policy in, those out that somebody who looks for one means: by code, service, payer, state or day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from mednec.model import Policy
from mednec.policies.choice import in_force


def narrowed(
    policies: Iterable[Policy],
    *,
    code: str | None = None,
    service: str | None = None,
    payer: str | None = None,
    state: str | None = None,
    on: date | None = None,
) -> tuple[Policy, ...]:
    """The policies that fit all that is given, in their order.

    A payer fits by any part of its key or of the publisher's name; a service by its key (`esi.init`)
    or by the first part of it (`esi`). A policy that names no states holds in every state.
    """
    return tuple(
        policy
        for policy in policies
        if (code is None or any(code.strip() in codes for codes in policy.services.values()))
        and (
            service is None or any(_of_service(key, service.strip()) for key in (*policy.services, *policy.not_covered))
        )
        and (payer is None or _of_payer(policy, payer.strip().casefold()))
        and (state is None or not policy.source.states or state.strip().upper() in policy.source.states)
        and (on is None or in_force(policy.source, on))
    )


def _of_service(key: str, service: str) -> bool:
    return key.casefold() == service.casefold() or key.casefold().startswith(f"{service.casefold()}.")


def _of_payer(policy: Policy, payer: str) -> bool:
    return payer in policy.payer.casefold() or payer in policy.source.publisher.casefold()
