# ruff: noqa: E501
"""Whom a document is about, when and by whom it was written, and whether it is signed."""

from datetime import date

import pytest

from mednec.documents.classify import described
from mednec.model import Document, Person, SignatureState


def read(text: str, name: str = "note.txt") -> Document:
    return described(Document(id=name, text=text))


VISIT = "OFFICE VISIT\n{}\nHPI: back pain since 01/05/2026, last visit 02/01/2026.\nExam: tender.\nPlan: return 05/01/2026.\n"


@pytest.mark.parametrize(
    "head",
    [
        "Patient: Jane Sample   DOB: 02/03/1960   DOS: 03/05/2026",
        "Patient: SAMPLE, JANE Q   Date of Birth: February 3, 1960   Date of service: 03/05/2026 10:15 AM",
        "Jane Sample   F   DOB 02/03/1960   Visit: 3/5/26",
        "SAMPLE, JANE   02/03/1960   MRN 11   03/05/2026",
        "Printed 04/01/2026   Name: Jane Sample   Birth date: 2/3/1960   Encounter date: 2026-03-05",
        "Patient | DOB | DOS\nSample, Jane | 02/03/1960 | 03/05/2026",
        "Patient Name      Date of Birth    Date of Visit\nJane Sample       02/03/1960       03/05/2026",
        "Jane Sample / 02/03/1960 / MRN 33   Date: March 5, 2026",
    ],
)
def test_the_head_names_patient_birth_and_service(head: str) -> None:
    document = read(VISIT.format(head))
    assert document.dated == date(2026, 3, 5)
    assert document.patient.birth_date == date(1960, 2, 3)
    assert document.patient.name is not None
    assert document.patient.name.replace(" Q", "") == "Jane Sample"


@pytest.mark.parametrize(
    "line",
    [
        "Printed: 04/01/2026",
        "Faxed 04/01/2026",
        "Next appointment 04/01/2026",
        "DOB 04/01/1966",
        "Rev. 04/01/2026",
        "Date of onset: 04/01/2025",
    ],
)
def test_other_dates_of_the_head_are_not_the_day_of_service(line: str) -> None:
    assert read(f"Progress note\n{line}\nS: pain 6/10\nSigned by A. Stone, MD on 03/05/2026\n").dated == date(
        2026, 3, 5
    )


def test_a_fax_header_is_not_the_day_of_service() -> None:
    text = "04/24/2026 10:12  FROM: VALLEY PT 7755550190   P.01/02\nPROGRESS NOTE\nDate: 03/05/2026\nS: pain\n"
    assert read(text).dated == date(2026, 3, 5)


def test_the_name_of_the_file_gives_the_day_only_where_the_text_has_none() -> None:
    assert read("Progress note\nS: pain 6/10\n", "2026-03-05_visit.txt").dated == date(2026, 3, 5)
    assert read("Progress note\nDate: 03/06/2026\n", "2026-03-05_visit.txt").dated == date(2026, 3, 6)
    assert read("Progress note\nS: pain 6/10\n", "visit_03052026.txt").dated == date(2026, 3, 5)


def test_a_course_of_therapy_is_dated_by_its_end() -> None:
    text = (
        "VALLEY PHYSICAL THERAPY\nPatient: Jane Sample   DOB: 02/03/1960\nInitial evaluation 01/05/2026\n01/05/2026 TherEx, HEP 7/10\n"
        "02/20/2026 DISCHARGE: goals not met, D/C to HEP\nAnn Mover, PT, DPT  e-signed 02/20/2026\nReleased 04/01/2026 per signed ROI\n"
    )
    document = read(text)
    assert document.type == "therapy_discharge"
    assert document.dated == date(2026, 2, 20)


