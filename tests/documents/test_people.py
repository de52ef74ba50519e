"""Whom the head of a document names, and when it was written, however the head is laid out."""

from __future__ import annotations

from datetime import date

import pytest

from mednec.documents import moments, people
from mednec.documents.days import days
from mednec.documents.fields import fields, lines_of
from mednec.documents.signature import signature_of
from mednec.model import SignatureState


def patient(text: str) -> tuple[str | None, date | None]:
    lines = lines_of(text)
    person = people.patient_of(lines, fields(lines), date(2026, 3, 5))
    return person.name, person.birth_date


def dated(kind: str, text: str, name: str = "note.txt") -> date | None:
    lines = lines_of(text)
    return moments.dated(kind, lines, fields(lines), name)


@pytest.mark.parametrize(
    "head",
    [
        "3/5/2026 | Quill, Ada | DOB 2/2/50 | New pt | U. Marsh-Roe, MD",
        "HOUSE OF PAIN CLINIC | Quill, Ada | 02/02/1950 | F | Dr. Stone",
        "COLD CREEK PAIN   NEW PATIENT VISIT   QUILL, ADA   DOB 02/02/1950",
        "Una Marsh, MD   Cold Creek Pain\nAda Quill, DOB 02/02/1950, seen 03/05/2026",
        "Ada Quill 02/02/1950 76F seen 3/5/26",
        "Name Ada Quill    DOB 2/2/50",
        "PATIENT: QUILL,ADA  MRN: 1 DOB:02/02/1950 PCP: MARSH,UNA MD",
        "ADA QUILL  (b. 02/02/1950)  Blue Mesa Spine, LLC",
        "SUMMIT ORTHO, PA   PROCEDURE SUMMARIES   Quill, Ada   DOB 02/02/1950",
    ],
)
def test_the_patient_is_found_beside_houses_providers_and_headings(head: str) -> None:
    assert patient(head) == ("Ada Quill", date(1950, 2, 2))


@pytest.mark.parametrize(
    "head",
    [
        "Phone messages   02/02/1950",
        "New pt | U. Marsh-Roe, MD | 3/5/2026",
        "Patient: Una Marsh, MD",
        "Procedure summaries   DOB 02/02/1950",
    ],
)
def test_a_heading_or_a_provider_is_no_patient(head: str) -> None:
    assert patient(head)[0] is None


@pytest.mark.parametrize(
    ("written", "day"),
    [
        ("20260303", date(2026, 3, 3)),
        ("24MAR2026", date(2026, 3, 24)),
        ("2026.03.24", date(2026, 3, 24)),
        ("2026-Mar-05", date(2026, 3, 5)),
        ("5 Mar 2026", date(2026, 3, 5)),
        ("5th of March 2026", date(2026, 3, 5)),
        ("03-Mar-26", date(2026, 3, 3)),
        ("5/30/61", date(1961, 5, 30)),
    ],
)
def test_a_day_is_read_in_every_written_form(written: str, day: date) -> None:
    assert [found.value for found in days(f"Visit {written}, knee")] == [day]


@pytest.mark.parametrize("words", ["maybe 12 2026", "2 marked 2026", "12 decreased 2019", "5 May 26 visits"])
def test_words_that_begin_like_a_month_are_none(words: str) -> None:
    assert list(days(words)) == []


def test_a_study_told_in_a_visit_does_not_date_it() -> None:
    text = "Cold Creek Pain\nAda Quill\nPain.\nMRI lumbar 01/14/2026 shows it.\nSigned: Una Marsh, MD 02/20/2026"
    assert dated("office_visit", text) == date(2026, 2, 20)


def test_a_study_is_dated_by_its_own_day() -> None:
    assert dated("imaging_report", "Agate Imaging\nQuill, Ada\nMRI lumbar 01/14/2026\nImpression: stenosis.") == date(
        2026, 1, 14
    )


def test_a_name_and_day_by_hand_above_the_label_are_a_signature() -> None:
    note = "PT DISCHARGE\nPatient: Jane Sample\nD/C to HEP.\n{}\nRuth Vale PT DPT   signature / date\n"
    assert signature_of(note.format("Ruth Vale, PT, DPT   9-22-25"), "therapy_discharge") is SignatureState.SIGNED
    assert signature_of(note.format("Goals met."), "therapy_discharge") is not SignatureState.SIGNED


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Ruth Vale PT, DPT   e-signed 9/22/25", "Ruth Vale, DPT"),
        ("Lumbar OPD PA decision - final   Page 1 of 1", None),
    ],
)
def test_a_title_is_no_part_of_a_name_and_a_matter_is_no_person(line: str, author: str | None) -> None:
    lines = lines_of(f"Some note\n{line}\n")
    assert people.author_of(lines, fields(lines)) == author


@pytest.mark.parametrize(
    ("head", "name"),
    [
        ("Name: Denise Calloway   MRN 771904", "Denise Calloway"),
        ("Patient: Nora Letterman", "Nora Letterman"),
        ("Patient: Otto Recordon   MRN 20", "Otto Recordon"),
        ("Injured worker: Ada Quill", "Ada Quill"),
        ("Veteran: Ada Quill, ward 4", "Ada Quill"),
        ("A. Quill  #771904", "A. Quill"),
        ("Quill, Ada (F, 76)", "Ada Quill"),
        ("This is to report on Ada Quill, your patient.", "Ada Quill"),
        ("Today I saw Mrs. Ada Quill in the clinic.", "Ada Quill"),
        ("Your patient Ada Quill came with back pain.", "Ada Quill"),
        ("Vitals 03/05/2026 -- QUILL, ADA 02/02/1950 -- pain 7/10", "Ada Quill"),
        ("Lateral Knee 45 M", None),
        ("Phone Call  #771904", None),
    ],
)
def test_a_name_is_told_from_a_matter_and_read_beside_a_number_or_in_a_sentence(head: str, name: str | None) -> None:
    assert patient(head)[0] == name
