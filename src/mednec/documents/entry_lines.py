"""Structured FHIR entries in, lines as a clinician would write them out, true to each entry's status."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from mednec.documents.codes import day, stamped
from mednec.documents.entry_words import (
    called,
    course,
    dosage,
    drug,
    joined,
    many,
    measured,
    notes,
    quantity,
    repeated,
    status,
    why,
)

Resource = Mapping[str, Any]
PAIN_SCALES = {  # said where the entry's own name does not name the scale
    "72514-3": "Pain score (NRS 0-10)",
    "38221-8": "Pain score (Wong-Baker FACES 0-10)",
    "38214-3": "Pain score (VAS)",
}
MEDICATION = {
    "active": "Current medication",
    "completed": "Completed medication",
    "stopped": "Stopped medication",
    "on-hold": "Medication on hold",
    "not-taken": "Medication not taken",
    "intended": "Planned medication",
    "unknown": "Medication, whether taken is unknown",
}
PRESCRIPTION = {
    "active": "Prescribed",
    "completed": "Prescription completed",
    "stopped": "Prescription stopped",
    "on-hold": "Prescription on hold",
    "cancelled": "Prescription cancelled, not given",
    "draft": "Prescription drafted, not given",
    "unknown": "Prescription, status unknown",
}
PROCEDURE = {
    "completed": "Procedure performed",
    "in-progress": "Procedure in progress",
    "preparation": "Procedure planned",
    "not-done": "Procedure not done",
    "stopped": "Procedure stopped before its end",
    "on-hold": "Procedure on hold",
    "unknown": "Procedure, whether done is unknown",
}
ORDER = {
    "active": "Ordered",
    "completed": "Ordered and carried out",
    "revoked": "Order cancelled, not carried out",
    "cancelled": "Order cancelled, not carried out",
    "draft": "Order drafted, not signed",
    "on-hold": "Order on hold",
    "unknown": "Order, status unknown",
}
VISIT = {"planned": "Planned visit", "cancelled": "Cancelled visit"}
APPOINTMENT = {
    "fulfilled": "Appointment kept",
    "arrived": "Appointment kept",
    "checked-in": "Appointment kept",
    "noshow": "Appointment missed (no show)",
    "cancelled": "Appointment cancelled",
}
SUPPLY = {"completed": "dispensed", "in-progress": "being dispensed", "on-hold": "on hold"}
NAMES_SCALE = re.compile(r"\bpain\b.*\b(?:rating|faces|analog\w*|scale|score)\b", re.I)
PROPOSED = ("proposal", "plan", "option")


def lines(resource: Resource) -> Iterator[str]:
    """The line that states an entry; none for kinds that state nothing clinical."""
    render = RENDERERS.get(resource["resourceType"])
    line = render(resource) if render else ""
    if line:
        yield line


def meant(resource: Resource) -> str:
    """How a measurement is interpreted, in brackets."""
    told = [many(resource.get("interpretation")), many(resource.get("dataAbsentReason"))]
    return f"({', '.join(part for part in told if part)})" if any(told) else ""


def medication_statement(resource: Resource) -> str:
    """A medication as taken."""
    label = MEDICATION.get(resource.get("status", ""), "Medication")
    return joined(label, [drug(resource), dosage(resource.get("dosage", ())), course(resource), *why(resource)])


def medication_request(resource: Resource) -> str:
    """A prescription."""
    label = PRESCRIPTION.get(resource.get("status", ""), "Prescribed")
    if resource.get("doNotPerform"):
        label = "Not to be given"
    if resource.get("intent") in PROPOSED:
        label = "Medication proposed"
    moment = stamped(resource.get("authoredOn"))
    doses = dosage(resource.get("dosageInstruction", ()))
    return joined(f"{label} {moment}".strip(), [drug(resource), doses, *why(resource)])


def procedure(resource: Resource) -> str:
    """A procedure, done or not."""
    label = PROCEDURE.get(resource.get("status", ""), "Procedure")
    sites = many(resource.get("bodySite"))
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
    if scale and NAMES_SCALE.search(called(code)):
        scale = called(code)
    value = measured(resource)
    parts = [
        " ".join(filter(None, (called(part.get("code", {})), measured(part), meant(part))))
        for part in resource.get("component", ())
    ]
    told = f"{value} {meant(resource)}".strip()
    shown = "; ".join([*([told] if told else []), *parts])
    if not shown or resource.get("status") == "cancelled":
        return ""
    if scale and value:
        shown = "; ".join([f"{value}/10 {meant(resource)}".strip(), *parts])
    moment = stamped(resource.get("effectiveDateTime") or resource.get("effectivePeriod", {}).get("start"))
    sites = [many(resource.get("bodySite"))]
    kept = "preliminary" if resource.get("status") == "preliminary" else ""
    return joined(scale or called(code), [f"{shown} on {moment}" if moment else shown, *sites, kept, *notes(resource)])


def condition(resource: Resource) -> str:
    """A diagnosis with its state, code and onset."""
    state = status(resource, "clinicalStatus")
    doubt = status(resource, "verificationStatus")
    icd = [c["code"] for c in resource.get("code", {}).get("coding", ()) if "icd-10" in c.get("system", "").lower()]
    name = called(resource.get("code", {})) + (f" ({icd[0]})" if icd else "")
    sites = many(resource.get("bodySite"))
    onset = stamped(resource.get("onsetDateTime")) or resource.get("onsetString", "")
    onset = onset or stamped(resource.get("onsetPeriod", {}).get("start"))
    end = stamped(resource.get("abatementDateTime")) or resource.get("abatementString", "")
    label = {"refuted": "Ruled out", "unconfirmed": "Possible", "provisional": "Possible"}.get(
        doubt, {"resolved": "Resolved", "inactive": "Inactive", "remission": "In remission"}.get(state, "Diagnosis")
    )
    label = "Possible" if doubt == "differential" else label
    times = [f"onset {onset}" if onset else "", f"resolved {end}" if end else ""]
    return joined(label, [name, sites, *times, *notes(resource)])


def allergy(resource: Resource) -> str:
    """An allergy or intolerance with its reactions."""
    reactions = resource.get("reaction", ())
    effects = [called(e) for r in reactions for e in r.get("manifestation", ())]
    effects += [str(r["description"]) for r in reactions if r.get("description")]
    label = "Intolerance" if resource.get("type") == "intolerance" else "Allergy"
    label = f"{label} ruled out" if status(resource, "verificationStatus") == "refuted" else label
    return joined(label, [called(resource.get("code", {})), ", ".join(effects), *notes(resource)])


def service_request(resource: Resource) -> str:
    """An order or referral."""
    label = ORDER.get(resource.get("status", ""), "Ordered")
    if resource.get("doNotPerform"):
        label = "Not to be done"
    elif resource.get("intent") in PROPOSED:
        label = "Proposed"
    moment = stamped(resource.get("authoredOn"))
    details = [many(resource.get("orderDetail")), many(resource.get("bodySite")), measured_amount(resource)]
    told = str(resource.get("patientInstruction", ""))
    return joined(f"{label} {moment}".strip(), [called(resource.get("code", {})), *details, told, *why(resource)])


def measured_amount(resource: Resource) -> str:
    """How much and how often something is ordered."""
    amount = quantity(resource["quantityQuantity"]) if "quantityQuantity" in resource else ""
    return ", ".join(part for part in (amount, " ".join(repeated(resource.get("occurrenceTiming", {})))) if part)


def encounter(resource: Resource) -> str:
    """A visit with its reason."""
    reasons = [called(reason) for reason in resource.get("reasonCode", ())]
    kind = many(resource.get("type"))
    if called_off := VISIT.get(resource.get("status", "")):
        return joined(f"{called_off} {course(resource)}".strip(), [kind, *reasons])
    if reasons:
        return joined(f"{kind or 'Visit'} {course(resource)}".strip(), reasons)
    return joined(f"Visit {course(resource)}".strip(), [kind])


def appointment(resource: Resource) -> str:
    """An appointment, kept or not."""
    label = APPOINTMENT.get(resource.get("status", ""), "Appointment")
    kinds = [many(resource.get(key)) for key in ("serviceType", "appointmentType", "reasonCode", "cancelationReason")]
    told = [str(resource.get(key, "")) for key in ("description", "comment")]
    return joined(f"{label} {stamped(resource.get('start'))}".strip(), [*kinds, *told])


def given_drug(resource: Resource) -> str:
    """A dose that was given, or not."""
    label = {"completed": "Given", "not-done": "Not given", "in-progress": "Being given"}
    dose = resource.get("dosage", {})
    amount = [str(dose.get("text", "")), quantity(dose.get("dose", {})), called(dose.get("route", {}))]
    name = f"{label.get(resource.get('status', ''), 'Dose, whether given is unknown')} {course(resource)}".strip()
    return joined(name, [drug(resource), *amount, *why(resource)])


def supplied_drug(resource: Resource) -> str:
    """A drug that the pharmacy handed out, or not."""
    label = f"Medication {SUPPLY.get(resource.get('status', ''), 'not dispensed')}"
    moment = stamped(resource.get("whenHandedOver") or resource.get("whenPrepared"))
    supply = resource.get("daysSupply", {})
    days = f"supply for {quantity(supply)}" if supply else ""
    doses = dosage(resource.get("dosageInstruction", ()))
    return joined(f"{label} {moment}".strip(), [drug(resource), doses, days, *why(resource)])


def imaging_study(resource: Resource) -> str:
    """A study, without the images."""
    kinds = [many(resource.get("procedureCode")), str(resource.get("description", ""))]
    label = {"cancelled": "Imaging study cancelled", "registered": "Imaging study registered"}
    name = f"{label.get(resource.get('status', ''), 'Imaging study')} {stamped(resource.get('started'))}".strip()
    return joined(name, [*kinds, *why(resource)])


def impression(resource: Resource) -> str:
    """What a clinician makes of the findings."""
    told = [str(resource.get(key, "")) for key in ("description", "summary")]
    moment = stamped(resource.get("date")) or course(resource)
    return joined(f"Clinical impression {moment}".strip(), [*told, *notes(resource)])


def communication(resource: Resource) -> str:
    """A message, sent or not."""
    label = "Message not sent" if resource.get("status") == "not-done" else "Message"
    told = [str(part.get("contentString", "")) for part in resource.get("payload", ())]
    topic = called(resource.get("topic", {}))
    return joined(f"{label} {stamped(resource.get('sent'))}".strip(), [topic, *told, *why(resource)])


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


def recorded(resource: Resource) -> date | None:
    """The day on which an entry was made or measured."""
    if resource["resourceType"] == "MedicationStatement" and not resource.get("dateAsserted"):
        return None
    stamps = (
        *(resource.get(key) for key in ("dateAsserted", "authoredOn", "authored", "recordedDate", "effectiveDateTime")),
        *(resource.get(key) for key in ("performedDateTime", "occurrenceDateTime", "date", "issued", "start", "sent")),
        *(resource.get(key) for key in ("started", "whenHandedOver", "whenPrepared")),
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
    "Appointment": appointment,
    "MedicationAdministration": given_drug,
    "MedicationDispense": supplied_drug,
    "ImagingStudy": imaging_study,
    "ClinicalImpression": impression,
    "Communication": communication,
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
    "Appointment": ("structured_entry", "appointments"),
    "MedicationAdministration": ("medication_list", "medications given"),
    "MedicationDispense": ("medication_list", "medications dispensed"),
    "ImagingStudy": ("structured_entry", "imaging studies"),
    "ClinicalImpression": ("structured_entry", "clinical impressions"),
    "Communication": ("structured_entry", "messages"),
}
