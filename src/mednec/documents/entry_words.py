"""Elements of structured FHIR entries in (values, periods, doses, reasons), the words for them out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from mednec.documents.codes import stamped

Resource = Mapping[str, Any]
ENDED = ("stopped", "not-taken", "not-done", "on-hold", "cancelled", "revoked", "declined")
UNITS = {"s": "second", "min": "minute", "h": "hour", "d": "day", "wk": "week", "mo": "month", "a": "year"}


def drug(resource: Resource) -> str:
    """The medication that is meant."""
    return called(resource.get("medicationCodeableConcept", {})) or str(
        resource.get("medicationReference", {}).get("display", "")
    )


def dosage(doses: Iterable[Resource]) -> str:
    """How a medication is taken: in the words of the prescription, else as its parts say."""
    return "; ".join(told for dose in doses if (told := " ".join(filter(None, dose_words(dose)))))


def dose_words(dose: Resource) -> Iterator[str]:
    """A dose in words: the text and the instructions, else amount, frequency, way and occasion."""
    told = [str(dose[key]).strip() for key in ("text", "patientInstruction") if dose.get(key)]
    yield from told
    if told:
        return
    for rate in dose.get("doseAndRate", ()):
        yield quantity(rate.get("doseQuantity") or rate.get("doseRange", {}).get("high") or {})
    yield from repeated(dose.get("timing", {}))
    yield called(dose.get("route", {}))
    needed = dose.get("asNeededCodeableConcept", {})
    if dose.get("asNeededBoolean") or needed:
        yield f"as needed {called(needed)}".strip()


def repeated(timing: Resource) -> Iterator[str]:
    """How often: '2 times every 1 day', or what the code says."""
    repeat = timing.get("repeat", {})
    if repeat.get("frequency") or repeat.get("period"):
        times, period = repeat.get("frequency", 1), repeat.get("period", 1)
        unit = UNITS.get(repeat.get("periodUnit", "d"), "day")
        yield f"{times} time{'s' * (times != 1)} every {period} {unit}{'s' * (period != 1)}"
    elif timing.get("code"):
        yield called(timing["code"])


def many(concepts: Any) -> str:
    """The names of one concept or of several."""
    return ", ".join(
        called(one) for one in (concepts if isinstance(concepts, list) else [concepts] if concepts else [])
    )


def course(resource: Resource, prefix: str = "effective") -> str:
    """When: on a day, since, or from one date to another."""
    period = resource.get(f"{prefix}Period") or resource.get("period") or {}
    start, end = stamped(period.get("start")), stamped(period.get("end"))
    if start and end:
        return start if start == end else f"{start} to {end}"
    if start or end:
        return f"since {start}" if start else f"until {end}"
    return stamped(resource.get(f"{prefix}DateTime")) or str(resource.get(f"{prefix}String") or "")


def why(resource: Resource) -> Iterator[str]:
    """The reasons for an entry and for its state, and its notes."""
    told = resource.get("statusReason") or []
    ended = ", ".join(called(reason) for reason in (told if isinstance(told, list) else [told]))
    stopped = resource.get("status") in ENDED
    if ended:
        yield f"{'stopped: ' if resource.get('status') == 'stopped' else 'reason: ' if stopped else ''}{ended}"
    named = ({"text": reason.get("display")} for reason in resource.get("reasonReference", ()))
    reasons = ", ".join(told for reason in (*resource.get("reasonCode", ()), *named) if (told := called(reason)))
    if reasons:
        yield f"for {reasons}"
    yield from notes(resource)


def notes(resource: Resource) -> Iterator[str]:
    """What was noted on an entry."""
    yield from (str(note.get("text", "")).strip() for note in resource.get("note", ()))


def measured(resource: Resource) -> str:
    """The value of an observation, empty where it has none."""
    if "valueQuantity" in resource:
        return quantity(resource["valueQuantity"])
    if "valueCodeableConcept" in resource:
        return called(resource["valueCodeableConcept"])
    if "valueBoolean" in resource:
        return "yes" if resource["valueBoolean"] else "no"
    if "valueRange" in resource:
        return "-".join(quantity(resource["valueRange"].get(end, {})) for end in ("low", "high"))
    if "valueRatio" in resource:
        return "/".join(quantity(resource["valueRatio"].get(end, {})) for end in ("numerator", "denominator"))
    plain = ("valueString", "valueInteger", "valueDecimal", "valueTime")
    return stamped(resource.get("valueDateTime")) or str(next((resource[key] for key in plain if key in resource), ""))


def quantity(value: Resource) -> str:
    """A number with its unit; scores have none."""
    number = value.get("value", "")
    shown = str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)
    unit = str(value.get("unit") or value.get("code") or "") if shown else ""
    if unit.startswith("{") or unit.lower() in ("1", "score", "points"):
        return shown
    return f"{value.get('comparator', '')}{shown}{'' if unit == '%' else ' '}{unit}".strip()


def called(concept: Resource) -> str:
    """What a concept is called: its text, else the name of a code."""
    names = (coding.get("display") or coding.get("code") for coding in concept.get("coding", ()))
    return str(concept.get("text") or next((name for name in names if name), "") or "")


def status(resource: Resource, key: str) -> str:
    """The code of a state."""
    return next((str(coding.get("code", "")) for coding in resource.get(key, {}).get("coding", ())), "")


def joined(label: str, details: Iterable[str]) -> str:
    """A label and its details as one line, empty where there are none."""
    told = ", ".join(detail.strip().rstrip(".") for detail in details if detail and detail.strip())
    return f"{label}: {told}." if told else ""
