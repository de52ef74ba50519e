"""Accounts in a real browser: the first account, a second factor, another person's link, and the automatic log-off."""

import os
import re
import threading
import time
from pathlib import Path

import pyotp
import pytest
import uvicorn
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import expect

from mednec.office.opening import Place, open_office
from mednec.web import create_app, first_link
from mednec.web.settings import OpenID, Settings

pytestmark = pytest.mark.browser
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
DESK, PHONE = {"width": 1280, "height": 860}, {"width": 390, "height": 844}
PASSWORD = "four quiet harbour lanterns"


@pytest.fixture
def serve(_new_database, tmp_path):
    """Starts a server; its address and the path that makes the first account."""
    running = []

    def made(**told):
        office = open_office(Place(tmp_path, _new_database(tmp_path)))
        url = office.database.engine.url.render_as_string(hide_password=False)
        app = create_app(office, Settings(tmp_path, url, **told))
        server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="warning"))
        thread = threading.Thread(target=server.run)
        thread.start()
        running.append((server, thread, office))
        while not server.started:
            time.sleep(0.05)
        return f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}", first_link(app)

    yield made
    for server, thread, office in running:
        server.should_exit = True
        thread.join()
        office.database.close()


@pytest.fixture
def open_page(browser):
    """A page of its own; a fault of a script, or a breach of the content policy, fails the test."""
    opened, faults = [], []

    def made(viewport=DESK, scheme="light"):
        context = browser.new_context(viewport=viewport, color_scheme=scheme)
        page = context.new_page()
        page.on("pageerror", lambda error: faults.append(str(error)))
        page.on("console", lambda said: faults.append(said.text) if "Content Security Policy" in said.text else None)
        opened.append(context)
        return page

    yield made
    for context in opened:
        context.close()
    assert faults == []


def looked_at(page, name):
    """No breach of WCAG 2.2 A or AA, in no size or scheme; a picture to be looked at where a folder is named."""
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for size, viewport in (("desk", DESK), ("phone", PHONE)):
            page.set_viewport_size(viewport)
            found = Axe().run(page, options=RULES)
            assert found.violations_count == 0, f"{name} {scheme} {size}: {found.generate_report()}"
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
                f"{name} {size} scrolls sideways"
            )
            if folder := os.environ.get("MEDNEC_PICTURES"):
                page.screenshot(path=Path(folder) / f"{name}-{scheme}-{size}.png", full_page=True)
    page.set_viewport_size(DESK)


def make_first_account(page, address, link):
    page.goto(address + link)
    looked_at(page, "first")
    page.get_by_label("Name of the practice").fill("Pine Street Pain Clinic")
    page.get_by_label("Your name").fill("Ada Rowe")
    page.get_by_label("Login").fill("ada")
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Make the account").click()
    page.wait_for_url(address + "/")


def give(page, login):
    page.get_by_label("Login").fill(login)
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_people_come_in_by_link_password_and_code(serve, open_page):
    address, link = serve(openid=OpenID("https://id.example", "mednec", "shh"))
    page = open_page()
    make_first_account(page, address, link)

    page.get_by_role("link", name="People").click()
    page.get_by_label("Name").fill("Bo Reyes")
    page.get_by_role("textbox", name="Login").fill("bo")
    page.get_by_label("reviewer").check()
    looked_at(page, "people")
    page.get_by_role("button", name="Make the account").click()
    looked_at(page, "new-link")
    theirs = page.get_by_text("/link?key=").inner_text()
    page.get_by_role("link", name="Done").click()
    page.get_by_role("link", name="Bo Reyes").click()
    looked_at(page, "person")

    other = open_page()
    other.goto(theirs)
    looked_at(other, "link")
    other.get_by_label("New password").fill(PASSWORD)
    other.get_by_role("button", name="Set the password").click()
    expect(other.get_by_text("Your password is set")).to_be_visible()
    give(other, "bo")
    other.wait_for_url(address + "/")

    other.get_by_role("link", name="Bo Reyes").click()
    other.get_by_role("button", name="Set it up").click()
    expect(other.get_by_role("img", name="The secret as a QR code")).to_be_visible()
    looked_at(other, "account")
    code = pyotp.TOTP(other.locator("code", has_text=re.compile(r"^[A-Z2-7]{32}$")).inner_text())
    other.get_by_role("textbox", name="Code").fill(code.now())
    other.get_by_role("button", name="Turn it on").click()
    looked_at(other, "recovery-codes")
    spare = other.locator(".codes code").first.inner_text()
    other.get_by_role("link", name="I have them").click()
    other.get_by_label("What the key is for").fill("night import")
    other.get_by_role("button", name="Make a key").click()
    looked_at(other, "new-key")
    other.get_by_role("link", name="I have it").click()
    looked_at(other, "account-with-factor")
    other.get_by_role("button", name="Sign out").click()

    looked_at(other, "sign-in")
    give(other, "bo")
    other.get_by_role("textbox", name="Code").fill("123")
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_role("alert")).to_contain_text("The code is wrong")
    looked_at(other, "code")
    other.get_by_role("textbox", name="Code").fill(spare)
    other.get_by_role("button", name="Go on").click()
    other.wait_for_url(address + "/")
    other.goto(address + "/people")
    expect(other.get_by_role("heading", name="Not allowed")).to_be_visible()
    looked_at(other, "not-allowed")


def test_a_page_warns_before_it_signs_off_and_stays_where_somebody_is_there(serve, open_page):
    address, link = serve(idle_minutes=0.15)
    page = open_page()
    page.goto(address + link)
    make_first_account(page, address, link)
    page.goto(address + "/account")
    dialog = page.get_by_role("dialog", name="Are you still there?")
    expect(dialog).to_be_visible(timeout=9000)
    assert Axe().run(page, options=RULES).violations_count == 0
    if folder := os.environ.get("MEDNEC_PICTURES"):
        page.screenshot(path=Path(folder) / "log-off.png")
    page.keyboard.press("Enter")
    expect(dialog).to_be_hidden()
    page.wait_for_timeout(3000)
    assert page.url == address + "/account"
    page.wait_for_url("**/sign-in?why=idle**", timeout=20_000)
    expect(page.get_by_role("status")).to_contain_text("not used for a while")
    page.goto(address + "/account")
    expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
