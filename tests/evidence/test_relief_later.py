"""What an epidural did is told by the weeks after it; the score of its own day counts where no other is told."""

from mednec.findings import find


def percents(chart, *notes: tuple[str, str, str]) -> set[object]:
    for text, dated, kind in notes:
        note = chart.note(text, dated=dated, type=kind)
        chart.findings[note.document.id].extend(find(note.document))
    return {
        fact.value
        for one in chart.gather().evidence
        if one.concept == "epidural_steroid_injection"
        for fact in one.facts.get("relief_percent", ())
    }


DONE = (
    "PROCEDURE NOTE 12/02/2025\nProcedure: left L5-S1 transforaminal epidural steroid injection\n"
    "Pain before 8/10. Pain at discharge 5/10.",
    "2025-12-02",
    "procedure_note",
)
LATER = ("Left leg pain. The TFESI of 12/02/2025 took it from 8/10 to 2/10.", "2026-02-01", "office_visit")


def test_the_day_itself_gives_way_to_what_was_told_later(chart):
    assert percents(chart, DONE, LATER) == {75}


def test_the_day_itself_counts_where_nothing_else_is_told(chart):
    assert percents(chart, DONE) == {37.5}


def test_a_score_of_the_arm_is_none_of_the_low_back(chart):
    arm = ("Left L5-S1 TFESI of 12/02/2025. Arm pain fell from 8/10 to 2/10.", "2026-02-01", "office_visit")
    assert percents(chart, arm) == set()