@pytest.mark.parametrize(
    ("line", "state"),
    [
        ("Electronically signed by Alan Stone, MD 03/05/2026", SignatureState.SIGNED),
        ("Alan Stone, MD   e-signed 3/5/26", SignatureState.SIGNED),
        ("Signed electronically: Alan Stone, MD", SignatureState.SIGNED),
        ("/s/ Alan Stone, MD", SignatureState.SIGNED),
        ("Authenticated by Alan Stone, MD on 03/05/2026", SignatureState.SIGNED),
        ("Signature: Alan Stone, MD", SignatureState.SIGNED),
        ("Alan Stone, MD (signature on file)", SignatureState.UNKNOWN),
        ("Alan Stone, MD", SignatureState.UNKNOWN),
        ("Signature: ______________   Date: ________", SignatureState.UNSIGNED),
        ("Electronically signed by: ________________", SignatureState.UNSIGNED),
        ("[Electronic signature pending]", SignatureState.UNSIGNED),
        ("Note status: UNSIGNED - PENDING PROVIDER AUTHENTICATION", SignatureState.UNSIGNED),
        ("status: DRAFT - NOT FINALIZED", SignatureState.UNSIGNED),
        ("Dictated but not read.", SignatureState.UNSIGNED),
        ("This note has not been signed.", SignatureState.UNSIGNED),
        ("Patient signature: Jane Sample", SignatureState.UNKNOWN),
        ("MA intake e-signed 03/05/2026\nNote status: Draft", SignatureState.UNSIGNED),
        ("Alan Stone, PA-C e-signed 03/05/2026. Cosignature required.", SignatureState.SIGNED),
    ],
)
def test_a_note_says_whether_it_is_signed(line: str, state: SignatureState) -> None:
    assert read(VISIT.format("DOS: 03/05/2026") + line + "\n").signature is state


@pytest.mark.parametrize(
    ("line", "author"),
    [
        ("Electronically signed by Alan B. Stone, MD on 03/05/2026", "Alan B. Stone, MD"),
        ("ALAN B. STONE, M.D.     Electronically signed 03/05/2026", "Alan B. Stone, MD"),
        ("E-signed Alan Stone, PA-C 03/05/2026", "Alan Stone, PA-C"),
        ("Alan Stone, NP -- electronically signed 03/05/2026", "Alan Stone, NP"),
        ("Provider: Alan Stone, DO", "Alan Stone, DO"),
    ],
)
def test_the_author_is_who_signed(line: str, author: str) -> None:
    assert read(VISIT.format("DOS: 03/05/2026") + line + "\n").author == author


def test_a_facility_is_not_the_patient() -> None:
    text = "OFFICE VISIT\nFacility Name: Blue Mesa Surgery Center\nPatient: Jane Sample\nProvider Name: Alan Stone\nPlan: rest\n"
    assert read(text).patient.name == "Jane Sample"


@pytest.mark.parametrize(
    ("text", "dated", "written", "signature"),
    [
        (
            "ADDENDUM 03/20/2026\nPatient: Jane Sample\nAddendum to office visit of 03/05/2026\nPT was 12 visits.\n"
            "Alan Stone, MD, electronically signed 03/20/2026\n",
            date(2026, 3, 5),
            date(2026, 3, 20),
            SignatureState.SIGNED,
        ),
        (
            "LATE ENTRY\nDate of entry: 03/22/2026    Date of service: 03/05/2026\nPT 12 visits.\nSigned: Alan Stone, MD\n",
            date(2026, 3, 5),
            date(2026, 3, 22),
            SignatureState.SIGNED,
        ),
        (
            "ADDENDUM\nPatient: Jane Sample\nRe: office visit 03/05/2026\nPer the denial letter please add: failed PT.\n"
            "Signature: ____________   Date: ________\n",
            date(2026, 3, 5),
            None,
            SignatureState.UNSIGNED,
        ),
    ],
)
def test_an_addendum_has_the_day_it_amends_and_the_day_it_was_written(
    text: str, dated: date, written: date | None, signature: SignatureState
) -> None:
    document = read(text)
    assert document.type == "addendum"
    assert (document.dated, document.written, document.signature) == (dated, written, signature)


def test_an_envelope_fills_what_the_text_leaves_open() -> None:
    given = Document(
        id="x", text="", type="consultation", dated=date(2026, 1, 2), patient=Person("Jane Sample", date(1960, 2, 3))
    )
    document = described(Document(id="x", text="She has back pain.\n"), given)
    assert (document.type, document.dated, document.patient.name) == ("consultation", date(2026, 1, 2), "Jane Sample")


def test_a_letter_stays_a_letter_whatever_its_envelope_says() -> None:
    given = Document(id="x", text="", type="office_visit")
    text = "To Whom It May Concern:\nThe injection is medically necessary; please approve it.\nSincerely,\nAlan Stone, MD\n"
    assert described(Document(id="x", text=text), given).type == "letter_of_medical_necessity"
