"""Pain scores: what is one, what it measures, and what only looks like one."""

import pytest

from mednec.findings import scores
from mednec.findings.parse import parse
from mednec.model import Document

FLOWSHEET = """DAILY FLOWSHEET
Visit  Date      Pain pre  Pain post  Treatment           Init
-----  --------  --------  ---------  ------------------  ----
  1    03/02/26  8/10      7/10       Eval, HEP issued    AB
  2    03/05/26  7         6          TherEx x2, 15 min   AB
"""
PAIRED = """Flowsheet (Y = done; NPRS pre/post)
visit date    NPRS   MHP  min
 1  03/02/26  7 / 6   Y    45
 2  03/05/26  6 / 6   -    50
"""
LAID_OUT = """Visit   Date   NPRS   Comment

1   03/02/26   7   tolerated well

2   03/05/26   6   HEP daily
"""
DIARY = """PAIN DIARY
Time   Pain 0-10   What were you doing?

Before block   8   standing

30 minutes   1   walked

next morning   7   back to usual
"""
DISCHARGE = """                    INITIAL          DISCHARGE
NPRS (0-10)         7                5
"""
BARS = """| Date | Pain (0-10) | Treatment |
|---|---|---|
| 3/2/26 | 7 | exercise |
| 3/5/26 | 6 | exercise |
"""
BLOCKS = """Block  Date        Agent         Pre NRS  Post NRS  Relief
#1     05/18/2026  bupivacaine   8        1         88%
"""
OUTCOMES = """Outcome measures        Eval      Re-eval    D/C
NPRS                    7/10      6/10       4/10
"""
LOG = """Pain diary 5/18/26
9:00 am  8 (before block)
10:30 am  1
"""
LISTED = """Pain scores (NRS 0-10)

Pre 8 standing. Post 30 min 1 standing.
"""


def read(text: str) -> list[str]:
    """The scores of a text as 'low-high of N when', in the order in which they stand."""
    found = sorted(scores.find(parse(Document(id="note", text=text))), key=lambda finding: finding.start)
    return [written(dict(finding.attributes), finding.concept) for finding in found]


