"""Arguments that run over several sentences, or that an assessment sums up for the plan below it."""

import pytest

from mednec.findings import rationale
from mednec.findings.parse import parse
from mednec.model import Document, Finding


def _arguments(text: str) -> list[Finding]:
    return list(rationale.find(parse(Document(id="note", text=text, type="office_visit"))))


@pytest.mark.parametrize(
    "note",
    [
        "ASSESSMENT: Eight weeks of PT and a home program have not bought her any distance. The scan shows "
        "severe narrowing at L4-5. A single interlaminar epidural is a fair, low-risk step to get her back on"
        " the stairs.",
        "PLAN: Right L4-5 MBB #2 on the 21st. Why: the first block took away 90% and points to these joints; "
        "the second is needed to rule out a false positive before we ablate. PT has failed.",
        "ASSESSMENT: It is the identical pain as before. The first neurotomy gave him most of a year. "
        "Repeating the lesion is the sensible course rather than opioids.",
        "IMPRESSION: The maneuvers reproduce his pain, therapy and naproxen did not hold it. An anesthetic "
        "injection into the joint is the only way to prove that it is the source.",
        "ASSESSMENT: She is failing optimal medical management and her tenderness is at the level of the "
        "edema on MRI, so kyphoplasty is advised rather than more weeks of narcotics.",
        "ASSESSMENT: Six weeks of therapy gave no lasting help and the exam fits the L4-5 facets, so a "
        "diagnostic MBB is next (RFA intended if 2 positive).",
        "ASSESSMENT: Recurrent right C7 radiculopathy. More than half relief for five months from the last "
        "epidural.\nPLAN: Repeat C7-T1 epidural under fluoroscopy.",
        "ASSESSMENT: Painful acute L3 compression fracture failing medical management.\nPLAN: L3 kyphoplasty "
        "on Friday.",
        "ASSESSMENT: Right SI joint pain refractory to NSAIDs and PT. Four provocation tests are "
        "positive.\nPLAN: Right SI joint injection with contrast.",
    ],
)
def test_reasons_over_several_sentences_are_an_argument(note: str) -> None:
    assert _arguments(note)


@pytest.mark.parametrize(
    "note",
    [
        "PLAN: Right L4-5 MBB #2 on the 21st under fluoroscopy. We offer the 9 am slot. PT continues.",
        "PLAN: If therapy fails and the MRI shows a herniation, an epidural might be a reasonable option.",
        "ASSESSMENT: Lumbar radiculopathy.\nPLAN: Repeat epidural in two weeks.",
        "ASSESSMENT: L3 compression fracture.\nPLAN: L3 kyphoplasty on Friday.",
        "ASSESSMENT: Neck pain. She is a candidate for physical therapy. No injection was discussed.",
    ],
)
def test_a_plan_without_reasons_is_no_argument(note: str) -> None:
    assert not _arguments(note)
