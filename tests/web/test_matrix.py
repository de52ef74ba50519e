"""Every route times every role, made of the routes themselves: who may, who may not, and nobody another practice's."""

from __future__ import annotations

import re

import pytest
from fastapi.routing import APIRoute, iter_route_contexts
from starlette.routing import Mount

from mednec.roles import GRANTS, ROLES
from mednec.web.access import Anybody, Needs, needs
from mednec.web.app import ROUTERS
from mednec.web.description import describe

WHO = (None, (), *((role,) for role in ROLES), ROLES)  # signed out, without any role, each role, all of them
IDS = {"case_id", "file_id", "audit_id", "correction_id", "person_id", "key_id"}
PLAIN = {"criterion": "esi.lim.sedation", "document": 1, "offset": 40, "number": 1}  # what a route names besides ids
# What a form or a body must hold so that the route comes as far as looking for its object.
SENT: dict[str, dict[str, object]] = {
    "POST /cases/{case_id}/criteria/{criterion}": {"status": "met", "reason": "seen"},
    "POST /cases/{case_id}/findings": {
        **{"action": "confirm", "document": "0" * 64, "kind": "therapy", "concept": "physical_therapy"},
        **{"start": "0", "end": "1", "number": "0", "reason": "seen"},
    },
    "PUT /api/cases/{case_id}/request": {
        "service": "esi.init",
        "date": "2026-12-01",
        "policy": "L39240",
        "side": "left",
    },
    "PUT /api/people/{person_id}/roles": {"roles": ["viewer"]},
}
ROUTES = [
    (method, route)
    for router in ROUTERS
    for route in router.routes
    for method in sorted(getattr(route, "methods", None) or {"?"})
]
NAMES = [f"{method} {getattr(route, 'path', '?')}" for method, route in ROUTES]
WITH_IDS = [(pair, name) for pair, name in zip(ROUTES, NAMES, strict=True) if "{" in name and not name.endswith("}?")]


@pytest.fixture(autouse=True)
def _faults_are_raised(monkeypatch):
    monkeypatch.setenv("MEDNEC_DEBUG", "1")


@pytest.fixture(scope="module")
def here(world):
    """Objects that no request changes: those asked for without permission, or read."""
    return world.objects()


@pytest.fixture(scope="module")
def elsewhere(world):
    return world.objects("elsewhere")


def parts(path):
    return re.findall(r"\{(\w+)(?::\w+)?\}", path)


def filled(path, objects):
    known = PLAIN | objects
    return re.sub(r"\{(\w+)(?::\w+)?\}", lambda found: str(known[found[1]]), path)


def example(schema, whole):
    """The least that a JSON schema takes."""
    if "$ref" in schema:
        return example(whole["components"]["schemas"][schema["$ref"].rpartition("/")[2]], whole)
    for several in ("anyOf", "oneOf", "allOf"):
        if several in schema:
            return example(schema[several][0], whole)
    if "enum" in schema or "const" in schema:
        return schema["enum"][0] if "enum" in schema else schema["const"]
    match schema.get("type"):
        case "object":
            return {name: example(schema["properties"][name], whole) for name in schema.get("required", ())}
        case "array":
            return [example(schema["items"], whole)] * schema.get("minItems", 0)
        case "integer" | "number":
            return schema.get("minimum", 1)
        case "boolean":
            return True
        case "string" if schema.get("format") == "date":
            return "2026-12-01"
        case _:
            return "x" * max(1, schema.get("minLength", 1))


def ask(world, client, method, path, objects):
    """The answer to the least request that a route takes."""
    kept = SENT.get(f"{method} {path}")
    if path.startswith("/api/") and method in {"POST", "PUT", "PATCH", "DELETE"}:
        whole = describe(world.app)
        body = whole["paths"][path][method.lower()].get("requestBody", {}).get("content", {})
        if "application/json" in body:
            sent = kept or example(body["application/json"]["schema"], whole)
            return client.request(method, filled(path, objects), json=sent)
        if body:
            return client.request(method, filled(path, objects), files={"files": ("note.txt", b"A note.")})
        return client.request(method, filled(path, objects))
    return client.request(method, filled(path, objects), data=kept if method == "POST" else None)


def turned_away(answer, path):
    """Whether nobody was let in: the API says 401, a page sends to the sign-in."""
    if path.startswith("/api/"):
        return answer.status_code == 401
    return answer.status_code == 303 and answer.headers["location"].startswith("/sign-in")


def test_the_application_has_no_route_that_the_matrix_does_not_know(world):
    found = {(type(one.original_route), one.path) for one in iter_route_contexts(world.app.routes)}
    assert {path for kind, path in found if kind is Mount} == {"/static"}
    assert {kind for kind, _ in found} == {Mount, APIRoute}
    assert {path for kind, path in found if kind is APIRoute} == {route.path for _, route in ROUTES}


@pytest.mark.parametrize(("method", "route"), ROUTES, ids=NAMES)
def test_every_route_says_who_may_use_it_and_what_its_parts_are(method, route):
    assert isinstance(needs(route), Needs | Anybody), f"{method} {route.path}: name its need, Needs(...) or Anybody()"
    unknown = set(parts(route.path)) - IDS - set(PLAIN)
    assert not unknown, f"{route.path}: add {unknown} to IDS (and World.objects) or, where it is no id, to PLAIN"


@pytest.mark.parametrize(("method", "route"), ROUTES, ids=NAMES)
@pytest.mark.parametrize("roles", WHO, ids=lambda who: "signed out" if who is None else ",".join(who) or "no role")
def test_a_route_opens_to_whoever_it_says_and_to_nobody_else(world, here, method, route, roles):
    need, path = needs(route), route.path
    client = world.client(roles)
    if isinstance(need, Anybody):
        answer = ask(world, client, method, path, here)
        assert answer.status_code not in {403, 405}
        assert answer.status_code < 500
        return
    if roles is None:
        assert turned_away(ask(world, client, method, path, here), path)
        return
    granted = need.permission is None or any(need.permission in GRANTS[role] for role in roles)
    if not granted:
        assert ask(world, client, method, path, here).status_code == 403
        return
    fresh = here if method == "GET" else world.objects()
    if "key_id" in parts(path):
        fresh = world.objects(owner=client.visitor.person_id)
    answer = ask(world, client, method, path, fresh)
    assert answer.status_code not in {401, 403, 404, 405}, answer.text
    assert answer.status_code < 500
    assert path == "/sign-out" or not turned_away(answer, path)


@pytest.mark.parametrize(("method", "route"), [pair for pair, _ in WITH_IDS], ids=[name for _, name in WITH_IDS])
def test_an_object_of_another_practice_does_not_exist(world, here, elsewhere, method, route):
    for name in set(parts(route.path)) & IDS:
        answer = ask(world, world.client(ROLES), method, route.path, here | {name: elsewhere[name]})
        assert answer.status_code == 404, f"{name}: {answer.text}"


def test_a_planted_route_without_a_need_is_caught():
    route = APIRoute("/planted/{secret_id}", lambda: None)
    assert needs(route) is None
    assert set(parts(route.path)) - IDS - set(PLAIN) == {"secret_id"}
