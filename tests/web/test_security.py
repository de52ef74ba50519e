"""What every request passes: host, origin, token, size, headers, and what is said of faults."""

import logging
from dataclasses import replace
from typing import Annotated

import pytest
from fastapi import Depends
from fastapi.testclient import TestClient

from mednec.store.accounts import add_token
from mednec.store.tables import Case
from mednec.web import create_app, security
from mednec.web.access import Anybody
from mednec.web.security import host_of

STRICT = {
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cache-control": "no-store",
}


@pytest.mark.parametrize("path", ["/", "/sign-in", "/nowhere", "/api/openapi.json", "/api/nowhere"])
def test_every_answer_bears_strict_headers(browser, path):
    headers = browser().get(path).headers
    assert STRICT.items() <= dict(headers).items()
    policy = dict(part.split(" ", 1) for part in headers["content-security-policy"].split("; "))
    assert policy["default-src"] == "'none'"
    assert policy["script-src"] == policy["style-src"] == policy["form-action"] == "'self'"
    assert policy["frame-ancestors"] == "'none'"
    assert "unsafe" not in headers["content-security-policy"]
    assert "strict-transport-security" not in headers


def test_no_page_holds_script_or_style_of_its_own_or_names_another_site(signed_in):
    client = signed_in("viewer", "clinician", "reviewer", "manager", "administrator")
    for path in ("/", "/account", "/people", f"/people/{client.visitor.person_id}", "/nowhere"):
        page = client.get(path).text
        assert "<style" not in page
        assert " style=" not in page
        assert "<script>" not in page
        assert "http://" not in page.replace("http://www.w3.org/2000/svg", "")
        assert "https://" not in page


@pytest.mark.parametrize(
    "host",
    [
        *("evil.example", "localhost.evil.example", "", "127.0.0.1.evil.example:8000", "[::2]"),
        *("localhost/api/", "localhost/api/?", "localhost#", "somebody@localhost", "localhost:80:80", "localhost:x"),
    ],
)
def test_another_host_name_is_refused(browser, host):
    assert browser().get("/sign-in", headers={"host": host}).status_code == 400


@pytest.mark.parametrize(
    ("header", "name"),
    [("localhost:8000", "localhost"), ("[::1]:80", "::1"), ("[broken", ""), ("A.B", "a.b"), ("a/b", ""), ("a:", "")],
)
def test_the_host_is_told_from_its_port(header, name):
    assert host_of(header) == name


@pytest.mark.parametrize(
    "headers",
    [
        {"origin": "https://evil.example"},
        {"origin": "null"},
        {"origin": "http://[broken"},
        {"origin": "https://evil.example", "authorization": "Basic YTpi"},  # browsers add that by themselves
        {"origin": "http://localhost:9999"},
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
    ],
)
def test_a_request_from_another_site_changes_nothing(signed_in, headers):
    client = signed_in("viewer")
    assert client.post("/account/keys", data={"label": "x"}, headers=headers).status_code == 403
    assert "Revoke" not in client.get("/account").text


def test_a_request_of_our_own_pages_passes(signed_in):
    headers = {"origin": "http://localhost", "sec-fetch-site": "same-origin"}
    assert signed_in("viewer").post("/account/keys", data={"label": "x"}, headers=headers).status_code == 200


@pytest.mark.parametrize("token", ["", "forged"])
def test_a_form_without_its_token_is_refused(signed_in, token):
    client = signed_in("viewer")
    bare = {"x-csrf-token": ""}
    refused = client.post("/account/keys", data={"label": "x", "csrf": token}, headers=bare)
    assert refused.status_code == 403
    passed = client.post("/account/keys", data={"label": "x", "csrf": client.visitor.csrf}, headers=bare)
    assert passed.status_code == 200


def test_the_token_of_one_session_opens_no_other(signed_in):
    one, other = signed_in("viewer"), signed_in("viewer")
    answer = one.post("/account/keys", data={"label": "x"}, headers={"x-csrf-token": other.visitor.csrf})
    assert answer.status_code == 403


def test_the_cookie_needs_the_token_on_the_api_too(signed_in):
    client = signed_in("administrator")
    sent = {"login": "ann", "name": "Ann", "roles": []}
    assert client.post("/api/people", json=sent, headers={"x-csrf-token": ""}).status_code == 403
    assert client.post("/api/people", json=sent).status_code == 201


def test_a_wrong_key_is_not_made_up_for_by_the_cookie(signed_in):
    client = signed_in("administrator")
    assert client.get("/api/people", headers={"authorization": "Bearer wrong"}).status_code == 401


