"""Payers' letters against policies and charts: what is required, what is not, and what the record shows."""

import json
from functools import cache
from pathlib import Path

import pytest

from mednec.auditor import answer_denial, audit_chart
from mednec.denials import answer
from mednec.denials.quantities import quantities, required
from mednec.denials.topics import topics, topics_of
from mednec.model import Audit, Document, Status
from mednec.reports import denial_to_json, denial_to_terminal
from mednec.requests import from_options, parse_request, read_fields

EXAMPLES = Path(__file__).parents[2] / "examples"


@cache
def audited(example: str, **texts: str) -> Audit:
    fields = from_options(texts, {}).over(read_fields(EXAMPLES / example / "request.yaml"))
    return audit_chart(EXAMPLES / example / "chart", parse_request(fields))


def answered(example: str, letter: str, **texts: str):
    return answer(audited(example, **texts), [Document("letter.txt", letter, type="payer_correspondence")])


def verdicts(denial) -> list[dict[str, str]]:
    """For each reason, the verdict by what it is about."""
    return [{one.about: one.verdict for one in answers} for _, answers in denial.answers]


def keys(denial) -> list[str]:
    """The clauses that are found to be meant, in order."""
    return [clause.criterion.key for _, answers in denial.answers for one in answers for clause in one.clauses]


CARE, SESSIONS, RELIEF = (
    "conservative treatment",
    "the number of sessions",
    "the relief that an earlier block, injection or ablation gave",
)
LETTERS = {
    "a stricter length and a window that is not there": (
        "esi-supported",
        "Dear Doctor,\n\nThe request cannot be approved.\n\n1. Our policy requires six (6) weeks of "
        "conservative treatment within the last 3 months.\n\nYou may appeal within 180 days.",
        [{CARE: "different"}],
    ),
    "the length that the policy sets": (
        "esi-supported",
        "Reason for denial: At least four weeks of noninvasive care, such as physical therapy, must have failed. "
        "This was not shown.",
        [{CARE: "contained"}],
    ),
    "a limit of three where the policy has four": (
        "esi-supported",
        "The member has reached the maximum of three epidural injections in a 12-month period.",
        [{SESSIONS: "different"}],
    ),
    "the limit that the policy sets": (
        "esi-supported",
        "No more than four (4) epidural sessions per region are allowed in a rolling 12 months. "
        "This request exceeds the limit.",
        [{SESSIONS: "contained"}],
    ),
    "things that the policy never asks": (
        "esi-supported",
        "- The member's BMI must be below 40.\n- Smoking cessation for six weeks is required.\n- An EMG is required.\n"
        "- A surgical consultation was not obtained.",
        [
            {"body weight": "absent"},
            {"tobacco": "absent"},
            {"nerve conduction studies": "absent"},
            {"a surgeon's opinion": "absent"},
        ],
    ),
    "an image that was not sent": (
        "esi-supported",
        "No MRI report was submitted for review.",
        [{"imaging": "contained"}],
    ),
    "two things in one sentence": (
        "esi-supported",
        "Fluoroscopic guidance and the use of contrast were not documented in the records received.",
        [{"image guidance": "contained", "contrast": "contained"}],
    ),
    "nothing that can be matched": (
        "esi-supported",
        "The requested service was not aligned with the member's benefit tier and cannot be processed.",
        [{"": "unmatched"}],
    ),
    "relief below what the policy asks": (
        "rfa-relief-too-small",
        "Ablation is not medically necessary. Two diagnostic blocks with at least 80% relief must be documented.",
        [{"": "unmatched"}, {RELIEF: "contained"}],
    ),
    "relief above what the policy asks": (
        "rfa-relief-too-small",
        "The medial branch blocks must give at least 90 percent pain relief. This is not documented.",
        [{RELIEF: "different"}],
    ),
    "a prose letter with two reasons": (
        "facet-letter-only",
        "Dear Provider:\n\nWe have reviewed the request. The records do not show that the patient failed conservative "
        "treatment. The pain must be present for at least 6 months.\n\nIf you disagree, you have the right "
        "to appeal.\n",
        [{CARE: "contained"}, {"how long the pain has lasted": "different"}],
    ),
    "an interval between sessions": (
        "esi-repeat-relief",
        "Too soon: injections must be at least 90 days apart.",
        [{"the interval between sessions": "different"}],
    ),
    "too few provocative tests": (
        "sij-misfiled-page",
        "a) At least three positive provocative maneuvers are required and were not recorded.\n"
        "b) Axial pain of other origin was not excluded.",
        [{"provocative tests": "contained"}, {"pain of the axis or the facets": "contained"}],
    ),
    "sedation and levels": (
        "facet-letter-only",
        "Moderate sedation is not considered necessary; no more than two levels may be treated per session.",
        [{"sedation": "contained"}, {"the number of levels": "contained"}],
    ),
    "two things and their numbers in one sentence": (
        "sij-misfiled-page",
        "The request does not meet criteria because fewer than 3 provocative tests were positive and there is no "
        "record of 6 weeks of conservative treatment.",
        [{CARE: "different", "provocative tests": "contained"}],
    ),
    "a limit told without its noun": (
        "esi-supported",
        "Injections are limited to 3 per calendar year. The physician must be board certified.",
        [{SESSIONS: "different"}, {"": "unmatched"}],
    ),
    "a length where the policy sets none": (
        "facet-letter-only",
        "* There is no evidence of failure of a 3 month course of conservative treatment.\n"
        "* No image rules out other causes.",
        [{CARE: "different"}, {"": "unmatched"}],
    ),
    "wrapped lines, a heading and a look-back": (
        "esi-supported",
        "NOTICE OF DETERMINATION\n\nReasons:\nThe information did not show that the member tried at least 6 weeks of\n"
        "provider-directed conservative therapy in the past 6 months.\nThe symptoms have not been present for 3 months."
        "\n\nYou have the right to appeal.",
        [{CARE: "different"}, {"how long the pain has lasted": "different"}],
    ),
    "half the pain for three months": (
        "esi-repeat-relief",
        "a. The notes do not support 50% or greater relief for at least 12 weeks after the prior injection",
        [{RELIEF: "contained"}],
    ),
    "a letter of boilerplate alone": (
        "esi-supported",
        "Dear Member,\nYour request was not approved. You may appeal this decision.\nCall us if you have questions.\n"
        "Sincerely,\nThe Plan",
        [],
    ),
}


