"""Codes, names and times of structured records in; our document types, names and dates out."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

# LOINC codes of document kinds
DOCUMENT_TYPES = {
    "11506-3": "office_visit",
    "34109-9": "office_visit",
    "34108-1": "office_visit",
    "57133-1": "office_visit",
    "34133-9": "structured_entry",
    "52521-2": "structured_entry",
    "18776-5": "structured_entry",
    "11488-4": "consultation",
    "34117-2": "history_and_physical",
    "18842-5": "hospital_record",
    "34111-5": "hospital_record",
    "34878-9": "hospital_record",
    "28570-0": "procedure_note",
    "11504-8": "procedure_note",
    "28573-2": "procedure_note",
    "18748-4": "imaging_report",
    "68604-8": "imaging_report",
    "24558-9": "imaging_report",
    "11536-0": "office_visit",
    "34746-8": "office_visit",
    "28651-8": "office_visit",
    "34748-4": "telephone_encounter",
    "67862-3": "telephone_encounter",
    "11502-2": "laboratory_report",
    "30954-2": "laboratory_report",
    "28650-2": "psychological_evaluation",
    "34132-1": "psychological_evaluation",
    "11508-9": "therapy_note",
    "34825-0": "therapy_note",
    "29753-1": "therapy_evaluation",
    "34824-3": "therapy_evaluation",
    "28653-4": "therapy_evaluation",
    "11515-4": "therapy_note",
    "34895-3": "education_material",
    "74213-0": "education_material",
    "59284-0": "consent",
    "51855-5": "questionnaire",
    "10160-0": "medication_list",
}
DAY = re.compile(r"(\d{4})-?(\d{2})-?(\d{2})")


def day(stamp: str | None) -> date | None:
    """The day of a time stamp (20260120164000-0700, 2026-01-20T16:40Z); None where it is not known to the day."""
    match = DAY.match(stamp or "")
    try:
        return date(*(int(part) for part in match.groups())) if match else None
    except ValueError:
        return None


def written(moment: date | None) -> str:
    """A date as charts write it."""
    return moment.strftime("%m/%d/%Y") if moment else ""


def stamped(stamp: str | None) -> str:
    """A FHIR date or time as charts write it, as exact as it is: 2018, 09/2025, 04/13/2026 14:05."""
    match = re.match(r"(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?(?:T(\d{2}:\d{2}))?", stamp or "")
    if not match:
        return stamp or ""
    year, month, of_month, time = match.groups()
    return "/".join(part for part in (month, of_month, year) if part) + (f" {time}" if time else "")


def name(given: Iterable[str], family: str, suffix: Iterable[str] = ()) -> str:
    """A person's name in one line."""
    full = " ".join(part.strip() for part in (*given, family) if part and part.strip())
    tail = ", ".join(part.strip() for part in suffix if part and part.strip())
    return f"{full}, {tail}" if full and tail else full
