"""Treatments as charts tell them: status, response, the numbers of a course, and what is no treatment."""

from datetime import date
from typing import Any

import pytest

from mednec.findings import therapy
from mednec.findings.parse import parse
from mednec.model import Document, Finding

# status, then the response where one is told: they hold for every treatment of the text
SENTENCES = [
    ("current", "PLAN:\n- Cont. HEP\n- Cont. ibuprofen"),
    ("past good", "PLAN: 80% relief from last RFA in 5/2025."),
    ("past none", "HPI: Patient tried and failed: ibuprofen 800mg, Robaxin, PT (6 wk), HEP (8 wks)."),
    ("current", "CONSERVATIVE CARE: Activity modification - ongoing"),
    ("past none", "HPI: Completed 8 weeks of PT and took naproxen 500 mg for 6 weeks, both without relief."),
    ("past none", "HPI: He did 6 weeks of PT and took gabapentin for 3 months. Neither provided relief."),
    ("past", "HPI: Gabapentin was tried but caused dizziness."),
    ("contraindicated", "HPI: Unable to do PT because of severe pain."),
    ("past none", "HPI: No relief w/ tylenol, advil, or heating pad."),
    ("not_tried", "HPI: TENS: did not try."),
    ("not_tried", "PRIOR TREATMENT:\nChiropractic: no\nInjections: no\nSurgery: none"),
    ("not_tried", "Have you had injections? No"),
    ("past none", "Physical Therapy: Yes   Weeks: 8   Improved: No"),
    ("not_tried", "HPI: She was told to do exercises at home but has not been doing them."),
    ("past good", "HPI: SCS trial 8/2024 w/ 70% relief, declined permanent implant."),
    ("current none", "HPI: She is currently in PT (visit 5 of 12), no change yet."),
    ("planned", "HPI: Physical therapy is scheduled to begin next week."),
    ("not_tried", "HPI: Due to transportation issues she was unable to attend PT."),
    ("past none", "HPI: He has tried PT, chiropractic and NSAIDs, none of which helped."),
    ("past none", "HPI: All conservative measures have failed."),
    ("past none", "HPI: Pain persists despite 6 weeks of physical therapy."),
    ("past none", "HPI: She denies relief from gabapentin."),
    ("not_tried", "HPI: She denies any physical therapy."),
    ("not_tried", "HPI: He has never had an epidural injection."),
    ("not_tried", "HPI: No prior spine surgery or injections."),
    ("planned", "PLAN: Refer to physical therapy 2x/wk for 6 weeks."),
    ("planned", "PLAN: We discussed a lumbar epidural steroid injection."),
    ("declined", "PLAN: Offered an ESI but she declined."),
    ("declined", "PLAN: She is not interested in surgery."),
    ("declined", "HPI: He would like to avoid opioids."),
    ("contraindicated", "PLAN: NSAIDs are contraindicated due to CKD."),
    ("contraindicated", "HPI: She cannot take ibuprofen because of ulcers."),
    ("contraindicated", "ALLERGIES: Codeine, naproxen."),
    ("current", "MEDICATIONS: Gabapentin 300 mg TID."),
    ("current good", "HPI: She takes Norco as needed with good relief."),
    ("current", "PLAN: Continue naproxen."),
    ("current", "PLAN: Refill Norco #60."),
    ("past", "PLAN: Stop gabapentin."),
    ("past", "PLAN: Discontinue meloxicam."),
    ("past", "HPI: He used to take tramadol."),
    ("past partial", "HPI: Massage helped for a day."),
    ("past partial", "HPI: He had two epidural injections in 2023 with temporary relief."),
    ("past good", "HPI: Prior RFA gave 80% relief for 10 months."),
    ("past good", "HPI: She had excellent relief with the first medial branch block."),
    ("past none", "HPI: The patient completed 8 weeks of PT without improvement."),
    ("past none", "HPI: Trial of TENS was not helpful."),
    ("past worse", "HPI: Physical therapy made her pain worse."),
    ("past", "HPI: He was prescribed cyclobenzaprine in the ER."),
    ("planned", "PLAN: Start duloxetine 30 mg daily."),
    ("planned", "PLAN: Prescription for Lidoderm patches."),
    ("planned", "PLAN: If no improvement with PT, consider ESI."),
    ("other", "FAMILY HISTORY: Mother had back surgery."),
    ("other", "HPI: Her husband had a laminectomy."),
    ("contraindicated", "PLAN: She is not a candidate for surgery."),
    ("contraindicated", "PLAN: I would not recommend surgery."),
    ("not_tried", "HPI: PT was denied by insurance."),
    ("not_tried", "HPI: Insurance denied physical therapy."),
    ("current partial", "HPI: Ice helps a little."),
    ("current", "HPI: She is doing home exercises daily."),
    ("past none", "HPI: Exercises, heat, ice, massage, Tylenol and ibuprofen have not helped."),
    ("past none", "HPI: He has failed to respond to conservative treatment including PT, NSAIDs and chiropractic."),
    ("current none", "HPI: She is taking ibuprofen without relief."),
    (
        "past none",
        "HPI: The patient has been treated with physical therapy and epidural steroid injections with no benefit.",
    ),
    ("past", "HPI: Status post L4-5 laminectomy in 2015."),
    ("planned", "PLAN: Schedule right L5-S1 TFESI."),
    ("planned", "ASSESSMENT AND PLAN: She will benefit from physical therapy."),
    ("planned", "PLAN: Recommend weight loss and home exercise program."),
    ("past none", "PRIOR TREATMENT: Acupuncture - no relief."),
    ("past", "PRIOR TREATMENT: Massage, heat, TENS."),
    ("not_tried", "PRIOR TREATMENT: Acupuncture - not tried."),
    ("past good", "HPI: Her back pain resolved with chiropractic care."),
    ("past", "HPI: She stopped meloxicam due to GI upset."),
    ("past", "HPI: Tramadol was discontinued because of nausea."),
    ("planned", "PLAN: The patient would like to proceed with medial branch blocks."),
    ("planned", "PLAN: I have given her a prescription for Mobic."),
    ("planned", "PLAN: Trial of gabapentin."),
    ("planned", "PLAN: He will try a course of physical therapy."),
    ("planned", "RECOMMENDATIONS: 1. Physical therapy. 2. Naproxen 500 mg bid."),
    ("current", "HPI: He is currently in physical therapy."),
    ("past", "HPI: He went through physical therapy last year."),
    ("declined", "HPI: She refused injections."),
    ("past", "HPI: She has seen a chiropractor in the past."),
    ("past none", "INDICATIONS: The patient has failed conservative management."),
    ("current partial", "HPI: Pain is controlled with hydrocodone."),
    ("past partial", "HPI: She reports 30% improvement after PT."),
    ("past none", "HPI: PT x 6 weeks: no relief."),
    ("past", "HPI: She was given a Medrol Dosepak and Flexeril."),
    ("planned", "PLAN: Patient may use ice and heat as needed."),
    ("planned", "PLAN: Encouraged to use Tylenol for pain."),
    ("current", "HPI: She continues to wear a back brace."),
    ("past none", "HPI: Despite PT and gabapentin her pain is unchanged."),
    ("past none", "HPI: Neither PT nor injections helped."),
    ("past none", "HPI: Lyrica did nothing for the pain."),
    ("contraindicated", "PLAN: Avoid NSAIDs given anticoagulation."),
    ("not_tried", "HPI: She has not yet started PT."),
    ("not_tried", "HPI: He does not use opioids."),
    ("planned", "PLAN: Consider spinal cord stimulator trial if RFA fails."),
    ("current", "HPI: On tramadol 50 mg bid."),
    ("past", "HPI: In 2019 she had an L5-S1 fusion."),
    ("past", "PAST SURGICAL HISTORY: Left knee arthroscopy, C5-6 ACDF 2010."),
    ("planned", "PLAN: Physical therapy was ordered."),
    ("past none", "HPI: Tylenol gives no relief."),
    ("current partial", "HPI: Tylenol gives some relief."),
    ("past none", "HPI: Three ESIs did not provide lasting or significant relief."),
    ("past partial", "HPI: Three ESIs without lasting relief."),
    ("past", "HPI: He did 12 sessions of aquatic therapy."),
    ("contraindicated", "HPI: He was told to avoid ibuprofen."),
    ("planned", "PLAN: She should continue with conservative treatment and start PT."),
    ("past", "HPI: He has been through PT twice."),
    ("planned", "PLAN: Injections may be considered in the future."),
    ("planned", "DISCHARGE MEDICATIONS: Percocet 5/325."),
]


