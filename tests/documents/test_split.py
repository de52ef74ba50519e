# ruff: noqa: E501
"""A packet of records and a note with an addendum are several documents; one record of many pages is one."""

from datetime import date
from pathlib import Path

import pytest

from mednec.documents import read_chart, read_files
from mednec.documents.kinds import type_of
from mednec.documents.split import parts
from mednec.model import Document, SignatureState

VISIT = """OFFICE VISIT
Patient: Jane Sample   DOB: 02/03/1960   DOS: {}
HPI: low back pain, {}
Exam: BP 120/70, tender L4-5, facet loading positive on both sides, straight leg raise negative on both sides.
Assessment: lumbar spondylosis without radiculopathy, pain on extension and rotation, standing limited to ten minutes.
Plan: continue the home exercise program, medial branch block.
Electronically signed by Alan Stone, MD {}
"""
LETTER = """Blue Mesa Pain
RE: Letter of Medical Necessity
To Whom It May Concern: the block is medically necessary, she has failed physical therapy for eight weeks. Please approve it.
Sincerely, Alan Stone, MD
"""


def read(tmp_path: Path, text: str) -> tuple[Document, ...]:
    (tmp_path / "chart.txt").write_text(text, encoding="utf-8")
    return read_chart(tmp_path).documents


def test_a_packet_falls_into_its_documents(tmp_path: Path) -> None:
    first, second = VISIT.format("01/05/2026", "7/10", "01/05/2026"), VISIT.format("03/05/2026", "8/10", "03/05/2026")
    documents = read(tmp_path, f"{first}\f{second}\f{LETTER}")
    assert [document.id for document in documents] == ["chart.txt", "chart.txt#2", "chart.txt#3"]
    assert [document.type for document in documents] == ["office_visit", "office_visit", "letter_of_medical_necessity"]
    assert [document.dated for document in documents[:2]] == [date(2026, 1, 5), date(2026, 3, 5)]
    assert [document.pages[0].number for document in documents] == [1, 2, 3]
    assert documents[1].text == second + "\f"


def test_a_cover_sheet_does_not_hide_the_note_behind_it(tmp_path: Path) -> None:
    cover = "FAX COVER SHEET\nTo: Records\nFrom: Blue Mesa\nNumber of pages: 2\nConfidentiality notice: for the addressee.\n"
    documents = read(tmp_path, f"{cover}\f{VISIT.format('01/05/2026', '7/10', '01/05/2026')}")
    assert [document.type for document in documents] == ["fax_cover", "office_visit"]


def test_the_pages_of_one_note_stay_together(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "7/10", "01/05/2026").replace(
        "Assessment", "Page 1 of 2\n\fSample, Jane\nAssessment"
    )
    assert len(read(tmp_path, note + "Page 2 of 2\n")) == 1


def test_an_addendum_after_a_note_is_a_document_of_its_own(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "7/10", "01/05/2026")
    documents = read(tmp_path, note + "\nADDENDUM: patient has also failed chiropractic care.\n")
    assert [document.id for document in documents] == ["chart.txt", "chart.txt#addendum"]
    assert documents[0].text == note + "\n"
    assert documents[0].signature is SignatureState.SIGNED
    addendum = documents[1]
    assert (addendum.type, addendum.dated, addendum.written) == ("addendum", date(2026, 1, 5), None)
    assert addendum.patient == documents[0].patient


def test_a_dated_and_signed_addendum_says_so(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "7/10", "01/05/2026")
    tail = "Addendum 01/12/2026 (Alan Stone, MD, e-signed 01/12/2026 08:20): X-ray shows no fracture.\n"
    addendum = read(tmp_path, note + tail)[1]
    assert (addendum.written, addendum.author) == (date(2026, 1, 12), "Alan Stone, MD")
    assert addendum.signature is SignatureState.SIGNED


def test_the_word_addendum_within_a_sentence_changes_nothing(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "see the addendum of the radiologist", "01/05/2026")
    assert len(read(tmp_path, note + "Addendum: none\n")) == 1


