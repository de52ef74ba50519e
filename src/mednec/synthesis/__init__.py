"""A seed and a number in, synthetic charts out, each with the outcome that it was made to have.

For load tests, demonstrations and training: no word of them is a real patient's. Every chart depends on the seed and
its own number alone, so that any part of a set can be made again.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from importlib import resources
from pathlib import Path, PurePath
from random import Random
from typing import Any

import yaml
from jinja2 import Environment, StrictUndefined

from mednec.errors import BatchError
from mednec.synthesis.formats import FORMATS

SOUND, FAULTY = ("supported",), ("not_supported", "insufficient_documentation")
SHARE_SOUND = 0.35  # of the charts: about what reviews of these procedures find to be documented
FIRST_DAY, DAYS = date(2026, 5, 1), 210  # the requests' dates of service are spread over these
STYLES = ("%m/%d/%Y", "%b %d, %Y", "%d %B %Y", "%m-%d-%Y")


@dataclass(frozen=True, slots=True)
class Case:
    """One synthetic chart: its documents by file name, its request, and what an auditor should say of it."""

    name: str
    documents: Mapping[str, str]
    request: Mapping[str, Any]
    determinations: tuple[str, ...]  # those that are right
    fault: str | None  # what was left out or contradicted, None for a sound chart
    fails: str | None  # the criterion that this fails


def cases(count: int, seed: int = 1, *, first: date = FIRST_DAY, days: int = DAYS) -> Iterator[Case]:
    """So many charts of this seed, in order; their dates of service are spread over `days` from the `first` one."""
    scripts = _scripts()
    for number in range(count):
        random = Random(f"{seed}/{number}")
        yield _case(scripts[number % len(scripts)], f"{seed}-{number:07}", random, first, days)


def write(case: Case, folder: Path, *, mixed: bool = False) -> None:
    """Write a chart as the folder that `mednec batch` takes: chart/, request.yaml and expected.json.

    Where `mixed`, each document is text, PDF, Word, RTF, HTML or C-CDA, as its seed has it.
    """
    chart = folder / case.name / "chart"
    try:
        chart.mkdir(parents=True, exist_ok=True)
        for name, data in files(case, mixed=mixed):
            (chart / name).write_bytes(data)
        request = yaml.safe_dump(dict(case.request), sort_keys=False, allow_unicode=True)
        (chart.parent / "request.yaml").write_text(request, encoding="utf-8")
        expected = {"determination": list(case.determinations), "fault": case.fault, "fails": case.fails}
        (chart.parent / "expected.json").write_text(json.dumps(expected) + "\n", encoding="utf-8")
    except OSError as error:
        raise BatchError(f"{folder} cannot be written to ({error.strerror}); choose another folder") from None


def files(case: Case, *, mixed: bool = False) -> Iterator[tuple[str, bytes]]:
    """The name and the bytes of every document; where `mixed`, in many formats."""
    random = Random(f"{case.name}/formats")
    for name, text in case.documents.items():
        suffix = random.choice(("txt", *FORMATS)) if mixed else "txt"
        yield f"{PurePath(name).stem}.{suffix}", text.encode() if suffix == "txt" else FORMATS[suffix](text)


def _case(script: Mapping[str, Any], name: str, random: Random, first: date, days: int) -> Case:
    fault = None if random.random() < SHARE_SOUND else random.choice(script["faults"])
    told = {key: random.choice(options) for key, options in script["choices"].items()}
    dated, style = first + timedelta(days=random.randrange(days)), random.choice(STYLES)
    told |= {
        "name": f"{told['given']} {told['family']}",
        "birth": date(1940 + random.randrange(50), 1, 1),
        "dated": dated,
    }
    told["birth"] += timedelta(days=random.randrange(365))
    told |= script.get("derived", {}) | (fault or {}).get("sets", {})
    told["day"] = lambda ago: (dated - timedelta(days=ago)).strftime(style)
    told["file"] = lambda ago: (dated - timedelta(days=ago)).isoformat()
    told["number"] = random.randrange(10_000, 99_999)
    documents = {
        _filled(item["file"], told): _filled(item["text"], told)
        for item in script["documents"]
        if told.get(item.get("only", ""), True) and random.random() < item.get("share", 1)
    }
    request = {**script["request"], "date": dated.isoformat(), "side": told["side"]}
    request["patient"] = {"name": told["name"], "birth_date": told["birth"].isoformat()}
    fails = (fault or {}).get("fails")
    return Case(name, documents, request, FAULTY if fault else SOUND, (fault or {}).get("name"), fails)


def _filled(template: str, told: Mapping[str, Any]) -> str:
    """A template with everything filled in, twice: what is chosen may itself hold something to fill in."""
    once = _environment().from_string(template).render(told)
    return _environment().from_string(once).render(told)


@cache
def _environment() -> Environment:
    return Environment(undefined=StrictUndefined, autoescape=False, trim_blocks=True, keep_trailing_newline=True)


@cache
def _scripts() -> tuple[Mapping[str, Any], ...]:
    folder = resources.files(__package__)
    files = sorted((item for item in folder.iterdir() if item.name.endswith(".yaml")), key=lambda item: item.name)
    return tuple(yaml.safe_load(file.read_text(encoding="utf-8")) for file in files)
