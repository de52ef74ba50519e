"""Which policy a request is judged by."""

from datetime import date, timedelta

import pytest

from mednec.errors import PolicyError, RequestError
from mednec.model import ServiceRequest
from mednec.policies import choose, load, load_all, policy_files

FACET = {"service": "facet.dx1", "dated": date(2026, 6, 1)}


def chosen(**fields):
    return choose(ServiceRequest(**FACET | fields))


def test_a_policy_is_found_by_its_number_in_either_case():
    assert chosen(policy="L38801").source.id == "L38801"
    assert chosen(policy="l38801").source.id == "L38801"


@pytest.mark.parametrize(("day", "number"), [(date(2026, 4, 15), "L38803"), (date(2026, 4, 16), "L38801")])
def test_a_retired_number_is_an_alias_of_its_successor_from_the_day_it_was_retired(day, number):
    assert chosen(policy="L38803", dated=day).source.id == number


@pytest.mark.parametrize("day", [date(2026, 4, 15), date(2026, 4, 16)])
def test_a_number_that_goes_on_is_found_on_both_sides_of_a_revision(day):
    policy = chosen(policy="L38801", dated=day)
    assert policy.source.id == "L38801"
    assert policy.source.effective <= day


def test_before_its_first_day_a_policy_is_not_in_force():
    with pytest.raises(PolicyError, match="no revision of policy 'L38765' is in force on 2021-04-24"):
        chosen(policy="L38765", dated=date(2021, 4, 24))
    assert chosen(policy="L38765", dated=date(2021, 4, 25)).source.id == "L38765"


@pytest.mark.parametrize(
    ("number", "last"),
    [
        ("L38765", date(2024, 7, 6)),
        ("L38841", date(2024, 7, 13)),
        ("L34892", date(2024, 8, 10)),
        ("L38773", date(2024, 8, 14)),
        ("L38803", date(2025, 2, 25)),
    ],
)
def test_a_third_facet_level_is_weighed_up_to_the_last_day_of_the_older_revision(number, last):
    def wording(day):
        policy = chosen(policy=number, dated=day)
        return next(c.cites.says for c in policy.criteria if c.key == "facet.lim.max_2_levels")

    assert "considered one by one" in wording(last)
    assert "not covered" in wording(last + timedelta(days=1))


def test_the_older_repeat_rule_asks_three_months_of_function_too():
    def benefit(day):
        policy = chosen(policy="L39240", service="esi.repeat", dated=day)
        return next(c.asks for c in policy.criteria if c.key == "esi.repeat.benefit")

    assert benefit(date(2025, 4, 4)).endswith("for three months, on one scale?")
    assert "relieve half of the pain for three months, or improve" in benefit(date(2025, 4, 5))
    assert chosen(policy="L39242", service="esi.init", dated=date(2023, 1, 1)).source.id == "L39240"


def test_a_contractors_own_text_goes_before_the_national_one():
    pild = {"service": "pild", "payer": "medicare"}
    assert chosen(**pild, state="NJ").source.id == "WISeR-NJ-PILD"
    assert chosen(**pild, state="NY").source.id == "NCD-150.13"
    assert chosen(**pild, state="NJ", dated=date(2025, 12, 31)).source.id == "NCD-150.13"


def test_a_text_whose_contractor_is_not_known_is_taken_by_its_number_alone():
    assert chosen(policy="L37632", service="scs.trial").source.id == "L37632"
    assert chosen(payer="medicare", state="TX", service="scs.trial").source.id == "NCD-160.7"


def test_payer_and_state_point_to_the_contractor():
    assert chosen(payer="medicare", state="AZ").source.id == "L38801"
    assert chosen(payer="Medicare", state="oh").source.id == "L38773"
    assert chosen(payer="medicare", state="AZ", dated=date(2026, 4, 15)).source.id == "L38803"


def test_a_request_that_fits_several_policies_is_told_so():
    with pytest.raises(PolicyError, match="fits several policies"):
        chosen(payer="medicare")


def test_an_unknown_policy_is_told_what_there_is():
    with pytest.raises(PolicyError, match=r"no policy 'L3880' \(did you mean 'L3880[13]'\?\)") as caught:
        chosen(policy="L3880")
    assert "L39240" in str(caught.value)


def test_an_unknown_service_is_told_what_there_is():
    with pytest.raises(RequestError, match=r"did you mean 'facet\.dx[12]'\?.*facet\.rfa1"):
        chosen(policy="L38801", service="facet.dx")
    with pytest.raises(RequestError, match="says nothing of the service"):
        chosen(payer="medicare", state="AZ", service="knee")


def test_an_unknown_payer_and_a_missing_one_are_told():
    with pytest.raises(PolicyError, match="did you mean 'medicare'"):
        chosen(payer="medicar")
    with pytest.raises(RequestError, match="neither a policy nor a payer"):
        chosen()


def test_a_service_that_is_never_covered_can_be_requested():
    assert "sij.rfa" in chosen(policy="L39462", service="sij.rfa").not_covered


def test_a_criterion_that_contractors_word_differently_stands_once_for_each():
    for number in ("L38773", "L38765"):
        policy = choose(ServiceRequest("facet.rfa.repeat", date(2026, 6, 1), policy=number))
        assert [c.key for c in policy.criteria].count("facet.rfa.repeat_benefit") == 1


def test_the_policies_to_choose_from_can_be_given():
    given = [policy for policy in load_all() if policy.source.id == "L38773"]
    assert choose(ServiceRequest(**FACET, policy="L38773"), given).source.id == "L38773"
    with pytest.raises(PolicyError):
        choose(ServiceRequest(**FACET, policy="L38801"), given)


def test_every_file_is_loaded_through_each_of_its_sources():
    loaded = load_all()
    assert {load(path).id for path in policy_files()} == {policy.id for policy in loaded}
    assert len(loaded) > len(policy_files())


def test_a_criterion_has_all_that_a_report_shows():
    for policy in load_all():
        for criterion in policy.criteria:
            assert criterion.asks.endswith("?")
            assert criterion.gap.endswith("?")
            assert criterion.cites.says
