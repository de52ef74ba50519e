"""A chart in, its files as they lie out, and pictures of their pages: what a report or a packet shows."""

from __future__ import annotations

import io
import warnings
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.util import find_spec
from pathlib import Path
from types import ModuleType
from typing import Any

from mednec import fingerprints
from mednec.documents import DEEPEST, LARGEST, archive, ccda, fhir, files_of, hl7v2, image, mail, names, pdf, reader_for
from mednec.documents.entry import Attachment
from mednec.errors import MednecError
from mednec.originals import Original, PageImage

HOLDING_FILES: tuple[ModuleType, ...] = (archive, mail, fhir, ccda, hl7v2)
FORMS: Mapping[ModuleType, str] = {pdf: "pdf", image: "image"}
ACROSS = 1000  # pixels of a page's width: small print can be read, a hundred pages can be mailed
QUALITY = 45  # of WebP; text stays sharp


def originals(chart: Path) -> Iterator[Original]:
    """The files of a chart in its order, those within zips, e-mails and bundles too; one at a time in memory.

    Raises UnreadableDocument where there is nothing at `chart`.
    """
    for name, file in names(files_of(chart), chart):
        if file.stat().st_size <= LARGEST:
            yield from leaves(Attachment(name, file.read_bytes()))


def chart_fingerprints(chart: Path) -> dict[str, str]:
    """The SHA-256 of every file of a chart, by its id."""
    return {name: fingerprints.of_file(file) for name, file in names(files_of(chart), chart)}


def leaves(file: Attachment, depth: int = 0) -> Iterator[Original]:
    """A file, and the files that it holds; what cannot be opened is left out (the audit lists it as unreadable)."""
    try:
        reader = reader_for(file.data, file.name, file.media)
        held = reader.read(file.data, file.name) if reader in HOLDING_FILES and depth < DEEPEST else []
    except Exception:  # a damaged file makes libraries fail in any way; reading the chart has said so
        return
    if reader is not archive:
        yield Original(file.name, FORMS.get(reader, "other"), file.data)
    for entry in held:
        if isinstance(entry, Attachment):
            yield from leaves(entry, depth + 1)


def page_images(chart: Path, wanted: Mapping[str, frozenset[int]]) -> dict[tuple[str, int], PageImage]:
    """Pictures of the wanted pages (numbers by the name of their file), as far as they are laid out and can be drawn.

    Files that share a name are left out: which of them a document was read from is not known.
    """
    return page_images_in(originals(chart), wanted) if wanted else {}


def page_images_of(
    files: Iterable[tuple[str, bytes]], wanted: Mapping[str, frozenset[int]]
) -> dict[tuple[str, int], PageImage]:
    """The same for files given by name and content."""
    return page_images_in((one for name, data in files for one in leaves(Attachment(name, data))), wanted)


def page_images_in(files: Iterable[Original], wanted: Mapping[str, frozenset[int]]) -> dict[tuple[str, int], PageImage]:
    """The same for the files as they lie."""
    if not wanted or not drawable():
        return {}
    found: dict[tuple[str, int], PageImage] = {}
    times: Counter[str] = Counter()
    for original in files:
        times[original.name] += 1
        for number in sorted(wanted.get(original.name, ())):
            if picture := drawn(original, number):
                found[original.name, number] = picture
    return {place: picture for place, picture in found.items() if times[place[0]] == 1}


@cache
def drawable() -> bool:
    """Whether the means to make picture files are installed."""
    return find_spec("PIL") is not None


def drawn(original: Original, number: int) -> PageImage | None:
    """One page as a picture; None where the file has no pages of its own or the page is damaged."""
    makers = {"pdf": _of_pdf, "image": _of_image}
    if original.form not in makers:
        return None
    try:
        sheet = makers[original.form](original, number)
    except (MednecError, OSError, ValueError, SyntaxError, RuntimeError, IndexError, EOFError):
        return None
    out = io.BytesIO()
    sheet.save(out, "WEBP", quality=QUALITY, method=4)
    return PageImage("image/webp", out.getvalue())


def _of_pdf(original: Original, number: int) -> Any:
    with pdf.opened(original.data, original.name) as file:
        sheet = file[number - 1]
        return sheet.render(scale=ACROSS / sheet.get_size()[0], grayscale=True).to_pil()


def _of_image(original: Original, number: int) -> Any:
    from PIL import Image

    with warnings.catch_warnings(action="ignore"), Image.open(io.BytesIO(original.data)) as file:
        file.seek(number - 1)
        dots, (wide, high) = image.measured(file)
        page = image.squared(file, dots)
        return page.resize((ACROSS, round(ACROSS * high / wide)), Image.Resampling.LANCZOS)
