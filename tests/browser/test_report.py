"""The report in a real browser: accessible (WCAG 2.2 A and AA), usable by keyboard, on a phone and in print."""

import pytest
from axe_playwright_python.sync_playwright import Axe

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
EXAMPLES = ["esi-contradicted", "esi-supported", "facet-letter-only", "rfa-relief-too-small"]
DESKTOP, PHONE = {"width": 1280, "height": 800}, {"width": 390, "height": 844}


@pytest.fixture
def opened(browser, reports):
    contexts = []

    def open_(name, viewport=DESKTOP, scheme="light"):
        context = browser.new_context(viewport=viewport, color_scheme=scheme)
        contexts.append(context)
        page = context.new_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(reports[name].as_uri())
        page.asked = asked
        return page

    yield open_
    for context in contexts:
        context.close()


def violations(page):
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], node["target"], node["failureSummary"]) for rule in found for node in rule["nodes"]]


@pytest.mark.parametrize(("viewport", "scheme"), [(DESKTOP, "light"), (PHONE, "dark")], ids=["desktop", "phone"])
@pytest.mark.parametrize("name", EXAMPLES)
def test_axe_finds_no_violation_of_level_a_or_aa(opened, name, scheme, viewport):
    assert violations(opened(name, viewport, scheme)) == []


def test_nothing_is_fetched(opened):
    assert [url for url in opened("esi-contradicted").asked if not url.startswith(("file:", "data:"))] == []


def test_the_verdict_and_the_next_questions_stand_on_the_first_screen(opened):
    for viewport in (DESKTOP, PHONE):
        page = opened("facet-letter-only", viewport)
        shown = page.locator(".next").bounding_box()
        assert shown["y"] + shown["height"] <= viewport["height"], viewport


def test_a_phone_need_not_be_scrolled_sideways(opened):
    for name in EXAMPLES:
        page = opened(name, PHONE)
        assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"], name


def test_the_filter_shows_one_status_by_keyboard_alone(opened):
    page = opened("esi-contradicted")
    whole = page.locator("#criteria .card:visible").count()
    page.locator("#show-all").focus()
    page.keyboard.press("ArrowRight")
    shown = page.locator("#criteria .card:visible")
    assert 0 < shown.count() < whole
    assert page.locator("#criteria .card.conflicting:visible").count() == 0


def test_a_quote_leads_to_its_words_on_the_picture_of_their_page(opened):
    page = opened("esi-contradicted")
    link = page.locator("#criteria .card.conflicting .quote a", has_text="02_PT").first
    link.press("Enter")
    target = page.locator(":target")
    box, picture = target.bounding_box(), page.locator(".scan img").first.bounding_box()
    assert 0 <= box["y"] <= DESKTOP["height"]
    assert picture["y"] < box["y"] and box["y"] + box["height"] < picture["y"] + picture["height"]
    assert target.evaluate("one => getComputedStyle(one).outlineStyle") == "solid"


def test_a_quote_leads_to_its_words_in_the_text_of_their_page(opened):
    page = opened("esi-contradicted")
    page.locator("#criteria .card.conflicting .quote a", has_text="04_Spine").first.press("Enter")
    assert page.locator(":target mark").count() >= 1
    assert 0 <= page.locator(":target").bounding_box()["y"] <= DESKTOP["height"]


def test_print_shows_what_is_folded(opened):
    page = opened("esi-supported")
    page.emulate_media(media="print")
    assert page.locator("#criteria .card.met .policy").first.is_visible()
    assert not page.locator(".filter").is_visible()
