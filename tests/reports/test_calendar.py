"""How the limits of a policy are told over the dates of a chart."""

from datetime import date

import pytest

from mednec.model import Interval, Session, SessionLimit
from mednec.reports.calendar import sentence

REQUESTED = date(2026, 3, 10)
CONCEPT = "epidural_steroid_injection"


def session(first, last=None, *, sure=True):
    return Session(CONCEPT, Interval(first, last or first), sure, ())


@pytest.mark.parametrize(
    ("limit", "told"),
    [
        (
            SessionLimit(
                "k", 4, "12 months", None, (session(date(2025, 9, 1)),), (2, 2), (), Interval(REQUESTED, REQUESTED)
            ),
            "4 allowed in 12 months, 2 with the requested one; on record: 2025-09-01. The requested day is within it.",
        ),
        (
            SessionLimit(
                "k",
                1,
                "6 months",
                None,
                (session(date(2025, 12, 1)),),
                (2, 2),
                (REQUESTED,),
                Interval(date(2026, 6, 2), date(2026, 6, 2)),
            ),
            "1 allowed in 6 months, 2 with the requested one; on record: 2025-12-01. First day within it: 2026-06-02.",
        ),
        (
            SessionLimit(
                "k",
                1,
                "6 months",
                None,
                (session(date(2025, 9, 1), date(2025, 9, 30)),),
                (1, 2),
                (),
                Interval(REQUESTED, date(2026, 3, 31)),
            ),
            "1 allowed in 6 months, 1 to 2 with the requested one; on record: 2025-09. "
            "First day within it: 2026-03-10 to 2026-03-31.",
        ),
        (
            SessionLimit("k", 2, None, None, (session(date.min, date(2026, 1, 1)),), (2, 2), (), None),
            "2 allowed, 2 with the requested one; on record: undated. No later day is within it.",
        ),
        (
            SessionLimit(
                "k",
                None,
                None,
                14,
                (session(date(2026, 3, 1)),),
                None,
                (),
                Interval(date(2026, 3, 15), date(2026, 3, 15)),
            ),
            "14 days after the last session; on record: 2026-03-01. First day within it: 2026-03-15.",
        ),
    ],
)
def test_a_limit_is_told_in_a_sentence(limit, told):
    assert sentence(limit, REQUESTED) == told
