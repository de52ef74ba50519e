"""An audit with the fingerprints of all that it was made from in, a seal out; and what differs between two seals."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import mednec
from mednec import fingerprints
from mednec.errors import SealError
from mednec.model import Audit, Person, Policy, ServiceRequest
from mednec.reports.json import as_data, policy_as_reference, request_as_data

FORM = 1
PARTS = ("seal", "program", "policy", "lexicons", "request", "chart", "audit", "sha256")
TELLING = ("status", "determination", "required", "reason", "kind", "version", "id", "date", "signature", "type")
NAMING = ("key", "document_id", "concept", "kind")


def sealed(audit: Audit, request: ServiceRequest, chart: Mapping[str, str]) -> bytes:
    """The seal of an audit; `request` is the one that was asked, `chart` the fingerprints of the files by name."""
    parts = {
        "seal": FORM,
        **program_now(audit.policy),
        "request": request_as_data(request),
        "chart": dict(chart),
        "audit": as_data(audit),
    }
    return _written({**parts, "sha256": fingerprints.of_bytes(_canonical(parts))})


def program_now(policy: Policy) -> dict[str, Any]:
    """What a seal says of the program, the policy and the lexicons, as they are now."""
    return {
        "program": {
            "name": "mednec",
            "version": mednec.__version__,
            "code": fingerprints.code(),
            "libraries": dict(fingerprints.libraries()),
        },
        "policy": {**policy_as_reference(policy), "sha256": policy_fingerprint(policy)},
        "lexicons": dict(fingerprints.lexicons()),
    }


def read_seal(path: Path) -> dict[str, Any]:
    """The seal in a file.

    Raises SealError where there is none, where it is no seal, or where a byte of it was changed.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise SealError(f"{path}: the seal cannot be opened ({error.strerror}); check the path") from None
    try:
        parts = json.loads(data)
    except ValueError:
        raise SealError(f"{path}: this is no seal, or it was damaged on its way; get it once more") from None
    if not isinstance(parts, dict) or tuple(parts) != PARTS or parts["seal"] != FORM or not _is_whole(parts):
        raise SealError(f"{path}: this is no seal of this form; `mednec audit --seal FILE` writes one")
    return parts


def _is_whole(parts: Mapping[str, Any]) -> bool:
    """Whether the parts that are compared have the shape of a seal."""
    known = {"program": ("version", "code", "libraries"), "policy": ("text", "id", "version")}
    tables = all(isinstance(parts[name], dict) for name in (*known, "lexicons", "request", "chart", "audit"))
    return tables and all(name in parts[part] for part, names in known.items() for name in names)


def is_intact(path: Path, parts: Mapping[str, Any]) -> bool:
    """Whether a seal is, byte by byte, as it was written."""
    rest = {name: value for name, value in parts.items() if name != "sha256"}
    whole = fingerprints.of_bytes(_canonical(rest)) == parts["sha256"]
    return whole and path.read_bytes() == _written(parts)


def request_of(parts: Mapping[str, Any]) -> ServiceRequest:
    """The request that was sealed. Raises SealError where it is incomplete."""
    data = parts["request"]
    try:
        born = data.get("patient", {}).get("birth_date")
        return ServiceRequest(
            service=data["service"],
            dated=date.fromisoformat(data["date"]),
            patient=Person(data.get("patient", {}).get("name"), date.fromisoformat(born) if born else None),
            procedure=tuple(data.get("procedure", ())),
            levels=tuple(data.get("levels", ())),
            diagnoses=tuple(data.get("diagnoses", ())),
            **{name: data.get(name) for name in ("side", "region", "policy", "payer", "state")},
        )
    except (KeyError, TypeError, ValueError, AttributeError):
        raise SealError("the seal holds no whole request, so its audit cannot be repeated; get it once more") from None


