"""A course that a note only retells is of the region of the record that it retells."""

from mednec.findings import find


def regions(chart, note: str) -> list[str]:
    """The regions of the courses of therapy told by a record of the neck and by a note."""
    chart.note(
        "PHYSICAL THERAPY DISCHARGE\nHand & Spine Therapy\nDiagnosis: cervical radiculopathy (M54.12)\n"
        "Start 11/03/2025   End 12/19/2025   13 visits / 7 weeks.\nNDI 38% -> 36%.",
        dated="2025-12-19",
        type="therapy_discharge",
    )
    chart.note(note, dated="2026-02-09", type="consultation")
    for document in chart.documents:
        chart.findings[document.id].extend(find(document))
    return sorted(str(trial.value("region")) for trial in chart.trials("physical_therapy"))


def test_thirteen_visits_in_a_note_about_the_leg_are_those_of_the_record_of_the_neck(chart):
    note = "HPI: low back and left leg pain.\nPhysical therapy completed 13 visits over 7 weeks, failed."
    assert regions(chart, note) == ["cervical"]


def test_twenty_visits_in_a_note_about_the_back_are_another_course(chart):
    note = "HPI: low back and left leg pain.\nPhysical therapy 20 visits over 12 weeks, failed."
    assert regions(chart, note) == ["cervical", "lumbar"]


def test_thirteen_visits_for_the_low_back_stay_with_the_low_back(chart):
    note = "HPI: low back and left leg pain.\nPhysical therapy for the low back, 13 visits over 7 weeks, failed."
    assert regions(chart, note) == ["cervical", "lumbar"]
