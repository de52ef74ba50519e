"""What is wrong with the fields of a request, each beside its field."""

import pytest

from mednec.office.fields import RefusedFields, checked
from mednec.requests import Fields

SOUND = {"service": "esi.init", "date": "2026-12-03", "payer": "medicare", "state": "AZ"}


def faults(**texts):
    with pytest.raises(RefusedFields) as refused:
        checked(Fields({**SOUND, **texts}))
    return refused.value.faults


def test_a_sound_request_has_its_policy_s_payer():
    assert checked(Fields(SOUND)).payer == "medicare"
    assert checked(Fields({**SOUND, "payer": "", "policy": "L39240"})).payer == "medicare"


def test_what_is_needed_and_not_given_is_asked_for_at_its_field():
    assert set(faults(service="", date=" ", payer="")) == {"service", "date", "payer"}


def test_every_field_that_is_wrong_is_told_at_once():
    found = faults(date="03/12/2026", side="lefft", state="Arizona")
    assert found == {
        "date": "'03/12/2026' is not a date as it is written here; write year-month-day, such as 2026-03-10",
        "side": "there is no side 'lefft'; did you mean 'left'?",
        "state": "'ARIZONA' is not a state; write its two letters, such as AZ",
    }


def test_a_birth_after_the_service_is_told_at_the_birth():
    assert list(faults(birth_date="2027-01-01")) == ["birth_date"]


def test_a_payer_or_policy_that_is_not_known_is_told_at_its_field():
    assert list(faults(payer="medicair")) == ["payer"]
    assert list(faults(policy="L99999")) == ["policy"]


def test_a_level_that_is_none_is_told_at_its_field():
    with pytest.raises(RefusedFields) as refused:
        checked(Fields(SOUND, {"levels": ("L9-9",)}))
    assert list(refused.value.faults) == ["levels"]


def test_what_is_far_too_long_is_refused():
    assert list(faults(name="x" * 600)) == ["name"]
