"""A question of a policy file in, the words out that it does not know."""

from __future__ import annotations

import difflib
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mednec.errors import LexiconError
from mednec.policies import words
from mednec.vocabulary import DOCUMENT_TYPES, Lexicon, lexicon

Fault = tuple[int, str]
_UNITS = ("day", "week", "month", "year")
_BOUNDS = ("at least", "at most", "more than", "less than")


class Asking:
    """Checks questions against the vocabulary and the definitions of their file."""

    def __init__(self, definitions: Mapping[str, Any]) -> None:
        self.definitions = definitions

    def question(self, question: Any, line: int) -> Iterator[Fault]:
        """The faults of a question, joined or plain."""
        if not isinstance(question, dict) or not question:
            yield line, "a question is a mapping such as {therapy: physical_therapy, ...}"
            return
        line = getattr(question, "line", line)
        first = next(iter(question))
        if {"of", "at_least"} & question.keys():
            yield from self._counted(question, line)
        elif first in ("all", "any"):
            yield from self._parts(question[first], line)
        elif first == "not":
            yield from self.question(question["not"], line)
        elif first == "request":
            yield from self._request(question["request"], line)
        else:
            yield from self._pattern(question, first, line)

    def _counted(self, question: Mapping[str, Any], line: int) -> Iterator[Fault]:
        if set(question) != {"of", "at_least"}:
            yield line, "'of' and 'at_least' stand together and alone"
        elif not isinstance(question["at_least"], int) or not 1 <= question["at_least"] <= len(question["of"]):
            yield line, f"'at_least: {question['at_least']}' cannot be had of {len(question['of'])}"
        yield from self._parts(question.get("of") or [], line)

    def _parts(self, parts: Any, line: int) -> Iterator[Fault]:
        if not isinstance(parts, list) or not parts:
            yield line, "joined questions are a list"
            return
        for part in parts:
            yield from self.question(part, line)

    def _request(self, tests: Any, line: int) -> Iterator[Fault]:
        if not isinstance(tests, dict) or not tests:
            yield line, "'request' holds fields of the request and what is asked of them"
            return
        for name, test in tests.items():
            if name not in words.REQUEST:
                yield line, f"'request' does not know '{name}'{_meant(name, words.REQUEST)}"
            yield from _test(name, test, line)

    def _pattern(self, pattern: Mapping[str, Any], kind: str, line: int) -> Iterator[Fault]:
        if kind not in words.KINDS:
            yield line, f"there is no kind '{kind}'{_meant(kind, words.KINDS)}"
            return
        known = _lexicon(kind)
        yield from self._concepts(kind, pattern[kind], known, line)
        rest = {name: test for name, test in pattern.items() if name != kind}
        conditions = {**(rest.get("where") or {}), **{n: t for n, t in rest.items() if n not in words.PATTERN}}
        if not conditions:
            yield line, f"'{kind}' states no condition"
        if kind == "therapy" and "status" not in conditions:
            yield line, "'therapy' asks for no 'status': a plan or a refusal would count"
        for part in (rest.get("where") or {}, rest.get("except") or {}):
            yield from self._conditions(part, kind, known, line, more=words.CONDITIONS)
        tests = {name: test for name, test in rest.items() if name not in words.PATTERN}
        yield from self._conditions(tests, kind, known, line, more=())
        yield from _numbers(rest, line)

    def _concepts(self, kind: str, spec: Any, known: Lexicon | None, line: int) -> Iterator[Fault]:
        if known is None:
            return
        groups = {concept.group for concept in known.concepts.values() if concept.group}
        defined = {name for name, body in self.definitions.items() if isinstance(body, dict) and kind in body}
        names = {*known.concepts, *groups, *defined}
        for name in spec if isinstance(spec, list) else [spec]:
            if name not in names:
                yield line, f"'{kind}' has no concept '{name}'{_meant(str(name), names)}"

    def _conditions(
        self, conditions: Mapping[str, Any], kind: str, known: Lexicon | None, line: int, *, more: Sequence[str]
    ) -> Iterator[Fault]:
        line = getattr(conditions, "line", line)
        stated = dict(known.attributes) if known else {}
        names = {*stated, *words.EVERYWHERE, *words.ADDED.get(kind, ()), *more}
        for name, test in conditions.items():
            if known is not None and name not in names:
                yield line, f"'{kind}' does not know '{name}'{_meant(name, names)}"
            elif name == "in":
                for value in test if isinstance(test, list) else [test]:
                    if value not in DOCUMENT_TYPES:
                        yield line, f"there is no document type '{value}'{_meant(str(value), DOCUMENT_TYPES)}"
            elif name == "says":
                if not isinstance(test, list) or not all(isinstance(word, str) for word in test):
                    yield line, "'says' holds a list of words, one of which has to stand in a quote"
            elif name == "prefer":
                for preferred in test if isinstance(test, list) else [test]:
                    yield from self._conditions(preferred, kind, known, line, more=())
            else:
                yield from _test(name, test, line, stated.get(name))


def _lexicon(kind: str) -> Lexicon | None:
    try:
        return lexicon(kind)
    except LexiconError:
        return None


def _numbers(rest: Mapping[str, Any], line: int) -> Iterator[Fault]:
    for name in ("count", "at_most"):
        if name in rest and (not isinstance(rest[name], int) or rest[name] < 1):
            yield line, f"'{name}: {rest[name]}' is no number of pieces of evidence"


def _test(name: str, test: Any, line: int, values: Any = None) -> Iterator[Fault]:
    """The faults of one test: a bound that is none, a number that cannot be, a value that there is not."""
    if isinstance(test, dict):
        yield line, f"'{name}' asks for a value, a list of values or a bound such as 'at least 4 weeks'"
        return
    if isinstance(test, str) and test.startswith(_BOUNDS):
        yield from _bound(name, test, line)
        return
    if isinstance(test, int | float) and not isinstance(test, bool) and test < 0:
        yield line, f"'{name}: {test}' cannot be"
    if isinstance(values, list):
        for value in test if isinstance(test, list) else [test]:
            if value not in values and value not in words.VALUES:
                yield line, f"'{name}' is never '{value}'{_meant(str(value), [str(v) for v in values])}"


def _bound(name: str, test: str, line: int) -> Iterator[Fault]:
    parts = test.split()
    number = parts[2] if len(parts) > 2 else ""
    if not number.replace(".", "", 1).isdigit():
        yield line, f"'{name}: {test}' has no number"
        return
    if len(parts) > 3 and parts[3].rstrip("s") not in _UNITS:
        yield line, f"'{name}: {test}' has no unit of time{_meant(parts[3], _UNITS)}"
    if name.endswith("_percent") and float(number) > 100:
        yield line, f"'{name}: {test}' is more than all"


def _meant(name: str, known: Any) -> str:
    near = difflib.get_close_matches(name, [str(word) for word in known], n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
