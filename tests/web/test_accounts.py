"""The pages of accounts, as a person and as an administrator use them, and the same by the JSON API."""

import re

import pyotp
import pytest

from mednec.office import passwords, second_factor
from mednec.office.people import make_key
from mednec.store.tables import Person

PASSWORD = "seven brown owls at noon"
NOON = 1_800_000_000


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch):
    monkeypatch.setattr(second_factor, "time", lambda: NOON)


@pytest.fixture
def boss(signed_in):
    return signed_in("administrator")


def link_in(page):
    return re.search(r"http://localhost(/link\?key=[\w-]+)", page.text)[1]


def new_account(boss, **fields):
    return boss.post("/people", data={"login": "ann", "name": "Ann", "roles": ["viewer", "clinician"]} | fields)


def test_an_administrator_makes_an_account_and_the_person_sets_the_password(boss, browser):
    link = link_in(new_account(boss))
    client = browser()
    assert "Your login is <b>ann</b>" in client.get(link).text
    key = link.partition("=")[2]
    assert "fewer than 12" in client.post("/link", data={"key": key, "password": "short"}).text
    assert client.post("/link", data={"key": key, "password": PASSWORD}).headers["location"] == "/sign-in?said=password"
    assert client.get(link).status_code == 404
    assert client.post("/sign-in", data={"login": "ann", "password": PASSWORD}).headers["location"] == "/"
    assert "viewer, clinician" in client.get("/account").text


def test_what_cannot_be_made_is_told_beside_what_was_typed(boss):
    answer = new_account(boss, login="two words", name="Ann With A Long Name")
    assert answer.status_code == 422
    assert "A login is one word" in answer.text
    assert 'value="Ann With A Long Name"' in answer.text
    assert re.search(r'value="clinician" checked', answer.text)


def test_roles_are_changed_and_accounts_closed_and_opened(boss):
    new_account(boss)
    path = re.search(r'href="(/people/\w+)">Ann<', boss.get("/people").text)[1]
    assert boss.post(f"{path}/roles", data={"roles": ["manager"]}).headers["location"] == f"{path}?said=roles"
    assert re.search(r'value="manager" checked', boss.get(path).text)
    boss.post(f"{path}/close")
    assert "Open it again" in boss.get(path).text
    boss.post(f"{path}/open")
    assert "Close the account" in boss.get(path).text
    assert "/link?key=" in boss.post(f"{path}/password").text
    assert boss.post(f"{path}/second-factor/remove").headers["location"] == f"{path}?said=nofactor"


def test_the_last_administrator_stays_and_is_told_why(boss):
    path = f"/people/{boss.visitor.person_id}"
    for answer in (boss.post(f"{path}/roles", data={}), boss.post(f"{path}/close")):
        assert answer.status_code == 422
        assert "without an administrator" in answer.text


def test_a_second_factor_is_set_up_used_and_taken_away(boss, browser):
    link = link_in(new_account(boss))
    client = browser()
    client.post("/link", data={"key": link.partition("=")[2], "password": PASSWORD})
    client.post("/sign-in", data={"login": "ann", "password": PASSWORD})
    page = client.get("/account").text
    client.headers["x-csrf-token"] = re.search(r'name="csrf" content="([^"]+)"', page)[1]
    client.post("/account/second-factor")
    page = client.get("/account").text
    assert "<svg" in page
    code = pyotp.TOTP(re.search(r"<code>([A-Z2-7]{32})</code>", page)[1])
    assert client.post("/account/second-factor/confirm", data={"code": "0"}).status_code == 422
    shown = client.post("/account/second-factor/confirm", data={"code": code.at(NOON)}).text
    codes = re.findall(r"<code>([a-z2-9-]{17})</code>", shown)
    assert len(codes) == 10

    other = browser()
    waits = other.post("/sign-in", data={"login": "ann", "password": PASSWORD, "next": "/account"})
    assert waits.headers["location"] == "/sign-in/code?next=/account"
    assert other.get("/account").status_code == 303
    assert other.post("/sign-in/code", data={"code": code.at(NOON)}).status_code == 401
    entered = other.post("/sign-in/code", data={"code": code.at(NOON + 30), "next": "/account"})
    assert entered.headers["location"] == "/account"
    assert "10 recovery codes left" in other.get("/account").text

    assert client.post("/account/second-factor/remove", data={"code": "wrong"}).status_code == 422
    assert (
        client.post("/account/second-factor/remove", data={"code": codes[0]}).headers["location"].endswith("nofactor")
    )


