"""Signing in by OpenID Connect, against a small identity provider that lives in the test."""

import base64
import hashlib
import json
import time
from dataclasses import replace
from urllib.parse import parse_qs, unquote, urlsplit

import httpx2
import pytest
from joserfc import jwt
from joserfc.jwk import RSAKey

from mednec.errors import RequestError
from mednec.office.desk import NotFound
from mednec.office.entering import name_of_link
from mednec.office.people import add_account, invite, set_active
from mednec.store.tables import Entry, Link, Person, now
from mednec.web import create_app
from mednec.web.settings import OpenID

ISSUER = "https://id.example"


class Provider:
    """An identity provider: codes for whoever `is_there`, tokens for codes, and ways to be a bad one."""

    def __init__(self) -> None:
        self.key = RSAKey.generate_key(2048, {"kid": "1"}, auto_kid=False)
        self.is_there = {"sub": "42", "email": "Ann@Example.org", "email_verified": True}
        self.lies = {}
        self.asked = {}
        self.signs_with = self.key

    def come(self, address: str) -> str:
        """What the browser brings back from the provider."""
        self.asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert address.startswith(f"{ISSUER}/authorize?")
        assert self.asked["code_challenge_method"] == "S256"
        return f"/sign-in/openid/back?code=abc&state={self.asked['state']}"

    def answer(self, request: httpx2.Request) -> httpx2.Response:
        match request.url.path:
            case "/.well-known/openid-configuration":
                names = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
                return httpx2.Response(
                    200, json={"issuer": ISSUER} | {name: f"{ISSUER}/{path}" for name, path in names.items()}
                )
            case "/keys":
                return httpx2.Response(200, json={"keys": [self.key.as_dict(private=False)]})
            case "/token":
                return self.token(request)
        return httpx2.Response(404)

    def token(self, request: httpx2.Request) -> httpx2.Response:
        sent = {name: values[0] for name, values in parse_qs(request.content.decode()).items()}
        challenge = base64.urlsafe_b64encode(hashlib.sha256(sent["code_verifier"].encode()).digest()).rstrip(b"=")
        secret = base64.b64encode(b"mednec:shh").decode()
        if (
            challenge.decode() != self.asked["code_challenge"]
            or sent["code"] != "abc"
            or request.headers["authorization"] != f"Basic {secret}"
            or sent["redirect_uri"] != self.asked["redirect_uri"]
        ):
            return httpx2.Response(400, json={"error": "invalid_grant"})
        times = {"iat": int(time.time()), "exp": int(time.time()) + 60}
        claims = {"iss": ISSUER, "aud": "mednec", "nonce": self.asked["nonce"]} | times | self.is_there | self.lies
        token = jwt.encode({"alg": "RS256", "kid": "1"}, claims, self.signs_with)
        return httpx2.Response(200, json={"access_token": "a", "token_type": "Bearer", "id_token": token})


@pytest.fixture
def provider():
    return Provider()


@pytest.fixture
def app(office, settings, provider, monkeypatch):
    monkeypatch.setenv("MEDNEC_DEBUG", "1")
    made = create_app(office, replace(settings, openid=OpenID(ISSUER, "mednec", "shh")))
    made.state.provider.transport = httpx2.MockTransport(provider.answer)
    return made


@pytest.fixture
def boss(somebody):
    return somebody("administrator")


def come_in(client, provider):
    there = client.get("/sign-in/openid?next=/account").headers["location"]
    return client.get(provider.come(there))


def test_somebody_invited_comes_in_and_is_known_from_then_on(browser, provider, office, boss):
    account, link = add_account(office, boss, "ann@example.org", "Ann", ["viewer"], openid=True)
    assert link is None
    client = browser()
    assert come_in(client, provider).headers["location"] == "/account"
    assert "Ann" in client.get("/account").text
    provider.is_there = {"sub": "42"}  # another address, or none, changes nothing
    assert come_in(browser(), provider).status_code == 303
    with office.database.read() as database:
        assert database.get_one(Person, account.id).subject == f"{ISSUER} 42"
        assert database.query(Link).count() == 0
        assert [entry.action for entry in database.query(Entry).order_by(Entry.number)][1:] == [
            "accept invitation",
            "sign in",
            "sign in",
        ]


@pytest.mark.parametrize(
    "is_there",
    [
        {"sub": "1", "email": "ann@example.org", "email_verified": False},
        {"sub": "1", "email": "ann@example.org"},
        {"sub": "1", "email": "ann@example.org", "email_verified": "true"},
        {"sub": "1", "email": "eve@example.org", "email_verified": True},
        {"sub": "1"},
    ],
)
def test_nobody_comes_in_by_an_address_that_was_not_invited_or_not_verified(browser, provider, office, boss, is_there):
    add_account(office, boss, "ann@example.org", "Ann", ["viewer"], openid=True)
    provider.is_there = is_there
    refused = come_in(browser(), provider)
    assert refused.status_code == 401
    assert "no account for you here yet" in refused.text


