"""The operations of a procedure note: what its title makes of an act and a place, and what was done before it."""

from __future__ import annotations

from typing import Any

import pytest

from mednec.findings import find
from mednec.model import Document

TECHNIQUE = "ANESTHESIA: General.\n\nDESCRIPTION OF PROCEDURE: She was taken into the theater and prepped."


def operations(title: str, before: str = "", indication: str = "") -> list[tuple[str, Any, Any]]:
    """What a note tells of operations: the words, the status, the region."""
    parts = [before, f"PROCEDURE PERFORMED:\n{title}", indication and f"INDICATIONS: {indication}", TECHNIQUE]
    text = "\n\n".join(filter(None, parts))
    found = find(Document(id="note", text=text))
    told = [one for one in found if one.kind == "therapy" and one.concept.endswith("surgery")]
    return [(one.mention.lower(), one.get("status"), one.get("region")) for one in told]


@pytest.mark.parametrize(
    ("title", "mention", "region"),
    [
        ("Release of the second extensor compartment.", "release of the second extensor compartment", "wrist_hand"),
        ("Lengthening of the left Achilles tendon.", "lengthening of the left achilles tendon", "ankle_foot"),
        ("Right tibial tubercle transfer.", "tibial tubercle transfer", "knee"),
        ("Excision of the prepatellar bursa.", "excision of the prepatellar bursa", "knee"),
        ("Incision and drainage, right elbow.", "incision and drainage", "elbow"),
        ("External fixation of the right pilon.", "external fixation of the right pilon", "ankle_foot"),
        ("Decompression of the deep radial nerve, right elbow.", "decompression of the deep radial nerve", "elbow"),
    ],
)
def test_an_act_with_its_place_is_an_operation(title: str, mention: str, region: str) -> None:
    assert operations(title) == [(mention, "performed", region)]


@pytest.mark.parametrize(
    "title",
    [
        "Repair of a scalp laceration.",
        "Excision of lipoma, abdominal wall.",
        "Exploration of the wound.",
        "Debridement of a heel ulcer.",
        "Removal of cast, left wrist.",
    ],
)
def test_an_act_on_another_part_or_on_the_skin_is_none(title: str) -> None:
    assert operations(title) == []


def test_what_only_holds_an_operation_is_part_of_it() -> None:
    assert [mention for mention, *_ in operations("Proximal osteotomy with internal fixation, left foot.")] == [
        "osteotomy"
    ]


def test_an_act_that_the_indications_tell_again_is_a_mention_too() -> None:
    told = operations(
        "Release of the trigger finger sheath, left thumb.", indication="Here for release of the trigger finger."
    )
    assert [status for _, status, _ in told] == ["performed", "performed"]


def test_the_account_of_the_technique_names_none() -> None:
    title = "Transfer of the extensor tendon.\nThe patient was positioned. Transfer of the extensor tendon was done."
    assert len(operations(title)) == 1


@pytest.mark.parametrize("head", ["PREOPERATIVE DIAGNOSIS", "POSTOP DIAGNOSES"])
def test_an_operation_in_a_diagnosis_was_done_before(head: str) -> None:
    told = operations("Revision laminectomy, L4-5.", before=f"{head}: Instability above a lumbar fusion.")
    assert [status for _, status, _ in told] == ["past", "performed"]


def test_a_long_title_is_read_to_its_end() -> None:
    title = (
        "Exploration of hardware from T11 through L2, then bilateral hemilaminectomy at L3-4 for relief of"
        " recurrent stenosis with posterior lumbar interbody fusion at L3-4 using bone of the patella bank"
    )
    assert [mention for mention, *_ in operations(title)] == ["hemilaminectomy", "posterior lumbar interbody fusion"]


def test_what_the_surgeon_had_done_earlier_is_past() -> None:
    text = (
        "OPERATIVE PROCEDURE: Right carpal tunnel release.\n\nANESTHESIA: Local.\n\n"
        "INDICATION FOR THE OPERATION: A cook on whom I previously had performed a discectomy at C5-6."
        "\n\nDESCRIPTION OF PROCEDURE: The hand was prepped."
    )
    found = [one for one in find(Document(id="note", text=text)) if one.concept == "spine_surgery"]
    assert [one.get("status") for one in found] == ["past"]


def test_a_pump_is_named_by_its_make() -> None:
    text = f"PROCEDURE: Placement of SynchroMed infusion pump.\n\n{TECHNIQUE}"
    assert [one.concept for one in find(Document(id="note", text=text)) if one.kind == "therapy"] == [
        "intrathecal_pump"
    ]
