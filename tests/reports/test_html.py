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
    assert not re.findall(r"\bsrc=|<link\b|<iframe\b", html)
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
        assert "read in an excerpt" in card.text()


def test_quotes_show_their_document_date_and_page(page):
    sources = [node.text() for node in page.css(".quote .source")]
    assert "2026-02-03 pain clinic.txt · office visit · 2026-02-03 · page 1" in sources


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


def test_the_same_audit_gives_the_same_page(audit):
    assert to_html(audit) == to_html(audit)
