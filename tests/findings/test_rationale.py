"""Rationale: a plan is not one, an argument is."""

import pytest

from mednec.findings import rationale
from mednec.findings.parse import parse
from mednec.model import Document, Finding


def read(text: str) -> list[Finding]:
    return list(rationale.find(parse(Document(id="note", text=text, type="office_visit"))))


@pytest.mark.parametrize(
    "text",
    [
        "Therapy and NSAIDs have failed and the MRI is concordant, so an epidural injection is indicated.",
        "MEDICAL DECISION MAKING\nAxial pain despite PT. MRI shows arthropathy only. A block is the next step.",
        "Plan: L1 kyphoplasty, fluoroscopy. Reason: worsening pain on the best non-surgical care.",
        "PLAN: He has not responded to therapy. I think he would benefit from a stimulator trial.",
        "PLAN: Anti-inflammatories and bracing were without relief. She is a good candidate for arthroscopy.",
        "OPERATIVE INDICATIONS: Left knee osteoarthritis. Therapy failed. Replacement was offered.",
        "PLAN: She tried non-surgical treatments with little relief and is an ideal candidate for surgery.",
        "INDICATIONS FOR SURGERY: Nerve conduction was abnormal. Conservative care failed. Surgery was offered.",
        "INDICATIONS: Left leg pain. Physical therapy has failed. MRI shows a herniation at L4-5.",
        "PLAN: L4-5 ESI. Leg pain despite celecoxib, MRI confirms a herniation.",
        "PLAN: Symptoms persist after PT and NSAIDs, exam and MRI concordant. L4-5 interlaminar ESI.",
    ],
)
def test_an_argument_is_a_rationale(text: str) -> None:
    assert [f.concept for f in read(text)] == ["procedure_rationale"]


@pytest.mark.parametrize(
    "text",
    [
        "Schedule for L4-5 TFESI.",
        "PLAN: L4-5 ESI. MRI confirms a herniation despite the late hour.",
        "Indication: lumbar radiculopathy.",
        "I do not think she is a good candidate for surgery because of her weakness on exam.",
        "If therapy fails, an injection is reasonable.",
        "Reason: pre-procedure call, TFESI is scheduled for Tuesday morning at nine.",
        "Physical therapy intervention is indicated due to weakness.",
    ],
)
def test_a_plan_a_doubt_or_a_bare_indication_is_none(text: str) -> None:
    assert read(text) == []


def test_the_quote_reaches_back_to_the_reasons() -> None:
    [found] = read("Pain persists despite therapy. The MRI is concordant. An epidural injection is warranted.")
    assert found.quote.startswith("Pain persists")


@pytest.mark.parametrize(
    "text",
    [
        "Plan: Repeat L4-5 radiofrequency ablation. Reasoning: good relief 75% for 9 months, NSAIDs not possible, "
        "exercise alone no longer holds it.",
        "Plan: T12 balloon kyphoplasty. He is losing function and opioids are risky with COPD.",
        "Plan: L4-5 facet block. He worked hard at PT with no change in scores; facet signs are clear and nothing "
        "else explains it.",
        "Plan: C7-T1 interlaminar injection. She has persisting weakness and lost work and prefers to try this "
        "prior to surgery.",
        "Plan: left L4-5 TFESI, one level. Pain and weakness keep him from work and the MRI explains it.",
        "Plan: Right L5 TFESI. Six weeks of therapy changed nothing and the disc accounts for all of it.",
        "Assessment: T12 fracture, pain comes from this fracture, worse in spite of bracing.\nPlan: T12 kyphoplasty.",
    ],
)
def test_reasons_told_freely_beside_the_procedure_are_a_rationale(text: str) -> None:
    assert [f.concept for f in read(text)] == ["procedure_rationale"]


@pytest.mark.parametrize(
    "text",
    [
        "Plan: LESI. MRI explains her symptoms.",
        "Plan: Schedule MBB. I explained the risks and she prefers to schedule before Friday.",
        "Plan: TFESI. Off work until Monday. NSAIDs contraindicated.",
        "Plan: Continue PT. Opioids are risky and not possible for him. He works as a driver.",
        "Plan: RFA discussed. MRI does not explain it and she is working full time.",
    ],
)
def test_one_reason_or_reasons_for_no_procedure_are_none(text: str) -> None:
    assert read(text) == []


def test_an_assessment_that_tells_failed_care_beside_findings_argues_for_the_procedure_of_the_plan():
    text = (
        "ASSESSMENT:\nLeft facet pain by examination, which facet loading reproduces. "
        "Failed 8 weeks of PT and naproxen.\n\n"
        "PLAN:\nLeft L4-5 medial branch block.\n"
    )
    document = Document("note.txt", text)
    assert [one.kind for one in rationale.find(parse(document))] == ["rationale"]
    without = text.replace("Failed 8 weeks of PT and naproxen.", "PT is ordered.")
    assert list(rationale.find(parse(Document("note.txt", without)))) == []


@pytest.mark.parametrize(
    "text",
    [
        "She had two epidurals with only brief improvement. Therefore, a transforaminal approach was selected today.",
        "MRI showed severe arthritis of the hip, the cartilage was gone, and thus it was felt that a resurfacing "
        "was appropriate for her.",
        "The injection gave only temporary relief, and for this reason she has consented to the carpal tunnel release.",
    ],
)
def test_what_was_therefore_chosen_is_argued(text):
    assert read("INDICATIONS: " + text)


def test_what_was_chosen_without_a_reason_is_not_argued():
    assert not read("INDICATIONS: Low back pain. A transforaminal approach was selected.")


@pytest.mark.parametrize(
    "text",
    [
        "IMPRESSION: Postlaminectomy syndrome with leg pain. Medical and physical measures are exhausted.\nPLAN: Stimulator trial.",  # noqa: E501
        "ASSESSMENT: Vertebrogenic low back pain. Eight months of nonoperative care failed.\nPLAN: Basivertebral nerve ablation L4, L5.",  # noqa: E501
        "ASSESSMENT: Left SI joint pain, borne out by the block.\nPLAN: SI joint injection with steroid.",
        "Bracing and opioids have failed and she cannot be sent home, therefore L3 vertebroplasty is advised.",
    ],
)
def test_an_assessment_of_what_failed_argues_for_the_plan(text: str) -> None:
    assert read(text)


@pytest.mark.parametrize(
    "text",
    [
        "IMPRESSION: Postlaminectomy syndrome with leg pain.\nPLAN: Stimulator trial.",
        "ASSESSMENT: Low back pain. Eight months of nonoperative care failed.\nPLAN: Continue home exercise.",
    ],
)
def test_a_diagnosis_alone_or_no_procedure_is_no_argument(text: str) -> None:
    assert not read(text)


@pytest.mark.parametrize(
    "text",
    [
        "INDICATION: After failing six weeks of physical therapy with an MRI showing a tear, he opted for arthroscopy.",
        "HISTORY: Bracing and NSAIDs did not help. She wished to proceed with surgery due to her persistent pain.",
        "PLAN: He would like to move forward with surgery, since physical therapy and NSAIDs have failed.",
    ],
)
def test_what_a_patient_opts_for_after_care_has_failed_is_argued(text: str) -> None:
    assert read(text)


def test_what_is_only_offered_is_not_argued() -> None:
    text = "PLAN: He was offered an injection, but he wants none due to a reaction to steroids."
    assert not read(text)
