"""The office in a real browser: the whole story, by mouse, by keyboard and without scripts, on a desk and a phone."""

import re
import sys
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

sys.path.insert(0, str(Path(__file__).parent))
from office_server import drop, make_first_account, serving, sign_in

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
EXAMPLE = Path(__file__).parents[2] / "examples" / "esi-contradicted"
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
AUDITED = 60_000  # milliseconds that an audit may take on a busy machine


@pytest.fixture(scope="module")
def server(_new_database, tmp_path_factory):
    """One office for all tests of this module; the story fills it."""
    from mednec.office.opening import Place

    folder = tmp_path_factory.mktemp("office")
    with serving(Place(folder, _new_database(folder))) as (address, link):
        yield address, link


@pytest.fixture
def open_page(browser):
    """A page of its own; what it logs as a fault, and what it fetches from elsewhere, fails the test."""
    opened, faults = [], []

    def made(viewport=DESK, scheme="light", **given):
        context = browser.new_context(viewport=viewport, color_scheme=scheme, accept_downloads=True, **given)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        page.on("request", lambda asked: faults.append(asked.url) if "127.0.0.1" not in asked.url else None)
        opened.append(context)
        return page

    yield made
    for context in opened:
        context.close()
    assert faults == []


def chart():
    files = [*sorted((EXAMPLE / "chart").iterdir()), EXAMPLE / "request.yaml"]
    return [(file.name, file.read_bytes()) for file in files]


def shoot(page, name):
    """Keep a picture, to be looked at, where a folder is named for it."""
    import os

    if folder := os.environ.get("MEDNEC_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png")


