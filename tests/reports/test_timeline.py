"""The timeline and the calendar: what has a date is drawn where it belongs, the same bytes every time."""

from dataclasses import replace
from datetime import date

import pytest

from mednec.model import Evidence, Fact, Interval
from mednec.reports import to_html
from mednec.reports.events import timeline
from mednec.reports.procedures import months, procedures, tracks, windows
from mednec.reports.timeline import to_svg

DAY = date(2026, 1, 13)


def evidence(audit, kind, concept, day=DAY, last=None, **facts):
    finding = audit.trials[0].findings[0]
    known = {name: (Fact(value, (finding,)),) for name, value in facts.items()}
    when = Interval(day, day) if day else None
    return Evidence(kind, concept, (finding,), known, when, Interval(last or day, last or day) if day else None)


@pytest.fixture
def told(audit):
    block = evidence(
        audit,
        "therapy",
        "medial_branch_block",
        status="performed",
        levels=("L4-5",),
        side="left",
        relief_percent=80,
        relief_days=0.25,
    )
    planned = evidence(audit, "therapy", "medial_branch_block", date(2026, 2, 2), status="planned")
    undated = evidence(audit, "therapy", "epidural_steroid_injection", None, status="past")
    course = evidence(audit, "therapy", "physical_therapy", date(2025, 11, 1), date(2025, 12, 15), status="past")
    pain = evidence(audit, "pain_score", "nrs", low=7, high=7, of=10)
    function = evidence(audit, "function_score", "odi", value=44, percent=True)
    scan = evidence(audit, "imaging", "mri", date(2025, 12, 4))
    return replace(audit, evidence=(block, planned, undated, course, pain, function, scan))


def test_a_planned_procedure_is_no_session(told):
    assert [(s.label, s.when) for s in procedures(told)] == [
        ("medial branch block", "2026-01-13"),
        ("epidural steroid injection", None),
    ]


def test_a_session_says_where_and_with_what_relief_it_was(told):
    first = procedures(told)[0]
    assert (first.where, first.relief, first.days_before) == ("left L4-5", "80 % relief for 6 hours", 56)


def test_the_calendar_counts_by_month_up_to_that_of_the_request(told):
    assert (months(told.request.dated)[0], months(told.request.dated)[-1]) == (date(2025, 3, 1), date(2026, 3, 1))
    (track,) = tracks(told)
    assert [len(cell) for cell in track.cells] == [0] * 10 + [1, 0, 0]


def test_windows_are_read_from_the_questions_of_the_policy(told):
    needs = {"therapy": ["medial_branch_block"], "where": {"within": "12 months"}, "at_most": 4}
    first = told.determinations[0]
    asked = replace(first, criterion=replace(first.criterion, needs={"all": [needs]}))
    limited = replace(told, determinations=(asked, *told.determinations[1:]))
    assert [(w.span, w.days) for w in windows(limited)] == [("12 months", 365)]


def test_scores_stand_on_the_scale_that_they_were_given_on(told):
    assert [(s.label, s.low, s.of) for s in timeline(told).scores][-1] == ("Oswestry Disability Index", 44, 100)
    assert timeline(told).scores[0].of == 10


def test_the_picture_is_the_same_every_time_and_bears_no_date(told):
    assert len({to_svg(told) for _ in range(12)}) == 1
    assert "dc:date" not in to_svg(told)


def test_the_picture_takes_the_colors_of_the_page_and_says_what_it_is(told):
    svg = to_svg(told)
    assert svg.startswith("<svg ") and 'role="img"' in svg and "aria-label=" in svg
    assert "var(--ink" in svg and "#010101" not in svg


def test_words_of_the_chart_are_words_in_the_picture(told):
    hostile = evidence(told, "therapy", "nsaid", DAY, date(2026, 2, 1), status="past", agent="<b>$x^$</b>")
    svg = to_svg(replace(told, evidence=(*told.evidence, hostile)))
    assert "<b>" not in svg and "&lt;b&gt;" in svg


def test_without_the_plotting_library_the_table_stands_open_and_says_what_to_install(told, monkeypatch):
    monkeypatch.setattr("mednec.reports.timeline.find_spec", lambda _name: None)
    page = to_html(told)
    assert "<svg" not in page
    assert "pip install &#39;mednec[plots]&#39;" in page
    assert "<details open><summary>The timeline as a table</summary>" in page


def test_a_chart_without_any_date_has_no_timeline(audit):
    assert to_svg(replace(audit, evidence=())) is None
