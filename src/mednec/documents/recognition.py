"""One page image in, its lines of words and the mean confidence out (Tesseract after cleaning fax noise)."""

from __future__ import annotations

import os
import sys
import threading
from pathlib import Path
from typing import Any

import tesserocr  # type: ignore[import-untyped]
from PIL import Image

from mednec.documents.cleaning import CheckBox, clean
from mednec.documents.layout import Placed
from mednec.documents.misreadings import corrected
from mednec.documents.recognized import Recognized

Scale = tuple[float, float]
SMUDGES = frozenset({"@", "e", "e@", "@e", "®", "©", "»", "«", "°", "~", "|"})
EDGE = 0.06  # of the page's width: where punch holes are
DOUBTFUL = 72.0  # mean confidence below which a page may lie on its side or head
TURNS = {90: Image.Transpose.ROTATE_90, 180: Image.Transpose.ROTATE_180, 270: Image.Transpose.ROTATE_270}
VERSION = f"2 {tesserocr.tesseract_version().split()[1]}"  # of what is made of an image, for results that are kept
_engines = threading.local()  # an engine for each thread; it takes longer to start than to read a short page


def recognize(image: Image.Image, size: tuple[float, float]) -> Recognized:
    """The words of each line on a page of `size` points, and how the page had to be turned to be read."""
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    found = read_upright(image, size, 0)
    if found.confidence >= DOUBTFUL or image.convert("L").histogram()[:128] == [0] * 128:
        return found
    likely = orientation(image)
    turns = [likely] if likely else [turn for turn in TURNS if found.confidence < DOUBTFUL - 20 and likely is None]
    others = [read_upright(image.transpose(TURNS[turn]), size, turn) for turn in turns]
    return max([found, *others], key=lambda one: (one.confidence, -one.turn))


def read_upright(image: Image.Image, size: tuple[float, float], turn: int) -> Recognized:
    """The words of a page that was turned by `turn` degrees against the clock."""
    width, height = size if turn in (0, 180) else size[::-1]
    page, boxes, angle = clean(image)
    scale = width / page.width, height / page.height
    api = engine(tesserocr.PSM.SINGLE_BLOCK, "eng")
    api.SetImage(page)
    api.SetSourceResolution(200)
    api.Recognize()
    lines = lines_of(api, scale, page.width)
    confidence = float(api.MeanTextConf()) if lines else 0.0
    api.Clear()
    for box in boxes:
        put_in(lines, box, scale)
    return Recognized(lines, confidence, angle, turn, (width, height))


def engine(mode: Any, language: str) -> Any:
    """The engine of the thread for a way of reading; it keeps nothing of the pages before."""
    kept = _engines.__dict__.setdefault("kept", {})
    if (mode, language) not in kept:
        kept[mode, language] = tesserocr.PyTessBaseAPI(path=str(models()), lang=language, psm=mode)
    kept[mode, language].ClearAdaptiveClassifier()
    return kept[mode, language]


def orientation(image: Image.Image) -> int | None:
    """By how many degrees against the clock a page has to be turned to stand upright; None where that is not clear."""
    if not (models() / "osd.traineddata").is_file():
        return None
    api = engine(tesserocr.PSM.OSD_ONLY, "osd")
    api.SetImage(image.convert("L"))
    told = api.DetectOrientationScript()
    api.Clear()
    return int(told["orient_deg"]) if told and told["orient_conf"] > 2 else None


def lines_of(api: Any, scale: Scale, width: int) -> list[list[Placed]]:
    """The lines that Tesseract made out, word by word."""
    lines: list[list[Placed]] = []
    level = tesserocr.RIL.WORD
    for item in tesserocr.iterate_level(api.GetIterator(), level):
        if item.Empty(level) or not (text := item.GetUTF8Text(level).strip()):
            continue
        left, top, right, bottom = item.BoundingBox(level)
        places = left * scale[0], top * scale[1], right * scale[0], bottom * scale[1]
        if item.IsAtBeginningOf(tesserocr.RIL.TEXTLINE) or not lines:
            lines.append([])
        if text not in SMUDGES or left > EDGE * width:
            lines[-1].append(Placed(corrected(text), *places, confidence=round(item.Confidence(level), 1)))
    return [line for line in lines if line]


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
    before = Placed(word.text[:cut], word.left, word.top, mark.left, word.bottom, word.confidence)
    return [before, Placed(word.text[cut:], mark.right, word.top, word.right, word.bottom, word.confidence)]


def models() -> Path:
    """The folder that holds the English model."""
    places = [Path(sys.prefix) / "share" / "tessdata", Path("/usr/share/tesseract-ocr/5/tessdata")]
    return next((place for place in places if (place / "eng.traineddata").is_file()), places[0])
