"""A service request in, the one policy revision out that it is judged by."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from mednec.errors import PolicyError, RequestError
from mednec.model import Policy, PolicySource, ServiceRequest
from mednec.policies.reading import head, policies_of, sources_of, text_of


@dataclass(frozen=True)
class Offer:
    """A policy through one of its sources, as far as the choice needs to know it; `open` reads all of it."""

    policy: str
    payer: str
    services: frozenset[str]
    source: PolicySource
    open: Callable[[], Policy]

    @property
    def names(self) -> tuple[str, ...]:
        """What a request may call it."""
        return (self.source.id, *self.source.aliases, self.policy)


def offers_of(files: Iterable[Path], name: str | None = None) -> Iterator[Offer]:
    """What the files offer; where a name is given, only files that hold it are parsed."""
    for path in files:
        if name is None or name.casefold() in text_of(path).casefold():
            yield from (_of_file(path, index, source) for index, source in enumerate(sources_of(head(path))))


def offers_in(policies: Iterable[Policy]) -> Iterator[Offer]:
    """What policies that are already loaded offer."""
    for policy in policies:
        services = frozenset({*policy.services, *policy.not_covered})
        yield Offer(policy.id, policy.payer, services, policy.source, partial(_itself, policy))


def choose_from(offers: Callable[[str | None], Iterable[Offer]], request: ServiceRequest) -> Policy:
    """The offered policy that the request names, or that its payer, state, service and date point to.

    Raises PolicyError where there is none or more than one, RequestError where the policy has no such service.
    """
    if request.policy:
        offer = _named(offers, request.policy, request.dated)
        if request.service not in offer.services:
            raise RequestError(f"policy {offer.source.id} {_no_service(request.service, offer.services)}")
        return offer.open()
    if not request.payer:
        raise RequestError(
            "the request names neither a policy nor a payer: add 'policy: L38801', or a payer and a state"
        )
    return _by_payer(list(offers(None)), request, request.payer).open()


def all_for(offers: Iterable[Offer], request: ServiceRequest) -> tuple[Policy, ...]:
    """Every offered policy in force on the request's day for its service; of its payer and state, where they are given.

    Raises RequestError where no policy knows the service, PolicyError where none of them is in force.
    """
    known = list(offers)
    offering = [offer for offer in known if request.service in offer.services]
    if not offering:
        raise RequestError(f"what is known here {_no_service(request.service, _all_services(known))}")
    payer = (request.payer or "").casefold()
    found = [
        offer
        for offer in offering
        if in_force(offer.source, request.dated)
        and _covers(offer.source, request.state)
        and payer in ("", offer.payer.casefold())
    ]
    if not found:
        day = request.dated.isoformat()
        raise PolicyError(f"no policy for '{request.service}' is in force on {day} for this payer and state")
    return tuple(offer.open() for offer in sorted(found, key=lambda offer: (offer.policy, offer.source.id)))


def in_force(source: PolicySource, dated: date) -> bool:
    """Whether a source is in force on a day; its first and its last day count."""
    return (source.effective is None or source.effective <= dated) and (source.ends is None or dated <= source.ends)


def _itself(policy: Policy) -> Policy:
    return policy


def _of_file(path: Path, index: int, source: PolicySource) -> Offer:
    top = head(path)
    services = frozenset({*(top["services"] or {}), *(top.get("not_covered") or {})})
    return Offer(str(top["policy"]), str(top["payer"]), services, source, lambda: policies_of(path)[index])


def _named(offers: Callable[[str | None], Iterable[Offer]], name: str, dated: date) -> Offer:
    wanted = name.casefold()
    named = [offer for offer in offers(name) if wanted in map(str.casefold, offer.names)]
    if not named:
        known = sorted({known for offer in offers(None) for known in offer.names[:-1]})
        raise PolicyError(f"there is no policy '{name}'{_did_you_mean(name, known)}; there are: {', '.join(known)}")
    valid = [offer for offer in named if in_force(offer.source, dated)]
    if not valid:
        periods = "; ".join(f"{offer.source.id} {_period(offer.source)}" for offer in named)
        raise PolicyError(f"no revision of policy '{name}' is in force on {dated.isoformat()}: {periods}")
    own = [offer for offer in valid if offer.source.id.casefold() == wanted]
    return _only(own or valid, f"policy '{name}'")


def _by_payer(offers: Sequence[Offer], request: ServiceRequest, payer: str) -> Offer:
    payers = sorted({offer.payer for offer in offers})
    of_payer = [offer for offer in offers if offer.payer.casefold() == payer.casefold()]
    if not of_payer:
        known = ", ".join(payers)
        raise PolicyError(f"there is no payer '{payer}'{_did_you_mean(payer, payers)}; there are: {known}")
    offering = [offer for offer in of_payer if request.service in offer.services]
    if not offering:
        missing = _no_service(request.service, _all_services(of_payer))
        raise RequestError(f"what is known here of the payer {payer} {missing}")
    usual = (o for o in offering if not o.source.by_name)
    found = [o for o in usual if in_force(o.source, request.dated) and _covers(o.source, request.state)]
    if not found:
        where = f" in {request.state}" if request.state else ""
        service, day = request.service, request.dated.isoformat()
        raise PolicyError(f"no policy of {payer} for '{service}'{where} is in force on {day}")
    local = [offer for offer in found if offer.source.states]  # a contractor's own text goes before a national one
    return _only(local if request.state and local else found, f"{payer} and '{request.service}'")


def _only(found: Sequence[Offer], what: str) -> Offer:
    """The one offer found; where there are several, the request has to name one."""
    if len(found) > 1:
        several = ", ".join(sorted({offer.source.id for offer in found}))
        raise PolicyError(f"{what} fits several policies: {several}; name one (--policy), or add the state")
    return found[0]


def _covers(source: PolicySource, state: str | None) -> bool:
    return not source.states or state is None or state.upper() in source.states


def _no_service(service: str, known: Iterable[str]) -> str:
    names = sorted(known)
    return f"says nothing of the service '{service}'{_did_you_mean(service, names)}; it speaks of: {', '.join(names)}"


def _all_services(offers: Iterable[Offer]) -> set[str]:
    return {name for offer in offers for name in offer.services}


def _period(source: PolicySource) -> str:
    first = source.effective.isoformat() if source.effective else "the beginning"
    return f"from {first}{f' to {source.ends.isoformat()}' if source.ends else ''}"


def _did_you_mean(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""
