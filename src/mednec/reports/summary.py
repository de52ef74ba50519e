"""An audit in, what a reader wants first out: one sentence, what is open, and what to ask."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.model import Audit, Determination, ServiceRequest, Status
from mednec.reports.words import ELEMENTS, EXPLANATIONS, OPEN, counted, spoken
from mednec.services import services

NEXT = 3
VERBS = {
    Status.NOT_MET: "not met",
    Status.CONFLICTING: "contradicted within the record",
    Status.INSUFFICIENT: "not documented",
}
FAILING = {Status.NOT_MET, Status.CONFLICTING}


@dataclass(frozen=True, slots=True)
class Question:
    """One question to the clinician, and the criteria (or the element) that its answer may decide."""

    text: str
    about: tuple[str, ...]
    required: bool


def headline(audit: Audit) -> str:
    """One sentence: what the determination rests on."""
    counts = Counter(d.status for d in audit.determinations if d.criterion.strength == "required")
    total = sum(counts.values()) - counts[Status.NOT_APPLICABLE]
    parts = [
        f"{counts[status]} {'is' if counts[status] == 1 else 'are'} {verb}"
        for status, verb in VERBS.items()
        if counts[status]
    ]
    if audit.determination == "not_covered" or not parts:
        return EXPLANATIONS[audit.determination]
    whole = counted(total, "required criterion", "required criteria")
    quiet = "; nothing in the record speaks against the service" if set(counts) & FAILING == set() else ""
    return f"Of {whole}, {_joined(parts)}{quiet}."


def next_questions(audit: Audit) -> list[Question]:
    """The three questions to answer next: those whose answers decide, first."""
    return sorted(open_questions(audit), key=lambda question: not question.required)[:NEXT]


def failing(audit: Audit) -> list[Determination]:
    """The required criteria that the record itself fails."""
    return [d for d in open_criteria(audit) if d.status is Status.NOT_MET and d.criterion.strength == "required"]


def _joined(parts: list[str]) -> str:
    return " and ".join(filter(None, [", ".join(parts[:-1]), parts[-1]]))


def requested(request: ServiceRequest) -> str:
    """The service in one line: its title, codes, side, levels and date."""
    where = " ".join(part for part in (request.side, ", ".join(request.levels)) if part)
    parts = (title(request.service), ", ".join(request.procedure), where, request.dated.isoformat())
    return " · ".join(part for part in parts if part)


def title(service: str) -> str:
    """What a service is called, with its key."""
    return f"{services().get(service, service)} ({service})"


def open_criteria(audit: Audit) -> list[Determination]:
    """The criteria that are not met, contradicted or open: those that decide the audit first."""
    left = [d for d in audit.determinations if d.status in OPEN]
    return sorted(left, key=lambda d: (d.criterion.strength != "required", OPEN.index(d.status)))


def settled_criteria(audit: Audit) -> list[Determination]:
    """The criteria that need nothing more; those that do not apply come last."""
    settled = [d for d in audit.determinations if d.status not in OPEN]
    return sorted(settled, key=lambda d: d.status is Status.NOT_APPLICABLE)


def ordered_criteria(audit: Audit) -> list[Determination]:
    """All criteria, those that decide the audit first."""
    return [*open_criteria(audit), *settled_criteria(audit)]


def unsaid(determination: Determination) -> list[str]:
    """What is missing and does not stand in the reason already."""
    reason = determination.reason.lower()
    return [item for item in determination.missing if item.lower() not in reason]


def open_questions(audit: Audit) -> list[Question]:
    """The questions that the open criteria and elements raise, each once."""
    asked: dict[str, list[tuple[str, bool]]] = {}
    for text, about, required in _questions(audit):
        asked.setdefault(text, []).append((about, required))
    return [
        Question(text, tuple(dict.fromkeys(key for key, _ in about)), any(required for _, required in about))
        for text, about in asked.items()
    ]


def _questions(audit: Audit) -> Iterator[tuple[str, str, bool]]:
    for determination in open_criteria(audit):
        criterion = determination.criterion
        gap = () if determination.status is Status.NOT_MET else (criterion.gap,)
        for text in determination.questions or gap:
            yield text, criterion.key, criterion.strength == "required"
    for element in audit.elements:
        for text in element.missing:
            if text.endswith("?"):
                yield text, element.key, False


def element_title(key: str) -> str:
    """What an element is called."""
    return ELEMENTS.get(key, (spoken(key), ""))[0]
