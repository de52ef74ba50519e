"""A scanned or faxed page in, the same page out as clean black on white, upright, its check boxes read."""

from __future__ import annotations

from dataclasses import dataclass

import numpy
from numpy.typing import NDArray
from PIL import Image, ImageFilter

Ink = NDArray[numpy.bool_]  # true where the page is black

STEEPEST = 3.0  # degrees by which a page may lie askew
SMALLEST_BOX, LARGEST_BOX = 18, 48  # pixels at 200 dots an inch


@dataclass(frozen=True, slots=True)
class CheckBox:
    """A box to tick, in pixels, and whether there is a mark in it."""

    left: int
    top: int
    right: int
    bottom: int
    ticked: bool


def clean(image: Image.Image) -> tuple[Image.Image, list[CheckBox], float]:
    """The page ready for recognition, its check boxes, which are wiped out of it, and by how much it was turned.

    A page scanned in grey stays grey, with more contrast: its letters keep edges that black and white would lose.
    """
    grey = image.convert("L")
    ink = without_specks(without_streaks(blackened(grey)))
    angle = skew(ink)
    boxes = check_boxes(turned(ink, angle))
    page = contrasted(grey, angle) if is_grained(grey) else smoothed(ink, angle)
    for box in boxes:
        page.paste(255, (box.left - 3, box.top - 3, box.right + 4, box.bottom + 4))
    return page, boxes, angle


def is_grained(grey: Image.Image) -> bool:
    """Whether the paper itself shows shades, as scans have and faxes have not."""
    shades = numpy.asarray(grey)
    paper = shades[shades > numpy.median(shades) * 0.8]
    return bool(paper.size and paper.std() > 2)


def contrasted(grey: Image.Image, angle: float) -> Image.Image:
    """A grey page turned upright, its paper made white and its ink black."""
    upright = grey.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255) if angle else grey
    shades = numpy.asarray(upright.filter(ImageFilter.GaussianBlur(0.7))).astype(float)
    dark, light = numpy.percentile(shades, (1, 50))
    spread = numpy.clip((shades - dark) / max(light - dark, 1.0), 0, 1) * 255
    return Image.fromarray(spread.astype(numpy.uint8))


def blackened(image: Image.Image) -> Ink:
    """Which pixels are black, by the threshold that parts ink from paper best (Otsu's)."""
    grey = numpy.asarray(image)
    if grey.min() == grey.max():
        return numpy.zeros(grey.shape, dtype=bool)
    counts = numpy.bincount(grey.ravel(), minlength=256).astype(float)
    below = numpy.cumsum(counts)
    total = numpy.cumsum(counts * numpy.arange(256))
    above = below[-1] - below
    with numpy.errstate(divide="ignore", invalid="ignore"):
        spread = (total[-1] * below / below[-1] - total) ** 2 / (below * above)
    ink: Ink = grey <= int(numpy.nanargmax(spread))
    return ink


def without_streaks(ink: Ink) -> Ink:
    """The page without the lines that a dirty fax drum draws from top to bottom."""
    filled = ink.mean(axis=0)
    streaks = filled > 0.6
    if not streaks.any() or streaks.mean() > 0.03:
        return ink
    without: Ink = ink & ~streaks[None, :]
    return without


def smoothed(ink: Ink, angle: float) -> Image.Image:
    """A page of black and white turned upright, its edges softened first, so that the turn cuts no steps into them."""
    page = drawn(ink).filter(ImageFilter.GaussianBlur(0.6))
    return page.rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255) if angle else page


def without_specks(ink: Ink) -> Ink:
    """The page without specks: pixels with few black neighbours go, twice, and what letters lost thereby comes back."""
    kept = ink
    for _ in range(2):
        kept = numpy.logical_and(kept, neighbours(kept) >= 3)  # itself and two more
    for _ in range(3):  # the tails of commas and the tips of serifs
        kept = numpy.logical_and(ink, neighbours(kept) > 0)
    return kept


def neighbours(ink: Ink) -> NDArray[numpy.uint8]:
    """How many of the nine pixels around and at each place are black."""
    padded = numpy.pad(ink, 1).astype(numpy.uint8)
    across = padded[:, :-2] + padded[:, 1:-1] + padded[:, 2:]
    around: NDArray[numpy.uint8] = across[:-2] + across[1:-1] + across[2:]
    return around


def turned(ink: Ink, angle: float) -> Ink:
    """The page turned so that its lines lie level."""
    if not angle:
        return ink
    page = drawn(ink)
    level: Ink = numpy.asarray(page.rotate(angle, resample=Image.Resampling.BILINEAR, fillcolor=255)) < 128
    return level


