"""What the requester wrote in, a checked `ServiceRequest` out; each refusal says where, what and what to do."""

from __future__ import annotations

import re
from datetime import date

from mednec.errors import RequestError
from mednec.model import Person, ServiceRequest
from mednec.requests.fields import Fields, fields_of, from_options, read_fields, suggestion
from mednec.requests.levels import normalized, region_of
from mednec.services import known_states, region_of_codes, region_of_service, services

__all__ = ["Fields", "fields_of", "from_options", "parse_request", "read_fields", "services"]

SIDES = ("left", "right", "bilateral", "midline")
CODE = re.compile(r"\d{4}[0-9A-Z]|[A-Z]\d{4}")
DIAGNOSIS = re.compile(r"([A-Z]\d[0-9A-Z])\.?([0-9A-Z]{1,4})?")
EARLIEST, LATEST = 1990, 2100  # years; outside of these a date is a slip of the hand


def parse_request(fields: Fields, *, any_policy: bool = False) -> ServiceRequest:
    """The request that the fields describe, with its region; `any_policy` where it need not say which is asked.

    Raises RequestError where something needed is not given, or what is given cannot be.
    """
    service, procedure, levels = _service(fields), _codes(fields), _levels(fields)
    dated, born = _date(fields, "date"), _date(fields, "birth_date")
    if dated is None:
        raise RequestError("the request has no date; give the (planned) date of service, such as --date 2026-03-10")
    if born and born > dated:
        fields.refuse("birth_date", "the patient would be born after the date of service; check both dates")
    policy, payer = fields.texts.get("policy"), fields.texts.get("payer")
    if not policy and not payer and not any_policy:
        raise RequestError("the request names no policy; give --policy (see `mednec policies`), or --payer and --state")
    return ServiceRequest(
        service=service,
        dated=dated,
        procedure=procedure,
        side=_side(fields),
        levels=levels,
        diagnoses=_diagnoses(fields),
        region=_region(service, procedure, levels),
        policy=policy,
        payer=payer.lower() if payer else None,
        state=_state(fields),
        patient=Person(name=fields.texts.get("name"), birth_date=born),
    )


def _service(fields: Fields) -> str:
    service = fields.texts.get("service", "").lower()
    if not service:
        raise RequestError(f"the request names no service; give --service, one of: {', '.join(sorted(services()))}")
    if service not in services():
        fields.refuse("service", f"there is no service '{service}'; {suggestion(service, services())}")
    return service


def _codes(fields: Fields) -> tuple[str, ...]:
    codes = tuple(dict.fromkeys(code.upper() for code in fields.lists.get("procedure", ())))
    for code in codes:
        if not CODE.fullmatch(code):
            fields.refuse("procedure", f"'{code}' is not a procedure code; write the five characters without modifiers")
    return codes


def _levels(fields: Fields) -> tuple[str, ...]:
    found: list[str] = []
    for level in fields.lists.get("levels", ()):
        spelled = normalized(level)
        if spelled is None:
            fields.refuse("levels", f"'{level}' is not a level of the spine; write L4-5, L5-S1, C5-6 or L1")
        found += spelled
    return tuple(dict.fromkeys(found))


def _diagnoses(fields: Fields) -> tuple[str, ...]:
    found = []
    for code in fields.lists.get("diagnoses", ()):
        match = DIAGNOSIS.fullmatch(code.upper())
        if match is None:
            fields.refuse("diagnoses", f"'{code}' is not an ICD-10-CM code; write it like M54.16")
        found.append(".".join(part for part in match.groups() if part))
    return tuple(dict.fromkeys(found))


def _date(fields: Fields, name: str) -> date | None:
    written = fields.texts.get(name)
    if not written:
        return None
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", written):
        fields.refuse(
            name, f"'{written}' is not a date as it is written here; write year-month-day, such as 2026-03-10"
        )
    try:
        dated = date.fromisoformat(written)
    except ValueError:
        fields.refuse(name, f"there is no day {written}; write year-month-day, such as 2026-03-10")
    if name == "date" and not EARLIEST <= dated.year <= LATEST:
        fields.refuse(name, f"the year {dated.year} cannot be meant; write year-month-day, such as 2026-03-10")
    return dated


def _side(fields: Fields) -> str | None:
    side = fields.texts.get("side", "").lower()
    if side and side not in SIDES:
        fields.refuse("side", f"there is no side '{side}'; {suggestion(side, SIDES)}")
    return side or None


def _state(fields: Fields) -> str | None:
    state = fields.texts.get("state", "").upper()
    if state and state not in known_states():
        fields.refuse("state", f"'{state}' is not a state; write its two letters, such as AZ")
    return state or None


def _region(service: str, procedure: tuple[str, ...], levels: tuple[str, ...]) -> str | None:
    by_levels = region_of(levels[0]) if levels else None
    return region_of_service(service) or by_levels or region_of_codes(procedure)
