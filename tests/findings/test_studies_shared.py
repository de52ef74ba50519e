"""What the words on one study say of another, and studies that are told in passing."""

from mednec.findings import studies
from mednec.findings.parse import parse
from mednec.model import Document


def read(text: str) -> list[tuple]:
    found = studies.find(parse(Document(id="note", text=text, type="office_visit")))
    return [(f.concept, f.get("region"), f.get("status"), f.get("result"), f.get("date")) for f in found]


def test_each_region_of_a_sentence_has_its_own_result():
    text = "Neck pain and headache. MRI of the brain was negative and the cervical spine showed a disc protrusion."
    assert read(text) == [("mri", "head", "past", "normal", None), ("mri", "cervical", "past", "abnormal", None)]


def test_a_study_of_this_fracture_is_of_the_region_told_before():
    text = "X-rays of the lumbar spine show an L2 fracture. A CT scan confirmed this fracture."
    assert [region for _, region, _, _, _ in read(text)] == ["lumbar", "lumbar"]


def test_a_date_may_stand_behind_the_result():
    assert read("Back pain. DEXA scan was normal 05/14/2019.") == [("dexa", None, "past", "normal", "2019-05-14")]


def test_results_that_a_later_visit_shall_review_are_still_to_come():
    assert read("PLAN: Back pain. Follow up in two weeks to review the MRI.")[0][2] == "planned"


def test_a_study_that_is_diagnostic_of_something_is_abnormal():
    text = "Hand pain. Nerve conduction studies were done and are diagnostic of median neuropathy."
    assert read(text)[0][3] == "abnormal"


def test_a_head_scan_counts_only_where_the_headache_is_a_complaint():
    text = "Back pain. A head CT was normal. Her migraine headaches are under good control."
    assert read(text) == []


def test_the_scan_of_the_belly_stays_one_of_the_belly():
    assert read("Back pain. CT scan of the abdomen showed a stone. The CT results were discussed.") == []


def test_what_the_symptoms_are_consistent_with_is_no_result():
    text = "With the radiographic findings reviewed, her symptoms are consistent with an ankle sprain."
    assert read(text) == [("xray", None, "past", None, None)]


def test_a_referral_that_was_not_followed_is_no_study():
    assert read("Back pain. He was sent for an MRI, however he did not undergo it.")[0][2] == "not_tried"


def test_two_studies_joined_by_and_keep_their_own_regions():
    text = "Neck pain. CT of the cervical spine and x-rays of the left shoulder were both unremarkable."
    assert [(concept, region) for concept, region, _, _, _ in read(text)] == [("ct", "cervical"), ("xray", "shoulder")]


def test_a_series_and_an_ultrasound_of_a_joint_are_imaging():
    assert read("X-RAYS: Back pain. Lumbar spine series reveals a fracture of L1.")[-1][:4] == (
        "xray", "lumbar", "past", "abnormal",
    )  # fmt: skip
    assert read("Foot pain. Ultrasound of the right foot revealed a cyst.")[0][:2] == (
        "ultrasound_imaging",
        "ankle_foot",
    )


def test_a_scan_that_shows_an_organ_is_not_of_the_spine():
    assert read("Back pain. A CT scan was done and showed a large adrenal mass.") == []
