"""Reading takes time in step with the length of a document, and the benchmark of speed runs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from pathlib import Path

from mednec.findings import find
from mednec.findings.spelling.words import listed
from mednec.model import Document

RUN = Path(__file__).parents[1] / "benchmarks/speed/run.py"
PARAGRAPH = (
    "She has had low back pain for 8 months that goes down the left leg to the foot, 7/10 at worst.\n"
    "PT 14 visits from 3/4/2025 to 5/6/2025 did not help; naproxen and gabapentin gave little relief.\n"
    "Straight leg raise is positive on the left. MRI of the lumbar spine shows a disc herniation at L5-S1.\n\n"
)
MANY_VISITS = "PT 07/21/2025-09/12/2025 16 visits 3x/wk, 8 wks, NPRS 8 -> 8; chiro 10/1/2025-11/20/2025 12 visits; "


def seconds(text: str) -> float:
    """The CPU seconds of reading a text, the better of two."""
    costs = []
    for _ in range(2):
        begun = time.process_time()
        find(Document(id="note", text=text))
        costs.append(time.process_time() - begun)
    return min(costs)


def test_a_document_four_times_as_long_takes_about_four_times_as_long():
    seconds(PARAGRAPH)
    assert seconds(PARAGRAPH * 160) < 7 * seconds(PARAGRAPH * 40)


def test_a_page_full_of_slips_takes_time_in_step_with_its_length():
    words = [word for word in sorted(listed("common_words")) if len(word) > 6]
    slips = [word[:at] + word[at + 1] + word[at] + word[at + 2 :] for at in (1, 2, 3) for word in words]
    seconds(" ".join(slips))  # so that what each slip means is known
    few, many = " ".join(slips[: len(slips) // 4]), " ".join(slips)
    assert seconds(many) < 8 * seconds(few)


def test_a_row_of_dates_and_counts_is_no_trap_for_the_reader():
    seconds(PARAGRAPH)
    assert seconds(MANY_VISITS * 4) < 0.5


def test_the_benchmark_measures_the_notes_it_is_given(tmp_path):
    (tmp_path / "note.txt").write_text(PARAGRAPH, encoding="utf-8")
    command = [sys.executable, str(RUN), str(tmp_path), "--rounds", "1", "--json"]
    told = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
    costs = {row["system"]: row["cost"] for row in told["systems"]}
    assert set(costs) == {"bytes", "aho-corasick", "mednec find", "mednec audit"}
    assert all(row["notes"] == 1 for row in told["systems"])
    assert costs["aho-corasick"] < costs["mednec find"] < costs["mednec audit"]
