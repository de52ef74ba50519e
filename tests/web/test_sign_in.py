"""Coming in and going out through the pages."""

import re
from dataclasses import replace
from datetime import timedelta

import pytest
from fastapi.testclient import TestClient

from mednec.store.tables import Session, now
from mednec.web import create_app, first_link
from mednec.web.sign_in_pages import inside

PASSWORD = "seven brown owls at noon"
FIRST = {"practice": "Pine Street", "name": "The Boss", "login": "boss", "password": PASSWORD}


@pytest.fixture
def boss(app, browser):
    """A browser in which the first account was made."""
    client = browser()
    key = first_link(app).partition("=")[2]
    assert client.post("/first", data=FIRST | {"key": key}).headers["location"] == "/"
    return client


def test_the_first_account_is_made_by_the_link_that_the_server_printed(app, browser):
    assert "no account yet" in browser().get("/sign-in").text
    link = first_link(app)
    assert "Set up the office" in browser().get(link).text
    assert browser().get("/first?key=guess").status_code == 404
    assert browser().post("/first", data=FIRST | {"key": "guess"}).status_code == 404
    short = browser().post("/first", data=FIRST | {"key": link.partition("=")[2], "password": "short"})
    assert short.status_code == 422
    assert "fewer than 12 characters" in short.text
    assert 'value="Pine Street"' in short.text


def test_the_first_link_opens_nothing_afterwards(app, boss, browser, office, settings):
    assert first_link(app) is None
    assert first_link(create_app(office, settings)) is None
    assert browser().get("/first?key=").status_code == 404
    assert boss.get("/").status_code == 200


def test_signing_in_leads_to_the_page_that_was_asked_for(boss, browser):
    client = browser()
    asked = client.get("/session")
    assert (asked.status_code, asked.headers["location"]) == (303, "/sign-in?next=/session")
    assert 'name="next" value="/session"' in client.get("/sign-in?next=/session").text
    entered = client.post("/sign-in", data={"login": "BOSS", "password": PASSWORD, "next": "/session"})
    assert (entered.status_code, entered.headers["location"]) == (303, "/session")
    assert boss.cookies["mednec"] != client.cookies["mednec"]


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example", "//elsewhere.example", "/\\elsewhere", "/a\nb", "/sign-in", "", "/a\\b"]
)
def test_signing_in_never_leads_elsewhere(path):
    assert inside(path) == "/"


def test_a_wrong_password_is_told_without_saying_which_was_wrong(boss, browser):
    refused = browser().post("/sign-in", data={"login": "boss", "password": "not the password"})
    assert refused.status_code == 401
    assert "Login or password is wrong" in refused.text
    assert boss.get("/").status_code == 200


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(boss, browser):
    cookie = browser().post("/sign-in", data={"login": "boss", "password": PASSWORD}).headers["set-cookie"]
    assert {"HttpOnly", "SameSite=lax", "Path=/"} <= set(cookie.split("; "))
    assert "Secure" not in cookie
    assert boss.cookies


def test_with_https_the_cookie_is_for_https_and_this_host_alone(boss, office, settings):
    client = TestClient(create_app(office, replace(settings, https=True)), base_url="https://localhost")
    answer = client.post("/sign-in", data={"login": "boss", "password": PASSWORD}, follow_redirects=False)
    assert answer.headers["set-cookie"].startswith("__Host-mednec=")
    assert "Secure" in answer.headers["set-cookie"]
    assert answer.headers["strict-transport-security"].startswith("max-age=")
    assert client.get("/").status_code == 200
    assert boss.cookies


def test_signing_out_needs_the_token_and_ends_the_session(boss):
    assert boss.post("/sign-out").status_code == 403
    assert boss.get("/").status_code == 200
    token = re.search(r'name="csrf" value="([^"]+)"', boss.get("/").text)[1]
    secret = boss.cookies["mednec"]
    assert boss.post("/sign-out", data={"csrf": token}).headers["location"] == "/sign-in"
    boss.cookies.set("mednec", secret)
    assert boss.get("/").status_code == 303


def test_a_session_that_is_not_used_ends_and_looking_in_the_background_is_no_use(signed_in, office):
    client = signed_in("viewer")
    with office.database.begin() as database:
        database.query(Session).one().seen = now() - timedelta(minutes=10)
    assert 290 < client.get("/session", headers={"x-background": "1"}).json()["seconds"] <= 300
    assert 290 < client.get("/session", headers={"x-background": "1"}).json()["seconds"] <= 300
    assert client.get("/session").json()["seconds"] > 890
    with office.database.begin() as database:
        database.query(Session).one().seen = now() - timedelta(minutes=16)
    assert client.get("/session").status_code == 303
    assert "not used for a while" in client.get("/sign-in?why=idle").text


def test_too_many_tries_must_wait(boss, browser):
    client = browser()
    tried = [client.post("/sign-in", data={"login": "boss", "password": "x" * 12}).status_code for _ in range(12)]
    assert tried == [401] * 10 + [429] * 2
    assert int(client.post("/sign-in", data={"login": "boss", "password": PASSWORD}).headers["retry-after"]) <= 900
    assert client.post("/sign-in", data={"login": "other", "password": PASSWORD}).status_code == 401
    assert boss.get("/").status_code == 200


def test_tries_are_counted_for_all_servers_of_an_office_together_and_over_a_restart(boss, office, settings):
    tried = []
    for _ in range(3):  # each a server of its own
        client = TestClient(create_app(office, settings), base_url="http://localhost")
        tried += [client.post("/sign-in", data={"login": "boss", "password": "x" * 12}).status_code for _ in range(4)]
    assert tried == [401] * 10 + [429] * 2
    assert boss.cookies
