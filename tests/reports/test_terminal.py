"""The summary is read at a glance, at eighty columns."""

from dataclasses import replace

import pytest

from mednec.model import Exclusion
from mednec.reports import to_terminal


def test_the_determination_stands_first(audit):
    assert to_terminal(audit).startswith("NOT SUPPORTED BY THE RECORD\n")


@pytest.mark.parametrize("width", [60, 80, 100])
def test_no_line_is_wider_than_the_terminal(audit, width):
    assert max(len(line) for line in to_terminal(audit, width=width).splitlines()) <= width


def test_every_element_and_criterion_is_shown(audit):
    text = to_terminal(audit)
    for name in ("Attempts", "Description", "Failure", "Justification", "Objective evidence"):
        assert name in text
    for determination in audit.determinations:
        assert determination.criterion.asks in text


def test_a_long_question_that_is_settled_takes_one_line(audit):
    long = replace(audit.determinations[0].criterion, asks="Is this " + "very " * 30 + "long?")
    settled = replace(audit, determinations=(replace(audit.determinations[0], criterion=long),))
    assert [line for line in to_terminal(settled).splitlines() if line.startswith("✓  met             Is this")]
    assert to_terminal(settled).count("very") < 30


def test_what_is_missing_is_asked_as_a_question(audit):
    text = to_terminal(audit)
    assert "Questions to the clinician" in text
    assert "How many visits took place?" in text


def test_there_is_no_escape_sequence_without_color(audit):
    assert "\x1b" not in to_terminal(audit)
    assert "\x1b[" in to_terminal(audit, color=True)


def test_a_hostile_name_cannot_steer_the_terminal(audit):
    hostile = replace(audit, excluded=(Exclusion("evil\x1b]0;owned\x07\u202e.txt", "unreadable"),))
    assert not {"\x1b", "\x07", "\u202e"} & set(to_terminal(hostile))


def test_square_brackets_are_not_markup(audit):
    odd = replace(audit, excluded=(Exclusion("[bold]note[/nonsense].txt", "unreadable"),))
    assert "[bold]note[/nonsense].txt" in to_terminal(odd)
