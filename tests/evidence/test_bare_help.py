"""That care helped, and nothing of how much or how long, is neither its failure nor its success."""

from datetime import date

import pytest

from mednec.evidence import gather
from mednec.findings import find
from mednec.model import Document, ServiceRequest


def answers(text: str) -> list[object]:
    """The responses that a chart of one note tells of physical therapy."""
    note = Document("note", text, dated=date(2026, 5, 6), type="office_visit")
    record = gather((note,), {"note": find(note)}, ServiceRequest(service="facet.dx1", dated=date(2026, 6, 9)))
    courses = [one for one in record.evidence if one.concept == "physical_therapy"]
    return [fact.value for one in courses for fact in one.facts.get("response", ())]


@pytest.mark.parametrize(
    "text", ["PT for the low back helped.", "Nothing but PT for the low back has been tried, and it helped."]
)
def test_care_that_helped_has_not_failed(text: str) -> None:
    assert answers(f"Low back pain. {text}") == []


@pytest.mark.parametrize(
    ("text", "response"),
    [
        ("PT for the low back helped some.", "partial"),
        ("PT for the low back helped, but the pain is still there.", "partial"),
        ("PT for the low back did not help.", "none"),
    ],
)
def test_care_that_helped_too_little_has_its_response(text: str, response: str) -> None:
    assert answers(f"Low back pain. {text}") == [response]
