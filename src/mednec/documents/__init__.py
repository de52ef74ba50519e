"""A chart in (file, folder or zip), documents out, with what could not be read and why."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from types import ModuleType

from mednec.documents import archive, ccda, docx, fhir, fhir_beside, foreign, hl7v2, html, image, mail, pdf, rtf, text
from mednec.documents.classify import described
from mednec.documents.entry import Attachment, Entry, unreadable
from mednec.documents.split import inheriting, parts
from mednec.errors import MednecError, UnreadableDocument, UnsupportedFormat
from mednec.model import Document, Exclusion, Warning

READERS: tuple[ModuleType, ...] = (pdf, docx, archive, image, rtf, html, ccda, fhir, hl7v2, mail, text)
MEDIA = (("html", html), ("rtf", rtf), ("pdf", pdf), ("image/", image))  # by part of the name of a kind of file
LARGEST = 512 * 1024 * 1024
DEEPEST = 5  # files within files
NOT_OF_THE_CHART = frozenset({"thumbs.db", "desktop.ini", "request.yaml", "request.yml", "__macosx"})


@dataclass(frozen=True, slots=True)
class Chart:
    """All documents of one patient that are at hand, the files that could not be read, and what others leave out."""

    documents: tuple[Document, ...]
    unreadable: tuple[Exclusion, ...] = ()
    warnings: tuple[Warning, ...] = ()


def read_chart(path: Path) -> Chart:
    """The documents of a file, folder or zip, in an order that depends on their names alone.

    Raises UnreadableDocument where there is nothing at `path`, or nothing there can be read.
    """
    files = files_of(path)
    with fhir_beside.beside(file.read_bytes() for file in files if file.suffix.lower() == fhir_beside.SUFFIX):
        return charted([entry for name, file in names(files, path) for entry in read_file(file, name)], str(path))


def read_files(files: Iterable[tuple[str, bytes]], told: Callable[[int, int], None] = lambda _done, _of: None) -> Chart:
    """The documents of files given by name and content, in the order of their names.

    `told` hears after every file how many are read, and of how many.
    Raises UnreadableDocument where nothing in them can be read.
    """
    given = sorted(files)
    entries: list[Entry] = []
    with fhir_beside.beside(data for name, data in given if name.lower().endswith(fhir_beside.SUFFIX)):
        for number, (name, data) in enumerate(given, 1):
            entries += opened(Attachment(name, data))
            told(number, len(given))
    return charted(entries, "the files")


def charted(entries: list[Entry], source: str) -> Chart:
    """What was read of a chart; UnreadableDocument where that is nothing."""
    documents = tuple(entry for entry in entries if isinstance(entry, Document))
    refused = tuple(entry for entry in entries if isinstance(entry, Exclusion))
    if not documents:
        reasons = " ".join(dict.fromkeys(entry.explanation for entry in refused))
        raise UnreadableDocument(f"nothing in {source} can be read: {reasons}")
    left_out = dict.fromkeys(entry for entry in entries if isinstance(entry, Warning))
    return Chart(unique(documents), refused, tuple(left_out))


def files_of(path: Path) -> list[Path]:
    """The files of a chart, sorted; hidden ones and those that systems leave behind are not part of it."""
    if not path.exists():
        raise UnreadableDocument(f"there is no file or folder {path}; check the path and its spelling.")
    if path.is_file():
        return [path]
    files = sorted(file for file in path.rglob("*") if file.is_file() and belongs(file.relative_to(path).parts))
    if not files:
        raise UnreadableDocument(
            f"the folder {path} holds no files, so there is no chart to judge; put the patient's documents into it."
        )
    return files


def belongs(parts: tuple[str, ...]) -> bool:
    """Whether a file of a folder or archive is part of the chart, by its path."""
    return not any(part.startswith((".", "~$")) or part.lower() in NOT_OF_THE_CHART for part in parts)


def names(files: list[Path], path: Path) -> Iterator[tuple[str, Path]]:
    """The id of each file: its name, or its path in the chart where two files share a name."""
    shared = Counter(file.name for file in files)
    for file in files:
        yield (file.name if shared[file.name] == 1 else file.relative_to(path).as_posix()), file


def read_file(file: Path, name: str) -> list[Entry]:
    """What one file of the chart holds: documents, or the reason why it cannot be read."""
    try:
        if file.stat().st_size > LARGEST:
            return [unreadable(name, f"{name} is larger than {LARGEST // 2**20} MB; split it.")]
        data = file.read_bytes()
    except OSError as error:
        return [unreadable(name, f"{name} cannot be opened ({error.strerror}); check who may read it.")]
    return list(opened(Attachment(name, data)))


@dataclass(slots=True)
class Budget:
    """How many bytes the files within one file may still have, all together."""

    left: int


def opened(file: Attachment, depth: int = 0, budget: Budget | None = None) -> Iterator[Document | Exclusion | Warning]:
    """The documents of a file and of the files within it; what cannot be read is said instead."""
    budget = budget or Budget(LARGEST + len(file.data))
    budget.left -= len(file.data)
    if depth > DEEPEST:
        yield unreadable(file.name, f"{file.name} lies too deep, a file within a file {DEEPEST} times; unpack it.")
        return
    if budget.left < 0:
        size = f"{LARGEST // 2**20} MB"
        yield unreadable(file.name, f"{file.name}: the file that holds it unpacks to more than {size}; split it.")
        return
    try:
        entries = reader_for(file.data, file.name, file.media).read(file.data, file.name)
    except MednecError as error:
        yield unreadable(file.name, str(error))
        return
    except Exception as error:  # a damaged file makes libraries fail in any way, and must not take the chart along
        what = type(error).__name__
        yield unreadable(file.name, f"{file.name} is damaged, reading it failed ({what}); open it and save it again.")
        return
    exported = [e.data for e in entries if isinstance(e, Attachment) and e.name.lower().endswith(fhir_beside.SUFFIX)]
    with fhir_beside.beside(exported):
        yield from unfolded(file, entries, depth, budget)


def unfolded(
    file: Attachment, entries: list[Entry], depth: int, budget: Budget
) -> Iterator[Document | Exclusion | Warning]:
    """The documents that a reader handed back, described, and those of the files that it found."""
    for entry in entries:
        if isinstance(entry, Attachment):
            yield from opened(entry, depth + 1, budget)
        elif isinstance(entry, Document) and not entry.text.strip():
            yield unreadable(entry.id, f"{entry.id} holds no text.")
        elif isinstance(entry, Document):
            yield from inheriting([described(part, file.given) for part in parts(entry)])
        else:
            yield entry


def reader_for(data: bytes, name: str, media: str = "") -> ModuleType:
    """The reader of a file, by its first bytes, else by its suffix, else by what its envelope calls it.

    Raises UnreadableDocument for an empty file, UnsupportedFormat where no reader knows it.
    """
    if not data.strip():
        raise UnreadableDocument(f"{name} is empty; export or scan it again.")
    if what := foreign.known_as(data):
        raise UnsupportedFormat(f"{name} is {what}.")
    suffix = PurePosixPath(name).suffix.lower()
    by_content = (reader for reader in READERS if reader is not text and reader.knows(data))
    by_suffix = (reader for reader in READERS if suffix in reader.SUFFIXES)
    by_media = (reader for part, reader in MEDIA if part in media.lower())
    reader = next(by_content, None) or next(by_media, None) or next(by_suffix, None)
    reader = reader or (text if text.knows(data) else None)
    if reader is None:
        raise UnsupportedFormat(f"{name}: no reader knows this kind of file; there are readers for {readable()}.")
    return reader


def readable() -> str:
    """The suffixes that can be read, for messages."""
    return ", ".join(sorted({suffix for reader in READERS for suffix in reader.SUFFIXES}))


def unique(documents: tuple[Document, ...]) -> tuple[Document, ...]:
    """The documents with every id used once: those that come again are numbered."""
    seen: Counter[str] = Counter()
    kept = []
    for document in documents:
        seen[document.id] += 1
        again = seen[document.id] > 1
        kept.append(replace(document, id=f"{document.id}#{seen[document.id]}") if again else document)
    return tuple(kept)
