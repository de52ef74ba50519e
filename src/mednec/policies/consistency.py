"""The parts of a policy file against each other and the world in: orphans, doubles, and what cannot be, out."""

from __future__ import annotations

import difflib
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import Any

from mednec.policies import words
from mednec.services import known_codes, known_states, services

Fault = tuple[int, str]
EARLIEST, LATEST = 1965, 2100  # years; a policy outside of them is a slip of the hand
WINDOW = re.compile(r"[1-9]\d* (?:day|week|month|year)s?")
NOTHING = re.compile(r"(?:at least|less than) 0+(?:\.0+)?(?: \w+)?")
HIGHEST = {"pain_score": ("low", "high", 10), "function_score": ("value", "value", 100)}


def inconsistent(data: Mapping[str, Any]) -> Iterator[Fault]:
    """What does not fit together in a file whose form is sound."""
    yield from _orphans(data)
    yield from _services(data)
    yield from _sources(data.get("sources") or [], retired=data.get("status") == "retired")
    for key, bodies in _criteria(data):
        yield from _wordings(key, bodies)
        for body in bodies:
            yield from _examples(key, body)
            for name in words.QUESTIONS:
                yield from _numbers(body.get(name), _line(body, name))


def _criteria(data: Mapping[str, Any]) -> Iterator[tuple[str, list[Mapping[str, Any]]]]:
    for key, wordings in (data.get("criteria") or {}).items():
        bodies = wordings if isinstance(wordings, list) else [wordings]
        yield key, [body for body in bodies if isinstance(body, dict)]


def _line(part: Any, name: str = "") -> int:
    """The line on which a part of the file, or one of its keys, stands."""
    lines: Mapping[str, int] = getattr(part, "lines", {})
    own: int = getattr(part, "line", 1)
    return lines.get(name, own)


def _orphans(data: Mapping[str, Any]) -> Iterator[Fault]:
    """Definitions that no question uses, and services that no criterion asks anything of."""
    definitions = data.get("definitions") or {}
    told = set(_texts([data.get("criteria"), data.get("steps"), list(definitions.values())]))
    for name in definitions:
        used = "counted" in told if name == "regions" else name in told or name == "requested"
        if not used:
            yield _line(definitions, name), f"definition '{name}' is used by no question"
    offered = data.get("services") or {}
    asked: set[str] = set()
    for _, bodies in _criteria(data):
        for body in bodies:
            asked |= set(body.get("services") or offered)
    for service in offered:
        if service not in asked and service not in (data.get("not_covered") or {}) and not data.get("partial"):
            yield _line(offered, service), f"service '{service}' has no criterion: it would be supported by nothing"


def _texts(part: Any) -> Iterator[str]:
    """Every word that a part holds as a value."""
    if isinstance(part, dict):
        yield from (text for value in part.values() for text in _texts(value))
    elif isinstance(part, list):
        yield from (text for value in part for text in _texts(value))
    elif isinstance(part, str):
        yield part


def _services(data: Mapping[str, Any]) -> Iterator[Fault]:
    offered, refused = data.get("services") or {}, data.get("not_covered") or {}
    for part in (offered, refused):
        for service in part:
            if service not in services():
                yield _line(part, service), f"there is no service '{service}'{_meant(service, services())}"
    for service, codes in offered.items():
        for code, number in Counter(map(str, codes or ())).items():
            if number > 1:
                yield _line(offered, service), f"'{service}' names the code {code} twice"
            if code not in known_codes():
                yield _line(offered, service), f"there is no code '{code}'{_meant(code, known_codes())}"


def _sources(sources: Sequence[Mapping[str, Any]], *, retired: bool) -> Iterator[Fault]:
    for source in sources:
        if retired and not isinstance(source.get("ends"), date):
            yield _line(source), f"'{source.get('id')}' is retired and has no last day ('ends')"
        for name in ("effective", "ends"):
            day = source.get(name)
            if isinstance(day, date) and not EARLIEST <= day.year <= LATEST:
                yield _line(source, name), f"'{name}' of {source.get('id')} cannot be in {day.year}"
        for state, number in Counter(map(str, source.get("states") or ())).items():
            if state not in known_states():
                yield _line(source, "states"), f"there is no state '{state}'"
            if number > 1:
                yield _line(source, "states"), f"'{source.get('id')}' names the state {state} twice"
        if str(source.get("id")) in map(str, source.get("aliases") or ()):
            yield _line(source, "aliases"), f"'{source.get('id')}' is an alias of itself"


def _wordings(key: str, bodies: Sequence[Mapping[str, Any]]) -> Iterator[Fault]:
    """Two wordings of a key may not apply to one request."""
    for one, other in combinations(bodies, 2):
        if all(_meet(one.get(name), other.get(name)) for name in ("services", "sources")):
            yield _line(other), f"two wordings of '{key}' apply to the same request"


def _meet(one: Sequence[str] | None, other: Sequence[str] | None) -> bool:
    return not one or not other or bool(set(one) & set(other))


def _examples(key: str, body: Mapping[str, Any]) -> Iterator[Fault]:
    examples = [example for example in body.get("examples") or () if isinstance(example, dict)]
    told: dict[str, Any] = {}
    for example in examples:
        text, status = str([example.get("chart"), example.get("request")]), example.get("status")
        if text in told:
            unlike = f", once {told[text]} and once {status}" if told[text] != status else ""
            yield _line(example), f"'{key}' has one example twice{unlike}"
        told[text] = status


def _numbers(question: Any, line: int) -> Iterator[Fault]:
    """The numbers of a question that nothing can reach, or that everything does."""
    if isinstance(question, list):
        for part in question:
            yield from _numbers(part, line)
    if not isinstance(question, dict):
        return
    line = _line(question) if getattr(question, "line", 0) else line
    kind = next(iter(question), "")
    for name, test in question.items():
        if isinstance(test, dict | list):
            yield from _numbers(test, line)
        elif name in ("within", "recent") and not WINDOW.fullmatch(str(test)):
            yield line, f"'{name}: {test}' is no length of time such as '12 months'"
        elif isinstance(test, str) and NOTHING.fullmatch(test):
            yield line, f"'{name}: {test}' asks for nothing, or for what cannot be"
        elif kind in HIGHEST and name in HIGHEST[kind][:2] and _number(test) > HIGHEST[kind][2]:
            yield line, f"'{name}: {test}' is above the scale"


def _number(test: Any) -> float:
    match = re.search(r"\d+(?:\.\d+)?", str(test))
    return float(match[0]) if match else 0


def _meant(name: str, known: Sequence[str] | Mapping[str, Any] | frozenset[str]) -> str:
    near = difflib.get_close_matches(name, sorted(known), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
