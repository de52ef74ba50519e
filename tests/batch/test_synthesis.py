"""Synthetic charts: the same seed, the same bytes; in mixed formats too, and judged there as they were made."""

from pathlib import Path

from mednec.batch import How, run_batch
from mednec.batch.cohort import read_cohort
from mednec.synthesis import cases, write


def made(folder: Path) -> dict[str, bytes]:
    for case in cases(24, seed=5):
        write(case, folder, mixed=True)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_same_seed_makes_the_same_bytes_in_every_format(tmp_path: Path) -> None:
    first, second = made(tmp_path / "one"), made(tmp_path / "two")
    assert first == second
    documents = {Path(name).suffix for name in first if "/chart/" in name}
    assert documents == {".txt", ".pdf", ".docx", ".rtf", ".html", ".xml"}


def test_charts_of_mixed_formats_are_judged_as_they_were_made(tmp_path: Path) -> None:
    made(tmp_path / "charts")
    out = run_batch(tmp_path / "charts", tmp_path / "out", How(workers=2)).out
    overall = read_cohort(out).overall
    assert (overall.errors, overall.charts) == (sum(case.fault is not None for case in cases(24, seed=5)), 24)
