"""A policy file in, what is wrong with it out: file, line, what, and what may have been meant."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from mednec.errors import PolicyError
from mednec.policies import words
from mednec.policies.asking import Asking
from mednec.policies.consistency import inconsistent
from mednec.policies.reading import text_of
from mednec.vocabulary import GRADES

_SCALARS = yaml.CSafeLoader("")


class Lined(dict[str, Any]):
    """A mapping that knows the line on which it, and each of its keys, stands."""

    line = 0
    lines: Mapping[str, int] = {}


def lint_file(path: Path) -> list[str]:
    """The faults of a policy file, in the order of its lines."""
    faults: list[tuple[int, str]] = []
    try:
        node = yaml.compose(text_of(path), Loader=yaml.CSafeLoader)
    except PolicyError as error:
        return [str(error)]
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return [f"{path.name}:{mark.line + 1 if mark else 1}: this is no YAML ({getattr(error, 'problem', error)})"]
    data = _value(node, faults)
    if not isinstance(data, Lined):
        return [f"{path.name}:1: a policy file is a mapping that begins with 'policy:'"]
    faults.extend(_file(data))
    if not faults:
        faults.extend(inconsistent(data))
    return [f"{path.name}:{line}: {what}" for line, what in sorted(dict.fromkeys(faults))]


def _value(node: yaml.Node | None, faults: list[tuple[int, str]]) -> Any:
    """The plain value of a YAML node, with lines; a key that stands twice is a fault."""
    if isinstance(node, yaml.MappingNode):
        mapping = Lined()
        lines: dict[str, int] = {}
        for key, value in node.value:
            name, line = str(key.value), key.start_mark.line + 1
            if name in mapping:
                faults.append((line, f"'{name}' stands twice; YAML would keep only the last"))
            mapping[name], lines[name] = _value(value, faults), line
        mapping.line, mapping.lines = node.start_mark.line + 1, lines
        return mapping
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, faults) for item in node.value]
    try:
        return None if node is None else _SCALARS.construct_object(node)
    except (ValueError, yaml.YAMLError):
        line = node.start_mark.line + 1 if node else 1
        faults.append((line, f"'{getattr(node, 'value', '')}' is no date or number that exists"))
        return None


def _file(data: Lined) -> Iterator[tuple[int, str]]:
    yield from _keys(data, "the file", words.TOP["required"], words.TOP["optional"])
    yield from _status(data)
    sources = data.get("sources") or []
    yield from (fault for source in sources for fault in _source(source))
    ids = [str(source.get("id")) for source in sources]
    yield from _definitions(data.get("definitions") or Lined())
    services = [*(data.get("services") or {}), *(data.get("not_covered") or {})]
    yield from _not_decided(data.get("not_decided") or [], ids)
    asking = Asking(data.get("definitions") or {})
    for service, step in (data.get("steps") or Lined()).items():
        yield from _keys(step, f"step '{service}'", words.STEP, ())
        yield from asking.question(step.get("contradicted_by"), step.line)
    for key, wordings in (data.get("criteria") or Lined()).items():
        for wording in wordings if isinstance(wordings, list) else [wordings]:
            yield from _criterion(key, wording, data["criteria"].lines[key], services, ids, asking)


def _status(data: Lined) -> Iterator[tuple[int, str]]:
    """A file is a draft, retired, or reviewed by somebody on a day; only what was read itself can be reviewed."""
    status, line = data.get("status"), data.lines.get("status", 1)
    if not isinstance(status, Lined):
        yield from _among(data, "status", words.STATES)
        return
    review = status.get("reviewed")
    if not isinstance(review, Lined) or not review.get("by") or not isinstance(review.get("dated"), date):
        yield line, "'status' is draft, retired, or {reviewed: {by: a name, dated: a day}}"
    second_hand = sorted(set(_grades(data)) - {GRADES[0]})
    if second_hand:
        yield line, f"a file that was read as {', '.join(second_hand)} in parts cannot be reviewed"


def _grades(part: Any) -> Iterator[str]:
    """How every paragraph of a file was read."""
    if isinstance(part, dict):
        if "seen" in part:
            yield str(part["seen"])
        yield from (grade for value in part.values() for grade in _grades(value))
    elif isinstance(part, list):
        yield from (grade for value in part for grade in _grades(value))


def _source(source: Lined) -> Iterator[tuple[int, str]]:
    yield from _keys(source, "a source", words.SOURCE["required"], words.SOURCE["optional"])
    seen = source.get("seen")
    for grade in seen.values() if isinstance(seen, dict) else [seen]:
        if grade is not None and grade not in GRADES:
            yield source.lines["seen"], f"'seen' does not know '{grade}'{meant(str(grade), GRADES)}"
    if isinstance(seen, dict) and words.REST not in seen:
        yield source.lines["seen"], f"'seen' of {source.get('id')} does not say how the other sections were read (else)"
    if source.get("states") and source.get("states_seen") not in GRADES:
        yield source.line, f"'states_seen' of {source.get('id')} does not say whence its states are known"
    effective, ends = source.get("effective"), source.get("ends")
    for name, day in (("effective", effective), ("ends", ends)):
        if day not in (None, words.UNKNOWN_DAY) and not isinstance(day, date):
            yield source.lines[name], f"'{name}' of {source.get('id')} is no date: {day}"
    if isinstance(effective, date) and isinstance(ends, date) and ends < effective:
        yield source.line, f"{source.get('id')} ends on {ends}, before it begins on {effective}"


def _definitions(definitions: Lined) -> Iterator[tuple[int, str]]:
    for name, definition in definitions.items():
        if name != "regions":
            yield from _keys(definition, f"definition '{name}'", words.DEFINITION, words.KINDS)


def _criterion(
    key: str, criterion: Any, line: int, services: Sequence[str], sources: Sequence[str], asking: Asking
) -> Iterator[tuple[int, str]]:
    if not isinstance(criterion, Lined):
        yield line, f"'{key}' is no criterion"
        return
    yield from _keys(criterion, f"'{key}'", words.CRITERION["required"], words.CRITERION["optional"], line)
    yield from _cites(key, criterion.get("cites"), line)
    yield from _among(criterion, "strength", words.STRENGTHS)
    yield from _among(criterion, "otherwise", words.OTHERWISE)
    yield from _among(criterion, "services", services)
    yield from _among(criterion, "sources", sources)
    for name in words.QUESTIONS:
        if name in criterion:
            yield from asking.question(criterion[name], criterion.lines[name])
    yield from _examples(key, criterion.get("examples") or [], line)


def _not_decided(items: Sequence[Any], sources: Sequence[str]) -> Iterator[tuple[int, str]]:
    """What a chart cannot decide says which paragraph it is, why, and how it was read."""
    for item in items:
        required, optional = words.NOT_DECIDED["required"], words.NOT_DECIDED["optional"]
        yield from _keys(item, "a paragraph under 'not_decided'", required, optional)
        if isinstance(item, Lined):
            yield from _among(item, "seen", GRADES)
            yield from _among(item, "sources", sources)


def _cites(key: str, cites: Any, line: int) -> Iterator[tuple[int, str]]:
    if isinstance(cites, Lined):
        yield from _keys(cites, f"the citation of '{key}'", words.CITES, ())
        yield from _among(cites, "seen", GRADES)
    elif cites is not None:
        yield line, f"'cites' of '{key}' holds section, says and seen"


def _examples(key: str, examples: Sequence[Any], line: int) -> Iterator[tuple[int, str]]:
    statuses: list[str] = []
    for example in examples:
        if not isinstance(example, Lined):
            yield line, f"an example of '{key}' is no mapping"
            continue
        yield from _keys(example, f"an example of '{key}'", ("status",), words.EXAMPLE)
        yield from _among(example, "status", words.STATUSES)
        status: Any = example.get("status")
        statuses.extend(status if isinstance(status, list) else [status])
    if examples and not {"met", "exempt"} & set(statuses):
        yield line, f"'{key}' has no example that is met"
    if examples and set(statuses) <= {"met", "exempt"}:
        yield line, f"'{key}' has no example that is not met"
    if examples and not any(isinstance(example, dict) and example.get("near_miss") for example in examples):
        yield line, f"'{key}' has no near miss among its examples"


def _keys(
    data: Any, what: str, required: Iterable[str], optional: Iterable[str], line: int | None = None
) -> Iterator[tuple[int, str]]:
    """Keys that are missing, and keys that are not known."""
    if not isinstance(data, Lined):
        yield line or 1, f"{what} is no mapping"
        return
    known = [*required, *optional]
    for name in data:
        if name not in known:
            yield data.lines[name], f"{what} does not know '{name}'{meant(name, known)}"
    for name in required:
        if data.get(name) in (None, "", [], {}):
            yield line or data.line, f"{what} has no '{name}'"


def _among(data: Lined, name: str, known: Sequence[str]) -> Iterator[tuple[int, str]]:
    stated = data.get(name)
    for value in stated if isinstance(stated, list) else [stated]:
        if value is not None and value not in known:
            yield data.lines[name], f"'{name}' does not know '{value}'{meant(str(value), known)}"


def meant(name: str, known: Iterable[str]) -> str:
    """The known word that an unknown one may stand for."""
    near = difflib.get_close_matches(name, list(known), n=1)
    return f"; did you mean '{near[0]}'?" if near else ""
