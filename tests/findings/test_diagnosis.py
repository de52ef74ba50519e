"""Conditions: present, absent, suspected or over, and where they sit."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mednec.findings import diagnosis
from mednec.findings.parse import parse
from mednec.model import Document, Finding

REPORT = """EXAM: MRI LUMBAR SPINE
CLINICAL HISTORY: Sciatica, evaluate for disc herniation.
FINDINGS:
Vertebral body heights are normal. No fracture.
L3-4: Mild bulge. Canal and foramina patent.
At L4-L5 there is moderate right and mild left foraminal narrowing without nerve contact.
L5-S1: Left foraminal protrusion with severe left foraminal
stenosis, compressing the exiting left L5 root. Right foramen is widely patent.

IMPRESSION:
1. L5-S1 left foraminal protrusion compressing the left L5 root.
2. Chronic L1 compression deformity, unchanged.
"""


def read(text: str, type: str = "office_visit", dated: date | None = None) -> list[Finding]:
    return list(diagnosis.find(parse(Document(id="note", text=text, type=type, dated=dated))))


def status(text: str, concept: str, dated: date | None = None) -> str | None:
    return next((str(f.get("status")) for f in read(text, dated=dated) if f.concept == concept), None)


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("No fever. No history of cancer, no infection.", "spinal_tumor", "absent"),
        ("No fever.", "spinal_infection", None),
        ("ROS: neg fever, wt loss, cancer, infection.", "spinal_infection", "absent"),
        ("Facet pattern. SLR neg, sciatica on the left.", "radiculopathy", "present"),
        ("MRI: No central stenosis, severe left foraminal stenosis at L4-5.", "disc_herniation", None),
        ("No new radicular symptoms.", "radiculopathy", None),
        ("Denies bowel or bladder change, weakness or leg pain.", "radiculopathy", "absent"),
        ("No effect on leg pain.", "radiculopathy", "suspected"),
        ("History of lumbar radiculopathy treated in 2021.", "radiculopathy", "history"),
        ("Three month history of sciatica.", "radiculopathy", "present"),
        ("Possible SI joint pain, less likely radiculopathy.", "radiculopathy", None),
        ("Leg heaviness after walking a block, relieved by sitting.", "neurogenic_claudication", "present"),
        ("No relief of her radicular pain.", "radiculopathy", "present"),
        ("Not clinically consistent with sacroiliitis.", "sacroiliac_pain", "absent"),
        ("Fibromyalgia has been excluded.", "fibromyalgia_widespread_pain", "absent"),
        ("She is unaware of any kidney disease.", "kidney_disease", "absent"),
        ("If radiculopathy develops we will get an EMG.", "radiculopathy", None),
        ("MRI to rule out compression fracture.", "vertebral_fracture", None),
        ("Risks, not exclusive of infection, were discussed.", "spinal_infection", None),
        ("Lumbar facet arthropathy vs SI joint dysfunction.", "facet_syndrome", "suspected"),
        ("Differential diagnosis: facet arthropathy, sacroiliitis.", "sacroiliac_pain", "suspected"),
        ("Lumbar radiculopathy, resolved after the injection.", "radiculopathy", "history"),
        ("Father had lumbar radiculopathy.", "radiculopathy", None),
        ("FH: sister - fibromyalgia. SH: never smoker.", "fibromyalgia_widespread_pain", None),
        ("Blood thinners?  [ ] Yes  [x] No", "anticoagulation", "absent"),
        ("Blood thinners?  [ ] Yes  [ ] No", "anticoagulation", None),
        ("[X] Anticoag: none", "anticoagulation", "absent"),
        ("Warfarin was stopped in May.", "anticoagulation", "history"),
        ("She may need a pacemaker.", "implanted_device", None),
        ("A spinal cord stimulator trial was discussed.", "implanted_device", None),
        ("DX: M54.16", "radiculopathy", "present"),
        ("SUBSTANCE ABUSE HISTORY: lives with wife.", "substance_use_disorder", None),
        ("PPI for PUD prophylaxis.", "gi_bleed_or_ulcer", None),
        ("I think Coumadin would be appropriate.", "anticoagulation", None),
        ("She is currently being treated with Lovenox.", "anticoagulation", "present"),
        ("Lumbar surgery, with resolution of the left sciatica.", "radiculopathy", "history"),
        ("I don't see any definitive fracture line.", "vertebral_fracture", "absent"),
        ("No calvarial fracture.", "vertebral_fracture", None),
        ("Do not take methotrexate if you are pregnant.", "pregnancy", None),
        ("If she does not improve, we will consider anticoagulation with heparin.", "anticoagulation", None),
        ("MRI lumbar: no moderate or high-grade canal stenosis.", "spinal_stenosis", None),
        ("L5 compression fracture, which has not healed.", "vertebral_fracture", "present"),
        ("The L2 fracture is documented on the films as being chronic.", "vertebral_fracture", "history"),
        ("A left C7 radiculopathy could not be ruled out.", "radiculopathy", "suspected"),
        ("(-) SLR, (-) radiculopathy.", "radiculopathy", "absent"),
        ("Zero sciatica.", "radiculopathy", "absent"),
        ("PMH: HTN, CKD3.", "kidney_disease", "present"),
        ("Facet mediated pain is less likely.", "facet_syndrome", None),
        ("He did have sciatica in 2011 which went away after an epidural.", "radiculopathy", "history"),
        ("No sacroiliitis on the films.", "sacroiliac_pain", None),
        ("Neck pain radiating to R arm to thumb.", "radiculopathy", "present"),
        ("Back pain that radiates to the buttock but not the leg.", "radiculopathy", None),
        ("If she does not recover, we will consider either rest or anticoagulation.", "anticoagulation", None),
        ("He was thought initially to have radiculopathy.", "radiculopathy", "suspected"),
        ("Assessment: L L4 radic.", "radiculopathy", "present"),
        ("Tongue midline upon protrusion.", "disc_herniation", None),
        ("An occasional alcoholic beverage.", "substance_use_disorder", None),
    ],
)
def test_what_a_sentence_says_of_a_condition(text: str, concept: str, expected: str | None) -> None:
    assert status(text, concept) == expected


def test_a_year_before_the_note_makes_a_condition_history() -> None:
    assert status("Disc herniation 2015.", "disc_herniation", dated=date(2026, 3, 1)) == "history"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain is 80% leg, 20% back.", "absent"),
        ("70 percent of her pain is in the back and 30 percent in the leg.", "present"),
        ("Ninety percent of the pain is in the leg.", "absent"),
        ("Back/leg pain ratio 70/30.", "present"),
        ("Leg > back pain.", "absent"),
        ("LBP > leg pain.", "present"),
        ("50% back, 50% leg.", None),
        ("80% relief of her back pain.", None),
        ("No radiation into the legs.", "present"),
        ("Pain 90/10 back/leg.", "present"),
        ("LBP >> leg pain.", "present"),
    ],
)
def test_how_the_pain_divides_decides_whether_it_is_axial(text: str, expected: str | None) -> None:
    assert status(text, "axial_pain") == expected


def test_no_fracture_of_a_knee_is_none_of_the_spine() -> None:
    assert not read("Right knee pain after a fall on the knee. Knee x-rays show no fracture. Knee brace, ankle wrap.")


def test_a_level_that_begins_the_sentence_places_what_it_denies() -> None:
    found = read("FINDINGS:\nL3-4: normal.\nAt L4-5 there is a disc bulge, but no canal stenosis.", "imaging_report")
    assert [f.get("levels") for f in found if f.concept == "spinal_stenosis"] == [["L4-5"]]


def test_two_grades_in_a_sentence_keep_their_own_levels() -> None:
    found = read("There was severe bilateral foraminal stenosis at L5-S1 and moderate foraminal stenosis at L3-4.")
    places = [(f.get("levels"), f.get("severity"), f.get("side")) for f in found if f.concept == "spinal_stenosis"]
    assert places == [(["L5-S1"], "severe", "bilateral"), (["L3-4"], "moderate", None)]


def test_a_report_is_read_level_by_level_and_side_by_side() -> None:
    found = [
        (f.concept, f.get("status"), f.get("levels"), f.get("side"), f.get("severity"))
        for f in read(REPORT, "imaging_report")
    ]
    assert ("disc_herniation", "present", ["L5-S1"], "left", None) in found
    assert ("spinal_stenosis", "present", ["L5-S1"], "left", "severe") in found
    assert ("spinal_stenosis", "absent", ["L5-S1"], "right", None) in found
    assert ("spinal_stenosis", "absent", ["L3-4"], None, None) in found
    assert ("spinal_stenosis", "present", ["L4-5"], "right", "moderate") in found
    assert ("spinal_stenosis", "present", ["L4-5"], "left", "mild") in found
    assert ("vertebral_fracture", "absent", None, None, None) in found
    assert ("vertebral_fracture", "history", ["L1"], None, None) in found


def test_the_reason_for_a_study_is_not_its_finding() -> None:
    assert all(f.start > REPORT.index("FINDINGS") for f in read(REPORT, "imaging_report"))


def test_touching_a_nerve_is_told_apart_from_not_touching_it() -> None:
    contacts = {
        (f.get("side"), f.get("nerve_contact"))
        for f in read(REPORT, "imaging_report")
        if f.concept == "spinal_stenosis"
    }
    assert {("left", True), ("right", False)} <= contacts


def test_a_note_that_cites_a_study_says_so() -> None:
    [herniation] = [
        f for f in read("IMAGING: MRI 1/20/26, L5-S1 foraminal herniation.") if f.concept == "disc_herniation"
    ]
    assert herniation.get("basis") == "quoted"
    assert herniation.get("side") is None


def test_the_side_of_a_diagnosis_is_not_lent_to_the_next() -> None:
    [herniation] = [
        f for f in read("Right L5 radiculopathy, L5-S1 foraminal HNP (M51.17).") if f.concept == "disc_herniation"
    ]
    assert herniation.get("side") is None


def test_the_name_of_a_code_does_not_deny_a_radiculopathy_that_the_note_states() -> None:
    text = "1. Lumbar spondylosis without myelopathy or radiculopathy (M47.816).\n2. Left lumbar radiculopathy."
    assert {f.get("status") for f in read(text) if f.concept == "radiculopathy"} == {"present"}


@given(st.text(alphabet=st.sampled_from(list("noradiculpthy MRIL45-S.,;:()/%\n0189")), max_size=200))
def test_no_text_breaks_the_reader(text: str) -> None:
    for finding in read(text):
        assert finding.quote == text[finding.quote_start : finding.quote_end]
        assert finding.mention in finding.quote


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("Plan: RFA, local only, no sedation, apixaban continued per guideline.", "present"),
        ("Plan: ESI. No sedation, anticoagulation held 5 days.", "present"),
        ("Plan: MBB with no sedation, clopidogrel to be continued.", "present"),
        ("Plan: SIJ injection. No steroid, rivaroxaban is paused for two days.", "present"),
        ("No sedation, no blood thinners.", "absent"),
        ("No pacemaker, anticoagulant, or implant.", "absent"),
    ],
)
def test_a_drug_that_is_carried_on_is_not_denied_by_a_no_before_the_comma(text: str, status: str) -> None:
    found = diagnosis.find(parse(Document(id="note", text=text)))
    assert [f.get("status") for f in found if f.concept == "anticoagulation"] == [status]
