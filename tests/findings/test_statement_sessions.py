"""What is said of one session in plain words: a second place that is injected, and several injections in a row."""

import datetime

import pytest

from mednec.findings import statement
from mednec.findings.parse import parse
from mednec.model import Document

WRITTEN = datetime.date(2026, 5, 4)


def affirmed(text: str, concept: str) -> bool:
    found = statement.find(parse(Document(id="note", text=text, type="office_visit", dated=WRITTEN)))
    return any(one.concept == concept and one.get("status") == "affirmed" for one in found)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Left L5-S1 TFESI. I then turned to the left SI joint and injected it.", True),
        ("Left L5-S1 TFESI on 6/2 and facet block on 6/2.", True),
        ("Left L5-S1 TFESI on 6/2 and facet block on 7/9.", False),
        ("MBB on 6/2. The knee gets its shot during that visit.", True),
        ("MBB on 6/2. The knee gets its shot at another visit.", False),
        ("Left SI joint injection. The piriformis was injected too.", True),
        ("Left SI joint injection. The piriformis is tight and was stretched.", False),
        ("Left SI joint injection. The facets were injected twice last year.", False),
        ("MBB on 6/2. We called off the SI joint injection of the same day.", False),
        ("TFESI or SI joint injection, one of the two, on 6/2.", False),
    ],
)
def test_a_second_place_counts_where_it_is_injected_in_the_same_session(text: str, told: bool) -> None:
    assert affirmed(text, "other_block_same_session") is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Left TFESI on 6/2, two more booked whatever comes of it.", True),
        ("Left TFESI. Quantity 4, every 10 days.", True),
        ("Left TFESI. She hopes for a course of three, but I never give one.", False),
        ("Left TFESI. A course of three is no longer done here.", False),
        ("Left TFESI. PT: three sessions scheduled weekly.", False),
        ("Left TFESI. Elsewhere she had three injections two weeks apart.", False),
        ("SI joint injection, first of three.", True),
        ("SI joint injection with a 3-1/2 inch needle.", False),
    ],
)
def test_injections_in_a_row_count_where_they_are_ordered(text: str, told: bool) -> None:
    assert affirmed(text, "series_planned") is told
