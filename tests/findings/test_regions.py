"""Regions, sides and levels."""

import pytest

from mednec.findings.parse import parse
from mednec.findings.regions import levels_in, regions_in, side_in
from mednec.model import Document


@pytest.mark.parametrize(
    ("text", "levels"),
    [
        ("L4/5", ("L4-5",)),
        ("L4-L5", ("L4-5",)),
        ("L3 through S1", ("L3-4", "L4-5", "L5-S1")),
        ("L4-5/L5-S1", ("L4-5", "L5-S1")),
        ("L3-4/L5-S1", ("L3-4", "L5-S1")),
        ("L4-5/5-1", ("L4-5", "L5-S1")),
        ("L4/L5/S1", ("L4-5", "L5-S1")),
        ("L3-4, 4-5, 5-1", ("L3-4", "L4-5", "L5-S1")),
        ("C7-T1", ("C7-T1",)),
        ("C4, C5, C6 MB", ("C4", "C5", "C6")),
        ("L3, L4 medial branch + L5 dorsal ramus (L4-5 and L5-S1 joints)", ("L4-5", "L5-S1")),
        ("L4-5 strength 4/5", ("L4-5",)),
        ("BP 120/80 T 98.1", ()),
    ],
)
def test_levels_are_normalized(text: str, levels: tuple[str, ...]) -> None:
    assert levels_in(text, 0, len(text)) == levels


@pytest.mark.parametrize(
    ("text", "side"),
    [("R L5-S1 TFESI", "right"), ("64483-RT", "right"), ("right and left", "bilateral"), ("right now", None)],
)
def test_sides_are_read(text: str, side: str | None) -> None:
    assert side_in(text, 0, len(text)) == side


@pytest.mark.parametrize(
    ("text", "regions"),
    [
        ("low back pain", ("lumbar",)),
        ("mid back pain", ("thoracic",)),
        ("neck and back pain", ("cervical", "lumbar")),
        ("she went back to work", ()),
        ("the back of the knee", ("knee",)),
        ("right hand dominant", ()),
        ("C5-6", ("cervical",)),
    ],
)
def test_regions_are_read(text: str, regions: tuple[str, ...]) -> None:
    assert regions_in(parse(Document(id="x", text=text)), 0, len(text)) == regions