def read(text: str, **fields: Any) -> list[Finding]:
    return list(therapy.find(parse(Document(id="note", text=text, **fields))))


def one(text: str, concept: str) -> Finding:
    return next(finding for finding in read(text) if finding.concept == concept)


@pytest.mark.parametrize(("expected", "text"), SENTENCES)
def test_status_and_response_are_read(expected: str, text: str) -> None:
    status, response = [*expected.split(), None][:2]
    found = read(text)
    assert found
    assert {(finding.get("status"), finding.get("response")) for finding in found} == {(status, response)}


def test_a_list_item_gives_its_treatment_all_its_numbers() -> None:
    found = one("PRIOR TREATMENT\n- Naproxen 500 mg BID 11/4 - 12/16/25 (6 wks): no benefit, stopped.", "nsaid")
    assert found.attributes == {
        "status": "past",
        "response": "none",
        "duration_days": 42,
        "started": "2025-11-04",
        "ended": "2025-12-16",
        "failure_reason": "inadequate_relief",
        "agent": "naproxen",
    }


def test_each_item_of_a_list_is_judged_by_its_own_words() -> None:
    text = "HPI: PT helped for a while, gabapentin made her groggy and was stopped, and NSAIDs gave no relief."
    assert one(text, "physical_therapy").get("response") == "partial"
    assert one(text, "gabapentinoid").get("failure_reason") == "side_effects"
    assert one(text, "nsaid").get("response") == "none"


