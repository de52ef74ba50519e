"""Secrets of second factors lie sealed; their key is made once, kept apart, and missed in words."""

import stat
import threading
from dataclasses import replace

import pyotp
import pytest
from click.testing import CliRunner

from mednec.cli import cli
from mednec.errors import RequestError
from mednec.office import keys, second_factor
from mednec.office.keys import KeyMissing
from mednec.office.opening import open_office
from mednec.store.sealing import Sealer, WrongKey, new_key
from mednec.store.tables import Entry, Person, Seal

NOON = 1_800_000_000


@pytest.fixture
def enrolled(office, somebody, monkeypatch):
    """Somebody with a second factor; the secret is at `.secret`."""
    monkeypatch.setattr(second_factor, "time", lambda: NOON)
    visitor = somebody("viewer")
    secret = second_factor.offer(office, visitor).secret
    second_factor.confirm(office, visitor, pyotp.TOTP(secret).at(NOON))
    return visitor, secret


def kept(office, visitor) -> Person:
    with office.database.read() as database:
        return database.get_one(Person, visitor.person_id)


def opens(office, visitor, secret) -> bool:
    with office.database.begin() as database:
        code = pyotp.TOTP(secret).at(NOON + second_factor.STEP)
        return second_factor.opens(office, database.get_one(Person, visitor.person_id), code)


def test_a_secret_lies_sealed_and_opens_codes(office, enrolled):
    visitor, secret = enrolled
    assert secret not in kept(office, visitor).totp
    assert office.sealer.open(kept(office, visitor).totp, visitor.person_id) == secret
    assert opens(office, visitor, secret)


def test_an_offered_secret_lies_sealed_too(office, somebody):
    visitor = somebody("viewer")
    secret = second_factor.offer(office, visitor).secret
    assert secret not in kept(office, visitor).totp_offered
    assert second_factor.offered(office, visitor).secret == secret


@pytest.mark.parametrize("change", ["another owner", "another key", "a bit", "cut", "no text of ours"])
def test_what_was_sealed_opens_for_its_owner_and_under_its_key_alone(change):
    sealer = Sealer(new_key())
    sealed = sealer.seal("JBSWY3DPEHPK3PXP", "ann")
    assert sealer.open(sealed, "ann") == "JBSWY3DPEHPK3PXP"
    assert sealer.seal("JBSWY3DPEHPK3PXP", "ann") != sealed
    wrong = {
        "another owner": (sealer, sealed, "eve"),
        "another key": (Sealer(new_key()), sealed, "ann"),
        "a bit": (sealer, sealed[:-6] + ("A" if sealed[-6] != "A" else "B") + sealed[-5:], "ann"),
        "cut": (sealer, sealed[:20], "ann"),
        "no text of ours": (sealer, "JBSWY3DPEHPK3PXP", "ann"),
    }
    opener, text, owner = wrong[change]
    with pytest.raises(WrongKey):
        opener.open(text, owner)


def test_the_key_is_made_once_for_its_owner_alone(place):
    open_office(place).database.close()
    path = place.folder / keys.NAME
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    before = path.read_text()
    open_office(place).database.close()
    assert path.read_text() == before
    assert not list(place.folder.glob("tmp*"))


def test_servers_that_begin_at_once_make_one_key(tmp_path):
    made = []
    several = [threading.Thread(target=lambda: made.append(keys._made(tmp_path))) for _ in range(8)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert len(made) == 8
    assert len(set(made)) == 1


def test_a_secret_that_an_older_version_kept_in_clear_is_sealed_at_the_next_start(office, place, enrolled):
    visitor, secret = enrolled
    with office.database.begin() as database:
        database.query(Seal).delete()
        person = database.get_one(Person, visitor.person_id)
        person.totp, person.totp_offered = secret, "OFFEREDSECRET"
    again = open_office(place)
    assert again.sealer.open(kept(again, visitor).totp, visitor.person_id) == secret
    assert again.sealer.open(kept(again, visitor).totp_offered, visitor.person_id) == "OFFEREDSECRET"
    assert opens(again, visitor, secret)
    again.database.close()


def test_without_its_key_an_office_does_not_open_and_says_where_to_look(place, enrolled):
    visitor, _ = enrolled
    path = place.folder / keys.NAME
    data = path.read_text()
    path.unlink()
    with pytest.raises(KeyMissing, match=r"mednec\.key that is not in .* from your backup") as told:
        open_office(place)
    assert "--forget-second-factors" in str(told.value)
    assert not path.exists()
    path.write_text(new_key().hex())
    with pytest.raises(KeyMissing, match="another one"):
        open_office(place)
    path.write_text(data)
    office = open_office(place)
    assert kept(office, visitor).totp
    office.database.close()


def test_the_key_may_come_from_the_environment_or_from_a_file_that_it_names(place, enrolled, tmp_path):
    path = place.folder / keys.NAME
    data = path.read_text()
    elsewhere = path.rename(tmp_path / "elsewhere.key")
    for environment in ({"MEDNEC_KEY": data.strip()}, {"MEDNEC_KEY_FILE": str(elsewhere)}):
        given = replace(place, key=keys.key_of_environment(environment))
        assert data.strip() not in repr(given)
        other = open_office(given)
        assert other.sealer.open(kept(other, enrolled[0]).totp, enrolled[0].person_id) == enrolled[1]
        other.database.close()
    assert not path.exists()
    assert keys.key_of_environment({}) is None


@pytest.mark.parametrize("environment", [{"MEDNEC_KEY": "short"}, {"MEDNEC_KEY_FILE": "/nowhere/mednec.key"}])
def test_a_key_that_is_none_is_refused_in_words_without_its_text(environment):
    with pytest.raises(RequestError) as told:
        keys.key_of_environment(environment)
    assert "short" not in str(told.value)
    assert "key" in str(told.value)


def test_where_the_key_is_lost_all_second_factors_are_taken_off_and_the_trail_says_so(office, place, enrolled):
    visitor, _ = enrolled
    (place.folder / keys.NAME).unlink()
    assert keys.forget_second_factors(office.database) == 1
    again = open_office(place)
    assert (kept(again, visitor).totp, kept(again, visitor).recovery) == (None, [])
    with again.database.read() as database:
        last = database.query(Entry).order_by(Entry.number.desc()).first()
    assert (last.action, last.object_id, last.details) == ("reset second factor", visitor.person_id, {"by": "lost key"})
    again.database.close()


def test_the_server_says_in_a_sentence_that_the_key_is_missing(place, enrolled):
    (place.folder / keys.NAME).unlink()
    options = ["serve", "--folder", str(place.folder), "--database", place.url, "--port", "0"]
    told = CliRunner().invoke(cli, options)
    assert told.exit_code != 0
    assert "key of this office's secrets is missing" in str(told.exception or told.output)
    assert enrolled
