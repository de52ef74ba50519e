"""What is filled in or written onto a page of a PDF (form fields, boxes, typed notes), with its place; and comments."""

from __future__ import annotations

import ctypes
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from mednec.documents.layout import Placed, height, middle

Corners = tuple[float, float, float, float]
TYPED, BOX, COMMENT = "typed", "box", "comment"
LONGEST = 100_000  # bytes of a value


@dataclass(frozen=True, slots=True)
class Mark:
    """A value typed into a field or onto the page, a box with [X] or [ ], or a comment that the page does not show."""

    kind: str
    text: str
    place: Placed
    author: str = ""
    moment: str = ""


def marks(sheet: Any, form: Any, placed: Callable[[Corners, str], Placed]) -> Iterator[Mark]:
    """The marks of a page; `placed` turns corners on the page into a box."""
    import pypdfium2.raw as raw

    for number in range(raw.FPDFPage_GetAnnotCount(sheet)):
        annotation = raw.FPDFPage_GetAnnot(sheet, number)
        if not annotation:
            continue
        corners = raw.FS_RECTF()
        if raw.FPDFAnnot_GetRect(annotation, corners) and not is_hidden(annotation):
            place = placed((corners.left, corners.bottom, corners.right, corners.top), "")
            yield from marked(annotation, form, place)
        raw.FPDFPage_CloseAnnot(annotation)


def is_hidden(annotation: Any) -> bool:
    """Whether an annotation is neither shown nor printed."""
    import pypdfium2.raw as raw

    return bool(raw.FPDFAnnot_GetFlags(annotation) & (raw.FPDF_ANNOT_FLAG_HIDDEN | raw.FPDF_ANNOT_FLAG_NOVIEW))


def marked(annotation: Any, form: Any, place: Placed) -> Iterator[Mark]:
    """What one annotation says."""
    import pypdfium2.raw as raw

    kind = raw.FPDFAnnot_GetSubtype(annotation)
    if kind == raw.FPDF_ANNOT_WIDGET and form:
        field = raw.FPDFAnnot_GetFormFieldType(form, annotation)
        if field in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
            yield Mark(BOX, "[X]" if raw.FPDFAnnot_IsChecked(form, annotation) else "[ ]", place)
        elif field in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
            yield Mark(TYPED, told(raw.FPDFAnnot_GetFormFieldValue, form, annotation), place)
    elif kind in (raw.FPDF_ANNOT_FREETEXT, raw.FPDF_ANNOT_STAMP):
        yield Mark(TYPED, told(raw.FPDFAnnot_GetStringValue, annotation, b"Contents"), place)
    elif kind in (raw.FPDF_ANNOT_TEXT, raw.FPDF_ANNOT_HIGHLIGHT, raw.FPDF_ANNOT_UNDERLINE, raw.FPDF_ANNOT_STRIKEOUT):
        text, author, moment = (
            told(raw.FPDFAnnot_GetStringValue, annotation, key) for key in (b"Contents", b"T", b"M")
        )
        yield Mark(COMMENT, text, place, author, moment)


def told(ask: Callable[..., int], *of: Any) -> str:
    """A string that PDFium hands out in UTF-16."""
    size = min(ask(*of, None, 0), LONGEST)
    if size <= 2:
        return ""
    buffer = ctypes.create_string_buffer(size)
    ask(*of, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), size)
    return buffer.raw[: size - 2].decode("utf-16-le", errors="replace").replace("\r", "\n").strip()


def put_in(lines: list[list[Placed]], found: Sequence[Mark]) -> None:
    """Write the marks into the lines in which they stand, in the words of the page where it shows them."""
    for mark in found:
        if mark.kind == COMMENT:
            continue
        shown = [[word for word in line if covers(mark.place, word)] for line in lines]
        for line in lines:
            line[:] = [word for word in line if not covers(mark.place, word)]
        rows = mark.text.split("\n")
        typed = [words_of(row, sliced(mark.place, number, len(rows))) for number, row in enumerate(rows)]
        is_shown = mark.kind == TYPED and any(shown)
        lines[:] = [line for line in lines if line]
        for words in shown if is_shown else typed:
            insert(lines, words)


def covers(place: Placed, word: Placed) -> bool:
    """Whether the middle of a word lies within a place."""
    across, down = (word.left + word.right) / 2, (word.top + word.bottom) / 2
    return place.left <= across <= place.right and place.top <= down <= place.bottom


def sliced(place: Placed, number: int, count: int) -> Placed:
    """The part of a field in which one of its lines stands."""
    step = (place.bottom - place.top) / count
    return Placed("", place.left, place.top + number * step, place.right, place.top + (number + 1) * step)


def words_of(text: str, place: Placed) -> list[Placed]:
    """The words of a line spread over its place."""
    found: list[Placed] = []
    left = place.left
    width = (place.right - place.left) / max(len(text), 1)
    width = min(width, (place.bottom - place.top) * 0.6)
    for word in text.split():
        right = left + width * len(word)
        found.append(Placed(word, left, place.top, right, place.bottom))
        left = right + width
    return found


def insert(lines: list[list[Placed]], words: list[Placed]) -> None:
    """Put words into the line at whose height they stand, else as a line of their own below those above it."""
    if not words:
        return
    level = middle(words)
    for line in lines:
        if line and abs(middle(line) - level) < 0.6 * min(height(line), max(height(words), 8.0)):
            line.extend(words)
            line.sort(key=lambda word: word.left)
            return
    above = [number for number, line in enumerate(lines) if line and middle(line) < level]
    lines.insert(max(above, default=-1) + 1, words)
