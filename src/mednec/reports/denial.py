"""A payer's letter against policy and record in, its reasons with what can be said to each out: text, or plain data."""

from __future__ import annotations

import json
from collections.abc import Iterator
from io import StringIO
from typing import TYPE_CHECKING, Any

from mednec.comparisons import Denial, DenialAnswer, DenialReason
from mednec.model import Determination
from mednec.reports.json import evidence_as_data, policy_as_reference, request_as_data
from mednec.reports.lists import clean, console_to, without_trailing_blanks
from mednec.reports.passages import passages
from mednec.reports.words import GRADES, STATUSES, counted

if TYPE_CHECKING:
    from rich.console import RenderableType

VERDICTS = {
    "contained": "The policy contains such a requirement",
    "different": "The policy contains a different requirement",
    "absent": "The policy contains no such requirement",
    "unmatched": "Not matched to anything that a policy asks: for a person to read",
}
STYLES = {"contained": "yellow", "different": "red", "absent": "red", "unmatched": "dim"}
SHOWN = 3  # quotes of the record shown for a clause


def denial_to_json(denial: Denial) -> str:
    """The reasons and the answers to them as indented JSON, with a newline at its end."""
    data = {
        "request": request_as_data(denial.audit.request),
        "policy": policy_as_reference(denial.audit.policy),
        "determination": denial.audit.determination,
        "cited": [{"policy": name, "is": relation} for name, relation in denial.cited],
        "reasons": [_reason(reason, answers) for reason, answers in denial.answers],
    }
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def denial_to_terminal(denial: Denial, *, width: int = 80, color: bool = False) -> str:
    """The same as lines of at most `width` columns."""
    out = StringIO()
    console = console_to(out, width, color)
    for block in _blocks(denial):
        console.print(block)
    return without_trailing_blanks(out.getvalue())


def _reason(reason: DenialReason, answers: tuple[DenialAnswer, ...]) -> dict[str, Any]:
    place = {"document_id": reason.document_id, "start": reason.start, "end": reason.end}
    return {**place, "text": reason.text, "answers": [_answer(answer) for answer in answers]}


def _answer(answer: DenialAnswer) -> dict[str, Any]:
    return {
        "about": answer.about,
        "verdict": answer.verdict,
        "differences": list(answer.differences),
        "clauses": [_clause(determination) for determination in answer.clauses],
        "left_to_the_reviewer": [{"section": part["section"], "says": part["says"]} for part in answer.left],
    }


def _clause(determination: Determination) -> dict[str, Any]:
    criterion = determination.criterion
    return {
        "key": criterion.key,
        "section": criterion.cites.section,
        "says": criterion.cites.says,
        "seen": criterion.cites.seen,
        "required": criterion.strength == "required",
        "status": str(determination.status),
        "reason": determination.reason,
        "evidence": evidence_as_data((*determination.findings, *determination.against)),
        "against": evidence_as_data(determination.against),
    }


def _blocks(denial: Denial) -> Iterator[RenderableType]:
    from rich.text import Text

    source = denial.audit.policy.source
    version = f" version {source.version}" if source.version else ""
    number = counted(len(denial.answers), "reason")
    yield Text(f"{number} against {clean(denial.audit.policy.title)}, {source.id}{version}", style="bold")
    for name, relation in denial.cited:
        yield Text(f"The letter names {clean(name)}: {relation}.")
    for place, (reason, answers) in enumerate(denial.answers, 1):
        yield Text(f"\n{place}. {clean(' '.join(reason.text.split()))}", style="bold")
        for answer in answers:
            yield from _told(answer)


def _told(answer: DenialAnswer) -> Iterator[RenderableType]:
    about = f" ({answer.about})" if answer.about else ""
    yield _indented(f"{VERDICTS[answer.verdict]}{about}.", 3, STYLES[answer.verdict])
    for difference in answer.differences:
        yield _indented(difference, 3)
    for part in answer.left:
        yield _indented(f"{part['section']}: {part['says']} Left to the reviewer.", 5, "dim")
    for determination in answer.clauses:
        cites = determination.criterion.cites
        yield _indented(f"{cites.section}: {cites.says} ({GRADES[cites.seen]})", 5, "dim")
        yield _indented(f"The record: {STATUSES[determination.status]}. {determination.reason}", 5)
        for passage in list(passages((*determination.findings, *determination.against)))[:SHOWN]:
            yield _indented(f"“{' '.join(passage.quote.split())}” ({passage.document_id})", 7)


def _indented(text: str, columns: int, style: str = "") -> RenderableType:
    from rich.padding import Padding
    from rich.text import Text

    return Padding(Text(clean(text), style=style), (0, 0, 0, columns))
