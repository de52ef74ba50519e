"""Documents or policies in, a table of them out, as text for a terminal or as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable
from io import StringIO
from itertools import groupby
from operator import attrgetter
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


def policies_to_terminal(
    policies: Iterable[Policy], *, notes: bool = False, width: int = 80, color: bool = False
) -> str:
    """Under each title a block a source: number and version, publisher, since when it holds, where, for which services.

    With `notes` also how its text was read. The last line says how many there are and how many nobody has reviewed.
    """
    from rich.padding import Padding

    out = StringIO()
    console = console_to(out, width, color)
    listed = list(policies)
    for title, same in groupby(listed, key=attrgetter("title")):
        console.print(clean(title), style="bold")
        for policy in same:
            console.print(Padding.indent(clean(_one_policy(policy)), 2))
            if notes and policy.source.read:
                console.print(Padding.indent(clean(policy.source.read), 4))
    drafts = sum(policy.status == "draft" for policy in listed)
    console.print(f"\n{counted(len(listed), 'policy', 'policies')}, {drafts or 'none'} of them draft: not yet reviewed")
    return without_trailing_blanks(out.getvalue())


def _one_policy(policy: Policy) -> str:
    source = policy.source
    version = f" version {source.version}" if source.version else ""
    since = f"since {source.effective}" if source.effective else "first day not known"
    parts = (
        f"{source.id}{version}",
        policy.payer,
        source.publisher,
        f"{since}, until {source.ends}" if source.ends else since,
        ", ".join(source.states),
        ", ".join(f"{key} (not covered)" if key in policy.not_covered else key for key in _services(policy)),
    )
    return " · ".join(part for part in parts if part)


def _services(policy: Policy) -> list[str]:
    return list(dict.fromkeys((*policy.services, *policy.not_covered)))


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