@pytest.fixture
def small(office, settings):
    app = create_app(office, replace(settings, largest_upload=50_000, largest_file=2000, most_files=3, api_by_key=5))
    return TestClient(app, base_url="http://localhost", follow_redirects=False)


def test_too_much_at_once_is_refused_in_words_before_it_is_read(small):
    answer = small.post("/sign-in", data={"login": "x" * 60_000})
    assert answer.status_code == 413
    assert "send fewer or smaller files" in answer.text


def test_too_many_files_or_too_large_a_one_are_refused_before_any_is_kept(small, office, signed_in):
    client = signed_in("clinician")
    small.cookies, small.headers["x-csrf-token"] = client.cookies, client.visitor.csrf
    several = [("files", (f"{number}.txt", b"A note.")) for number in range(4)]
    large = [("files", ("scan.pdf", b"x" * 2500))]
    for files, why in ((several, "more than 3 files"), (large, "a file has")):
        answer = small.post("/cases/new", files=files, data={"service": "esi.init"})
        assert answer.status_code == 422
        assert why in answer.text.lower()
    with office.database.read() as database:
        assert database.query(Case).count() == 0


def test_too_much_without_a_length_is_cut_off(small):
    answer = small.post(
        "/sign-in",
        content=(b"x" * 10_000 for _ in range(6)),
        headers={"content-type": "application/x-www-form-urlencoded"},
    )
    assert answer.status_code == 413


@pytest.mark.parametrize("shown", [{"cookie": "mednec=made-up"}, {"authorization": "Bearer made-up"}])
def test_whoever_shows_a_key_that_opens_nothing_sends_no_more_than_a_stranger(small, signed_in, shown, monkeypatch):
    monkeypatch.setattr(security, "SMALL", 1000)
    files = [("files", ("scan.txt", b"x" * 1900))]
    assert small.post("/cases/new", files=files, headers=shown).status_code == 413
    kind = {"content-type": "multipart/form-data; boundary=x"}
    begun = b'--x\r\nContent-Disposition: form-data; name="files"; filename="a"\r\n\r\n'
    unsized = small.post("/cases/new", content=(begun + b"x" * 500 for _ in range(4)), headers=shown | kind)
    assert unsized.status_code == 413
    client = signed_in("clinician")
    small.cookies, small.headers["x-csrf-token"] = client.cookies, client.visitor.csrf
    assert small.post("/cases/new", files=files).status_code == 422  # it is read, and the service is missing


def test_only_files_may_be_large(small, signed_in, monkeypatch):
    monkeypatch.setattr(security, "SMALL", 1000)
    client = signed_in("administrator")
    small.cookies, small.headers["x-csrf-token"] = client.cookies, client.visitor.csrf
    sent = {"login": "ann", "name": "Ann", "roles": ["x" * 1900]}
    assert small.post("/api/people", json=sent).status_code == 413


def test_a_key_that_asks_too_often_must_wait(small, office, somebody):
    person = somebody("viewer")
    with office.database.begin() as database:
        secret = add_token(database, person.person_id, "busy")
    headers = {"authorization": f"Bearer {secret}"}
    assert [small.get("/api/account", headers=headers).status_code for _ in range(7)] == [200] * 5 + [429] * 2
    problem = small.get("/api/account", headers=headers)
    assert problem.json()["title"] == "Too many tries"
    assert 1 <= int(problem.headers["retry-after"]) <= 60


def test_a_fault_of_ours_is_told_by_number_and_logged_without_any_value(office, settings, monkeypatch, caplog):
    monkeypatch.delenv("MEDNEC_DEBUG", raising=False)
    app = create_app(office, settings)

    @app.get("/api/broken")
    def broken(_: Annotated[None, Depends(Anybody())]) -> None:
        raise ValueError("Mr. Marigold's knee")

    with caplog.at_level(logging.DEBUG):
        answer = TestClient(app, base_url="http://localhost").get("/api/broken?patient=Marigold")
    assert answer.status_code == 500
    number = answer.json()["detail"].split()[-1]
    assert f"fault {number}: ValueError" in caplog.text
    assert "Marigold" not in answer.text
    ours = "".join(record.getMessage() for record in caplog.records if record.name.startswith("mednec"))
    assert "Mr. " not in ours.replace('raise ValueError("Mr. Marigold', "")


def test_a_page_that_does_not_exist_looks_cared_for_and_the_api_answers_json(browser, signed_in):
    assert "There is nothing at this address" in signed_in("viewer").get("/nowhere").text
    problem = browser().get("/api/nowhere")
    assert (problem.status_code, problem.json()["status"]) == (404, 404)
    assert browser().delete("/sign-in").status_code == 405
