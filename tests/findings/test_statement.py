"""Statements that policies ask for, and what must not be taken for one."""

import pytest

from mednec.findings import statement
from mednec.findings.parse import parse
from mednec.model import Document, Finding


def read(text: str, type: str = "office_visit") -> list[Finding]:
    return list(statement.find(parse(Document(id="note", text=text, type=type))))


def said(text: str, concept: str) -> list[str]:
    return [str(f.get("status")) for f in read(text) if f.concept == concept]


@pytest.mark.parametrize(
    ("text", "concept", "expected"),
    [
        ("Single ESI only; will reassess.", "series_planned", ["negated"]),
        ("Injections will not be given in a series.", "series_planned", ["negated"]),
        ("Schedule a series of 3 ESIs, 2 weeks apart.", "series_planned", ["affirmed"]),
        ("No other procedures that day.", "other_block_same_session", ["negated"]),
        ("Trigger point injections will also be performed the same day.", "other_block_same_session", ["affirmed"]),
        ("Seen today for follow up.", "other_block_same_session", []),
        ("If >= 80% x 2 -> RFA.", "rfa_intent", ["affirmed"]),
        ("Husband had RFA if I recall, positive result.", "rfa_intent", []),
        ("Not a candidate for radiofrequency ablation due to a pacemaker.", "why_not_rfa", ["affirmed"]),
        ("Acetaminophen as needed for moderate to severe pain.", "moderate_severe_pain", []),
        ("Pain is moderate in severity.", "moderate_severe_pain", ["affirmed"]),
        ("Not doing the neck stretches anymore.", "active_rehab", ["negated"]),
        ("HEP 5x/wk.", "active_rehab", ["affirmed"]),
        ("Further skilled PT not indicated.", "active_rehab", []),
        ("Imaging does not correlate with her symptoms.", "imaging_matches_symptoms", ["negated"]),
        ("That is all he has done for it.", "only_care_stated", ["affirmed"]),
        ("Relief is due to the injection as no other treatments were changed.", "only_care_stated", []),
        ("5/29 slot opened, patient wants it sooner than 2 weeks.", "interval_reason", []),
        ("Patient asks for sedation because of anxiety.", "sedation_need", []),
        ("Points to the left PSIS.", "si_pain_location", ["affirmed"]),
        ("Bilateral ache at the belt line.", "si_pain_location", []),
        ("No pedal edema.", "marrow_edema", []),
        ("Pain is not improving.", "index_pain_worsening", []),
        ("No dependent edema.", "marrow_edema", []),
        ("She is to return p.r.n. severe pain.", "moderate_severe_pain", []),
        ("She was admitted to the operating room.", "hospitalized", []),
        ("She died of cervical cancer.", "cancer_suspicion", []),
        ("Pt wishes to avoid ACDF.", "surgery_declined", ["affirmed"]),
        ("Goals: stand 30 min for chores.", "functional_goal", ["affirmed"]),
        ("MRI wrist: I don't see any marrow edema.", "marrow_edema", ["negated"]),
        ("Neurological examination is normal, aside from a weak left hand.", "neurologic_deficit", []),
        ("Neuro intact.", "neurologic_deficit", ["negated"]),
    ],
)
def test_what_a_sentence_states(text: str, concept: str, expected: list[str]) -> None:
    assert said(text, concept) == expected


def test_height_loss_has_its_latest_percentage_and_its_vertebra() -> None:
    [loss] = [f for f in read("MRI: L1 height loss 40% (25% on 01/26).") if f.concept == "vertebral_height_loss"]
    assert (loss.get("percent"), loss.get("progression"), loss.get("levels")) == (40, True, ["L1"])


def test_each_sign_of_a_trigger_point_is_a_finding() -> None:
    signs = {f.get("sign") for f in read("Taut band with a local twitch response and referred pain.")}
    assert signs == {"taut_band", "twitch", "referred_pain"}


def test_pain_is_not_read_out_of_an_imaging_report() -> None:
    assert not read("Indication: severe low back pain.", "imaging_report")


def test_how_a_joint_is_injected_is_no_second_injection() -> None:
    text = "PLAN: left sacroiliac joint injection (27096), intra-articular, 05/05/2026, under fluoroscopy."
    assert not [one for one in statement.find(parse(Document("d", text))) if one.concept == "other_block_same_session"]