@pytest.mark.parametrize("there", ["/cases/a b", "/cases/€", '/cases/;"x'])
def test_whoever_asked_for_a_page_with_odd_signs_in_its_address_is_led_there(browser, provider, office, boss, there):
    add_account(office, boss, "ann@example.org", "Ann", ["viewer"], openid=True)
    client = browser()
    gone = client.get("/sign-in/openid", params={"next": there})
    back = client.get(provider.come(gone.headers["location"]))
    assert (back.status_code, unquote(back.headers["location"])) == (303, there)


def test_an_account_with_a_password_is_not_taken_over_by_an_address(browser, provider, office, boss):
    add_account(office, boss, "ann@example.org", "Ann", ["viewer"])
    assert come_in(browser(), provider).status_code == 401


def test_an_invitation_grows_old_and_a_closed_account_stays_closed(browser, provider, office, boss):
    account, _ = add_account(office, boss, "ann@example.org", "Ann", ["viewer"], openid=True)
    with office.database.begin() as database:
        database.query(Link).one().expires = now()
    assert come_in(browser(), provider).status_code == 401
    with office.database.begin() as database:
        database.get_one(Person, account.id).subject = f"{ISSUER} 42"
    assert come_in(browser(), provider).status_code == 303
    set_active(office, boss, account.id, False)
    assert come_in(browser(), provider).status_code == 401


def test_an_account_with_a_password_can_be_invited_and_an_invitation_renewed(browser, provider, office, boss):
    account, link = add_account(office, boss, "ann@example.org", "Ann", ["viewer"])
    invite(office, boss, account.id)
    with pytest.raises(NotFound):
        name_of_link(office, link)
    with office.database.begin() as database:
        database.query(Link).one().expires = now()
    assert come_in(browser(), provider).status_code == 401
    invite(office, boss, account.id)
    assert come_in(browser(), provider).status_code == 303
    with pytest.raises(RequestError, match="already"):
        invite(office, boss, account.id)


@pytest.mark.parametrize(
    "lies",
    [
        {"nonce": "another"},
        {"aud": "another client"},
        {"iss": "https://evil.example"},
        {"exp": int(time.time()) - 3600},
        {"azp": "another client"},
        {"sub": None},
    ],
    ids=lambda lies: next(iter(lies)),
)
def test_a_token_that_does_not_hold_lets_nobody_in(browser, provider, office, boss, lies):
    add_account(office, boss, "ann@example.org", "Ann", ["viewer"], openid=True)
    provider.lies = lies
    refused = come_in(browser(), provider)
    assert refused.status_code == 401
    assert "answers wrongly" in refused.text


def test_a_token_of_another_key_lets_nobody_in(browser, provider, office, boss):
    add_account(office, boss, "ann@example.org", "Ann", ["viewer"], openid=True)
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "1"}, auto_kid=False)
    assert come_in(browser(), provider).status_code == 401


def test_an_unsigned_token_lets_nobody_in(browser, provider, office, boss, monkeypatch):
    add_account(office, boss, "ann@example.org", "Ann", ["viewer"], openid=True)

    def unsigned(header, claims, _key):
        parts = (json.dumps(header | {"alg": "none"}), json.dumps(claims), "")
        return ".".join(base64.urlsafe_b64encode(part.encode()).rstrip(b"=").decode() for part in parts)

    monkeypatch.setattr(jwt, "encode", unsigned)
    assert come_in(browser(), provider).status_code == 401


def test_a_way_back_that_this_browser_did_not_begin_is_refused(browser, provider, office, boss):
    add_account(office, boss, "ann@example.org", "Ann", ["viewer"], openid=True)
    begun = browser()
    there = provider.come(begun.get("/sign-in/openid").headers["location"])
    assert browser().get(there).status_code == 401
    assert begun.get("/sign-in/openid/back?code=abc&state=forged").status_code == 401
    assert "has not let you in" in begun.get(there.replace("code=abc", "error=access_denied")).text
    assert begun.get(there).status_code == 303
    assert begun.get(there).status_code == 401  # once


def test_a_provider_that_is_away_is_told_in_words(app, browser):
    def away(request):
        raise httpx2.ConnectError("no route", request=request)

    app.state.provider.transport = httpx2.MockTransport(away)
    answer = browser().get("/sign-in/openid")
    assert answer.status_code == 401
    assert "cannot be reached" in answer.text


def test_the_sign_in_offers_the_provider_where_there_is_one(browser, boss):
    assert "/sign-in/openid?next=/" in browser().get("/sign-in").text
    assert boss.may("administer")


def test_the_provider_is_named_by_the_environment():
    told = {"MEDNEC_OIDC_ISSUER": ISSUER, "MEDNEC_OIDC_CLIENT_ID": "mednec", "MEDNEC_OIDC_CLIENT_SECRET": "shh"}
    assert OpenID.of_environment(told) == OpenID(ISSUER, "mednec", "shh")
    assert OpenID.of_environment({}) is None
    with pytest.raises(RequestError, match="CLIENT_SECRET"):
        OpenID.of_environment({name: told[name] for name in list(told)[:2]})
    with pytest.raises(RequestError, match="https"):
        OpenID.of_environment(told | {"MEDNEC_OIDC_ISSUER": "http://id.example"})
