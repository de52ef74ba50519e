"""What a note is about, where only the words for a pain tell its region."""

import pytest

from mednec.evidence.complaint import complaint
from mednec.model import Document


@pytest.mark.parametrize(
    ("text", "region"),
    [
        ("Left S1 pain, four months.", "lumbar"),
        ("05/19/2026, back. The gel had no effect.", "lumbar"),
        ("Upper back. The gel had no effect.", "thoracic"),
        ("Heart: S1 and S2 normal.", None),
        ("She came back, no change.", None),
    ],
)
def test_a_root_or_the_back_named_alone_is_of_the_low_back(text, region):
    assert complaint(Document("note", text), []) == region
