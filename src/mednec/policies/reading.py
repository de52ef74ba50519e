"""A policy file in, its revision as it applies through each of its sources out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mednec.errors import PolicyError
from mednec.model import Citation, Criterion, Policy, PolicySource
from mednec.policies.words import REST
from mednec.vocabulary import GRADES

_EXAMPLES = re.compile(r"^( +)examples:[^\n]*\n(?:\1(?: +|- )[^\n]*\n|[ \t]*\n)*", re.MULTILINE)
_HEAD_ENDS = re.compile(r"^(?:definitions|criteria):", re.MULTILINE)


@cache
def text_of(path: Path) -> str:
    """The text of a policy file.

    Raises PolicyError where it cannot be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise PolicyError(f"{path}: the policy cannot be read ({error})") from error


@cache
def head(path: Path) -> Mapping[str, Any]:
    """What stands before the criteria of a policy file: its id, payer, sources and services."""
    text = text_of(path)
    end = _HEAD_ENDS.search(text)
    return _parsed(text[: end.start() if end else len(text)], path)


@cache
def body(path: Path) -> Mapping[str, Any]:
    """The whole policy file without its examples, which only its tests need."""
    return _parsed(_EXAMPLES.sub("", text_of(path)), path)


@cache
def policies_of(path: Path) -> tuple[Policy, ...]:
    """The policy of a file, once for each of its sources."""
    data = body(path)
    try:
        pairs = zip(sources_of(data), data["sources"], strict=True)
        return tuple(_policy(data, source, written, path) for source, written in pairs)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise PolicyError(f"{path}: the file breaks the format ({error}); `mednec check` tells where") from error


def sources_of(data: Mapping[str, Any]) -> tuple[PolicySource, ...]:
    """The published documents that carry the text of a file."""
    return tuple(
        PolicySource(
            id=str(source["id"]),
            publisher=source.get("publisher", ""),
            version=str(source.get("version", "")),
            states=tuple(source.get("states") or ()),
            effective=_day(source.get("effective")),
            ends=_day(source.get("ends")),
            url=source.get("url", ""),
            aliases=tuple(str(alias) for alias in source.get("aliases") or ()),
            by_name=bool(source.get("by_name")),
            read=_read(source),
        )
        for source in data["sources"]
    )


def _read(source: Mapping[str, Any]) -> str:
    """How the text of a document was read, in sentences."""
    states = {
        "background": "Which states it serves is general knowledge, not read in a source.",
        "second-hand": "Which states it serves was told by a third party.",
    }
    return " ".join(part for part in (source.get("read", ""), states.get(source.get("states_seen", ""))) if part)


def grade_of(source: Mapping[str, Any], section: str) -> str:
    """How a section was read in one document: the grade of the longest key that it begins with, else of the rest."""
    grades = source.get("seen", GRADES[0])
    if isinstance(grades, str):
        return grades
    near = max((key for key in grades if section.startswith(key)), key=len, default=REST)
    return str(grades.get(near, GRADES[-1]))


def _weaker(one: str, other: str) -> str:
    return max(one, other, key=GRADES.index)


def _status(value: Any) -> str:
    """A status in words: draft, retired, or by whom and when the file was reviewed."""
    if isinstance(value, dict):
        return f"reviewed by {value['reviewed']['by']} on {value['reviewed']['dated']}"
    return str(value)


def _day(value: Any) -> date | None:
    return value if isinstance(value, date) else None


def _policy(data: Mapping[str, Any], source: PolicySource, written: Mapping[str, Any], path: Path) -> Policy:
    services = {key: tuple(str(code) for code in codes or ()) for key, codes in data["services"].items()}
    criteria = tuple(c for c in _criteria(data["criteria"], written) if not c.sources or source.id in c.sources)
    if data.get("partial"):
        criteria = (*criteria, _unread_part(data["partial"]))
    left = (item for item in data.get("not_decided") or () if source.id in item.get("sources", (source.id,)))
    return Policy(
        id=data["policy"],
        title=data["title"],
        source=source,
        payer=data["payer"],
        services=services,
        criteria=criteria,
        definitions=data.get("definitions") or {},
        not_covered=data.get("not_covered") or {},
        not_decided=tuple(left),
        steps=data.get("steps") or {},
        status=_status(data.get("status", "draft")),
        path=str(path),
    )


def _unread_part(what: str) -> Criterion:
    """The criterion that stays open because a part of the text was not read: nobody can say that it is met."""
    return Criterion(
        key="policy.unread_part",
        asks="Is what the unread part of the policy asks for documented?",
        cites=Citation(section="Unread part", says=f"Not read: {what}.", seen=GRADES[-1]),
        needs={"unread": f"what the unread part of the policy asks for ({what})"},
        gap=f"What does the payer's own text say of {what}?",
    )


def _criteria(data: Mapping[str, Any], source: Mapping[str, Any]) -> Iterator[Criterion]:
    """The criteria in order, graded as they were read in the source; a key may hold several wordings."""
    for key, wordings in data.items():
        for wording in wordings if isinstance(wordings, list) else [wordings]:
            cites = wording["cites"]
            section = str(cites["section"])
            seen = _weaker(cites["seen"], grade_of(source, section))
            yield Criterion(
                key=key,
                asks=wording["asks"],
                cites=Citation(section=section, says=cites["says"], seen=seen),
                needs=wording["needs"],
                gap=wording["gap"],
                against=wording.get("against"),
                unless=wording.get("unless"),
                excludes=wording.get("excludes"),
                applies=wording.get("applies"),
                otherwise=wording.get("otherwise", "insufficient"),
                strength=wording.get("strength", "required"),
                services=tuple(wording.get("services") or ()),
                sources=tuple(wording.get("sources") or ()),
            )


def _parsed(text: str, path: Path) -> Mapping[str, Any]:
    try:
        data = yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"{path}:{mark.line + 1}" if mark else str(path)
        raise PolicyError(f"{where}: this is no YAML ({getattr(error, 'problem', None) or error})") from error
    if not isinstance(data, dict):
        raise PolicyError(f"{path}: a policy file is a mapping that begins with 'policy:'")
    return data
