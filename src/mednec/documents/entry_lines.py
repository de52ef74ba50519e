"""Structured FHIR entries in, lines as a clinician would write them out, true to each entry's status."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from mednec.documents.codes import day, stamped

Resource = Mapping[str, Any]
PAIN_SCALES = {"72514-3": "Pain score (NRS 0-10)", "38221-8": "Pain score (NRS 0-10)", "38214-3": "Pain score (VAS)"}
MEDICATION = {
    "active": "Current medication",
    "completed": "Completed medication",
    "stopped": "Stopped medication",
    "on-hold": "Medication on hold",
    "not-taken": "Medication not taken",
    "intended": "Planned medication",
}
PRESCRIPTION = {
    "active": "Prescribed",
    "completed": "Prescription completed",
    "stopped": "Prescription stopped",
    "on-hold": "Prescription on hold",
    "cancelled": "Prescription cancelled, not given",
    "draft": "Prescription drafted, not given",
}
PROCEDURE = {
    "completed": "Procedure performed",
    "in-progress": "Procedure in progress",
    "preparation": "Procedure planned",
    "not-done": "Procedure not done",
    "stopped": "Procedure stopped before its end",
    "on-hold": "Procedure on hold",
}
ORDER = {
    "active": "Ordered",
    "completed": "Ordered and carried out",
    "revoked": "Order cancelled, not carried out",
    "draft": "Order drafted, not signed",
    "on-hold": "Order on hold",
}


def lines(resource: Resource) -> Iterator[str]:
    """The line that states an entry; none for kinds that state nothing clinical."""
    render = RENDERERS.get(resource["resourceType"])
    line = render(resource) if render else ""
    if line:
        yield line


def medication_statement(resource: Resource) -> str:
    """A medication as taken."""
    label = MEDICATION.get(resource.get("status", ""), "Medication")
    return joined(label, [drug(resource), dosage(resource.get("dosage", ())), course(resource), *why(resource)])


def medication_request(resource: Resource) -> str:
    """A prescription."""
    label = PRESCRIPTION.get(resource.get("status", ""), "Prescribed")
    if resource.get("doNotPerform"):
        label = "Not to be given"
    if resource.get("intent") in ("proposal", "plan"):
        label = "Medication proposed"
    moment = stamped(resource.get("authoredOn"))
    doses = dosage(resource.get("dosageInstruction", ()))
    return joined(f"{label} {moment}".strip(), [drug(resource), doses, *why(resource)])


def procedure(resource: Resource) -> str:
    """A procedure, done or not."""
    label = PROCEDURE.get(resource.get("status", ""), "Procedure")
    sites = ", ".join(called(site) for site in resource.get("bodySite", ()))
    numbers = [c["code"] for c in resource.get("code", {}).get("coding", ()) if "cpt" in c.get("system", "").lower()]
    moment = course(resource, "performed") or course(resource, "occurrence")
    details = [called(resource.get("code", {})), sites, f"CPT {', '.join(numbers)}" if numbers else ""]
    outcome = called(resource.get("outcome", {}))
    problems = ", ".join(called(item) for item in resource.get("complication", ()))
    after = [f"outcome: {outcome}" if outcome else "", f"complication: {problems}" if problems else ""]
    return joined(f"{label} {moment}".strip(), [*details, *after, *why(resource)])


def observation(resource: Resource) -> str:
    """A measurement or answer with its value."""
    code = resource.get("code", {})
    numbers = {coding.get("code") for coding in code.get("coding", ())}
    scale = next((name for number, name in PAIN_SCALES.items() if number in numbers), None)
    value = measured(resource)
    parts = [f"{called(part.get('code', {}))} {measured(part)}" for part in resource.get("component", ())]
    shown = "; ".join([*([value] if value else []), *parts])
    if not shown or resource.get("status") == "cancelled":
        return ""
    if scale and value:
        shown = f"{value}/10"
    moment = stamped(resource.get("effectiveDateTime") or resource.get("effectivePeriod", {}).get("start"))
    sites = [called(resource.get("bodySite", {}))]
    kept = "preliminary" if resource.get("status") == "preliminary" else ""
    return joined(scale or called(code), [f"{shown} on {moment}" if moment else shown, *sites, kept, *notes(resource)])


def condition(resource: Resource) -> str:
    """A diagnosis with its state, code and onset."""
    state = status(resource, "clinicalStatus")
    doubt = status(resource, "verificationStatus")
    icd = [c["code"] for c in resource.get("code", {}).get("coding", ()) if "icd-10" in c.get("system", "").lower()]
    name = called(resource.get("code", {})) + (f" ({icd[0]})" if icd else "")
    onset = stamped(resource.get("onsetDateTime")) or resource.get("onsetString", "")
    onset = onset or stamped(resource.get("onsetPeriod", {}).get("start"))
    end = stamped(resource.get("abatementDateTime")) or resource.get("abatementString", "")
    label = {"refuted": "Ruled out", "unconfirmed": "Possible", "provisional": "Possible"}.get(
        doubt, {"resolved": "Resolved", "inactive": "Inactive", "remission": "In remission"}.get(state, "Diagnosis")
    )
    label = "Possible" if doubt == "differential" else label
    return joined(label, [name, f"onset {onset}" if onset else "", f"resolved {end}" if end else "", *notes(resource)])


def allergy(resource: Resource) -> str:
    """An allergy or intolerance with its reactions."""
    effects = [called(e) for r in resource.get("reaction", ()) for e in r.get("manifestation", ())]
    label = "Intolerance" if resource.get("type") == "intolerance" else "Allergy"
    return joined(label, [called(resource.get("code", {})), ", ".join(effects), *notes(resource)])


def service_request(resource: Resource) -> str:
    """An order or referral."""
    label = ORDER.get(resource.get("status", ""), "Ordered")
    if resource.get("doNotPerform"):
        label = "Not to be done"
    elif resource.get("intent") in ("proposal", "plan"):
        label = "Proposed"
    moment = stamped(resource.get("authoredOn"))
    sites = ", ".join(called(site) for site in resource.get("bodySite", ()))
    return joined(f"{label} {moment}".strip(), [called(resource.get("code", {})), sites, *why(resource)])


def encounter(resource: Resource) -> str:
    """A visit with its reason."""
    reasons = [called(reason) for reason in resource.get("reasonCode", ())]
    if resource.get("status") in ("planned", "cancelled") or not reasons:
        return ""
    kind = ", ".join(called(kind) for kind in resource.get("type", ())) or "Visit"
    return joined(f"{kind} {course(resource)}".strip(), reasons)


def answers(resource: Resource) -> str:
    """The questions of a questionnaire with their answers, a line each."""
    return "\n  ".join(answered(resource.get("item", ())))


def answered(items: Iterable[Resource]) -> Iterator[str]:
    """Each question with its answer, those within groups too."""
    for item in items:
        given = ", ".join(answer_text(answer) for answer in item.get("answer", ()))
        if given:
            yield f"{item.get('text') or item.get('linkId', '')}: {given}"
        yield from answered(item.get("item", ()))
        for answer in item.get("answer", ()):
            yield from answered(answer.get("item", ()))


def answer_text(answer: Resource) -> str:
    """One answer as text."""
    for key, value in answer.items():
        if key == "valueBoolean":
            return "yes" if value else "no"
        if key == "valueQuantity":
            return quantity(value)
        if key == "valueCoding":
            return str(value.get("display") or value.get("code", ""))
        if key.startswith("value"):
            return str(value)
    return ""


def drug(resource: Resource) -> str:
    """The medication that is meant."""
    return called(resource.get("medicationCodeableConcept", {})) or str(
        resource.get("medicationReference", {}).get("display", "")
    )


def dosage(doses: Iterable[Resource]) -> str:
    """How a medication is taken."""
    return "; ".join(str(dose.get("text") or dose.get("patientInstruction") or "") for dose in doses).strip("; ")


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
    stopped = resource.get("status") in ("stopped", "not-taken", "not-done", "on-hold", "cancelled", "revoked")
    if ended:
        yield f"{'stopped: ' if resource.get('status') == 'stopped' else 'reason: ' if stopped else ''}{ended}"
    reasons = ", ".join(called(reason) for reason in resource.get("reasonCode", ()))
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
    return str(resource.get("valueString", resource.get("valueInteger", "")))


def quantity(value: Resource) -> str:
    """A number with its unit; scores have none."""
    number = value.get("value", "")
    shown = str(int(number)) if isinstance(number, float) and number.is_integer() else str(number)
    unit = str(value.get("unit") or value.get("code") or "")
    if unit.startswith("{") or unit.lower() in ("1", "score", "points"):
        return shown
    return f"{value.get('comparator', '')}{shown}{'' if unit == '%' else ' '}{unit}".strip()


def called(concept: Resource) -> str:
    """What a concept is called: its text, else the name of a code."""
    names = (coding.get("display") or coding.get("code") for coding in concept.get("coding", ()))
    return str(concept.get("text") or next((name for name in names if name), ""))


def status(resource: Resource, key: str) -> str:
    """The code of a state."""
    return next((str(coding.get("code", "")) for coding in resource.get(key, {}).get("coding", ())), "")


def joined(label: str, details: Iterable[str]) -> str:
    """A label and its details as one line, empty where there are none."""
    told = ", ".join(detail.strip().rstrip(".") for detail in details if detail and detail.strip())
    return f"{label}: {told}." if told else ""


def recorded(resource: Resource) -> date | None:
    """The day on which an entry was made or measured."""
    if resource["resourceType"] == "MedicationStatement" and not resource.get("dateAsserted"):
        return None
    stamps = (
        *(resource.get(key) for key in ("dateAsserted", "authoredOn", "authored", "recordedDate", "effectiveDateTime")),
        *(resource.get(key) for key in ("performedDateTime", "occurrenceDateTime", "date", "issued")),
        *((resource.get(key) or {}).get("start") for key in ("effectivePeriod", "performedPeriod", "period")),
    )
    return next((moment for stamp in stamps if (moment := day(stamp))), None)


RENDERERS: Mapping[str, Callable[[Resource], str]] = {
    "MedicationStatement": medication_statement,
    "MedicationRequest": medication_request,
    "Procedure": procedure,
    "Observation": observation,
    "Condition": condition,
    "AllergyIntolerance": allergy,
    "ServiceRequest": service_request,
    "Encounter": encounter,
    "QuestionnaireResponse": answers,
}
KINDS: Mapping[str, tuple[str, str]] = {
    "MedicationStatement": ("medication_list", "medications"),
    "MedicationRequest": ("medication_list", "prescriptions"),
    "Procedure": ("structured_entry", "procedures"),
    "Observation": ("structured_entry", "observations"),
    "Condition": ("structured_entry", "problem list"),
    "AllergyIntolerance": ("structured_entry", "allergies"),
    "ServiceRequest": ("order", "orders"),
    "Encounter": ("structured_entry", "encounters"),
    "QuestionnaireResponse": ("questionnaire", "questionnaire"),
}