def test_codes_are_guessed_ten_times_a_person_however_often_the_sign_in_is_begun(boss, browser, office):
    with office.database.begin() as database:
        person = database.get_one(Person, boss.visitor.person_id)
        person.password, login = passwords.hashed(PASSWORD), person.login
        person.totp = office.sealer.seal(pyotp.random_base32(), person.id)
    tried = []
    for _ in range(3):
        client = browser()
        client.post("/sign-in", data={"login": login, "password": PASSWORD})
        tried += [client.post("/sign-in/code", data={"code": "0"}).status_code for _ in range(4)]
    assert tried == [401] * 10 + [429] * 2


def test_a_key_is_made_used_and_revoked(boss, browser):
    page = boss.post("/account/keys", data={"label": "night import"}).text
    secret = re.search(r"<code>(mednec_[\w-]+)</code>", page)[1]
    program = browser(authorization=f"Bearer {secret}")
    assert program.get("/api/account").json()["roles"] == ["administrator"]
    (key,) = program.get("/api/keys").json()
    assert key["label"] == "night import"
    assert secret not in boss.get("/account").text
    assert program.get("/account").status_code == 303  # keys open the API alone
    boss.post(f"/account/keys/{key['id']}/revoke")
    refused = program.get("/api/account")
    assert refused.status_code == 401
    assert refused.headers["content-type"] == "application/problem+json"
    assert refused.headers["www-authenticate"] == "Bearer"


def test_a_password_is_changed_by_whoever_knows_it(boss, office):
    with office.database.begin() as database:
        database.get_one(Person, boss.visitor.person_id).password = passwords.hashed(PASSWORD)
    answer = boss.post("/account/password", data={"old": "wrong", "new": PASSWORD})
    assert answer.status_code == 422
    assert "present password is wrong" in answer.text
    answer = boss.post("/account/password", data={"old": PASSWORD, "new": "nine green cats at dawn"})
    assert answer.headers["location"] == "/account?said=newpassword"
    assert "signed out everywhere else" in boss.get("/account?said=newpassword").text


def test_accounts_are_kept_by_the_api(boss, browser, office):
    program = browser(authorization=f"Bearer {make_key(office, boss.visitor, 'tests')}")
    made = program.post("/api/people", json={"login": "Ann", "name": "Ann", "roles": ["viewer"]})
    assert made.status_code == 201
    path = f"/api/people/{made.json()['account']['id']}"
    assert program.get(path).json()["login"] == "ann"
    assert program.put(f"{path}/roles", json={"roles": ["manager"]}).json()["roles"] == ["manager"]
    assert program.put(f"{path}/active", json={"active": False}).json()["active"] is False
    assert program.put(f"{path}/active", json={"active": True}).json()["active"] is True
    assert browser().get(f"/link?key={program.post(f'{path}/password').json()['secret']}").status_code == 200
    assert program.delete(f"{path}/second-factor").json()["has_second_factor"] is False
    assert [one["name"] for one in program.get("/api/people").json()] == [boss.visitor.name, "Ann"]
    refused = program.post("/api/people", json={"login": "ann", "name": "Ann", "roles": []})
    assert (refused.status_code, refused.json()["title"]) == (422, "This cannot be done as asked")
    wrong = program.post("/api/people", json={"login": 7})
    assert wrong.status_code == 422
    assert "login: Input should be a valid string" in wrong.json()["detail"]
    (key,) = program.get("/api/keys").json()
    assert program.delete(f"/api/keys/{key['id']}").status_code == 204
    assert program.get("/api/keys").status_code == 401