def written(told: dict, concept: str) -> str:
    bounds = f"{told['low']}" if told["low"] == told["high"] else f"{told['low']}-{told['high']}"
    scale = "" if told["of"] == 10 else f" of {told['of']}"
    other = "" if concept == "nrs" else " other"
    return bounds + scale + other + (f" {told['when']}" if "when" in told else "")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain 4-5/10.", ["4-5"]),
        ("She rates her neck pain 7-8 out of 10.", ["7-8"]),
        ("Pain between a 6 and a 10.", ["6-10"]),
        ("He grades the pain 2 to 4 on a scale of 0 to 10.", ["2-4"]),
        ("VAS 65 mm", ["65 of 100"]),
        ("VAS pain 65/100 today", ["65 of 100 current"]),
        ("Visual Analog Scale: 6.5 cm", ["6.5"]),
        ("Vitals: BP 120/80, pulse 72, pain 0", ["0"]),
        ("Patient rates his pain at a seven.", ["7"]),
        ("Patient rates back pain as seven out of ten.", ["7"]),
        ("Pain severity 0-10: 8", ["8"]),
        ("The pain score was zero at 30 minutes.", ["0"]),
        ("Pain ranges from 3 to 7 out of 10.", ["3-7"]),
        ("FLACC 4.", ["4 other"]),
    ],
)
def test_every_written_form_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Pain: current 7, average 6, worst 9, best 4 (NRS).", ["7 current", "6 average", "9 worst", "4 best"]),
        ("NRS 8/10 now, 6 best, 10 worst.", ["8 current", "6 best", "10 worst"]),
        ("Pain now 7   Average 7   Worst 9   Best 4", ["7 current", "7 average", "9 worst", "4 best"]),
        ("Pain 6/10 for his average and current pain.", ["6 average", "6 current"]),
        ("Currently, her pain is 7 out of 10.", ["7 current"]),
        ("Pain 3/10 at rest and 8/10 with activity.", ["3", "8"]),
        ("She rates it 6/10 without medication and 3/10 with medication.", ["6 before", "3 after"]),
        ("Pain 8/10 off celecoxib, 4/10 on celecoxib.", ["8 before", "4 after"]),
        ("Pain 6/10 with stairs.", ["6"]),
    ],
)
def test_a_label_beside_a_score_says_what_it_measures(text, expected):
    assert read("Low back pain. " + text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NRS 8 -> 7", ["8 before", "7 after"]),
        ("8→1 on the NRS", ["8 before", "1 after"]),
        ("NRS 7/10 to 1/10 after the block.", ["7 before", "1 after"]),
        ("Her pain improved from an 8 to a 3 after RFA.", ["8 before", "3 after"]),
        ("Pre-procedure VAS 8, post-procedure VAS 2.", ["8 before", "2 after"]),
        (
            "NRS 8 before the block, 1 at 30 min, then 3 and back to 8 by evening.",
            ["8 before", "1 after", "3 after", "8 after"],
        ),
        ("By the numbers, relief from 8 to 1 is 87.5%.", ["8 before", "1 after"]),
    ],
)
def test_a_change_is_a_score_before_and_one_after(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Strength 4/5 in the EHL, 5/5 elsewhere. Low back pain.",
        "Low back pain. Motor 10/10 strength.",
        "Seen on 10/10 for back pain.",
        "Back pain since 03/10/2024.",
        "Norco 10/325 for pain.",
        "Goal: reduce pain to 2/10.",
        "STG: pain below 4/10 with sitting.",
        "If pain is above 5/10 call the office.",
        "May take one tablet for pain rated 4-6/10.",
        "Pain is 80% leg and 20% back.",
        "Pain relief was 80% for 6 hours.",
        "Low back pain, ORT 0, PHQ-9 8.",
        "Pain x 3 weeks, worse over 2 days.",
        "Pain at L4-5 and in 3 joints.",
        "Completed 10/12 visits of PT for low back pain.",
        "Tender points 11/18, pain widespread.",
        "He faces 8 more weeks of pain.",
        "NRS and ODI to be repeated at the 2 and 6 wk visits.",
    ],
)
def test_what_only_looks_like_a_score_is_left_out(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (FLOWSHEET, ["8 before", "7 after", "7 before", "6 after"]),
        (PAIRED, ["7 before", "6 after", "6 before", "6 after"]),
        (LAID_OUT, ["7", "6"]),
        (DIARY, ["8 before", "1 after", "7 after"]),
        (DISCHARGE, ["7 before", "5 after"]),
        (BARS, ["7", "6"]),
        (BLOCKS, ["8 before", "1 after"]),
        (OUTCOMES, ["7 before", "6", "4 after"]),
        (LOG, ["8 before", "1 after"]),
        (LISTED, ["8 before", "1 after"]),
    ],
)
def test_each_cell_of_a_column_of_pain_is_a_score(text, expected):
    assert read(text) == expected