def test_a_duration_belongs_to_the_treatment_that_it_stands_beside() -> None:
    text = "HPI: 6 weeks of PT with HEP and 7 weeks of meloxicam have failed."
    assert one(text, "physical_therapy").get("duration_days") == 42
    assert one(text, "nsaid").get("duration_days") == 49
    assert one(text, "home_exercise").get("duration_days") is None


def test_a_frequency_in_front_of_a_list_holds_for_what_a_therapist_delivers() -> None:
    text = "PT EVAL  97161  NPRS 7/10\nP: 2x/wk x 8 wks: TherEx, NMR, MHP prn, HEP.\n"
    found = {finding.mention: finding.attributes for finding in read(text)}
    assert found["TherEx"]["per_week"] == 2 and found["TherEx"]["duration_days"] == 56
    assert "per_week" not in found["HEP"]


def test_each_modality_of_a_visit_is_a_finding_with_the_date_of_its_row() -> None:
    text = (
        "Visit Date NPRS\n 1  03/02/26  7  TherEx x2, MHP 10'\n 2  03/05/26  7  TherEx x2, NMR x1\nHEP log reviewed\n"
    )
    found = [finding for finding in read(text) if finding.get("started")]
    assert [(finding.mention, finding.get("started")) for finding in found] == [
        ("TherEx", "2026-03-02"),
        ("MHP", "2026-03-02"),
        ("TherEx", "2026-03-05"),
        ("NMR", "2026-03-05"),
    ]
    assert found[0].dated == date(2026, 3, 2)


def test_blocks_keep_their_order_place_and_relief() -> None:
    found = one("HPI: MBB #1 (bilateral L4-5, L5-S1) on 5/18/26 gave 90% relief for 5 hours.", "medial_branch_block")
    assert found.attributes == {
        "status": "past",
        "response": "good",
        "ordinal": 1,
        "levels": ["L4-5", "L5-S1"],
        "side": "bilateral",
        "region": "lumbar",
        "relief_percent": 90,
        "relief_days": pytest.approx(5 / 24, rel=0.01),
        "started": "2026-05-18",
        "ended": "2026-05-18",
    }