def test_a_note_in_the_margin_is_cut_out_and_the_note_goes_on(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "7/10", "01/05/2026")
    margin = "[handwritten in margin: also failed PT x 8 wks 2025]\n"
    documents = read(tmp_path, note.replace("Plan:", margin + "Plan:"))
    assert [document.id for document in documents] == ["chart.txt", "chart.txt#addendum", "chart.txt#continued"]
    assert documents[1].text == margin.rstrip()
    assert (documents[1].type, documents[1].written) == ("addendum", None)
    for part in (documents[0], documents[2]):
        assert (part.type, part.dated, part.signature) == ("office_visit", date(2026, 1, 5), SignatureState.SIGNED)


def test_a_handwritten_log_is_no_margin_note(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "7/10", "01/05/2026").replace(
        "Plan:", "Handwritten pain log reviewed, 85% relief.\nPlan:"
    )
    assert len(read(tmp_path, note)) == 1


STAMP = "FROM: COLD CREEK PAIN  FAX 555-555-0134  TO: REVIEW  04/02/2026 09:1{0}  PAGE 0{0} OF 07\n"
FAXED = (
    "FACSIMILE TRANSMITTAL\nDATE : 4/2/2026\nTO : Prior Auth Intake\nFROM : Cold Creek Pain\nRE : Nils Auber  DOB 07/19/1951\nPAGES : 7 including cover\n",
    "COLD CREEK PAIN   April 1, 2026\nTo Whom It May Concern:\nRE: Nils Auber, DOB 07/19/1951.  Letter of Medical Necessity\nOn behalf of my patient I request approval of the epidural. He failed sixteen weeks of therapy. It is medically necessary.\nSincerely, Una Marsh, MD\n",
    "HILLTOP FAMILY CARE   Ph 555-555-0190\nAUBER, NILS   7/19/1951   M   Visit 8 Jan 2026   Provider: B. Toft, PA-C\nS: Right leg pain for a week, 7 of 10. Took ibuprofen.\nO: 130/80. SLR positive right.\nA: sciatica\nP: naproxen, therapy.\nB. Toft, PA-C signed electronically 1/8/26\n",
    "HILLTOP FAMILY CARE   Ph 555-555-0190\nAUBER, NILS   7/19/1951   M   Visit 20 Feb 2026   Provider: B. Toft, PA-C\nS: Leg no better, in therapy.\nO: 132/80. SLR positive right.\nA: L5 radiculopathy\nP: MRI.\nB. Toft, PA-C signed electronically 2/20/26\n",
    "BRIDGE PHYSICAL THERAPY   DISCHARGE SUMMARY   02/27/2026\nAuber, Nils   07-19-51\nAttended 12 visits in six weeks. NPRS 7 at the start, 7 now. Goals not met.\nInga Holt, PT  e-signed 2/27/26\n",
    "COLD CREEK PAIN   NEW PATIENT CONSULTATION   DOS 3/24/2026   p 1/2\nNILS AUBER   DOB 7/19/1951\nHPI. Eleven weeks of right leg pain, NRS 7.\nExam: SLR positive right.\n",
    "COLD CREEK PAIN   cont.   AUBER   DOS 3/24/2026   p 2/2\nAssessment: L5 radiculopathy.\nPlan: epidural.\nUna Marsh, MD e-signed 3/24/2026\n",
)
PARTS = [
    ("fax_cover", date(2026, 4, 2)),
    ("letter_of_medical_necessity", date(2026, 4, 1)),
    ("office_visit", date(2026, 1, 8)),
    ("office_visit", date(2026, 2, 20)),
    ("therapy_discharge", date(2026, 2, 27)),
    ("consultation", date(2026, 3, 24)),
]


def test_the_page_count_of_a_fax_machine_does_not_make_its_pages_one_document(tmp_path: Path) -> None:
    pages = [STAMP.format(number) + page for number, page in enumerate(FAXED, start=1)]
    documents = read(tmp_path, "\f".join(pages))
    assert [(document.type, document.dated) for document in documents] == PARTS


def test_a_packet_pasted_into_one_text_falls_apart_at_its_page_lines(tmp_path: Path) -> None:
    pages = [f"Page {number} of 7\n{page}\n" for number, page in enumerate(FAXED, start=1)]
    documents = read(tmp_path, "\n".join(pages))
    assert [(document.type, document.dated) for document in documents] == PARTS


def test_a_packet_pasted_into_one_text_falls_apart_at_its_rules(tmp_path: Path) -> None:
    for rule in ("=" * 40, "-" * 12, "* * * * *", "--- next document ---"):
        documents = read(tmp_path, f"\n{rule}\n".join(FAXED))
        assert [(document.type, document.dated) for document in documents] == PARTS, rule


