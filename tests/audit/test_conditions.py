"""The tests of the policy language on single values."""

import pytest

from mednec.audit.conditions import passes, spans


@pytest.mark.parametrize(
    ("value", "test", "result"),
    [
        (28, "at least 4 weeks", True),
        (27, "at least 4 weeks", False),
        (90, "at least 3 months", True),
        (80, "at most 80", True),
        (80.5, "at most 80", False),
        (80, "more than 80", False),
        (79, "less than 80", True),
        (True, "at least 1", None),
        ("some", "at least 1", None),
        ("past", ["past", "current"], True),
        ("planned", ["past", "current"], False),
        (("side_effects", "inadequate_relief"), ["inadequate_relief"], True),
        (True, True, True),
        (0, "known", True),
        ("none", "known", True),
    ],
)
def test_a_value_passes_fails_or_cannot_tell(value, test, result):
    assert passes(value, test) is result


def test_a_vague_number_passes_only_where_both_its_ends_do():
    assert spans(30, 60, "at least 14") is True
    assert spans(10, 60, "at least 14") is None
    assert spans(1, 9, "at least 14") is False
