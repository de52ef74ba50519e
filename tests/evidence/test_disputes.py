"""What documents tell differently of one treatment is warned of with both quotes; an explained change is not."""

import pytest


def contradictions(chart):
    """The message of each contradiction, and the documents of its quotes."""
    return [
        (warning.message, [finding.document_id for finding in warning.findings])
        for warning in chart.gather().warnings
        if warning.kind == "contradiction"
    ]


@pytest.fixture
def injected(chart):
    """A chart with the record of an epidural on the left at L5-S1."""
    note = chart.note("Left L5-S1 TFESI was given.", "2026-01-12", "procedure_note", id="record")
    note.therapy("epidural_steroid_injection", "TFESI", "performed", side="left", levels=["L5-S1"])
    return chart


def follow_up(chart, text, mention, **attributes):
    told = {"started": "2026-01-12", "ended": "2026-01-12", **attributes}
    chart.note(text, "2026-02-10", id="later").therapy("epidural_steroid_injection", mention, "past", **told)


def test_a_side_that_the_record_contradicts_is_shown_with_both_quotes(injected):
    follow_up(injected, "She had a right TFESI on 01/12/2026.", "TFESI", side="right")
    message = "Epidural steroid injection: its record and a later note name opposite sides."
    assert (message, ["record", "later"]) in contradictions(injected)


def test_a_level_that_the_record_contradicts_is_shown_with_both_quotes(injected):
    follow_up(injected, "She had a TFESI at L3-4 on 01/12/2026.", "TFESI", levels=["L3-4"])
    message = "Epidural steroid injection: its record and a later note name different levels."
    assert (message, ["record", "later"]) in contradictions(injected)


def test_the_same_side_and_one_level_of_several_are_no_contradiction(injected):
    follow_up(
        injected,
        "She had a left TFESI at L4-5 and L5-S1 on 01/12/2026.",
        "TFESI",
        side="left",
        levels=["L4-5", "L5-S1"],
    )
    assert contradictions(injected) == []


def test_a_correction_is_no_contradiction(injected):
    follow_up(injected, "Correction: the TFESI of 01/12/2026 was on the right.", "TFESI", side="right")
    assert contradictions(injected) == []


def course(chart, text, mention, type, dated, name, **attributes):
    told = {"started": "2025-10-06", "ended": "2025-12-01", "region": "lumbar", **attributes}
    chart.note(text, dated, type, id=name).therapy("physical_therapy", mention, "past", **told)


def test_visits_that_a_note_claims_and_the_therapist_denies_are_shown_with_both_quotes(chart):
    course(
        chart, "Seen 4 of 12 times in PT.", "PT", "therapy_discharge", "2025-12-01", "record", adherence="nonadherent"
    )
    course(chart, "Completed 12 visits of PT.", "PT", "office_visit", "2026-02-10", "note", sessions=12)
    message = "A note tells of physical therapy as completed; its own record says that visits were missed."
    assert (message, ["note", "record"]) in contradictions(chart)


def test_lengths_that_differ_are_told_in_weeks_and_years_not_in_days(chart):
    course(chart, "PT for eight weeks.", "PT", "therapy_discharge", "2025-12-01", "record", duration_days=56)
    course(chart, "PT for two years.", "PT", "office_visit", "2026-02-10", "note", duration_days=730)
    [(message, _)] = contradictions(chart)
    assert message == "The record gives 8 weeks and 2 years for the length of physical therapy."


def test_numbers_of_visits_that_differ_are_a_contradiction(chart):
    course(chart, "PT: 4 visits attended.", "PT", "therapy_discharge", "2025-12-01", "record", sessions=4)
    course(chart, "Completed 12 visits of PT.", "PT", "office_visit", "2026-02-10", "note", sessions=12)
    [(message, quoted)] = contradictions(chart)
    assert message == "The record gives 4 and 12 for sessions of physical therapy."
    assert set(quoted) == {"record", "note"}


