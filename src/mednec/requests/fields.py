"""A request.yaml in, its fields as text out, each with the place that it was written in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import NoReturn

import yaml

from mednec.errors import RequestError

FIELDS = ("service", "procedure", "date", "side", "levels", "diagnoses", "policy", "payer", "state", "patient")
LISTS = ("procedure", "levels", "diagnoses")
OF_PATIENT = ("name", "birth_date")
EMPTY = ("", "~", "null", "Null", "NULL")
LARGEST = 1_000_000  # bytes; a request has a few hundred


@dataclass(frozen=True, slots=True)
class Fields:
    """The fields of a request as they were written: single texts and lists of texts, and where each stands."""

    texts: Mapping[str, str] = field(default_factory=dict)
    lists: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    places: Mapping[str, str] = field(default_factory=dict)

    def refuse(self, name: str, sentence: str) -> NoReturn:
        """Raise the RequestError that says what is wrong with a field, and where it stands."""
        raise RequestError(f"{self.places.get(name, name)}: {sentence}")

    def over(self, other: Fields) -> Fields:
        """These fields, and those of `other` that are not among them."""
        return Fields({**other.texts, **self.texts}, {**other.lists, **self.lists}, {**other.places, **self.places})


def from_options(texts: Mapping[str, str | None], lists: Mapping[str, Iterable[str]]) -> Fields:
    """The fields that were given on the command line; what was not given is left out."""
    given = {name: value for name, value in texts.items() if value is not None}
    several = {name: tuple(_pieces(values)) for name, values in lists.items()}
    several = {name: values for name, values in several.items() if values}
    options = {name: f"--{name.replace('diagnoses', 'diagnosis').replace('_', '-')}" for name in (*given, *several)}
    options |= {name: f"--patient-{name}" for name in given if name == "name"}
    return Fields(given, several, options)


def read_fields(path: Path) -> Fields:
    """The fields of a request file.

    Raises RequestError where the file cannot be read, is not YAML, or has a key that a request does not have.
    """
    return fields_of(_text(path), str(path))


def fields_of(text: str, source: str) -> Fields:
    """The fields of a request that is given as text; `source` names it in refusals. Raises as `read_fields` does."""
    root = _compose(text, source)
    if not isinstance(root, yaml.MappingNode):
        raise RequestError(f"{source}: a request is a list of `name: value` lines, such as `service: esi.init`")
    texts: dict[str, str] = {}
    lists: dict[str, tuple[str, ...]] = {}
    places: dict[str, str] = {}
    for name, value, place in _entries(root, source, FIELDS, "a request"):
        places[name] = place
        if name == "patient":
            _read_patient(value, source, texts, places)
        elif name in LISTS:
            lists[name] = _texts(value, place)
        else:
            _put(texts, name, value, place)
    return Fields(texts, {name: values for name, values in lists.items() if values}, places)


def _compose(text: str, source: str) -> yaml.Node | None:
    try:
        return yaml.compose(text, Loader=yaml.SafeLoader)
    except yaml.MarkedYAMLError as error:
        line = f":{error.problem_mark.line + 1}" if error.problem_mark else ""
        problem = f"this is not valid YAML ({error.problem})"
        raise RequestError(f"{source}{line}: {problem}; see docs/reference/audit.md for an example") from None
    except yaml.YAMLError:
        raise RequestError(f"{source}: this is not valid YAML; see docs/reference/audit.md for an example") from None


def _text(path: Path) -> str:
    if not path.exists():
        raise RequestError(f"{path}: there is no such request file; check the path given with --request")
    if not path.is_file():
        raise RequestError(f"{path}: this is not a file; --request takes a file such as request.yaml")
    if path.stat().st_size > LARGEST:
        raise RequestError(f"{path}: this file is too large for a request; is it a document of the chart?")
    try:
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        raise RequestError(f"{path}: this file cannot be read as text; a request is a UTF-8 YAML file") from None


def _entries(
    node: yaml.MappingNode, source: str, known: tuple[str, ...], whole: str
) -> Iterator[tuple[str, yaml.Node, str]]:
    seen: set[str] = set()
    for key, value in node.value:
        name = str(key.value)
        place = f"{source}:{key.start_mark.line + 1}: {name}"
        if name not in known:
            raise RequestError(
                f"{source}:{key.start_mark.line + 1}: {whole} has no '{name}'; {suggestion(name, known)}"
            )
        if name in seen:
            raise RequestError(f"{place}: this key stands twice; keep one of the two")
        seen.add(name)
        yield name, value, place


def _read_patient(node: yaml.Node, source: str, texts: dict[str, str], places: dict[str, str]) -> None:
    if not isinstance(node, yaml.MappingNode):
        raise RequestError(f'{places["patient"]}: write it as {{name: "...", birth_date: 1961-04-02}}')
    for name, value, place in _entries(node, source, OF_PATIENT, "a patient"):
        places[name] = place
        _put(texts, name, value, place)


def _put(texts: dict[str, str], name: str, node: yaml.Node, place: str) -> None:
    if not isinstance(node, yaml.ScalarNode):
        raise RequestError(f"{place}: one value is wanted here, not a list")
    if node.style is not None or node.value not in EMPTY:
        texts[name] = node.value.strip()


def _texts(node: yaml.Node, place: str) -> tuple[str, ...]:
    nodes = node.value if isinstance(node, yaml.SequenceNode) else [node]
    scalars = [item for item in nodes if isinstance(item, yaml.ScalarNode)]
    if len(scalars) < len(nodes):
        raise RequestError(f'{place}: a list of values is wanted here, such as ["L4-5", "L5-S1"]')
    return tuple(_pieces(item.value for item in scalars if item.style is not None or item.value not in EMPTY))


def _pieces(values: Iterable[str]) -> Iterator[str]:
    """Values of a list; several may stand in one, with commas between them."""
    return (piece.strip() for value in values for piece in value.split(",") if piece.strip())


def suggestion(word: str, known: Iterable[str]) -> str:
    """'did you mean ...?' where a known word is near, else the list of them."""
    words = sorted(known)
    near = get_close_matches(word.lower(), words, n=1, cutoff=0.6)
    return f"did you mean '{near[0]}'?" if near else f"there are: {', '.join(words)}"
