"""The OpenAPI description: complete, and true of what the JSON API answers to whatever is sent to it."""

from __future__ import annotations

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from mednec.roles import ROLES
from mednec.store.accounts import add_token
from mednec.web.app import ROUTERS
from mednec.web.description import describe

API = [
    (method.lower(), route)
    for router in ROUTERS
    for route in router.routes
    for method in route.methods
    if route.path.startswith("/api/") and route.path != "/api/openapi.json"
]


PATHS = [(method, route.path) for method, route in API]
NAMES = [f"{method} {path}" for method, path in PATHS]
QUICKLY = settings(
    max_examples=15, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck)
)
CHECKS = [not_a_server_error, status_code_conformance, content_type_conformance, response_schema_conformance]


@pytest.fixture(scope="module")
def key(world):
    with world.office.database.begin() as database:
        return add_token(database, world.person(database, ROLES, "here"), "tests")


@pytest.fixture(scope="module")
def here(world):
    """Objects of the practice, which a request may name; those it destroys are missed by the ones after it."""
    return world.objects()


def test_every_json_route_is_described_and_no_page_is(world):
    described = {(method, path) for path, methods in describe(world.app)["paths"].items() for method in methods}
    assert described == {(method, route.path) for method, route in API}


@pytest.mark.parametrize(("method", "route"), API, ids=NAMES)
def test_a_json_route_says_what_it_is_for_and_how_it_fails(world, method, route):
    told = describe(world.app)["paths"][route.path][method]
    assert told["description"].endswith(".")
    assert {"400", "401", "403", "404", "413", "422", "429"} <= set(told["responses"])
    for status, answer in told["responses"].items():
        if status.startswith("4"):
            assert list(answer["content"]) == ["application/problem+json"]


@pytest.fixture(scope="module")
def api(world):
    return schemathesis.openapi.from_asgi("/api/openapi.json", world.app)


@pytest.mark.parametrize("kind", [GenerationMode.POSITIVE, GenerationMode.NEGATIVE], ids=["described", "wrong"])
@pytest.mark.parametrize("ids", ["invented", "real"])
@pytest.mark.parametrize("route", PATHS, ids=NAMES)
def test_whatever_is_sent_the_answer_is_one_that_is_described(key, here, api, route, ids, kind):
    method, path = route
    headers = {"authorization": f"Bearer {key}", "host": "localhost"}

    @QUICKLY
    @given(case=api[path][method.upper()].as_strategy(generation_mode=kind))
    def send(case):
        if ids == "real":
            case.path_parameters.update({name: here[name] for name in case.path_parameters if name in here})
        case.call_and_validate(headers=headers, checks=CHECKS)

    send()
