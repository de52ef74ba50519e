"""Sections, sentences and dated entries of a document."""

from datetime import date

from mednec.findings.parse import Parsed, parse
from mednec.model import Document


def parsed(text: str, dated: date | None = None) -> Parsed:
    return parse(Document(id="x", text=text, dated=dated))


def sections(text: str) -> list[str]:
    return [section.name for section in parsed(text).sections if section.end > section.start]


def sentences(text: str) -> list[str]:
    note = parsed(text)
    return [text[sentence.start : sentence.end] for sentence in note.sentences]


def test_headings_are_known_in_their_variants() -> None:
    assert sections("HISTORY OF PRESENT ILLNESS\nPain.\n\nCurrent Medications: none\nA/P: PT") == [
        "history",
        "medications",
        "plan",
    ]
    assert sections("PMH HTN.   PSH none.   Allergies: NKDA") == ["past_medical", "past_surgical", "allergies"]
    assert sections("S: pain\nO: tender\nA: LBP\nP: PT") == ["history", "exam", "assessment", "plan"]


def test_an_unknown_heading_in_capitals_ends_a_section() -> None:
    assert sections("MEDICATIONS: gabapentin at bedtime\n\nINSURANCE VERIFICATION:\nactive since last year") == [
        "medications",
        "other",
    ]


def test_lines_wrapped_at_a_fixed_width_are_joined() -> None:
    first = "She has completed eight weeks of supervised physical therapy without any"
    assert sentences(f"{first}\nlasting relief. Then she stopped.\n") == [
        f"{first}\nlasting relief.",
        "Then she stopped.",
    ]


def test_list_items_and_rows_stand_alone() -> None:
    assert sentences("- PT: no relief\n- Naproxen 500 mg\n") == ["- PT: no relief", "- Naproxen 500 mg"]
    assert len(sentences(" 1  03/02/26  7  TherEx\n 2  03/05/26  6  TherEx\n")) == 2


def test_abbreviations_end_no_sentence() -> None:
    assert sentences("Seen by Dr. Roe. PT for 6 wks. 12 visits.") == ["Seen by Dr. Roe.", "PT for 6 wks. 12 visits."]


def test_rows_have_the_date_that_they_bear() -> None:
    note = parsed(" 1  12/30  7  TherEx\n 2  1/6/26  6  TherEx\n", date(2026, 1, 10))
    assert [entry.dated for entry in note.entries] == [date(2025, 12, 30), date(2026, 1, 6)]
    assert note.dated_at(3) == date(2025, 12, 30)


def test_parts_of_the_body_that_head_the_technique_stay_technique() -> None:
    note = "PROCEDURE IN DETAIL: She was positioned prone.\n\nLUMBAR SPINE: Gentle traction was held.\n\nPLAN: rest"
    assert sections(note) == ["technique_description", "plan"]
    assert sections("PROCEDURE IN DETAIL: She lay prone.\n\nPHYSICAL EXAM: Full strength.") == [
        "technique_description",
        "exam",
    ]


def test_what_begins_on_the_operating_table_is_technique() -> None:
    begun = "OPERATIONS: The patient was taken to the OR, then positioned prone."
    assert sections(begun) == ["technique_description"]
    assert sections("OPERATIONS: laminectomy in 2001") == ["past_surgical"]


def test_the_medications_of_a_discharge_are_prescribed() -> None:
    note = "DISCHARGE PLAN:\nDiet: regular.\nMedications: Norco as needed.\n"
    assert sections(note)[-1] == "prescribed"
    assert sections("PLAN: rest\nMedications: Norco as needed.\n")[-1] == "medications"
