"""Names of uploaded files in, safe names out: relative, without what systems leave behind, as short as they can be."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import takewhile

LEFT_BEHIND = frozenset({"thumbs.db", "desktop.ini", "__macosx", "request.yaml", "request.yml"})
LONGEST = 400  # characters


def for_files(given: Sequence[str]) -> tuple[list[str | None], list[str]]:
    """The name of each file in its case, none where it is no part of a chart; and the names of those.

    The folders that all of them share are left away.
    """
    parts = [_parts(name) for name in given]
    kept = [each for each in parts if _belongs(each)]
    folders = zip(*(each[:-1] for each in kept), strict=False)
    shared = sum(1 for _ in takewhile(lambda steps: len(set(steps)) == 1, folders))
    names = ["/".join(each[shared:])[-LONGEST:] if _belongs(each) else None for each in parts]
    return names, [each[-1] for each in parts if not _belongs(each)]


def _parts(name: str) -> list[str]:
    """The steps of a name; those that lead elsewhere are left away, as it is a name and no path."""
    plain = "".join(sign for sign in name if unicodedata.category(sign)[0] != "C").replace("\\", "/")
    return [part.strip() for part in plain.split("/") if part.strip() not in ("", ".", "..")] or ["file"]


def _belongs(parts: Sequence[str]) -> bool:
    return not any(part.startswith((".", "~$")) or part.lower() in LEFT_BEHIND for part in parts)
