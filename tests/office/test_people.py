"""People of an office: passwords, sessions, second factors, roles, links and keys."""

import threading
import time
from datetime import timedelta
from itertools import pairwise

import pyotp
import pytest

from mednec.errors import RequestError
from mednec.office import entering, openid, people, second_factor
from mednec.office.desk import NotAllowed, NotFound
from mednec.office.entering import FirstAccount, Refused
from mednec.roles import ROLES
from mednec.store.accounts import Lifetime, add_token, open_session, seconds_left, visitor_of, visitor_of_token
from mednec.store.tables import Entry, Link, Person, Session, Token, now
from mednec.store.trail import take_turn

PASSWORD = "seven brown owls at noon"
LIFETIME = Lifetime()
NOON = 1_800_000_000


@pytest.fixture(autouse=True)
def _still_clock(monkeypatch):
    """Codes by time are asked for and given at noon, however long a test takes."""
    monkeypatch.setattr(second_factor, "time", lambda: NOON)


@pytest.fixture
def boss(office):
    """The first account of the office, signed in."""
    entered = entering.make_first(office, FirstAccount("Pine Street", "Boss@Example.org", "The Boss", PASSWORD))
    with office.database.read() as database:
        return visitor_of(database, entered.secret)


def actions(office):
    with office.database.read() as database:
        return [entry.action for entry in database.query(Entry).order_by(Entry.practice_id, Entry.number)]


def test_the_first_account_holds_all_roles_and_there_is_only_one_first(office, boss):
    assert boss.roles == ROLES
    with pytest.raises(NotFound):
        entering.make_first(office, FirstAccount("Other", "other", "Other", PASSWORD))
    assert actions(office) == ["make first account"]


@pytest.mark.parametrize(
    "password",
    ["short", "elevenchars", "passwordpassword", "Password 1234567", "aaaaaaaaaaaaaaaa", "qwertyuiop2024!", "x" * 1001],
)
def test_a_password_that_anybody_would_try_is_refused_in_words(office, password):
    with pytest.raises(RequestError, match="take a"):
        entering.make_first(office, FirstAccount("Pine", "boss", "Boss", password))
    assert not entering.has_people(office)


def test_a_password_is_kept_as_an_argon2_hash_and_opens_in_any_case_of_the_login(office, boss):
    with office.database.read() as database:
        assert database.get_one(Person, boss.person_id).password.startswith("$argon2id$")
    assert not entering.sign_in(office, " BOSS@example.org ", PASSWORD).waiting


@pytest.mark.parametrize(("login", "password"), [("boss@example.org", "wrong password"), ("nobody", PASSWORD)])
def test_a_wrong_login_and_a_wrong_password_are_refused_alike(office, boss, login, password):
    with pytest.raises(Refused, match="login or password is wrong"):
        entering.sign_in(office, login, password)
    assert ("refuse sign-in" in actions(office)) == (login != "nobody")
    assert boss.may("administer")


def test_a_session_ends_without_use_and_at_the_latest_after_its_time(office, boss):
    with office.database.begin() as database:
        secret = open_session(database, boss.person_id)
        session = database.query(Session).order_by(Session.created.desc()).first()
        session.seen = now() - timedelta(minutes=14)
        assert visitor_of(database, secret, LIFETIME).person_id == boss.person_id
        assert 0 < seconds_left(database, secret, LIFETIME) <= 60
        session.seen = now() - timedelta(minutes=16)
        assert visitor_of(database, secret, LIFETIME) is None
        assert seconds_left(database, secret, LIFETIME) == 0
        session.seen, session.created = now(), now() - timedelta(hours=13)
        assert visitor_of(database, secret, LIFETIME) is None


def test_signing_out_ends_the_session_at_once(office, boss):
    entered = entering.sign_in(office, "boss@example.org", PASSWORD)
    entering.sign_out(office, entered.secret, LIFETIME)
    with office.database.read() as database:
        assert visitor_of(database, entered.secret) is None
        assert visitor_of(database, "made up") is None
    assert actions(office)[-1] == "sign out"
    assert boss.session_id is not None


