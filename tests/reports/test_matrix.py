"""One chart under many policies: who supports it, and criterion by criterion."""

import json
from pathlib import Path

import pytest

from mednec.auditor import audit_chart, audit_under_all
from mednec.errors import PolicyError, RequestError
from mednec.policies import choose_all, load_all
from mednec.reports import matrix_to_html, matrix_to_json, matrix_to_terminal
from mednec.requests import Fields, from_options, parse_request, read_fields

EXAMPLE = Path(__file__).parents[2] / "examples" / "esi-supported"


def asked(**texts):
    """The request of the example, put to whatever policy there is."""
    fields: Fields = from_options(texts, {}).over(read_fields(EXAMPLE / "request.yaml"))
    return parse_request(fields, any_policy=True)


@pytest.fixture(scope="module")
def audits():
    return audit_under_all(EXAMPLE / "chart", asked())


def test_every_policy_in_force_for_the_service_answers_once(audits):
    day = asked().dated
    expected = [
        (p.source.id, p.source.version)
        for p in load_all()
        if "esi.init" in {*p.services, *p.not_covered}
        and (p.source.effective is None or p.source.effective <= day)
        and (p.source.ends is None or day <= p.source.ends)
    ]
    found = [(a.policy.source.id, a.policy.source.version) for a in audits]
    assert sorted(found) == sorted(expected)
    assert len(found) == len(set(found)) >= 10


def test_each_answers_as_it_would_alone(audits):
    by_id = {audit.policy.source.id: audit for audit in audits}
    alone = audit_chart(EXAMPLE / "chart", asked(policy="L39036"))
    assert [d.status for d in by_id["L39036"].determinations] == [d.status for d in alone.determinations]


def test_a_state_or_a_payer_narrows_the_choice():
    assert {p.source.publisher for p in choose_all(asked(payer="medicare", state="AZ"))} == {"Noridian"}
    with pytest.raises(PolicyError, match="is in force on 1990"):
        choose_all(asked(date="1990-01-01", payer="medicare", state="AZ"))
    with pytest.raises(RequestError, match=r"nothing of the service 'esi\.init'"):
        choose_all(asked(), [p for p in load_all() if "facet.dx1" in p.services and "esi.init" not in p.services])


def test_the_terminal_shows_a_column_for_each_policy_and_a_row_for_each_criterion(audits):
    page = matrix_to_terminal(audits)
    assert max(map(len, page.splitlines())) <= 80
    assert f"{len(audits)} policies in force" in page
    rows = [line for line in page.splitlines() if line.endswith(" esi.init.pain_4w")]
    assert len(rows) == 1
    assert rows[0].count("✓") == sum(a.policy.id == "cms/epidural-steroid-injections" for a in audits)


def test_as_json_the_matrix_names_the_policy_of_each_status(audits):
    data = json.loads(matrix_to_json(audits))
    by_name = {policy["name"]: {c["key"]: c["status"] for c in policy["criteria"]} for policy in data["policies"]}
    assert len(by_name) == len(audits)
    for matrix in data["matrix"]:
        for criterion in matrix["criteria"]:
            statuses = dict(zip(matrix["policies"], criterion["statuses"], strict=True))
            assert statuses == {name: by_name[name].get(criterion["key"]) for name in statuses}


def test_the_page_needs_nothing_else_and_names_every_policy(audits):
    page = matrix_to_html(audits)
    assert "<script" not in page and "http://" not in page
    assert all(audit.policy.source.id in page for audit in audits)


def test_two_matrices_of_one_chart_are_the_same_bytes(audits):
    again = audit_under_all(EXAMPLE / "chart", asked())
    assert matrix_to_json(again) == matrix_to_json(audits)
