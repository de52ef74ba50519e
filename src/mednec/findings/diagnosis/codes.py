"""ICD-10-CM codes: those that stand with a diagnosis, and the conditions that only their code states."""

from __future__ import annotations

from bisect import bisect_right, insort
from collections.abc import Iterator
from fnmatch import fnmatchcase
from functools import cache
from operator import attrgetter

from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis.checks import trait
from mednec.findings.diagnosis.mention import Mention
from mednec.findings.diagnosis.status import status_of
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.model import Finding
from mednec.vocabulary import SPINE_SITES, lexicon

ICD = compiled(r"\b[A-TV-Z]\d[\dA-Z](?:\.[\dA-Z]{1,4})?\b")
STRETCH = 40  # characters that a code may stand behind its diagnosis


def codes_with(text: str, mention: Mention) -> list[str]:
    """The codes that stand with the diagnosis: behind it in its sentence, of its own families."""
    patterns = _families(mention.concept)
    line = text.find("\n", mention.last, mention.last + STRETCH)
    last = line if line >= 0 else min(len(text), mention.last + STRETCH)
    found = (match.group() for match in ICD.finditer(text, mention.first, last))
    return list(dict.fromkeys(code for code in found if any(fnmatchcase(code, pattern) for pattern in patterns)))


@cache
def _families(concept: str) -> tuple[str, ...]:
    return tuple(lexicon("diagnosis").concepts[concept].extra.get("icd10", ()))


def coded(parsed: Parsed, found: list[Finding], report: bool) -> Iterator[Finding]:
    """Conditions that only their code states ('DX: M54.31')."""
    if report:
        return
    quoted = _quoted(found)
    for match in ICD.finditer(parsed.text):
        for concept in _concepts_of(match.group()):
            quotes = quoted.setdefault(concept, [])
            status = None if _said(quotes, match.start()) else status_of(parsed, *match.span())
            if status:
                quote = window(parsed, *match.span())
                insort(quotes, quote)
                yield parsed.document.finding(
                    "diagnosis", concept, *match.span(), quote=quote, status=status, icd10=match.group(),
                    region=_region_of_code(match.group()) if trait(concept, "placed") else None, basis="clinical",
                )  # fmt: skip


def _quoted(found: list[Finding]) -> dict[str, list[tuple[int, int]]]:
    """The quotes of each concept, in order."""
    quotes: dict[str, list[tuple[int, int]]] = {}
    for finding in sorted(found, key=attrgetter("quote_start", "quote_end")):
        quotes.setdefault(finding.concept, []).append((finding.quote_start, finding.quote_end))
    return quotes


def _said(quotes: list[tuple[int, int]], offset: int) -> bool:
    """Whether the last quote that begins before a code holds it, or ends shortly before it."""
    index = bisect_right(quotes, (offset, offset)) - 1
    return index >= 0 and offset <= quotes[index][1] + STRETCH


@cache
def _concepts_of(code: str) -> tuple[str, ...]:
    if "." not in code:
        return ()
    return tuple(
        name for name in lexicon("diagnosis").concepts if any(fnmatchcase(code, family) for family in _families(name))
    )


@cache
def _region_of_code(code: str) -> str | None:
    """The region that a code's last figure means in chapter M, where it has one."""
    if code in ("M53.3", "M46.1", "M43.28"):
        return "sacroiliac"
    if code.startswith("M50"):
        return "cervical"
    if code.startswith(("M51.16", "M51.17", "M51.26", "M51.27", "M54.3", "M54.4", "M96.1")):
        return "lumbar" if not code.startswith("M96") else None
    figures = code.partition(".")[2]
    if not code.startswith(("M47", "M48.0", "M54.1")) or len(figures) < 2:
        return None
    last = figures[2] if code.startswith(("M47", "M48")) and len(figures) > 2 else figures[1]
    return SPINE_SITES.get(last)