def test_a_quote_of_a_table_is_its_row():
    found = list(scores.find(parse(Document(id="note", text=FLOWSHEET))))
    assert found[0].quote == "1    03/02/26  8/10      7/10       Eval, HEP issued    AB"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("PROCEDURE: L5-S1 ESI. Pre NRS 8 post 3.", ["8 before", "3 after"]),
        (
            "VAS before: 64 mm (standing).\n\nVAS 30 minutes after, same movement: 12 mm.",
            ["64 of 100 before", "12 of 100 after"],
        ),
        ("VAS (100 mm): 66 today.", ["66 of 100 current"]),
        ("VAS 71 to 69 with PT.", ["71 of 100 before", "69 of 100 after"]),
        ("PT 12 visits, NRS 7->6 ODI 44->42.", ["7 before", "6 after"]),
        ("First block: NRS 7 to 1, 86%, for 5 hours.", ["7 before", "1 after"]),
        ("NRS fell from 8 to 2 and stayed 2 to 3.", ["8 before", "2 after", "2-3 after"]),
        ("NPRS 6 at evaluation and 5 at discharge.", ["6 before", "5 after"]),
        ("Scale | 6/16/25 | 8/8/25\nNPRS | 7 | 2", ["7 before", "2 after"]),
        ("Test | Initial | Discharge\nVAS mm | 71 | 69", ["71 of 100 before", "69 of 100 after"]),
        (
            "Pain log, block 4-16\nVAS in mm  before 64\n1 hr 12   2 hr 15   bed 60",
            ["64 of 100 before", "12 of 100 after", "15 of 100 after", "60 of 100 after"],
        ),
        (
            "MBB diary: pre 7, 1h 1, 2h 2, 6 h 7",
            ["7 before", "1 after", "2 after", "7 after"],
        ),
    ],
)
def test_scores_are_read_in_many_layouts(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "VAS was used. MRI shows a 4 mm disc protrusion.",
        "Neck pain. MRI: 3 mm listhesis.",
        "VAS reviewed; cyst of 8 mm.",
    ],
)
def test_millimeters_of_an_image_are_no_score(text):
    assert read(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Log: NRS 1/10 from 10 am to 4 pm (6 hours), 4 at 6 pm, 7 this morning.",
            ["1 after", "4 after", "7 current"],
        ),
        (
            "Patient reports log: NRS 2/10 from noon until 5 pm, 5/10 at bedtime, 8/10 this morning.",
            ["2 after", "5 after", "8 current"],
        ),
        ("Pain log: NRS 1/10 all day, 4/10 at 6 pm, 7/10 at bedtime.", ["1 after", "4 after", "7 after"]),
        ("Pain is 3/10, 5/10 at night.", ["3", "5"]),
        ("Log after the block: pain 1/10 from 9 am till 2 pm.", ["1 after"]),
        ("Block diary: VAS 0/10 from 11:00 to 15:00, 3 at 17:00.", ["0 after", "3 after"]),
        (
            "The leg pain went from 8/10 before the injection to 2/10 and stayed at 2 to 3 on the NRS.",
            ["8 before", "2 after", "2-3 after"],
        ),
        ("Pain went from 7/10 before the epidural to 1/10.", ["7 before", "1 after"]),
        (
            "Back pain fell from 9/10 before RFA to 3/10, and has remained at 3/10 since.",
            ["9 before", "3 after", "3 after"],
        ),
        (
            "Neck pain improved from 6/10 pre-injection to 2/10 and held at 2/10.",
            ["6 before", "2 after", "2 after"],
        ),
    ],
)
def test_a_span_of_relief_and_a_change_told_from_before_are_labelled(text, expected):
    assert read(text) == expected


def test_what_the_pain_can_reach_is_its_worst():
    found = list(
        scores.find(parse(Document(id="note", text="Knee pain is 4/10 and can reach 9/10 at times.", type="other")))
    )
    assert [(f.get("high"), f.get("when")) for f in found] == [(4, None), (9, "worst")]


@pytest.mark.parametrize("text", ["She developed 6/10 pain in her elbow.", "He presents with 7/10 low back pain."])
def test_a_number_in_front_of_the_pain_is_its_score(text):
    found = list(scores.find(parse(Document(id="note", text=text, type="other"))))
    assert [f.get("of") for f in found] == [10]


@pytest.mark.parametrize(
    ("log", "scores_read"),
    [
        ("Visit log\n#8 2/5 TE, MHP.\n#9 2/10 TE, NMES.\n#10 2/17 TE", []),
        ("Visit 9 2/10 TE done", []),
        ("#9 pain 2/10 TE", [2]),
        ("Visit Date Pain\n1 1/10 7/10", [7]),
        ("Visit  Pain\n#1  7/10\n#2  6/10", [7, 6]),
    ],
)
def test_the_day_of_a_numbered_visit_is_no_score_also_where_columns_are_lost(log, scores_read):
    found = scores.find(parse(Document(id="note", text=log, type="therapy_note")))
    assert [score.get("high") for score in found] == scores_read


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Block on 4/2: NRS 7 to 1, 6 h.", ["7 before", "1 after"]),
        ("NRS before 9, after 2, 4 hours.", ["9 before", "2 after"]),
        ("Knee pain NRS 5 before -> 2 at one hour.", ["5 before", "2 after"]),
        ('He says "the pain fell from 9 down to 3" on the NRS.', ["9 before", "3 after"]),
        ("Pain on the numeric scale from seven down to two.", ["7 before", "2 after"]),
        ("Numeric pain eight before, nil after the block.", ["8 before", "0 after"]),
        ("Genicular nerve block, right knee\npre   9/10\npost  1/10", ["9 before", "1 after"]),
    ],
)
def test_a_change_that_a_length_a_quotation_or_a_layout_surrounds_is_read(text, expected):
    assert read(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Pain went down by 2 on the NRS.",
        "NRS improved by about 4.",
        "Pain 6, 5 days ago he fell.",
        "Walks with pain after 3, 5 min rest helps.",
        "pre 3/10",
    ],
)
def test_a_count_before_a_length_and_a_pre_of_nothing_are_no_scores(text):
    assert read(text) == []
