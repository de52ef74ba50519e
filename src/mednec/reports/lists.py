"""Documents or policies in, a table of them out, as text for a terminal or as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import StringIO
from typing import TYPE_CHECKING, Any

from mednec.model import Document, Policy, SignatureState
from mednec.reports.words import counted, spoken

CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")

if TYPE_CHECKING:
    from rich.console import Console


def documents_to_terminal(documents: Iterable[Document], *, width: int = 80, color: bool = False) -> str:
    """One block a document: its name, then type, date, author, signature and pages."""
    out = StringIO()
    console = console_to(out, width, color)
    for document in documents:
        console.print(clean(document.id), style="bold")
        console.print(clean(f"  {' · '.join(_described(document))}"))
    return without_trailing_blanks(out.getvalue())


def policies_to_terminal(policies: Iterable[Policy], *, width: int = 80, color: bool = False) -> str:
    """One block a policy: number, version and title, then from when it holds, where, and for which services."""
    out = StringIO()
    console = console_to(out, width, color)
    for policy in policies:
        source = policy.source
        version = f" version {source.version}" if source.version else ""
        console.print(f"{source.id}{version}  {policy.title}", style="bold")
        dates = f"from {source.effective or 'unknown'}{f' to {source.ends}' if source.ends else ''}"
        parts = (source.publisher, ", ".join(source.states), dates, policy.status)
        console.print(f"  {' · '.join(part for part in parts if part)}")
        if source.read:
            console.print(clean(f"  {source.read}"))
        console.print(f"  {', '.join([*policy.services, *(f'{key} (not covered)' for key in policy.not_covered)])}")
    return without_trailing_blanks(out.getvalue())


def policy_as_data(policy: Policy) -> dict[str, Any]:
    """A policy as plain data, without its criteria."""
    source = policy.source
    return {
        "id": source.id,
        "version": source.version,
        "title": policy.title,
        "payer": policy.payer,
        "publisher": source.publisher,
        "states": list(source.states),
        "effective": source.effective.isoformat() if source.effective else None,
        "ends": source.ends.isoformat() if source.ends else None,
        "status": policy.status,
        "read": source.read,
        "services": {key: list(codes) for key, codes in policy.services.items()},
        "not_covered": dict(policy.not_covered),
        "criteria": len(policy.criteria),
        "source": source.url,
    }


def console_to(out: StringIO, width: int, color: bool) -> Console:
    """A console that writes plain lines: nothing in them is taken for markup, color only where it is asked for."""
    from rich.console import Console

    return Console(
        file=out,
        width=width,
        force_terminal=color,
        color_system="standard" if color else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )


def clean(text: str) -> str:
    """Text of a chart on one line: nothing in it may steer a terminal or feign a line of its own."""
    return CONTROLS.sub(" ", text)


def without_trailing_blanks(text: str) -> str:
    """The lines of a text without the blanks that a table leaves at their ends."""
    return "".join(f"{line.rstrip()}\n" for line in text.splitlines())


def _described(document: Document) -> Iterable[str]:
    yield spoken(document.type)
    yield document.dated.isoformat() if document.dated else "no date"
    if document.author:
        yield document.author
    yield "signature not stated" if document.signature is SignatureState.UNKNOWN else str(document.signature)
    yield counted(max(len(document.pages), 1), "page")
