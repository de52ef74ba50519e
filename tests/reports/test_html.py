"""The report is one page that needs nothing else, and shows everything that was decided."""

import re
from dataclasses import replace
from itertools import pairwise

import pytest
from selectolax.lexbor import LexborHTMLParser

from mednec.model import Exclusion
from mednec.reports import to_html


@pytest.fixture
def page(audit):
    return LexborHTMLParser(to_html(audit))


def test_it_begins_with_its_doctype_and_its_language(audit):
    assert to_html(audit).lstrip().startswith('<!doctype html>\n<html lang="en">')


def test_the_conclusion_is_the_only_first_heading(page):
    assert [node.text(strip=True) for node in page.css("h1")] == ["Not supported by the record"]


def test_nothing_is_loaded_from_elsewhere(audit):
    html = to_html(audit)
    assert "<script" not in html and "url(" not in html and "@import" not in html
    assert not re.findall(r"\bsrc=\"(?!data:)|<link\b|<iframe\b", html)
    assert "default-src 'none'" in html


def test_chart_text_is_text(audit, page):
    assert "<b>today</b>" not in to_html(audit)
    assert any("<b>today</b> & worse." in node.text() for node in page.css("blockquote"))


def test_a_hostile_document_name_is_text(audit):
    hostile = replace(audit, excluded=(Exclusion("<img src=x onerror=alert(1)>.txt", "unreadable"),))
    assert "<img" not in to_html(hostile)


def test_every_criterion_has_a_card_with_its_status_and_paragraph(audit, page):
    cards = {node.attributes["id"]: node for node in page.css("article.card[id]")}
    for determination in audit.determinations:
        card = cards[determination.criterion.key.replace(".", "-")]
        assert determination.criterion.asks in card.text()
        assert determination.criterion.cites.says in card.text()
        assert determination.status in card.attributes["class"].split()
        assert "Read in an excerpt" in card.text()


def test_quotes_show_their_document_date_and_page(page):
    sources = [node.text() for node in page.css(".quote .source")]
    assert any(text.startswith("2026-02-03 pain clinic.txt · office visit · 2026-02-03 · page 1") for text in sources)


def test_the_mention_is_marked_in_the_quote(page):
    assert {"PT", "7/10", "Seen"} <= {node.text() for node in page.css("blockquote mark")}


def test_every_link_within_the_page_leads_somewhere(page):
    ids = {node.attributes["id"] for node in page.css("[id]")}
    targets = {node.attributes["href"][1:] for node in page.css('a[href^="#"]')}
    assert targets <= ids


def test_ids_are_used_once(page):
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))


def test_headings_leave_out_no_level(page):
    levels = [int(node.tag[1]) for node in page.css("main h2, main h3, main h4")]
    assert levels[0] == 2
    assert all(after <= before + 1 for before, after in pairwise(levels))


def test_what_was_set_aside_and_what_is_left_to_the_reviewer_is_listed(page):
    assert "zz letter.docx" in page.css_first("#excluded").text()
    assert "A trained provider." in page.css_first("#reviewer").text()


def test_a_draft_says_so(page):
    assert page.css_first(".draft").text() == "draft"


def test_a_quote_in_two_pieces_of_evidence_is_shown_once_in_a_card(audit):
    doubled = replace(audit.determinations[0], findings=audit.determinations[0].findings * 2)
    page = LexborHTMLParser(to_html(replace(audit, determinations=(doubled,), trials=(), elements=(), warnings=())))
    assert len(page.css("#x-duration .quote")) == 1


def test_one_sentence_and_at_most_three_questions_come_first(page):
    assert page.css_first(".lede").text() == (
        "Of 5 required criteria, 1 is not met, 1 is contradicted within the record and 1 is not documented."
    )
    assert [node.text().split("?")[0] for node in page.css(".next li")] == [
        "How many visits took place",
        "What would answer x.scale",
        "What would answer x.rehab",
    ]


def test_a_required_criterion_that_fails_is_named_at_the_top(page):
    assert page.css_first(".fails").text().startswith("✗ Is the pain severe?")


def test_each_status_can_be_shown_alone(page):
    shown = [node.attributes["id"] for node in page.css(".filter input")]
    assert shown[0] == "show-all"
    assert {"show-met", "show-not-met", "show-conflicting", "show-insufficient"} <= set(shown)


def test_contradicting_quotes_stand_side_by_side(page):
    sides = page.css("#x-conservative .pair > div")
    assert ["Completed 6 weeks" in sides[0].text(), "no show" in sides[1].text()] == [True, True]


def test_a_quote_leads_to_its_words_on_their_page(page):
    link = page.css_first("#x-duration .quote a").attributes["href"]
    spot = page.css_first(link)
    assert spot.text() == "Left leg pain since November 2025."
    assert spot.css_first("mark").text() == "since November 2025"


def test_every_cell_of_the_ledger_leads_to_its_words_or_says_that_nothing_is_stated(page):
    cells = page.css("#trials tbody tr:first-child td")
    assert all(cell.css("a[href]") or cell.css(".unsaid") for cell in cells)
    assert [cell.text(strip=True) for cell in cells if cell.attributes["data-label"] == "Response"] == [
        "noneagainstgood"
    ]


def test_what_is_set_aside_can_be_looked_at_in_its_place(audit):
    letter = replace(audit.documents[0], id="zz letter.docx")
    finding = letter.finding("therapy", "physical_therapy", 21, 23, quote=(0, 23))
    told = replace(audit, warnings=(replace(audit.warnings[0], findings=(finding,)),))
    page = LexborHTMLParser(to_html(told, (*audit.documents, letter)))
    assert "zz letter.docx, page 1" in [node.text() for node in page.css("#pages h3")]


def test_passages_that_overlap_are_marked_once_and_found_by_each_link(audit):
    text = audit.documents[0]
    wide = text.finding("therapy", "physical_therapy", 21, 23, quote=(0, 39))
    narrow = text.finding("pain_score", "nrs", 10, 17, quote=(10, 30))
    page = LexborHTMLParser(to_html(replace(audit, warnings=(replace(audit.warnings[0], findings=(wide, narrow)),))))
    targets = {node.attributes["href"] for node in page.css("#warnings .quote a")}
    assert all(page.css_first(target) is not None for target in targets)


def test_the_same_audit_gives_the_same_page(audit):
    assert to_html(audit) == to_html(audit)
