"""Claims about one treatment in, facts out: each attribute with every value that remains once retellings are merged."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mednec.evidence.agreement import Told, clusters, unique
from mednec.evidence.bare_help import is_bare_help
from mednec.evidence.claims import Claim, is_procedure
from mednec.evidence.complaint import regions_of
from mednec.model import Fact, Finding

SETS = ("failure_reason", "levels", "region")  # several values supplement each other
LEFT_OUT = (
    "started",
    "ended",
    "ordinal",
    "agent",
    "sessions",
    "duration_days",
    "response",
    "status",
    "relief_percent",
    "relief_days",
)
FAILED = ("none", "partial", "worse")
LITTLE = 25  # percent of relief below which "failed" is the better word for it than "some relief"


def facts_of(claims: Sequence[Claim]) -> dict[str, tuple[Fact, ...]]:
    """The facts that the claims state, apart from those which dates and scores give."""
    names = sorted({name for one in claims for name in one.finding.attributes} - set(LEFT_OUT))
    found = {name: union(claims, name) if name in SETS else latest_of_each(claims, name) for name in names}
    found["region"] = regions(claims)
    found["agent"] = agents(claims)
    found["status"] = status(claims)
    found["response"] = responses(claims)
    return {name: facts for name, facts in sorted(found.items()) if facts}


def union(claims: Iterable[Claim], name: str) -> tuple[Fact, ...]:
    """One fact with all values that are told: a string where there is one, else a tuple (of levels always)."""
    told = [(one.finding, _as_tuple(one.finding.get(name))) for one in claims if one.finding.get(name) is not None]
    values = sorted({value for _, several in told for value in several})
    return _one(values, [finding for finding, _ in told], always_tuple=name == "levels")


def regions(claims: Iterable[Claim]) -> tuple[Fact, ...]:
    """The regions that are stated, or where none is, those that the documents are about."""
    known = [one for one in claims if one.regions]
    told = [one for one in known if one.regions == regions_of(one.finding)] or known
    return _one(sorted({region for one in told for region in one.regions}), [one.finding for one in told])


def agents(claims: Iterable[Claim]) -> tuple[Fact, ...]:
    """The drug, by its own name."""
    told = [one for one in claims if one.agent]
    return _one(sorted({one.agent for one in told if one.agent}), [one.finding for one in told])


def status(claims: Sequence[Claim]) -> tuple[Fact, ...]:
    """How it stands by the latest statement; that a procedure was performed here is never superseded."""
    told = [one for one in claims if one.status]
    performed = [one for one in told if one.status == "performed"]
    if not told:
        return ()
    last = max(day_told(one) for one in told)
    ranked = sorted(
        (one for one in told if day_told(one) == last), key=lambda c: (c.status == "current", c.order), reverse=True
    )
    value = "performed" if performed else ranked[0].status
    return (Fact(value, findings([one for one in told if one.status == value] or told)),)


def responses(claims: Sequence[Claim]) -> tuple[Fact, ...]:
    """How it worked: the later telling is the outcome; of a finished course success and failure told both stand."""
    told = [one for one in claims if one.finding.get("response") and not is_bare_help(one.finding)]
    if not told:
        return ()
    last = max(day_of_effect(one) for one in told)
    ends = [one.end.last for one in claims if one.end]
    finished = bool(ends) and not is_procedure(told[0].finding.concept)
    final = [one for one in told if day_of_effect(one) >= (min(last, max(ends)) if finished else last)]
    final = [one for one in final if not one.is_visit or is_procedure(one.finding.concept)] or final
    good = [one for one in final if one.finding.get("response") == "good"]
    failed = [one for one in final if one.finding.get("response") in FAILED]
    if good and failed:
        return (_said(good, told), _said(_of_last_day(failed), told))
    return (_said(_of_last_day(final), told),)


def _of_last_day(claims: Sequence[Claim]) -> list[Claim]:
    last = max(day_of_effect(one) for one in claims)
    return [one for one in claims if day_of_effect(one) == last]


def _said(claims: Sequence[Claim], told: Sequence[Claim]) -> Fact:
    """The response that claims agree on, with all findings that say so; some relief is more exact than none.

    Not so where the relief comes to little and it is said to have failed.
    """
    said = {str(one.finding.get("response")) for one in claims}
    percents = [value for one in claims if isinstance(value := one.finding.get("relief_percent"), int | float)]
    little = bool(percents) and max(percents) < LITTLE
    order = ("worse", "none", "partial", "good") if little else ("worse", "partial", "none", "good")
    value = next(value for value in order if value in said)
    return Fact(value, findings([one for one in told if one.finding.get("response") == value]))


def latest_of_each(claims: Iterable[Claim], name: str) -> tuple[Fact, ...]:
    """The values of an attribute: near ones are one, an older one of what was then still running is superseded."""
    told = [one for one in claims if one.finding.get(name) is not None]
    values = [Told(_value(c.finding.get(name)), day_told(c), c.status == "current", c.finding) for c in told]
    return clusters(name, values)


def day_told(claim: Claim) -> date:
    """The day a claim was made, undated ones first."""
    return claim.told or date.min


def day_of_effect(claim: Claim) -> date:
    """The day for which a response is told: that of the visit in a flowsheet, else that of the statement."""
    return claim.end.last if claim.is_visit and claim.end else day_told(claim)


def findings(claims: Iterable[Claim]) -> tuple[Finding, ...]:
    """The findings of claims, each once, in the order of the record."""
    return unique(one.finding for one in sorted(claims, key=lambda c: c.order))


def merged(*parts: Mapping[str, tuple[Fact, ...]]) -> dict[str, tuple[Fact, ...]]:
    """Facts of several makers, sorted by name; of two for one attribute the later."""
    return dict(sorted({name: facts for part in parts for name, facts in part.items() if facts}.items()))


def _one(values: Sequence[str], several: Iterable[Finding], *, always_tuple: bool = False) -> tuple[Fact, ...]:
    if not values:
        return ()
    return (Fact(values[0] if len(values) == 1 and not always_tuple else tuple(values), unique(several)),)


def _as_tuple(value: Any) -> tuple[str, ...]:
    return (value,) if isinstance(value, str) else tuple(value)


def _value(value: Any) -> Any:
    return tuple(value) if isinstance(value, list) else value
