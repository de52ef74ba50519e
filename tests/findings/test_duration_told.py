"""Since when it hurts, in the many ways in which clinicians and patients say it; and what is not told of the pain."""

from datetime import date

import pytest

from mednec.findings import duration
from mednec.findings.parse import parse
from mednec.model import Document


def told(text: str) -> list[tuple[object, object]]:
    document = Document("note.txt", text, dated=date(2026, 5, 20))
    return [(one.get("days"), one.get("onset")) for one in duration.find(parse(document))]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("His neck pain set in last December and stays.", (None, "2025-12")),
        ("Neck pain took hold in spring 2024.", (None, "2024-05")),
        ("Sciatica since Labor Day.", (None, "2025-09")),
        ("Neck pain since Mother's Day.", (None, "2026-05-10")),
        ("Neck pain since a week ago Monday.", (None, "2026-05-11")),
        ("Neck pain from early February on.", (None, "2026-02")),
        ("Neck pain since March 3.", (None, "2026-03-03")),
        ("A 58-year-old. Neck pain since his thirties.", (18 * 365, None)),
        ("Neck pain since Q3 2025.", (None, "2025-09")),
        ("Neck pain since two summers ago.", (None, "2024-08")),
        ("Neck pain since the year before last.", (None, "2024")),
        ("Neck pain for 5/12.", (150, None)),
        ("Neck pain for some nine weeks.", (63, None)),
        ("Neck pain, well over a decade.", (3650, None)),
    ],
)
def test_a_time_that_is_named_and_not_dated_is_counted_from_the_day_of_writing(text, expected):
    assert expected in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Her neck has bothered her for seven months.", (210, None)),
        ("Neck pain, now in its fifth month.", (120, None)),
        ("This is the fourth year of her neck pain.", (1095, None)),
        ("The neck pain is seven months old.", (210, None)),
        ("His neck pain has passed the six-month mark.", (180, None)),
        ("Seven months into this neck pain she is no better.", (210, None)),
        ("It is seven months now that his neck hurts.", (210, None)),
        ("Neck pain ever since she changed jobs last October.", (None, "2025-10")),
        ("Neck pain dates back to a ski crash in 2021.", (None, "2021")),
        ("She changed jobs last October; the neck has ached from then on.", (None, "2025-10")),
        ("On 3 July 2025 he was thrown off a horse. His neck has hurt ever since.", (None, "2025-07-03")),
        ("He has not had one day without neck pain since Thanksgiving.", (None, "2025-11")),
        ("The neck pain I saw him for in November persists.", (None, "2025-11")),
        ("Neck pain resolved in 2023 and came back in March 2026.", (None, "2026-03")),
    ],
)
def test_the_pain_is_told_to_go_on_since_then(text, expected):
    assert expected in told(text)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Complaint: neck pain\nOnset: fall 2025", (None, "2025-11")),
        ("Complaint: neck pain\nHow long has this bothered you? nearly 3 years", (1095 * 0.97, None)),
        ("Complaint: neck pain\nWhen did your pain start? about a year ago", (365, None)),
        ("Neck pain. Duration: [ ] < 6 wk [ ] 6-12 wk [x] > 12 wk", (84, None)),
        ("Complaint: neck pain\nSince when? 2022", (None, "2022")),
    ],
)
def test_the_field_of_a_form_is_read(text, expected):
    days, onset = expected
    (found,) = told(text)
    assert found[1] == onset
    assert found[0] == (None if days is None else pytest.approx(days, abs=1))


@pytest.mark.parametrize(
    "text",
    [
        "Neck pain. Smoker since his forties.",
        "Neck pain. She changed jobs last October.",
        "Neck pain. Physical therapy since January.",
        "Neck pain, well controlled since January.",
        "Neck pain. He fell in January without injury.",
        "Slipped in January and was none the worse. Neck pain today.",
        "Neck pain. PT is in its third month.",
        "Neck pain. She is in the sixth month of her pregnancy.",
        "Neck pain\nPT\nFrequency: 2x/week\nDuration: 16 weeks",
        "Diagnosis: hypertension\nOnset: 2014\nComplaint: neck pain",
        "Neck pain. Duration: [x] < 6 wk [ ] 6-12 wk [ ] > 12 wk",
        "Neck pain; numbness of the feet since January.",
        "Neck pain began in January; it cleared up in March.",
        "Neck pain since last autumn. He is now pain-free.",
        "1. Where? neck pain\n2. When did it begin? November 2025\n3. Do you still have it? no",
        "Pain clinic 05/20/2026. Injury clinic 05/20/2026. Neck pain.",
        "Neck pain. Off cigarettes, going on a year.",
    ],
)
def test_what_is_told_of_something_else_or_is_over_is_not_read(text):
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Neck pain since last autumn. It has not resolved.",
        "Neck pain since last autumn. Her knee pain resolved.",
        "Neck pain since last autumn. After the block the pain was gone for six hours.",
        "Neck pain since last autumn; arm pain has resolved.",
    ],
)
def test_a_pain_that_is_over_for_a_while_or_another_pain_that_is_over_ends_nothing(text):
    assert (None, "2025-11") in told(text)


@pytest.mark.parametrize(
    "text",
    [
        "He noted a popping sensation in the shoulder on 3/2/2026, and the shoulder pain has not left.",
        "She felt a snap in her low back on 3/2/2026. The pain goes on.",
        "She heard a pop in the knee on 3/2/2026. She has had knee pain from it.",
    ],
)
def test_what_was_felt_to_give_is_the_onset(text: str) -> None:
    assert (None, "2026-03-02") in told(text)
