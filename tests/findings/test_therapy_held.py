"""How long the relief of an injection lasted, told in a later sentence or with the words behind it."""

from datetime import date

import pytest

from mednec.findings import find
from mednec.model import Document


def _days(words: str) -> list[float | None]:
    text = f"OFFICE VISIT 6/2/2026\nHPI: Low back pain. {words}"
    note = Document(id="note", text=text, type="office_visit", dated=date(2026, 6, 2))
    told = [
        one for one in find(note) if one.kind == "therapy" and one.concept not in ("gabapentinoid", "acetaminophen")
    ]
    return [one.get("relief_days") for one in told][:1]


@pytest.mark.parametrize(
    ("words", "days"),
    [
        ("The caudal in January took him from 8 to 3 and he had right at 16 weeks out of it before it wore off.", 112),
        ("RF of the right lumbar facets last March gave better than nine months at 60 to 75% relief.", 270),
        ("S/p L4-5 MBB #1 on 3/24. NPRS 8 pre, 1 post, i.e. 87.5% better, lasted 4 hours then wore off.", 0.167),
        ("The January injection carried her into the second week of May.", 97),
        ("Her caudal on 1/13/26 held right at 16 weeks, then crept back.", 112),
        ("L4-5 ESI 1/13/26. Pain went from 8 to 2 for 15 weeks.", 105),
        ("L4-5 ESI 1/13/26 was a success. At least 85% gone for 14 weeks.", 98),
    ],
)
def test_the_length_of_relief_is_told_behind_the_injection(words: str, days: float) -> None:
    assert _days(words) == [days]


@pytest.mark.parametrize(
    "words",
    [
        "L4-5 ESI 1/13/26. No relief. The numbness lasted 3 weeks.",
        "L4-5 ESI 1/13/26. Relief may last for 6 months.",
        "L4-5 ESI 1/13/26. If it is better for 3 months she may have another.",
        "L4-5 ESI 1/13/26. Pain came down to 2. Tylenol has been good for 3 months.",
    ],
)
def test_other_lengths_are_not_those_of_its_relief(words: str) -> None:
    assert _days(words) == [None]


@pytest.mark.parametrize(
    ("words", "response"),
    [
        ("gabapentin 900 tid (16 mo, partial)", "partial"),
        ("gabapentin (6 wks, no effect)", "none"),
        ("gabapentin (300 mg, started 1/2026)", None),
    ],
)
def test_a_remark_in_brackets_tells_how_it_worked(words: str, response: str | None) -> None:
    found = find(Document(id="note", text=f"HPI: Low back pain. She had {words}.", type="office_visit"))
    assert [one.get("response") for one in found if one.kind == "therapy"] == [response]


@pytest.mark.parametrize("end", [": none enough.", "; none was enough.", ", none of them lasting.", ": none lasted."])
def test_a_list_of_which_none_was_enough_was_tried(end: str) -> None:
    note = Document(id="note", text=f"HPI: Low back pain. PT, home exercises, gabapentin{end}", type="office_visit")
    told = [one for one in find(note) if one.kind == "therapy"]
    assert [(one.get("status"), one.get("response")) for one in told] == [("past", "none")] * 3
