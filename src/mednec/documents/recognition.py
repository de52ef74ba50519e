"""One page image in, its lines of words and the mean confidence out (Tesseract after cleaning fax noise)."""

from __future__ import annotations

import os
import re
import sys
from pathlib import Path
from typing import Any

import tesserocr  # type: ignore[import-untyped]

from mednec.documents.cleaning import CheckBox, clean
from mednec.documents.layout import Placed

Scale = tuple[float, float]
MISREAD = (
    (re.compile(r"[@©](?=\d?/\d)"), "0"),
    (re.compile(r"(?<=[A-Za-z])€|€(?=[a-z])"), "E"),
    (re.compile(r"\{([+-])\)"), r"(\1)"),
)
SMUDGES = frozenset({"@", "e", "e@", "@e", "®", "©", "»", "«", "°", "~", "|"})
EDGE = 0.06  # of the page's width: where punch holes are


def recognize(image: Any, size: tuple[float, float]) -> tuple[list[list[Placed]], float]:
    """The words of each line, boxes scaled to a page of `size` points, and the mean confidence from 0 to 100."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    page, boxes = clean(image)
    scale = size[0] / page.width, size[1] / page.height
    with tesserocr.PyTessBaseAPI(path=str(models()), lang="eng", psm=tesserocr.PSM.SINGLE_BLOCK) as api:
        api.SetImage(page)
        api.SetSourceResolution(200)
        api.Recognize()
        lines = lines_of(api, scale, page.width)
        confidence = float(api.MeanTextConf())
    for box in boxes:
        put_in(lines, box, scale)
    return lines, confidence


def lines_of(api: Any, scale: Scale, width: int) -> list[list[Placed]]:
    """The lines that Tesseract made out, word by word."""
    lines: list[list[Placed]] = []
    level = tesserocr.RIL.WORD
    for item in tesserocr.iterate_level(api.GetIterator(), level):
        if item.Empty(level) or not (text := item.GetUTF8Text(level).strip()):
            continue
        left, top, right, bottom = item.BoundingBox(level)
        word = Placed(corrected(text), left * scale[0], top * scale[1], right * scale[0], bottom * scale[1])
        if item.IsAtBeginningOf(tesserocr.RIL.TEXTLINE) or not lines:
            lines.append([])
        if text not in SMUDGES or left > EDGE * width:
            lines[-1].append(word)
    return [line for line in lines if line]


def corrected(text: str) -> str:
    """A word without the misreadings that are none but misreadings."""
    for pattern, meant in MISREAD:
        text = pattern.sub(meant, text)
    return text


def put_in(lines: list[list[Placed]], box: CheckBox, scale: Scale) -> None:
    """Write a check box as [X] or [ ] into the line that it stands in."""
    mark = Placed(
        "[X]" if box.ticked else "[ ]",
        box.left * scale[0],
        box.top * scale[1],
        box.right * scale[0],
        box.bottom * scale[1],
    )
    level = (mark.top + mark.bottom) / 2
    for line in lines:
        near = min(line, key=lambda word: abs(word.left - mark.right))
        if near.top - 2 <= level <= near.bottom + 2:
            line[:] = [piece for word in line for piece in around(word, mark)]
            line.append(mark)
            line.sort(key=lambda word: word.left)
            return
    lines.append([mark])
    lines.sort(key=lambda line: min(word.top for word in line))


def around(word: Placed, mark: Placed) -> list[Placed]:
    """A word, cut in two where a box stands within it: what was read as one are the words on both sides of the box."""
    if not word.left < mark.left < mark.right < word.right:
        return [word]
    share = (mark.left - word.left) / (word.right - word.left - (mark.right - mark.left))
    cut = min(max(round(len(word.text) * share), 1), len(word.text) - 1)
    if cut < 1:
        return [word]
    before = Placed(word.text[:cut], word.left, word.top, mark.left, word.bottom)
    return [before, Placed(word.text[cut:], mark.right, word.top, word.right, word.bottom)]


def models() -> Path:
    """The folder that holds the English model."""
    places = [Path(sys.prefix) / "share" / "tessdata", Path("/usr/share/tesseract-ocr/5/tessdata")]
    return next((place for place in places if (place / "eng.traineddata").is_file()), places[0])
