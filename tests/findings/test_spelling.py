"""Charts typed in haste and scanned badly are read as they were meant, and quoted as they stand."""

from __future__ import annotations

import pytest

from mednec.findings import find
from mednec.findings.spelling import as_meant
from mednec.findings.spelling.words import speller
from mednec.model import Document


def meant(text: str) -> str:
    return as_meant(Document(id="note", text=text)).document.text


@pytest.mark.parametrize(
    ("word", "right"),
    [
        ("phyiscal", "physical"),
        ("theraphy", "therapy"),
        ("sesions", "sessions"),
        ("unsuccesful", "unsuccessful"),
        ("gabapentn", "gabapentin"),
        ("fluroscopy", "fluoroscopy"),
        ("transforminal", "transforaminal"),
        ("monhts", "months"),
        ("niether", "neither"),
        ("8weks", "8weeks"),
        ("steriod", "steroid"),
    ],
)
def test_a_slip_leads_to_the_one_word_that_can_be_meant(word, right):
    assert speller().meaning(word) == right


@pytest.mark.parametrize(
    "word",
    [
        "lumber",
        "perineal",
        "facial",
        "allodynic",
        "hypotonic",
        "intramuscular",
        "ileum",
        "complaint",
        "Lumbard",
        "Kneeland",
    ],
)
def test_a_real_word_and_an_unknown_name_stay_as_they_are(word):
    assert speller().meaning(word) is None


@pytest.mark.parametrize("word", ["nto", "noen", "nevr", "evr", "hypperreflexia", "tpyical", "nt", "canot"])
def test_no_word_is_made_that_turns_a_statement_around(word):
    assert speller().meaning(word) not in {"not", "none", "never", "ever", "hyporeflexia", "typical", "no", "cannot"}


@pytest.mark.parametrize(
    ("text", "right"),
    [
        ("Manua1 therapy gave no re1ief.", "Manual therapy gave no relief."),
        ("LURNBAR V1SIT T0DAY", "LUMBAR VISIT TODAY"),
        ("aqua ther apy for six w eeks", "aqua therapy for six weeks"),
        ("twelve ses-\nsions of acu-\npuncture", "twelve sessions of acupuncture"),
        ("meloxicam: n o  b e n e f i t", "meloxicam: no benefit"),
        ("stretching at home l0 weeks, pain 6/1O", "stretching at home 10 weeks, pain 6/10"),
        ("ibuprofen 6OO mg from O3/1l/2026", "ibuprofen 600 mg from 03/11/2026"),
        ("right Sl joint injection", "right SI joint injection"),
        ("N0 weakness of the foot", "NO weakness of the foot"),
    ],
)
def test_what_a_scanner_did_is_undone(text, right):
    assert meant(text) == right


@pytest.mark.parametrize(
    "text",
    [
        "Levels l4-5 and l5 done; O2 by cannula; stage T2 N0 M0.",
        "He sees Dr. Therpay and L. Releif, Naproxn MD.",
        "the rapid test was so me what he wanted",
        "Sessions 1 I attended; S1 root; L5-S1 joint; 10 mg/ml",
    ],
)
def test_what_may_be_right_stays_as_it_is(text):
    assert meant(text) == text


def test_findings_quote_the_chart_as_it_stands():
    text = "Pain clinic. Compelted eight weks of phyiscal ther apy for the low bcak, no releif. Also meloxicm daily."
    found = find(Document(id="note", text=text))
    for finding in found:
        assert text[finding.start : finding.end] == finding.mention
        assert text[finding.quote_start : finding.quote_end] == finding.quote
    course = next(finding for finding in found if finding.concept == "physical_therapy")
    assert course.mention == "phyiscal ther apy"
    assert (course.get("duration_days"), course.get("response"), course.get("region")) == (56, "none", "lumbar")


def read(text):
    return [
        (finding.kind, finding.concept, dict(finding.attributes)) for finding in find(Document(id="note", text=text))
    ]


def test_a_slip_does_not_move_what_stands_behind_it():
    right = "Low back pain. Physical therapy failed.\n\nSevere axial pain."
    wrong = "Low bakc pain. Phyical therpy faild.\n\nSevere axail pain."
    assert read(wrong) == read(right)
    assert all(wrong[each.start : each.end] == each.mention for each in find(Document(id="note", text=wrong)))


@pytest.mark.parametrize(
    ("seen", "expected"),
    [
        ("eight wceks of fherapy", "eight weeks of therapy"),
        ("four moriths of qabapentin", "four months of gabapentin"),
        ("a TFE5I and N5AIDs, then a TFESl", "a TFESI and NSAIDs, then a TFESI"),
        ("he ncver had it, nof once", "he never had it, not once"),
        ("ice andnaproxen withoutrelief", "ice and naproxen without relief"),
        ("Ken alog-40 was given", "Kenalog-40 was given"),
        ("it rnight be so, I c1aim", "it might be so, I claim"),
    ],
)
def test_letters_that_a_scanner_mixes_up_are_read_as_they_were(seen, expected):
    assert meant(seen) == expected


@pytest.mark.parametrize(
    "text", ["fear of a cheek injury, tall", "L5-S1, B12, A1C, T12-L1", "MC1 at L4-5", "her husband understands"]
)
def test_real_words_and_codes_are_no_damage(text):
    assert meant(text) == text
