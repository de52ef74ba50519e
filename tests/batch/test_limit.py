"""How long one chart may take: processor time, so that neither a busy nor a sleeping machine fails a chart."""

import time

import pytest

from mednec.batch.work import TooLong, at_most, rows_of_chart

REQUEST = {"texts": {"service": "esi.init", "date": "2026-03-10", "policy": "L39240"}, "lists": {}}
FILES = [("note.txt", b"03/01/2026 Low back pain for 8 weeks. PT 12 visits without relief. " * 400)]


def test_time_in_which_nothing_is_worked_does_not_count():
    with at_most(0.3):
        time.sleep(0.6)


def test_work_that_takes_too_long_is_stopped():
    with pytest.raises(TooLong), at_most(0.1):
        while True:
            pass


def test_a_chart_that_takes_too_long_is_a_failure_that_says_so():
    rows = rows_of_chart("a", FILES, REQUEST, None, longest=0.01)
    (failure,) = rows["failures"]
    assert failure["kind"] == "time"
    assert failure["explanation"] == "reading it took more than 0.01 seconds of processor time"
