"""A FHIR bulk export (NDJSON, a file for each kind of resource) in, a file for each patient out."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import IO, Any

from mednec.errors import BatchError

BUCKETS = 64  # files among which the patients are divided first, so that one bucket fits into memory
SHARED = ("Practitioner", "PractitionerRole", "Organization", "Medication", "Binary", "Location")
Resource = Mapping[str, Any]


def is_export(folder: Path) -> bool:
    """Whether a folder is a bulk export: NDJSON files that lie directly in it."""
    return folder.is_dir() and any(folder.glob("*.ndjson"))


def by_patient(export: Path, out: Path) -> Path:
    """Write what the export says of each patient to `out`/<patient's id>.ndjson; the folder `out`.

    Resources that several patients share (practitioners, binaries) go to each patient who refers to them. A second call
    with the same folder does nothing.
    """
    done = out / ".complete"
    if done.exists():
        return out
    out.mkdir(parents=True, exist_ok=True)
    referring = _divided(export, out)
    _share(export, out, referring)
    for bucket in sorted(out.glob(".bucket-*")):
        _write_patients(bucket, out)
    done.touch()
    return out


def _resources(export: Path) -> Iterator[tuple[Resource, str]]:
    for path in sorted(export.glob("*.ndjson")):
        with path.open(encoding="utf-8-sig") as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _resource(line, path, number), line.rstrip("\r\n")


def _resource(line: str, path: Path, number: int) -> Resource:
    try:
        resource = json.loads(line)
    except ValueError:
        resource = None
    if not isinstance(resource, dict) or "resourceType" not in resource:
        raise BatchError(f"{path}:{number} holds no FHIR resource; export it again")
    return resource


def _divided(export: Path, out: Path) -> dict[str, set[str]]:
    """Put each patient's own resources into a bucket; which patients refer to which shared resource."""
    referring: dict[str, set[str]] = defaultdict(set)
    with _Buckets(out) as buckets:
        for resource, line in _resources(export):
            if patient := patient_of(resource):
                buckets.add(patient, line)
                for reference in _references(resource):
                    referring[reference].add(patient)
    return referring


def _share(export: Path, out: Path, referring: Mapping[str, set[str]]) -> None:
    with _Buckets(out) as buckets:
        for resource, line in _resources(export):
            if resource["resourceType"] in SHARED:
                for patient in sorted(referring.get(f"{resource['resourceType']}/{resource.get('id')}", ())):
                    buckets.add(patient, line)


def patient_of(resource: Resource) -> str | None:
    """The id of the patient of whom a resource tells."""
    if resource["resourceType"] == "Patient":
        return str(resource.get("id"))
    for name in ("subject", "patient", "for", "beneficiary"):
        reference = resource.get(name)
        if isinstance(reference, dict) and "Patient/" in str(reference.get("reference")):
            return str(reference["reference"]).rpartition("Patient/")[2].partition("/")[0]
    return None


def _references(value: Any) -> Iterator[str]:
    """Every reference to a shared resource within a value, as 'Kind/id'."""
    if isinstance(value, dict):
        for name, item in value.items():
            if name in ("reference", "url") and isinstance(item, str):
                kind, _, identity = item.rpartition("/")
                if (kind := kind.rpartition("/")[2]) in SHARED:
                    yield f"{kind}/{identity}"
            else:
                yield from _references(item)
    elif isinstance(value, list):
        for item in value:
            yield from _references(item)


class _Buckets:
    """Files to which lines are appended, each with its patient in front."""

    def __init__(self, out: Path) -> None:
        self._files: dict[int, IO[str]] = {}
        self._out = out

    def add(self, patient: str, line: str) -> None:
        number = int.from_bytes(sha256(patient.encode()).digest()[:2]) % BUCKETS
        if number not in self._files:
            self._files[number] = (self._out / f".bucket-{number:02}").open("a", encoding="utf-8")
        self._files[number].write(f"{json.dumps(patient)}\t{line}\n")

    def __enter__(self) -> _Buckets:
        return self

    def __exit__(self, *_: object) -> None:
        for file in self._files.values():
            file.close()


def _write_patients(bucket: Path, out: Path) -> None:
    patients: dict[str, list[str]] = defaultdict(list)
    with bucket.open(encoding="utf-8") as lines:
        for line in lines:
            patient, _, resource = line.partition("\t")
            patients[json.loads(patient)].append(resource)
    for patient, resources in patients.items():
        if not patient or "/" in patient or patient.startswith("."):
            continue
        (out / f"{patient}.ndjson").write_text("".join(_once(resources)), encoding="utf-8")
    bucket.unlink()


def _once(resources: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(resources))
