"""The fields of a request, as a form or a file has them, in; the checked request out, or each field's fault."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from mednec.auditor import choose
from mednec.errors import PolicyError, RequestError
from mednec.model import ServiceRequest
from mednec.requests import Fields, parse_request, services
from mednec.requests.fields import LISTS

LONGEST = 500  # characters of one field
TEXTS = ("service", "date", "side", "policy", "payer", "state", "name", "birth_date")


class RefusedFields(RequestError):  # noqa: N818
    """A request cannot be used; `faults` has a sentence for each field that is to blame."""

    def __init__(self, faults: Mapping[str, str]) -> None:
        self.faults = dict(faults)
        super().__init__(" ".join(f"{name}: {sentence}." for name, sentence in faults.items()))


@dataclass(frozen=True, slots=True)
class Checked:
    """Fields that describe a request, the request, and whose policy applies to it."""

    fields: Fields
    request: ServiceRequest
    payer: str


def checked(fields: Fields) -> Checked:
    """The request of the fields, with a policy that fits it. Raises RefusedFields."""
    plain = Fields(
        {name: value.strip() for name, value in fields.texts.items() if value.strip()},
        {name: tuple(values) for name, values in fields.lists.items() if values},
    )
    if faults := _faults(plain):
        raise RefusedFields(faults)
    try:
        request = parse_request(plain)
    except RequestError as error:  # what only shows between two fields: the dates
        raise RefusedFields({"birth_date": _sentence(error, "birth_date")}) from None
    try:
        policy = choose(request, None)
    except PolicyError as error:
        raise RefusedFields({"policy" if request.policy else "payer": _sentence(error, "")}) from None
    except RequestError as error:
        raise RefusedFields({"service": _sentence(error, "service")}) from None
    return Checked(plain, request, request.payer or policy.payer)


def _faults(fields: Fields) -> dict[str, str]:
    faults = {
        name: f"this is too long; write at most {LONGEST} characters"
        for name, value in (*fields.texts.items(), *((name, ",".join(v)) for name, v in fields.lists.items()))
        if len(value) > LONGEST
    }
    texts = fields.texts
    if "service" not in texts:
        faults["service"] = "choose what is asked for"
    if "date" not in texts:
        faults["date"] = "give the day on which it is planned, or was done"
    if "policy" not in texts and "payer" not in texts:
        faults["payer"] = "name the payer (and the state), or a policy by its number"
    for name in (*TEXTS, *LISTS):
        if name not in faults and (sentence := _fault(fields, name)):
            faults[name] = sentence
    return faults


def _fault(fields: Fields, name: str) -> str | None:
    """What is wrong with one field by itself: it is tried within a request that is sound otherwise."""
    sound = {"service": next(iter(services())), "date": "2026-01-15", "payer": "any"}
    texts, lists = sound, {}
    if name in fields.texts:
        texts = {**sound, name: fields.texts[name]}
    elif name in fields.lists:
        lists = {name: fields.lists[name]}
    else:
        return None
    if name == "birth_date" and name in texts:
        texts["date"] = "2100-12-31"  # whether it lies before the service is seen between the two
    try:
        parse_request(Fields(texts, lists))
    except RequestError as error:
        return _sentence(error, name)
    return None


def _sentence(error: Exception, name: str) -> str:
    return str(error).removeprefix(f"{name}: ")
