"""What the audits of many charts say together."""

import json
import random

import pytest

from mednec.batch import How, cohort_report, run_batch
from mednec.batch.cohort import Drawn, draw, estimate, rate, read_cohort, read_review, sample_size, write_sample
from mednec.errors import BatchError
from mednec.synthesis import cases, write


@pytest.fixture(scope="module")
def audits(tmp_path_factory):
    folder = tmp_path_factory.mktemp("cohort")
    for case in cases(30, seed=11):
        write(case, folder / "charts")
    return run_batch(folder / "charts", folder / "out", How(workers=2)).out


def test_the_error_rate_is_that_of_the_charts_that_were_made_faulty(audits):
    faulty = sum(case.fault is not None for case in cases(30, seed=11))
    overall = read_cohort(audits).overall
    assert (overall.errors, overall.charts) == (faulty, 30)
    assert 0 < overall.low < overall.share < overall.high < 1


def test_the_interval_is_the_published_one():
    one = rate("x", 1, 10)  # Wilson, 95 %: 0.0179 to 0.4042
    assert (round(one.low, 4), round(one.high, 4)) == (0.0179, 0.4042)


def test_no_error_in_few_charts_is_not_certainty():
    assert rate("x", 0, 5).high > 0.4


def test_a_sample_is_the_same_for_the_same_seed_and_takes_of_each_stratum(audits):
    cohort = read_cohort(audits)
    drawn = draw(cohort, 10, by="service", seed=3)
    assert drawn == draw(cohort, 10, by="service", seed=3) != draw(cohort, 10, by="service", seed=4)
    assert {one.stratum for one in drawn} == {"esi.init", "facet.dx1"}


@pytest.mark.parametrize(("charts", "size"), [(100, 50), (1000, 88), (200_000, 96), (5, 5)])
def test_the_sample_is_as_large_as_ten_points_need(charts, size):
    assert sample_size(charts) == size


def test_the_estimate_from_a_sample_covers_the_truth_as_often_as_it_says():
    truth, covered, trials = 0.3, 0, 400
    dice = random.Random(5)
    for _ in range(trials):
        drawn = [Drawn(str(n), "a" if n < 40 else "b", 600 if n < 40 else 400, 40) for n in range(80)]
        found = estimate(drawn, {one.chart: dice.random() < truth for one in drawn})
        covered += found.low <= truth <= found.high
    assert covered / trials > 0.9


def test_a_reviewed_sample_comes_back(audits, tmp_path):
    drawn = draw(read_cohort(audits), 8, by="service")
    write_sample(drawn, tmp_path / "s.csv")
    text = (tmp_path / "s.csv").read_text().replace(",\n", ",yes\n")
    (tmp_path / "s.csv").write_text(text)
    again, errors = read_review(tmp_path / "s.csv")
    assert again == drawn
    assert estimate(again, errors).share == 1


def test_an_unfinished_review_is_refused(audits, tmp_path):
    write_sample(draw(read_cohort(audits), 8, by="service"), tmp_path / "s.csv")
    with pytest.raises(BatchError, match="column `error` is empty"):
        estimate(*read_review(tmp_path / "s.csv"))


def test_a_folder_without_tables_is_refused(tmp_path):
    with pytest.raises(BatchError, match="mednec batch"):
        read_cohort(tmp_path)


def test_the_page_and_the_data_are_the_same_bytes_each_time(audits, tmp_path):
    for name in ("a.html", "b.html"):
        cohort_report(audits, html=tmp_path / name)
    assert (tmp_path / "a.html").read_bytes() == (tmp_path / "b.html").read_bytes()
    assert json.loads(cohort_report(audits, as_json=True))["overall"]["charts"] == 30
