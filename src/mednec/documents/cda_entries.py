"""The coded entries of a C-CDA section without narrative in, a line for each out, true to its status."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from mednec.documents import codes

V3 = {"v3": "urn:hl7-org:v3"}
KINDS = ("substanceAdministration", "procedure", "observation", "encounter", "supply", "act")
LABELS = {
    "substanceAdministration": "Medication",
    "procedure": "Procedure",
    "observation": "Observation",
    "encounter": "Visit",
    "supply": "Supply",
    "act": "Act",
}
MOODS = {"INT": "planned", "RQO": "ordered", "PRP": "proposed", "PRMS": "promised", "ARQ": "requested", "GOL": "goal"}
STATES = ("active", "aborted", "cancelled", "suspended", "held", "new", "obsolete", "nullified")
CODED = "v3:consumable/v3:manufacturedProduct/v3:manufacturedMaterial/v3:code"


def lines(section: Any) -> Iterator[str]:
    """A line for each statement of the section's entries, those within entries too."""
    for entry in section.findall("v3:entry", V3):
        for element in entry.iter():
            if str(element.tag).rpartition("}")[2] in KINDS and (line := stated(element)):
                yield f"- {line}"


def stated(element: Any) -> str:
    """What one entry says: kind, mood and status, name, value, dose and time; empty where it names nothing."""
    kind = str(element.tag).rpartition("}")[2]
    details = [named(element.find("v3:code", V3)), named(element.find(CODED, V3))]
    details += [valued(value) for value in element.findall("v3:value", V3)]
    details += [valued(dose) for dose in element.findall("v3:doseQuantity", V3)]
    told = [detail for detail in details if detail]
    if not told:
        return ""
    state = element.find("v3:statusCode", V3)
    marks = [
        "not done" if element.get("negationInd") == "true" else "",
        MOODS.get(element.get("moodCode", ""), ""),
        state.get("code") if state is not None and state.get("code") in STATES else "",
    ]
    label = ", ".join([LABELS[kind], *(mark for mark in marks if mark)])
    return f"{label}: {', '.join([*told, *times(element)])}."


def named(code: Any) -> str:
    """The name of a code: its own words, else how the code system calls it."""
    if code is None:
        return ""
    words = " ".join("".join(code.itertext()).split())
    return (
        words or code.get("displayName") or next((n for t in code.findall("v3:translation", V3) if (n := named(t))), "")
    )


def valued(value: Any) -> str:
    """A value: number and unit, name of a code, or text."""
    if value.get("value"):
        unit = value.get("unit") or ""
        return f"{value.get('value')} {unit if unit != '1' else ''}".strip()
    return named(value)


def times(element: Any) -> Iterator[str]:
    """When it was, or from when to when."""
    time = element.find("v3:effectiveTime", V3)
    if time is None:
        return
    at, low, high = (
        codes.written(codes.day(end.get("value"))) if end is not None else ""
        for end in (time, time.find("v3:low", V3), time.find("v3:high", V3))
    )
    if at:
        yield at
    elif low or high:
        yield f"{low} to {high}" if low and high else f"since {low}" if low else f"until {high}"