def test_rules_within_a_note_do_not_cut_it(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "7/10", "01/05/2026").replace("Exam:", "-----------\nExam:")
    assert len(read(tmp_path, note.replace("Plan:", "==== PLAN ====\nPlan:"))) == 1


def test_notes_pasted_one_below_the_other_fall_apart_where_the_patient_is_named_again(tmp_path: Path) -> None:
    visits = [VISIT.format(day, "7/10", day) for day in ("01/05/2026", "02/05/2026", "03/05/2026")]
    assert [document.dated for document in read(tmp_path, "\n\n".join(visits))] == [
        date(2026, 1, 5),
        date(2026, 2, 5),
        date(2026, 3, 5),
    ]


def test_a_note_that_names_its_patient_twice_is_one(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "7/10", "01/05/2026")
    again = note.replace("Plan:", "\nPatient: Jane Sample   DOB: 02/03/1960\nMRI of 12/20/2025 was read again.\nPlan:")
    assert len(read(tmp_path, again)) == 1


def test_an_addendum_behind_a_short_signed_note_is_a_document_of_its_own(tmp_path: Path) -> None:
    note = "VISIT 02/03/2026. Left sciatica, straight leg raise positive. Signed A. Stone MD 02/03/2026."
    for between in ("\n", "\n\n", " "):
        documents = read(tmp_path, f"{note}{between}ADDENDUM: also failed eight weeks of therapy.")
        assert [document.type for document in documents] == ["office_visit", "addendum"]
        assert (documents[1].written, documents[1].author) == (None, None)


def test_an_amendment_at_a_payers_wish_is_cut_off_from_its_note(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "7/10", "01/05/2026")
    documents = read(tmp_path, note + "Addendum per denial: failed chiropractic care.\n")
    assert [document.type for document in documents] == ["office_visit", "addendum"]


def test_each_of_two_addenda_stands_for_itself(tmp_path: Path) -> None:
    note = VISIT.format("01/05/2026", "7/10", "01/05/2026")
    proper = "ADDENDUM 01/07/2026: X-ray clear. Electronically signed by Alan Stone, MD 01/07/2026\n"
    documents = read(tmp_path, note + proper + "ADDENDUM: failed chiropractic care.\n")
    assert [document.type for document in documents] == ["office_visit", "addendum", "addendum"]
    assert [document.written for document in documents] == [None, date(2026, 1, 7), None]
    assert documents[2].signature is SignatureState.UNKNOWN


def test_an_addendum_that_heads_its_own_text_with_the_word_again_is_one(tmp_path: Path) -> None:
    text = (
        "ADDENDUM TO OFFICE VISIT\nPatient: Jane Sample   DOB: 02/03/1960\nVisit of 01/05/2026\n"
        "Addendum 01/07/2026 09:10: X-ray of the lumbar spine clear.\nElectronically signed by Alan Stone, MD 01/07/2026\n"
    )
    assert [document.written for document in read(tmp_path, text)] == [date(2026, 1, 7)]


CLINIC = """CENTER FOR SPINE AND PAIN
1200 Ridge Ave, Suite 4, Reno NV   Ph (775) 555-0142
Patient: SAMPLE, JANE   DOB: 02/03/1960   DOS: {day}
CC: low back pain
HPI: 66 y.o. with right low back pain for nine months, 7/10, worse with standing and extension.
PE: Lumbar ROM limited in extension. Facet loading positive on the right. SLR negative.
PLAN: 1. Physical therapy twice a week for six weeks. 2. Meloxicam 15 mg. 3. Return in 8 weeks.
Electronically signed by Alan Stone, MD on {day} at 17:06
"""
THERAPY = """RIVERBEND PHYSICAL THERAPY
Patient: SAMPLE, JANE   DOB: 02/03/1960   Date: 09/15/2025
PT DISCHARGE SUMMARY
Visits: 12 of 12 from 08/04/2025 to 09/15/2025.
S: pain 7/10 at start, 7/10 now. O: lumbar extension 10 deg. ODI 48% to 46%.
Tx: therapeutic exercise, manual therapy, moist heat, home exercise program.
A: No functional improvement. Goals not met.  P: D/C to HEP, return to MD.
Ruth Vale, PT, DPT  e-signed 09/15/2025
"""
FAX_LINE = "10/05/2025 09:1{}   FROM: 7755550142   TO: 6025550199   P.0{}/03\n"