def test_the_whole_story_from_the_first_account_to_signing_out(server, open_page):
    address, link = server
    page = open_page()
    make_first_account(page, address, link)
    expect(page.get_by_role("heading", name="Nothing is planned yet")).to_be_visible()
    shoot(page, "empty")

    page.get_by_role("link", name="Open the first case").click()
    drop(page, chart())
    expect(page.get_by_text("6 files chosen")).to_be_visible()
    page.get_by_label("Clinician").fill("Dr. Quill")
    shoot(page, "dropped")
    page.get_by_role("button", name="Open the case and audit").click()
    expect(page.get_by_role("heading", name="Clarence D. Thornbury")).to_be_visible()
    shoot(page, "progress")
    expect(page.get_by_role("heading", name="The record contradicts itself")).to_be_visible(timeout=AUDITED)
    assert page.locator("table a", has_text=".txt").count() == 4
    shoot(page, "case")

    page.get_by_role("link", name="Audit beside the chart").click()
    card = page.locator(".card.conflicting").first
    card.locator("summary").click()
    card.locator("[data-quote]").last.click()
    lit = page.locator(".paper .lit").first
    expect(lit).to_be_in_viewport()
    shoot(page, "quote")

    word = page.locator(".word", has_text="therapy").first
    word.click()
    expect(page.locator("#read")).to_contain_text("therapy")
    shoot(page, "word")
    page.keyboard.press("Escape")
    expect(page.locator("#read")).to_have_count(0)

    criterion = f"[id='{card.get_attribute('id')}']"
    card = page.locator(criterion)
    card.get_by_label("Status").select_option("met")  # one
    card.get_by_label("Reason", exact=True).fill("The therapist's ledger was seen on paper")  # two
    card.get_by_role("button", name="Save").click()  # three
    expect(page.get_by_role("status").filter(has_text="judged anew")).to_be_attached()
    expect(card.locator("summary")).to_contain_text("overruled")
    expect(card).to_contain_text("conflicting")  # what the program says stands beside
    expect(card).to_contain_text("The therapist's ledger was seen on paper")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Supported")
    shoot(page, "overruled")

    page.get_by_role("link", name="Work queue").first.click()
    expect(page.locator("tr", has_text="Clarence D. Thornbury")).to_contain_text("ready")
    page.go_back()
    page.locator(criterion).get_by_role("button", name="Withdraw").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("contradicts itself")

    page.get_by_role("link", name="Trail").click()
    lines = page.locator("tbody tr")
    expect(lines.nth(0)).to_contain_text("withdraw")
    expect(lines.nth(1)).to_contain_text("The therapist's ledger was seen on paper")
    page.get_by_role("button", name="Verify").click()
    expect(page.get_by_role("status")).to_contain_text("The trail is intact")
    shoot(page, "verified")
    page.get_by_role("link", name="Work queue").first.click()
    row = page.locator("tr", has_text="Clarence D. Thornbury")
    expect(row).to_contain_text("contradictory")
    expect(row).to_contain_text("clinician")
    page.get_by_role("link", name="Dashboard").click()
    expect(page.get_by_text("1 chart would fail")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    page.goto(address + "/")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()


def test_a_finding_is_rejected_in_three_actions_and_marked_as_a_person_s(server, open_page):
    page = open_page()
    audit_of_the_story(page, server)
    page.locator(".word", has_text="therapy").first.click()
    page.locator("#read").get_by_label("Not there").first.check()  # one
    page.locator("#read").get_by_label("Reason", exact=True).first.fill("Another patient's line")  # two
    page.get_by_role("button", name="Save and judge anew").first.click()  # three
    expect(page.locator(".word.rejected")).to_have_count(1)
    expect(page.locator(".said-list li").first).to_contain_text("Another patient's line")
    page.locator(".said-list").get_by_role("button", name="Withdraw").first.click()
    expect(page.locator(".word.rejected")).to_have_count(0)


def test_an_attribute_is_changed_and_both_readings_are_shown(server, open_page):
    page = open_page()
    audit_of_the_story(page, server)
    page.locator(".word", has_text=re.compile("physical therapy", re.IGNORECASE)).first.click()
    page.locator("#read").get_by_label("Changed, as below").first.check()
    page.locator("#read").get_by_label("adherence").first.select_option("nonadherent")
    page.locator("#read").get_by_label("Reason", exact=True).first.fill("The calls say so")
    page.get_by_role("button", name="Save and judge anew").first.click()
    page.locator(".word.changed").click()
    expect(page.locator("#read")).to_contain_text("changed by Ada Rowe")
    expect(page.locator("#read")).to_contain_text("(read: ")
    page.get_by_role("button", name="Withdraw what Ada Rowe said").first.click()
    expect(page.locator(".word.changed")).to_have_count(0)


def test_marked_words_that_were_not_read_are_added(server, open_page):
    page = open_page()
    audit_of_the_story(page, server)
    page.get_by_text("RTC 6 wks").first.evaluate(
        """one => {
            const walker = document.createTreeWalker(one.closest(".paper"), NodeFilter.SHOW_TEXT);
            while (walker.nextNode() && !walker.currentNode.data.includes("RTC 6 wks"));
            const start = walker.currentNode.data.indexOf("RTC 6 wks"), range = document.createRange();
            range.setStart(walker.currentNode, start);
            range.setEnd(walker.currentNode, start + 9);
            getSelection().removeAllRanges();
            getSelection().addRange(range);
        }"""
    )
    expect(page.locator("[data-adding] [name=words]").first).to_have_value("RTC 6 wks")
    page.get_by_role("button", name="Say what it is").first.click()
    assert violations(page) == []
    page.get_by_label("It is").select_option("functional_limitation:work")
    page.get_by_role("button", name="Go on").click()
    assert violations(page) == []
    shoot(page, "add")
    page.get_by_label("Reason", exact=True).fill("Off work until then")
    page.get_by_role("button", name="Save and judge anew").click()
    expect(page.locator(".word.added")).to_have_text("RTC 6 wks")
    page.locator(".said-list").get_by_role("button", name="Withdraw").first.click()
    expect(page.locator(".word.added")).to_have_count(0)


def test_the_keyboard_alone_is_enough_to_overrule(server, open_page):
    page = open_page()
    audit_of_the_story(page, server)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the content")).to_be_focused()
    page.keyboard.press("Enter")
    card = page.locator(".card.conflicting").first
    for _ in range(12):
        page.keyboard.press("Tab")
        if card.locator("summary").evaluate("one => one === document.activeElement"):
            break
    page.keyboard.press("Enter")
    for _ in range(20):
        page.keyboard.press("Tab")
        if card.get_by_label("Status").evaluate("one => one === document.activeElement"):
            break
    page.keyboard.type("met")
    page.keyboard.press("Tab")
    page.keyboard.type("Seen on paper")
    page.keyboard.press("Enter")
    expect(page.locator(".card", has_text="overruled").first).to_be_visible()
    page.locator(".said-list").get_by_role("button", name="Withdraw").first.press("Enter")
    expect(page.locator(".card summary", has_text="overruled")).to_have_count(0)


def test_what_is_wrong_is_told_at_its_field_and_the_files_are_kept(server, open_page):
    page = open_page()
    sign_in(page, server[0])
    page.goto(server[0] + "/cases/new")
    drop(page, chart()[:2])
    page.get_by_label("Levels").fill("L9")
    page.get_by_role("button", name="Open the case and audit").click()
    summary = page.get_by_role("alert")
    expect(summary).to_be_focused()
    expect(summary).to_contain_text("'L9' is not a level of the spine")
    expect(page.get_by_label("Service")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("2 files chosen")).to_be_visible()


def test_without_scripts_a_case_is_opened_read_and_reviewed(server, open_page):
    page = open_page(java_script_enabled=False)
    sign_in(page, server[0])
    page.goto(server[0] + "/cases/new")
    files = [{"name": name, "mimeType": "text/plain", "buffer": data} for name, data in chart()[:1]]
    page.set_input_files("#files", files)
    page.get_by_label("Service").select_option("esi.init")
    page.get_by_label("Planned date").fill("2026-12-09")
    page.get_by_label("Or the policy’s number").fill("L39240")
    page.get_by_label("Patient").fill("Bea Unscripted")
    page.get_by_role("button", name="Open the case and audit").click()
    page.wait_for_url(re.compile(r"/cases/(?!new\b)"))  # a page that is still on its way cannot be loaded again
    for _ in range(60):
        page.reload()
        if page.get_by_role("link", name="Audit beside the chart").count():
            break
        page.wait_for_timeout(500)
    page.get_by_role("link", name="Audit beside the chart").click()
    page.locator(".word").first.click()
    expect(page.get_by_role("heading", name="What was read")).to_be_visible()
    page.get_by_label("Read rightly").first.check()
    page.get_by_role("button", name="Save and judge anew").first.click()
    expect(page.locator(".word.confirmed").first).to_be_visible()


PAGES = (
    "/",
    "/cases/new",
    "CASE",
    "CASE/audit",
    "CASE/request",
    "WORD",
    "/trail",
    "/dashboard",
    "/closed",
    "/people",
    "/account",
    "/nowhere",
)


@pytest.mark.parametrize(("viewport", "scheme"), [(DESK, "light"), (PHONE, "dark"), (DESK, "dark")])
def test_axe_finds_no_violation_of_level_a_or_aa_and_a_phone_is_not_scrolled_sideways(
    server, open_page, viewport, scheme
):
    page = open_page(viewport, scheme)
    found = {"sign-in": violations(page, server[0] + "/sign-in")}
    audit_of_the_story(page, server)
    case = page.url.split("/audit")[0].removeprefix(server[0])
    word = page.locator(".word").first.get_attribute("href")
    for name in PAGES:
        address = server[0] + name.replace("WORD", word).replace("CASE", case)
        found[name] = violations(page, address)
        assert page.evaluate("document.documentElement.scrollWidth") <= viewport["width"], name
        shoot(
            page,
            f"{name.strip('/').replace('/', '-').lower() or 'queue'}-{viewport['width']}-{scheme}",
        )
    assert {name: told for name, told in found.items() if told} == {}


def violations(page, address=None):
    if address:
        page.goto(address)
    page.evaluate("document.querySelectorAll('details').forEach(one => one.open = true)")
    page.wait_for_timeout(200)
    found = Axe().run(page, options=RULES).response["violations"]
    return [(rule["id"], node["target"], node["failureSummary"]) for rule in found for node in rule["nodes"]]


def audit_of_the_story(page, server):
    """The audit that the first test made, opened."""
    sign_in(page, server[0])
    page.get_by_role("link", name="Clarence D. Thornbury").click()
    page.get_by_role("link", name="Audit beside the chart").click()


def test_demo_data_come_in_one_click_and_are_audited(open_page, _new_database, tmp_path):
    from mednec.office.opening import Place

    with serving(Place(tmp_path, _new_database(tmp_path))) as (address, link):
        page = open_page()
        make_first_account(page, address, link)
        page.get_by_role("button", name="Show me with demo data").click()
        expect(page.locator("tbody tr")).to_have_count(12)
        for _ in range(120):
            if not page.locator("tbody tr.running").count():
                break
            page.wait_for_timeout(500)
            page.goto(address + "/")
        assert page.locator("tbody tr.running").count() == 0
        assert page.locator("tbody tr.ready").count() >= 2
        assert page.locator("tbody tr.gaps, tbody tr.failing").count() >= 4
        shoot(page, "demo")
        page.goto(address + "/dashboard")
        shoot(page, "demo-dashboard")
