"""The records of what a chart was made of: its files as they lie, and pictures of their pages."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Original:
    """One file of the chart as it lies: `name` is the `source` of its documents, `form` is pdf, image or other."""

    name: str
    form: str
    data: bytes


@dataclass(frozen=True, slots=True)
class PageImage:
    """A page as a picture, for showing it: an image file of type `mime`, whatever its size in points was."""

    mime: str
    data: bytes