def skew(ink: Ink) -> float:
    """By how many degrees the page has to be turned: the angle at which the rows differ most in blackness."""
    height, width = (side // 2 * 2 for side in ink.shape)
    small = ink[:height, :width].reshape(height // 2, 2, width // 2, 2).any(axis=(1, 3))
    page = Image.fromarray((small * 255).astype(numpy.uint8))

    def evenness(angle: float) -> float:
        rows = numpy.asarray(page.rotate(angle)).sum(axis=1, dtype=float)
        return float(numpy.square(numpy.diff(rows)).sum())

    best = max(numpy.arange(-STEEPEST, STEEPEST + 0.01, 0.5), key=evenness)
    found = float(max(numpy.arange(best - 0.4, best + 0.41, 0.1), key=evenness))
    return found if abs(found) >= 0.1 else 0.0


def check_boxes(ink: Ink) -> list[CheckBox]:
    """The square outlines of a form, ticked where there is ink inside."""
    found: list[CheckBox] = []
    for row, left, size in edges(ink):
        if any(abs(box.left - left) < 8 and min(abs(box.top - row), abs(box.bottom - row)) < 8 for box in found):
            continue
        heights = range(size - 3, size + 4)
        upper = ((row, height) for height in heights if is_box(ink, row, left, height, size))
        lower = ((row + 1 - height, height) for height in heights if is_box(ink, row + 1 - height, left, height, size))
        place = next(upper, None) or next(lower, None)  # a tick may run over one of the edges
        if place is not None:
            top, height = place
            inside = ink[top + 5 : top + height - 5, left + 5 : left + size - 5]
            found.append(CheckBox(left, top, left + size, top + height, bool(inside.mean() > 0.08)))
    return found


def edges(ink: Ink) -> list[tuple[int, int, int]]:
    """Row, first column and length of the level strokes that can be the upper edge of a check box."""
    flat = numpy.diff(numpy.pad(ink, ((0, 0), (1, 1))).astype(numpy.int8), axis=1)
    rows, starts = numpy.nonzero(flat == 1)
    ends = numpy.nonzero(flat == -1)[1]
    sizes = ends - starts
    fits = (sizes >= SMALLEST_BOX) & (sizes <= LARGEST_BOX)
    return [
        (int(row), int(start), int(size))
        for row, start, size in zip(rows[fits], starts[fits], sizes[fits], strict=True)
    ]


def is_box(ink: Ink, top: int, left: int, height: int, width: int) -> bool:
    """Whether a thin rim with square corners stands there by itself, unlike a letter's."""
    around = ink[max(top - 4, 0) : top + height + 4, max(left - 4, 0) : left + width + 4]
    square = ink[top : top + height, left : left + width]
    if around.shape != (height + 8, width + 8):
        return False
    outside = (around.sum() - ink[top - 2 : top + height + 2, left - 2 : left + width + 2].sum()) / around.size
    sides = square[:2].any(axis=0), square[-3:].any(axis=0), square[:, :3].any(axis=1), square[:, -3:].any(axis=1)
    corners = square[:3, :3], square[:3, -3:], square[-3:, :3], square[-3:, -3:]
    inner = square[5:-5, 5:-5]
    rim = (square[4:-4, 4:-4].sum() - inner.sum()) / max(square[4:-4, 4:-4].size - inner.size, 1)
    return bool(
        outside < 0.02
        and all(side.mean() > 0.92 for side in sides)
        and all(corner.mean() > 0.5 for corner in corners)
        and rim < 0.4
        and not is_letter(around)
    )


def is_letter(around: Ink) -> bool:
    """Whether a square is a part of a letter, by what stands up to four pixels around it.

    The stem of a P or a d runs on from a corner, the bowls of D, O and 8 bulge out at a side; a tick may cross a rim
    anywhere, but does not run on straight from these corners.
    """
    below, above, left, right = around[-3:], around[:3], around[:, :3], around[:, -3:]
    stems = below[:, 3:9], below[:, -9:-3], above[:, 3:9], left[-9:-3].T, right[-9:-3].T
    flanks = around[8:-8, :3].any(axis=1), around[8:-8, -3:].any(axis=1)
    return any((stem.sum(axis=1) >= 2).all() for stem in stems) or any(flank.mean() > 0.3 for flank in flanks)


def drawn(ink: Ink) -> Image.Image:
    """The page in black on white."""
    return Image.fromarray(numpy.where(ink, 0, 255).astype(numpy.uint8))