def test_an_administrator_makes_an_account_whose_link_sets_the_password_once(office, boss):
    account, secret = people.add_account(office, boss, "Ann@Example.org", "Ann", ["clinician", "viewer"])
    assert account.roles == ("viewer", "clinician")
    assert entering.name_of_link(office, secret) == "ann@example.org"
    with pytest.raises(RequestError):
        entering.use_link(office, secret, "short")
    entering.use_link(office, secret, PASSWORD)
    entering.sign_in(office, "ann@example.org", PASSWORD)
    with pytest.raises(NotFound, match="used"):
        entering.use_link(office, secret, PASSWORD)


def test_a_login_that_is_asked_for_several_times_at_once_is_given_once(office, boss):
    together, told = threading.Barrier(4), []

    def ask():
        together.wait()
        try:
            told.append(people.add_account(office, boss, "ann", "Ann", ["viewer"])[0].login)
        except RequestError as error:
            told.append(str(error).partition(";")[0])

    several = [threading.Thread(target=ask) for _ in range(4)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert sorted(told) == ["ann", *["this login is taken"] * 3]


def test_a_link_grows_old_and_a_new_one_takes_its_place(office, boss):
    account, first = people.add_account(office, boss, "ann", "Ann", ["viewer"])
    second = people.reset_password(office, boss, account.id)
    with pytest.raises(NotFound):
        entering.name_of_link(office, first)
    with office.database.begin() as database:
        database.query(Link).one().expires = now() - timedelta(seconds=1)
    with pytest.raises(NotFound):
        entering.use_link(office, second, PASSWORD)


def test_keys_made_under_a_password_that_is_reset_open_nothing_any_more(office, boss):
    account, secret = people.add_account(office, boss, "ann", "Ann", ["viewer"])
    entering.use_link(office, secret, PASSWORD)
    with office.database.begin() as database:
        key = add_token(database, account.id, "script")
        own = add_token(database, boss.person_id, "script")
    people.reset_password(office, boss, account.id)
    with office.database.read() as database:
        assert visitor_of_token(database, key) is None
        assert visitor_of_token(database, own) is not None
        (written,) = database.query(Entry).where(Entry.action == "reset password")
        assert written.details["keys"] == 1


@pytest.mark.parametrize(("login", "name", "roles"), [("two words", "A", []), ("a", " ", []), ("a", "A", ["king"])])
def test_an_account_that_makes_no_sense_is_refused(office, boss, login, name, roles):
    with pytest.raises(RequestError):
        people.add_account(office, boss, login, name, roles)


def test_a_login_is_given_once(office, boss):
    with pytest.raises(RequestError, match="taken"):
        people.add_account(office, boss, "BOSS@example.org", "Again", [])


def test_the_last_administrator_cannot_be_removed(office, boss):
    other, _ = people.add_account(office, boss, "ann", "Ann", ["administrator"])
    people.set_active(office, boss, other.id, False)
    with pytest.raises(RequestError, match="without an administrator"):
        people.change_roles(office, boss, boss.person_id, ["viewer"])
    with pytest.raises(RequestError, match="without an administrator"):
        people.set_active(office, boss, boss.person_id, False)
    assert people.account(office, boss).roles == ROLES
    people.set_active(office, boss, other.id, True)
    assert people.change_roles(office, boss, boss.person_id, ["viewer"]).roles == ("viewer",)


def test_a_closed_account_opens_nothing_with_cookie_key_or_password(office, boss):
    account, link = people.add_account(office, boss, "ann", "Ann", ["viewer"])
    entering.use_link(office, link, PASSWORD)
    cookie = entering.sign_in(office, "ann", PASSWORD).secret
    with office.database.begin() as database:
        key = add_token(database, account.id, "scripts")
        assert visitor_of_token(database, key).name == "Ann"
    people.set_active(office, boss, account.id, False)
    with office.database.read() as database:
        assert visitor_of(database, cookie) is None
        assert visitor_of_token(database, key) is None
    with pytest.raises(Refused):
        entering.sign_in(office, "ann", PASSWORD)


def test_only_an_administrator_keeps_accounts_and_only_of_the_own_practice(office, boss, somebody):
    viewer = somebody("viewer", practice="Elsewhere")
    stranger = somebody("administrator", practice="Elsewhere")
    for change in (people.list_people, lambda *who: people.add_account(*who, "b", "B", [])):
        with pytest.raises(NotAllowed):
            change(office, viewer)
    for act in (people.reset_password, people.reset_second_factor):
        with pytest.raises(NotAllowed):
            act(office, viewer, boss.person_id)
        with pytest.raises(NotFound):
            act(office, stranger, boss.person_id)
    with pytest.raises(NotFound):
        people.change_roles(office, stranger, boss.person_id, [])
    assert [account.id for account in people.list_people(office, boss)] == [boss.person_id]


def test_a_new_password_ends_the_other_sessions(office, boss):
    other = entering.sign_in(office, "boss@example.org", PASSWORD).secret
    with pytest.raises(RequestError, match="present password"):
        people.change_password(office, boss, "wrong password", "nine green cats at dawn")
    people.change_password(office, boss, PASSWORD, "nine green cats at dawn")
    with office.database.read() as database:
        assert visitor_of(database, other) is None
        assert database.query(Session).one().id == boss.session_id
    entering.sign_in(office, "boss@example.org", "nine green cats at dawn")


def enrolled(office, visitor):
    secret = second_factor.offer(office, visitor).secret
    return pyotp.TOTP(secret), second_factor.confirm(office, visitor, pyotp.TOTP(secret).at(NOON))


def test_with_a_second_factor_the_password_alone_opens_nothing(office, boss):
    code, _ = enrolled(office, boss)
    entered = entering.sign_in(office, "boss@example.org", PASSWORD)
    assert entered.waiting
    with office.database.read() as database:
        assert visitor_of(database, entered.secret) is None
    with pytest.raises(Refused):
        entering.give_code(office, entered.secret, "000000 ")
    opened = entering.give_code(office, entered.secret, code.at(NOON + 30))
    with office.database.read() as database:
        assert visitor_of(database, opened.secret).person_id == boss.person_id
    with pytest.raises(Refused, match="begin anew"):
        entering.give_code(office, entered.secret, code.at(NOON + 30))


def test_a_code_opens_once(office, boss):
    code, _ = enrolled(office, boss)
    for used in (code.at(NOON), code.at(NOON - 30)):  # the first confirmed the enrolment
        entered = entering.sign_in(office, "boss@example.org", PASSWORD)
        with pytest.raises(Refused, match="used already"):
            entering.give_code(office, entered.secret, used)


def test_a_recovery_code_opens_once_and_is_kept_as_a_hash(office, boss):
    _, codes = enrolled(office, boss)
    assert len(set(codes)) == 10
    with office.database.read() as database:
        assert not set(codes) & set(database.get_one(Person, boss.person_id).recovery)
    entering.give_code(office, entering.sign_in(office, "boss@example.org", PASSWORD).secret, codes[3].upper())
    with pytest.raises(Refused):
        entering.give_code(office, entering.sign_in(office, "boss@example.org", PASSWORD).secret, codes[3])
    assert people.account(office, boss).recovery_codes == 9


def test_a_second_factor_in_force_is_not_exchanged_by_whoever_finds_the_page_open(office, boss):
    code, _ = enrolled(office, boss)
    with pytest.raises(RequestError, match="take it off first"):
        second_factor.offer(office, boss)
    other = pyotp.random_base32()
    with office.database.begin() as database:  # offered in another window before this one came into force
        database.get_one(Person, boss.person_id).totp_offered = office.sealer.seal(other, boss.person_id)
    with pytest.raises(RequestError, match="take it off first"):
        second_factor.confirm(office, boss, pyotp.TOTP(other).at(NOON))
    second_factor.remove(office, boss, code.at(NOON + 30))


def test_a_wrong_code_confirms_nothing(office, boss):
    second_factor.offer(office, boss)
    with pytest.raises(RequestError, match="clock"):
        second_factor.confirm(office, boss, "12 34")
    assert not people.account(office, boss).has_second_factor


def test_a_second_factor_goes_by_a_code_of_it_or_by_an_administrator(office, boss):
    code, codes = enrolled(office, boss)
    with pytest.raises(RequestError):
        second_factor.remove(office, boss, code.at(NOON))
    second_factor.remove(office, boss, codes[0])
    assert not people.account(office, boss).has_second_factor
    enrolled(office, boss)
    assert not people.reset_second_factor(office, boss, boss.person_id).has_second_factor


def test_the_picture_of_a_second_factor_needs_no_style(office, boss):
    shown = second_factor.offer(office, boss)
    assert shown.picture.startswith("<svg")
    assert "style" not in shown.picture
    assert second_factor.offered(office, boss) == shown


def test_a_key_is_shown_once_belongs_to_its_maker_and_can_be_revoked(office, boss, somebody):
    secret = people.make_key(office, boss, "night import")
    (key,) = people.list_keys(office, boss)
    assert key.label == "night import"
    assert secret not in str(key)
    with office.database.begin() as database:
        visitor = visitor_of_token(database, secret)
        assert visitor.person_id == boss.person_id
    with pytest.raises(NotAllowed):
        people.make_key(office, visitor, "another")
    with pytest.raises(NotFound):
        people.revoke_key(office, somebody("viewer"), key.id)
    people.revoke_key(office, boss, key.id)
    with office.database.read() as database:
        assert visitor_of_token(database, secret) is None


def test_a_key_grows_old(office, boss):
    secret = people.make_key(office, boss, "old")
    with office.database.begin() as database:
        database.query(Token).one().created = now() - timedelta(days=366)
        assert visitor_of_token(database, secret) is None


def at_once(*works):
    """What each of several works gives, or the kind of its failure, when all begin at the same moment."""
    begin, given = threading.Barrier(len(works)), [None] * len(works)

    def do(place, work):
        begin.wait()
        try:
            given[place] = work()
        except Exception as fault:
            given[place] = type(fault)

    threads = [threading.Thread(target=do, args=pair) for pair in enumerate(works)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return given


def test_a_code_that_is_given_many_times_at_once_opens_once(office, boss):
    shared = second_factor.offer(office, boss).secret
    second_factor.confirm(office, boss, pyotp.TOTP(shared).at(NOON - 30))
    waiting = [entering.sign_in(office, "boss@example.org", PASSWORD).secret for _ in range(6)]
    code = pyotp.TOTP(shared).at(NOON)
    given = at_once(*[lambda secret=secret: entering.give_code(office, secret, code) for secret in waiting])
    assert sorted(one is Refused for one in given) == [False, *[True] * 5]


def test_a_link_that_is_used_many_times_at_once_sets_one_password(office, boss):
    with office.database.begin() as database:
        link = entering.link_for(database, database.get_one(Person, boss.person_id))
    words = [f"seven brown owls at {hour}" for hour in ("one", "two", "four", "five")]
    given = at_once(*[lambda word=word: entering.use_link(office, link, word) for word in words])
    assert sorted(one is NotFound for one in given) == [False, True, True, True]


def test_a_password_and_the_roles_of_a_person_change_at_once_without_waiting_for_each_other(office, boss):
    words = [f"seven brown owls at {hour}" for hour in ("one", "two", "four", "five")]
    for old, new in pairwise([PASSWORD, *words]):
        password, roles = at_once(
            lambda old=old, new=new: people.change_password(office, boss, old, new),
            lambda: people.change_roles(office, boss, boss.person_id, ROLES),
        )
        assert password is None
        assert not isinstance(roles, type)


def test_accepting_an_invitation_and_changing_the_person_never_wait_for_each_other(office, boss):
    account, _ = people.add_account(office, boss, "ann@example.org", "Ann", ["viewer"], openid=True)
    faults = []

    def come():
        try:
            openid.enter(office, openid.Identity("https://id.example", "42", "ann@example.org"))
        except Exception as fault:
            faults.append(fault)

    with office.database.begin() as database:  # as an administrator does: the turn first, the person then
        take_turn(database, boss.practice_id)
        beside = threading.Thread(target=come)
        beside.start()
        time.sleep(0.5)
        database.get_one(Person, account.id).roles = ["manager"]
    beside.join()
    assert faults == []
    assert people.one_account(office, boss, account.id).by_openid
