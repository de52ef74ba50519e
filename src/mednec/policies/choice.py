"""A service request in, the one policy revision out that it is judged by."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path

from mednec.errors import PolicyError, RequestError
from mednec.model import Policy, PolicySource, ServiceRequest
from mednec.policies.reading import head, policies_of, sources_of, text_of


def choose_from(files: Sequence[Path], request: ServiceRequest) -> Policy:
    """The policy of the files that the request names, or that its payer, state, service and codes point to.

    Raises PolicyError where there is none or more than one, RequestError where the policy has no such service.
    """
    if request.policy:
        policy = _named(files, request.policy, request.dated)
        _insist_on_service(policy, request.service)
        return policy
    if not request.payer:
        raise RequestError("the request names neither a policy nor a payer: add 'policy: L38801' or 'payer: ...'")
    return _by_payer(files, request)


def _named(files: Sequence[Path], name: str, dated: date) -> Policy:
    wanted = name.casefold()
    named = [
        (path, source)
        for path in files
        if wanted in text_of(path).casefold()
        for source in sources_of(head(path))
        if wanted in {str(head(path)["policy"]).casefold(), source.id.casefold(), *map(str.casefold, source.aliases)}
    ]
    if not named:
        known = sorted({name for path in files for name in _names(path)})
        raise PolicyError(f"there is no policy '{name}'{_did_you_mean(name, known)}; there are: {', '.join(known)}")
    own = [(path, source) for path, source in named if source.id.casefold() == wanted and in_force(source, dated)]
    valid = own or [(path, source) for path, source in named if in_force(source, dated)]
    if not valid:
        periods = "; ".join(f"{source.id} {_period(source)}" for _, source in named)
        raise PolicyError(f"no revision of policy '{name}' is in force on {dated.isoformat()}: {periods}")
    return _only(valid, f"policy '{name}'")


def _by_payer(files: Sequence[Path], request: ServiceRequest) -> Policy:
    payer = str(request.payer).casefold()
    payers = sorted({str(head(path)["payer"]) for path in files})
    if payer not in map(str.casefold, payers):
        known = ", ".join(payers)
        raise PolicyError(f"there is no payer '{request.payer}'{_did_you_mean(payer, payers)}; there are: {known}")
    of_payer = [path for path in files if str(head(path)["payer"]).casefold() == payer]
    offering = [path for path in of_payer if request.service in _services(path)]
    if not offering:
        raise RequestError(_no_service(request.service, {name for path in of_payer for name in _services(path)}))
    found = [
        (path, source)
        for path in offering
        for source in sources_of(head(path))
        if in_force(source, request.dated) and _covers_state(source, request.state)
    ]
    if not found:
        where = f" in {request.state}" if request.state else ""
        raise PolicyError(
            f"no policy of {request.payer} for '{request.service}'{where} is in force on {request.dated.isoformat()}"
        )
    return _only(found, f"{request.payer} and '{request.service}'")


def in_force(source: PolicySource, dated: date) -> bool:
    """Whether a source is in force on a day; its first and its last day count."""
    return (source.effective is None or source.effective <= dated) and (source.ends is None or dated <= source.ends)


def _only(found: Sequence[tuple[Path, PolicySource]], what: str) -> Policy:
    """The one policy found; where several revisions are, the request has to name one."""
    if len({(path, source.id, source.effective) for path, source in found}) > 1:
        several = ", ".join(sorted({source.id for _, source in found}))
        raise PolicyError(f"{what} fits several policies: {several}; name one with 'policy: ...', or add the state")
    path, source = found[0]
    return next(policy for policy in policies_of(path) if policy.source == source)


def _covers_state(source: PolicySource, state: str | None) -> bool:
    return not source.states or state is None or state.upper() in source.states


def _insist_on_service(policy: Policy, service: str) -> None:
    known = {*policy.services, *policy.not_covered}
    if service not in known:
        raise RequestError(f"policy {policy.source.id}: {_no_service(service, known)}")


def _no_service(service: str, known: Iterable[str]) -> str:
    names = sorted(known)
    return f"there is no service '{service}'{_did_you_mean(service, names)}; there are: {', '.join(names)}"


def _services(path: Path) -> set[str]:
    return {*(head(path)["services"] or {}), *(head(path).get("not_covered") or {})}


def _names(path: Path) -> Iterator[str]:
    for source in sources_of(head(path)):
        yield source.id
        yield from source.aliases


def _period(source: PolicySource) -> str:
    first = source.effective.isoformat() if source.effective else "the beginning"
    return f"from {first}{f' to {source.ends.isoformat()}' if source.ends else ''}"


def _did_you_mean(name: str, known: Sequence[str]) -> str:
    near = difflib.get_close_matches(name, known, n=1)
    return f" (did you mean '{near[0]}'?)" if near else ""