def policy_of(parts: Mapping[str, Any], policies: Sequence[Policy]) -> Policy | None:
    """The policy that was sealed, among those at hand: same text, same source, same version."""
    wanted = (parts["policy"]["text"], parts["policy"]["id"], parts["policy"]["version"])
    return next((p for p in policies if (p.id, p.source.id, p.source.version) == wanted), None)


def policy_fingerprint(policy: Policy) -> str:
    """The fingerprint of the file that a policy was read from."""
    return fingerprints.of_file(Path(policy.path)) if policy.path else ""


def differences(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    """What differs between a seal and one made anew, in sentences without any text of the chart."""
    yield from _program(then["program"], now["program"])
    if then["policy"] != now["policy"]:
        yield f"policy: the text of {then['policy']['id']} is not the one that was sealed"
    yield from _files("lexicon", then["lexicons"], now["lexicons"])
    if then["request"] != now["request"]:
        yield "request: it is not the one that was sealed"
    if _is_another(then["chart"], now["chart"]):
        several = f"{len(then['chart'])} sealed files" if len(then["chart"]) > 1 else "1 sealed file"
        yield f"chart: it is another chart: none of {several} is in it, by name or by content"
        return
    yield from _files("chart", then["chart"], now["chart"])
    told = list(_within("audit", then["audit"], now["audit"]))
    yield from told
    if told and then["program"]["libraries"] != now["program"]["libraries"]:
        yield from _values("library", then["program"]["libraries"], now["program"]["libraries"])


def _is_another(then: Mapping[str, str], now: Mapping[str, str]) -> bool:
    """Whether two charts share no file, neither by name nor by content: then nothing else is worth comparing."""
    return bool(then) and then.keys().isdisjoint(now) and set(then.values()).isdisjoint(now.values())


def _program(then: Mapping[str, Any], now: Mapping[str, Any]) -> Iterator[str]:
    if then["version"] != now["version"]:
        yield f"program: version {then['version']} then, {now['version']} now"
    elif then["code"] != now["code"]:
        yield f"program: version {now['version']}, but its code is not the one that was sealed"


def _files(what: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*then, *now}):
        if name not in now:
            yield f"{what}: {name} was sealed and is missing"
        elif name not in then:
            yield f"{what}: {name} was not there when it was sealed"
        elif then[name] != now[name]:
            yield f"{what}: {name} is not the file that was sealed"


def _values(what: str, then: Mapping[str, str], now: Mapping[str, str]) -> Iterator[str]:
    for name in sorted({*then, *now}):
        if then.get(name) != now.get(name):
            yield f"{what}: {name} {then.get(name, 'not installed')} then, {now.get(name, 'not installed')} now"


def _within(place: str, then: Any, now: Any) -> Iterator[str]:
    """The places of an audit that differ; values are told only where they are words of ours."""
    if type(then) is not type(now):
        yield f"{place}: differs"
    elif isinstance(then, dict):
        for name in dict.fromkeys([*then, *now]):
            yield from _within(f"{place}.{name}", then.get(name), now.get(name))
    elif isinstance(then, list):
        yield from _in_list(place, then, now)
    elif then != now:
        told = place.rpartition(".")[2] in TELLING and place.rpartition(".")[2] != "reason"
        yield f"{place}: {then} then, {now} now" if told else f"{place}: differs"


def _in_list(place: str, then: list[Any], now: list[Any]) -> Iterator[str]:
    if len(then) != len(now):
        yield f"{place}: {len(then)} then, {len(now)} now"
        return
    for number, (one, other) in enumerate(zip(then, now, strict=True)):
        name = next((one[key] for key in NAMING if isinstance(one, dict) and key in one), number)
        yield from _within(f"{place}[{name}]", one, other)


def _canonical(parts: Mapping[str, Any]) -> bytes:
    return json.dumps(parts, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "backslashreplace")


def _written(parts: Mapping[str, Any]) -> bytes:
    return (json.dumps(parts, ensure_ascii=False, indent=1) + "\n").encode("utf-8", "backslashreplace")