@pytest.mark.parametrize(
    "text",
    [
        "PT/INR 1.1, on warfarin.",
        "PT states that the pain is worse.",
        "Jane Roe, PT, DPT",
        "The rest of the examination is normal.",
        "She can walk two blocks.",
        "ROS: negative for fever, chills, weight loss.",
        "EXAM: Spurling negative, cervical traction test relieves the arm pain.",
        "Medications were reviewed.",
        "MEDICATIONS: Aspirin 81 mg daily.",
    ],
)
def test_what_only_looks_like_a_treatment_is_left_out(text: str) -> None:
    assert not read(text)


def test_an_operative_note_tells_its_title_and_not_its_technique() -> None:
    text = (
        "PROCEDURE PERFORMED:  Left L5-S1 transforaminal epidural steroid injection.\n\nANESTHESIA:  Local.\n\n"
        "INDICATIONS:  Failed physical therapy.\n\n"
        "DESCRIPTION OF PROCEDURE:  80 mg of Depo-Medrol was injected. Ice was applied.\n"
    )
    assert [(finding.concept, finding.get("status")) for finding in read(text)] == [
        ("epidural_steroid_injection", "performed"),
        ("physical_therapy", "past"),
    ]


def test_the_next_sentence_may_tell_the_response() -> None:
    found = one(
        "HPI: He had an epidural injection in 2024. This gave him 70% relief for 3 months.",
        "epidural_steroid_injection",
    )
    assert found.get("relief_percent") == 70
    assert found.get("relief_days") == 90
    assert found.quote.endswith("3 months.")


def test_an_unticked_box_is_not_done() -> None:
    found = read("Treatments tried: [x] PT  [ ] chiropractic  [x] NSAIDs")
    assert {finding.concept: finding.get("status") for finding in found} == {
        "physical_therapy": "past",
        "chiropractic": "not_tried",
        "nsaid": "past",
    }


def test_a_discharge_summary_tells_when_the_episode_began_and_ended() -> None:
    text = (
        "PT DISCHARGE SUMMARY\nInitial evaluation date: 10/01/2025\nDate of discharge: 11/14/2025\n"
        "Total visits: 12\nCancellations: 1\n"
    )
    (found,) = therapy.find(parse(Document("x", text, type="therapy_discharge")))
    told = (found.get("started"), found.get("ended"), found.get("sessions"))
    assert told == ("2025-10-01", "2025-11-14", 12)
    assert "10/01/2025" in found.quote


@pytest.mark.parametrize(
    "told", ["Attended 12 visits.", "She attended 12 visits.", "Attended 12 of 12 visits; missed none."]
)
def test_a_discharge_summary_counts_the_visits_that_were_attended(told: str) -> None:
    text = f"PT DISCHARGE SUMMARY\nDate: 03/05/2026\n{told}\n"
    (found,) = therapy.find(parse(Document("x", text, type="therapy_discharge")))
    assert (found.get("status"), found.get("sessions")) == ("past", 12)


@pytest.mark.parametrize(
    "text",
    [
        "She changed no medicine or therapy in that time.",
        "He has changed no medication or physical therapy since the block.",
        "During the log she altered no therapy.",
        "The trial changed no drug, PT or exercise.",
    ],
)
def test_therapy_that_was_not_changed_is_not_untried(text: str) -> None:
    found = therapy.find(parse(Document(id="note", text=text)))
    assert "not_tried" not in [f.get("status") for f in found]


@pytest.mark.parametrize(
    "text",
    [
        "Plan: SIJ injection. Because the pain has outlasted PT and a belt, the steroid injection is meant to help.",
        "Plan: medial branch block. He has worked hard at PT and home exercise.",
        "Plan: LESI, as the pain is worse in spite of physical therapy.",
        "Plan: ESI. Her leg pain outlasted twelve visits of PT.",
    ],
)
def test_care_that_reasons_in_a_plan_name_is_past_and_the_injection_planned(text: str) -> None:
    told = {f.concept: f.get("status") for f in therapy.find(parse(Document(id="note", text=text)))}
    assert told["physical_therapy"] == "past"
    assert {status for concept, status in told.items() if "injection" in concept or "block" in concept} == {"planned"}