def test_a_note_that_tells_of_the_missed_visits_itself_contradicts_nothing(chart):
    course(
        chart, "Seen 4 of 12 times in PT.", "PT", "therapy_discharge", "2025-12-01", "record", adherence="nonadherent"
    )
    course(
        chart,
        "PT, missed most visits.",
        "PT",
        "office_visit",
        "2026-02-10",
        "note",
        sessions=4,
        adherence="nonadherent",
    )
    assert contradictions(chart) == []


def test_no_injection_before_and_the_record_of_one_are_shown_with_both_quotes(injected):
    note = injected.note("No epidural before.", "2026-02-10", id="later")
    note.therapy("epidural_steroid_injection", "epidural", "not_tried", region="lumbar")
    [(message, quoted)] = contradictions(injected)
    assert message == "The record says that epidural steroid injection was not tried, and that it was."
    assert set(quoted) == {"record", "later"}


def test_no_injection_before_is_true_of_a_note_that_is_older_than_the_injection(injected):
    note = injected.note("No epidural before.", "2025-12-10", id="earlier")
    note.therapy("epidural_steroid_injection", "epidural", "not_tried", region="lumbar")
    assert contradictions(injected) == []


def test_failure_that_the_scores_belie_is_a_contradiction(chart):
    record = chart.note(
        "PT for the back. NRS 8 at first.\nNRS 2 at the end.", "2025-12-01", "therapy_discharge", id="record"
    )
    record.therapy("physical_therapy", "PT", "past", started="2025-10-06", ended="2025-12-01", region="lumbar")
    record.pain("8", 8, "before").pain("2", 2, "after")
    course(chart, "Failed PT.", "PT", "office_visit", "2026-02-10", "note", response="none")
    [(message, quoted)] = contradictions(chart)
    assert message == "The record gives good and none for response of physical therapy."
    assert set(quoted) == {"record", "note"}


def test_help_at_first_and_none_at_last_is_a_course_and_no_contradiction(chart):
    text = "PT helps so far."
    chart.note(text, "2025-11-03", id="early").therapy(
        "physical_therapy", "PT", "current", response="good", region="lumbar"
    )
    course(chart, "PT gave no lasting relief.", "PT", "office_visit", "2026-02-10", "note", response="none")
    assert contradictions(chart) == []


# --- relief ----------------------------------------------------------------------------------------------------------


def told_relief(chart, text, **attributes):
    note = chart.note(text, "2026-02-10")
    note.therapy("epidural_steroid_injection", "TFESI", "past", started="2026-01-12", ended="2026-01-12", **attributes)
    return note


def relief(chart):
    [piece] = chart.trials("epidural_steroid_injection")
    names = ("relief_percent", "relief_basis", "relief_stated", "same_scale")
    return {name: [fact.value for fact in piece.facts[name]] for name in names if name in piece.facts}


def test_relief_is_computed_from_the_scores_and_what_is_stated_stands_beside(chart):
    told_relief(chart, "TFESI: 8 to 3, she says 30%.", relief_percent=30).pain("8", 8, "before").pain("3", 3, "after")
    found = relief(chart)
    assert (found["relief_percent"], found["relief_basis"], found["relief_stated"]) == ([62.5], ["measured"], [30])


def test_a_lower_bound_that_the_scores_bear_out_contradicts_nothing(chart):
    told_relief(chart, "TFESI: 8 to 3, more than 50% relief.", relief_percent=50).pain("8", 8, "before").pain(
        "3", 3, "after"
    )
    assert "relief_stated" not in relief(chart)
    assert contradictions(chart) == []


def test_a_percentage_without_scores_is_only_stated(chart):
    told_relief(chart, "TFESI gave 80% relief.", relief_percent=80)
    assert relief(chart)["relief_basis"] == ["stated"]


def test_excellent_relief_is_no_number(chart):
    told_relief(chart, "TFESI gave excellent relief.", response="good")
    assert relief(chart) == {}


def test_scores_on_two_scales_give_no_percentage(chart):
    note = told_relief(chart, "TFESI: VAS 80 to NRS 2.")
    note.says("pain_score", "nrs", "80", low=80, high=80, of=100, when="before").pain("2", 2, "after")
    found = relief(chart)
    assert found.get("relief_percent") is None and found["same_scale"] == [False]
