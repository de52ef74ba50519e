"""What can be requested: the services, their titles, and the region that a service or a code is about."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


def services() -> Mapping[str, str]:
    """The title of every service, by its key."""
    return {key: body["title"] for key, body in _data()["services"].items()}


def region_of_service(service: str) -> str | None:
    """The region that a service is always about."""
    region: str | None = _data()["services"].get(service, {}).get("region")
    return region


def region_of_codes(codes: tuple[str, ...]) -> str | None:
    """The region that the codes are about, where they agree on one."""
    regions = {region for region, members in _data()["regions_of_codes"].items() if set(members) & set(codes)}
    return regions.pop() if len(regions) == 1 else None


@cache
def known_codes() -> frozenset[str]:
    """The procedure codes that a policy may name."""
    return frozenset(str(code) for several in _data()["codes"] for code in several)


@cache
def known_states() -> frozenset[str]:
    """The two letters of every state and territory."""
    return frozenset(_data()["states"])


@cache
def _data() -> Mapping[str, Any]:
    text = (files("mednec") / "services.yaml").read_text(encoding="utf-8")
    data: Mapping[str, Any] = yaml.load(text, Loader=yaml.CSafeLoader)
    return data
