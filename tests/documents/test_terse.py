# ruff: noqa: E501
"""Records of a few lines, without headings or labels."""

from datetime import date

import pytest

from mednec.documents.classify import described
from mednec.documents.days import days
from mednec.documents.kinds import type_of
from mednec.model import Document

SCAN = """COPPER BASIN MRI   LUMBAR SPINE 02/11/2026
HOLLOWAY AGNES   03/02/1951
L4-5: broad bulge, moderate right foraminal stenosis. Other levels patent. No fracture or infection.
IMP: right L4-5 foraminal stenosis.
P. Ferro MD   signed 02/11/2026
"""
BLOCK = """JUNIPER PAIN | PROCEDURE | 02/20/2026
Agnes Holloway | DOB 03/02/1951
Right L4-5 TFESI 64483-RT. Fluoro, 22g, iohexol 1 mL epidural spread. Dexamethasone 10 mg. No sedation. Pre NRS 8, post NRS 3.
/s/ P. Ferro MD 02/20/2026
"""
PLANNED = """JUNIPER PAIN | 02/12/2026 | Agnes Holloway | DOB 03/02/1951
Right L4 radicular pain. Plan: right L4-5 TFESI with fluoroscopy and contrast. Triamcinolone 40 mg/mL, 2 mL.
/s/ P. Ferro MD 02/12/2026
"""
VISIT = """JUNIPER PAIN   2/2/2026   Holloway, Agnes   3/2/1951
74F, right leg pain 4 months. NRS 7/10. Physical therapy 8 weeks at Lakeside PT, no gain. MRI: right L4-5 foraminal stenosis,
no fracture. R EHL 4/5.
Plan right L4-5 TFESI.
Electronically signed P. Ferro MD 2/2/2026
"""
REFERRAL = """PHYSICAL THERAPY REFERRAL            Juniper Family Care
To: Lakeside Physical Therapy
Patient: Agnes Holloway   DOB 03/02/1951
Dx M54.16   [x] Evaluate and treat   2x per week   6 weeks   [x] therapeutic exercise
S. Orr PA-C   electronically signed 01/05/2026
"""
COURSE = """LAKESIDE PT      Holloway A   3/2/1951    R lumbar radiculopathy
1/8/26 eval  NRS 7  ODI 48  flexion bias, HEP
1/12, 1/15, 1/19, 1/22 seen NRS 7
2/20/26 dc: 12 visits. NRS 7. ODI 46.   T. Voss PT esigned 2/20/26
"""


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (SCAN, "imaging_report"),
        (BLOCK, "procedure_note"),
        (VISIT, "office_visit"),
        (REFERRAL, "order"),
        (COURSE, "therapy_discharge"),
    ],
)
def test_a_short_record_shows_what_it_is(text: str, kind: str) -> None:
    assert type_of(text) == kind


def test_an_appeal_addressed_to_grievances_is_an_appeal() -> None:
    text = "Grievances and Appeals\nPO Box 1\n\nDear Appeals Team,\nI am writing to appeal the denial of the injection.\nSincerely"
    assert type_of(text) == "appeal_letter"


def test_a_house_before_the_birth_date_is_not_the_patient() -> None:
    head = "STONE RIVER PT             Holloway, Agnes    DOB 03/02/1951    C6 radiculopathy\n01/08/26 eval NRS 7\n"
    patient = described(Document("pt.txt", head)).patient
    assert (patient.name, patient.birth_date) == ("Agnes Holloway", date(1951, 3, 2))


@pytest.mark.parametrize(
    "written", ["24MAR2026", "24-Mar-2026", "20260324", "2026.03.24", "3/24/26", "March 24th, 2026"]
)
def test_days_are_read_in_every_common_form(written: str) -> None:
    assert [day.value for day in days(f"Visit {written}, seen")] == [date(2026, 3, 24)]


def test_a_numbered_log_is_of_the_day_on_which_it_was_reviewed() -> None:
    log = "Log of epidurals, L5-S1:\n1) 08/14/2025\n2) 10/30/2025\n3) 01/15/2026\nReviewed 05/19/2026.\n"
    assert described(Document("log.txt", log)).dated == date(2026, 5, 19)


def test_a_list_of_days_alone_is_of_its_first() -> None:
    assert described(Document("log.txt", "Visits\n- 01/08/2026\n- 01/15/2026\n")).dated == date(2026, 1, 8)


def test_a_title_that_is_the_word_procedure_alone_records_one() -> None:
    text = (
        "SILVER CREEK SPINE      PROCEDURE\nAgnes Holloway   DOB 03/02/1951    02/20/2026\n"
        "Trigger point injection, left levator, lidocaine 1.5 mL, by palpation.\nNRS before 8, after 2.\n/s/ P. Ferro MD\n"
    )
    assert type_of(text) == "procedure_note"


def test_a_procedure_that_is_only_planned_makes_no_procedure_note():
    assert type_of(PLANNED) != "procedure_note"
    assert type_of(BLOCK) == "procedure_note"