@pytest.mark.parametrize("between", ["", "\n", "\n\n"])
@pytest.mark.parametrize("stamped", [True, False])
def test_a_packet_in_running_text_is_parted_at_its_letterheads(between: str, stamped: bool) -> None:
    papers = [CLINIC.format(day="07/22/2025"), THERAPY, CLINIC.format(day="10/02/2025")]
    stamps = [FAX_LINE.format(n, n) if stamped else "" for n in (1, 2, 3)]
    text = between.join(stamp + paper for stamp, paper in zip(stamps, papers, strict=True))
    found = read_files([("packet.txt", text.encode())]).documents
    assert [(d.type, str(d.dated)) for d in found] == [
        ("office_visit", "2025-07-22"),
        ("therapy_discharge", "2025-09-15"),
        ("office_visit", "2025-10-02"),
    ]
    assert "".join(d.text for d in found) == text


def test_a_footer_or_a_second_signature_behind_a_signature_is_no_document_of_its_own() -> None:
    text = CLINIC.format(day="07/22/2025")
    text += "I have reviewed the note and agree. Nils Berg, MD   e-signed 07/22/2025 18:40\n"
    text += "CENTER FOR SPINE AND PAIN | SAMPLE, JANE | DOB 02/03/1960 | printed 10/05/2025\n"
    assert len(read_files([("note.txt", text.encode())]).documents) == 1


def test_an_entry_of_a_course_behind_a_signature_stays_with_its_course() -> None:
    course = THERAPY.replace("PT DISCHARGE SUMMARY", "INITIAL EVALUATION")
    course += "09/22/2025  DISCHARGE NOTE\nAttended 2 of 2 visits. Pain 7 -> 8. Discharged on agreement because exercises hurt more each week,\n"
    course += "and the left leg grew weaker. She goes on with short walks and positions of ease; no further therapy is advised.\n"
    course += "Ruth Vale, PT, DPT   e-signed 09/22/2025 09:25\n"
    assert len(read_files([("course.txt", course.encode())]).documents) == 1


def test_pages_of_a_fax_between_numbered_rules_are_papers_of_their_own(tmp_path: Path) -> None:
    cover = "FAX  06/02/2026 10:14  TO: Plan  PAGES 4\nLAKE CLINIC\nre SAMPLE, Jane 2/3/60, records\n"
    therapy = (
        "PINE PHYSICAL THERAPY    DISCHARGE SUMMARY\nPt J. Sample  2/3/60  Start 01/12/2026  Discharge 02/23/2026\n"
    )
    therapy += "NPRS 8 at start, 7 at end. Home program daily. Goals not met.\nAda Lind, PT, DPT   e-signed 2/23/2026\n"
    mind = "LAKE CLINIC - Behavioral Health     02/18/2026     50 min\nPsychological evaluation. PHQ-9 7, GAD-7 9. CBT for pain begun.\n"
    mind += "Jo Martin, LICSW    signed 2/18/26\n"
    note = VISIT.format("03/05/2026", "7/10", "03/05/2026")
    for rule in ("------------- PAGE {}/5\n", "--------------------------- P.0{}\n"):
        pages = "".join(rule.format(number) + page for number, page in enumerate((note, therapy, mind, note), start=2))
        documents = read(tmp_path, cover + pages.replace("03/05/2026 \n", "03/05/2026\n"))
        kinds = [document.type for document in documents]
        assert kinds == ["fax_cover", "office_visit", "therapy_discharge", "psychological_evaluation", "office_visit"]


@pytest.mark.parametrize(
    "opening",
    [
        "Sticky note, unsigned:",
        "Addition (anonymous):",
        "[inserted]",
        "Per coder request, please append:",
        "Text added to the note after signature, no author:",
        "Undated entry in another hand:",
    ],
)
def test_what_says_that_nobody_signed_it_is_an_addition_of_its_own(opening: str) -> None:
    note = "05/11/2026 Visit. Low back pain for nine months. Signed R. Osei MD 05/11/2026 15:40\n\n"
    added = f"{opening} physical therapy was tried and did nothing.\n"
    assert [part.id for part in parts(Document("note.txt", note + added))] == ["note.txt", "note.txt#addendum"]
    assert type_of(added) == "addendum"
