"""What must change no criterion: a letter more, a document twice, another order, another format of the same text."""

import importlib.util
import random
import shutil
import sys
from pathlib import Path
from types import ModuleType

import pytest

from mednec.auditor import read_chart
from mednec.documents import Chart

ROOT = Path(__file__).parents[2]
CHARTS = sorted(path.parent for path in (ROOT / "examples").glob("*/request.yaml"))
Verdict = tuple[str, dict[str, str]]


def loaded() -> ModuleType:
    spec = importlib.util.spec_from_file_location("evaluate_changes", ROOT / "scripts" / "evaluate_changes.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules["evaluate_changes"] = module
    spec.loader.exec_module(module)
    return module


changes = loaded()


@pytest.fixture(scope="module")
def plain() -> dict[str, Verdict]:
    return {folder.name: changes.judged(read_chart(folder / "chart"), changes.asked(folder)) for folder in CHARTS}


@pytest.mark.parametrize("suffix", changes.FORMATS)
@pytest.mark.parametrize("folder", CHARTS, ids=lambda path: path.name)
def test_another_format_of_the_same_text_changes_no_criterion(
    tmp_path: Path, plain: dict[str, Verdict], folder: Path, suffix: str
) -> None:
    changes.converted(folder / "chart", tmp_path, suffix)
    assert changes.judged(read_chart(tmp_path), changes.asked(folder)) == plain[folder.name]


@pytest.mark.parametrize("folder", CHARTS, ids=lambda path: path.name)
def test_a_letter_more_changes_no_criterion(plain: dict[str, Verdict], folder: Path) -> None:
    chart, request = read_chart(folder / "chart"), changes.asked(folder)
    (added,) = changes.letter_of(chart, request).documents
    assert added.type == "letter_of_medical_necessity"
    assert changes.judged(Chart((*chart.documents, added), chart.unreadable), request) == plain[folder.name]


@pytest.mark.parametrize("folder", CHARTS, ids=lambda path: path.name)
def test_any_document_twice_and_any_order_change_no_criterion(
    tmp_path: Path, plain: dict[str, Verdict], folder: Path
) -> None:
    request = changes.asked(folder)
    files = [file for file in sorted((folder / "chart").rglob("*")) if file.is_file()]
    for file in files:
        shutil.copy(file, tmp_path / file.name)
    whole = read_chart(tmp_path)
    mixed = list(whole.documents)
    random.Random(3).shuffle(mixed)
    assert changes.judged(Chart(tuple(mixed), whole.unreadable), request) == plain[folder.name]
    for file in files:
        copy = tmp_path / f"zz copy of {file.name}"
        shutil.copy(file, copy)
        assert changes.judged(read_chart(tmp_path), request) == plain[folder.name], file.name
        copy.unlink()
