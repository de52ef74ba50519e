"""A claims history in, the sessions that it tells by date and procedure code out: 'DOS 11/18/2025 CPT 20552 paid'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import spaced
from mednec.findings.dates import periods
from mednec.findings.parse import Parsed
from mednec.findings.regions import side_in
from mednec.model import Finding
from mednec.vocabulary import lexicon

FULL = len("2026-01-01")


def find(parsed: Parsed) -> Iterator[Finding]:
    """One finding for each line of a claim that was paid or charged for a session, where no word of it names one."""
    codes, settled, pending = _codes(), _said("paid"), _said("open")
    for match in _any_code().finditer(parsed.text):
        start, end = _line(parsed.text, match)
        line = parsed.text[start:end]
        if parsed.within(start, end, "therapy") or pending.search(line) or not settled.search(line):
            continue
        days = [
            one for one in periods(parsed.text, start, end) if one.first == one.last and len(one.first or "") == FULL
        ]
        if not days:
            continue
        concept, region = codes[match["code"]]
        yield parsed.document.finding(
            "therapy",
            concept,
            *match.span("code"),
            quote=(start, end),
            status="past",
            started=days[0].first,
            ended=days[0].first,
            region=region,
            side=side_in(parsed.text, start, end),
        )


def _line(text: str, match: re.Match[str]) -> tuple[int, int]:
    start = text.rfind("\n", 0, match.start()) + 1
    end = text.find("\n", match.end())
    end = len(text) if end < 0 else end
    return start + len(text[start:end]) - len(text[start:end].lstrip()), start + len(text[start:end].rstrip())


@cache
def _codes() -> dict[str, tuple[str, str | None]]:
    table = lexicon("sessions_told").concepts["billed"].extra["codes"]
    return {
        code: (concept, None if region == "any" else region)
        for concept, regions in table.items()
        for region, several in regions.items()
        for code in several
    }


@cache
def _any_code() -> re.Pattern[str] | Needing:
    return needing(rf"(?<![\d.$-])(?P<code>{'|'.join(_codes())})(?![\d.])")


@cache
def _said(name: str) -> re.Pattern[str]:
    words = lexicon("sessions_told").concepts["billed"].extra[name]
    return re.compile(rf"(?:\b|(?<=\s)|^)(?:{'|'.join(map(spaced, words))})", re.I)