@pytest.mark.parametrize("name", LETTERS)
def test_a_letter_is_answered_reason_by_reason(name):
    example, letter, wanted = LETTERS[name]
    assert verdicts(answered(example, letter)) == wanted


@pytest.mark.parametrize("name", LETTERS)
def test_every_reason_is_cut_out_of_the_letter(name):
    example, letter, _ = LETTERS[name]
    for reason, _ in answered(example, letter).answers:
        assert letter[reason.start : reason.end] == reason.text


def test_what_differs_is_told_with_both_numbers():
    denial = answered(*LETTERS["a stricter length and a window that is not there"][:2])
    [[reason, [told]]] = denial.answers
    assert told.differences == (
        "The letter says six (6) weeks; the policy says at least 4 weeks.",
        "The letter says 3 months; the policy sets no look-back window here.",
    )
    assert reason.text.startswith("Our policy requires")
    [clause] = told.clauses
    assert (clause.criterion.key, clause.status) == ("esi.init.conservative_4w", Status.MET)
    assert clause.findings


def test_what_the_record_shows_stands_beside_the_requirement():
    page = denial_to_terminal(answered(*LETTERS["the limit that the policy sets"][:2]))
    assert "The policy contains such a requirement (the number of sessions)." in page
    assert "The record: met." in page and "No prior epidural" in page
    assert max(map(len, page.splitlines())) <= 80


def test_a_number_that_the_record_is_said_to_show_is_no_requirement():
    text = "Six weeks of therapy are required. The records show only three weeks of therapy."
    assert [(q.measure, q.value) for q in required(text)] == [("length", 42)]


@pytest.mark.parametrize(
    ("text", "measure", "value"),
    [
        ("within the last 3 months", "window", 90),
        ("in a 12-month period", "window", 360),
        ("six (6) weeks of care", "length", 42),
        ("at least 14 days apart", "gap", 14),
        ("two weeks after the first block", "gap", 14),
        ("80% relief", "percent", 80),
        ("three facet joint injections", "sessions", 3),
        ("no more than two levels", "levels", 2),
        ("5/10 or more", "score", 5),
    ],
)
def test_a_number_is_read_with_what_it_measures(text, measure, value):
    assert (measure, value) in [(q.measure, q.value) for q in quantities(text)]


def test_a_clause_can_be_named_by_its_section_or_its_key():
    denial = answered("esi-supported", "The request does not meet Limitation 7 of the policy.")
    assert [c.criterion.key for _, answers in denial.answers for one in answers for c in one.clauses] == [
        "esi.lim.one_region"
    ]
    denial = answered("esi-supported", "The criterion esi.lim.no_series was not met.")
    assert [c.criterion.key for _, answers in denial.answers for one in answers for c in one.clauses] == [
        "esi.lim.no_series"
    ]


def test_another_policy_than_the_one_in_force_is_named_as_such():
    denial = answered("esi-supported", "Denied under L39240 and L33906: no MRI was submitted.")
    assert dict(denial.cited) == {"L39240": "in force", "L33906": "not the policy in force"}


def test_nothing_is_said_to_be_required_that_no_topic_recognizes():
    for _, answers in answered(*LETTERS["nothing that can be matched"][:2]).answers:
        assert [(one.clauses, one.differences) for one in answers] == [((), ())]


def test_the_answer_as_json_carries_places_clauses_and_evidence():
    data = json.loads(denial_to_json(answered(*LETTERS["an image that was not sent"][:2])))
    [reason] = data["reasons"]
    clause = reason["answers"][0]["clauses"][0]
    assert clause["section"] and clause["says"] and clause["evidence"][0]["quote"]
    assert data["policy"]["id"] == "L39240"


def test_a_letter_is_read_from_a_file_of_any_format_or_given_as_text(tmp_path):
    import docx

    text = "No MRI report was submitted for review."
    letter = docx.Document()
    letter.add_paragraph(text)
    letter.save(str(tmp_path / "denial.docx"))
    folder = EXAMPLES / "esi-supported"
    request = parse_request(read_fields(folder / "request.yaml"))
    for given in (str(tmp_path / "denial.docx"), text):
        assert verdicts(answer_denial(folder / "chart", given, request)) == [{"imaging": "contained"}]


@pytest.mark.parametrize("topic", topics(), ids=lambda topic: topic.key)
def test_a_topic_is_known_by_its_words_and_by_none_that_only_look_like_them(topic):
    assert topic.examples and topic.near_misses
    assert [text for text in topic.examples if topic not in topics_of(text)] == []
    assert [text for text in topic.near_misses if topic in topics_of(text)] == []


def test_the_sentence_that_leads_up_to_the_list_is_no_reason():
    letter = "Your request does not meet our guideline because:\n - Six weeks of conservative care must have failed.\n"
    denial = answered("esi-supported", letter)
    assert [reason.text for reason, _ in denial.answers] == ["Six weeks of conservative care must have failed."]
