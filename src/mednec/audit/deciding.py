"""A criterion and what it is asked of in, its determination out."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from mednec.audit import answers, touched, wording
from mednec.audit.answers import joined
from mednec.audit.citing import cited, most_exact, opposed
from mednec.audit.questions import ask
from mednec.audit.selection import Asked, select
from mednec.audit.wording import contrary, several
from mednec.model import Answer, Criterion, Determination, Finding, Status

Question: TypeAlias = Mapping[str, Any]
DECIDED = (Status.MET, Status.EXEMPT)


def decide(criterion: Criterion, asked: Asked) -> Determination:
    """The status of one criterion, the findings that it rests on, and what is missing."""
    if criterion.applies is not None and (concerns := ask(criterion.applies, asked)).status is not Status.MET:
        aside = Determination(criterion, Status.NOT_APPLICABLE, "This requirement does not concern the request.")
        return _unless_touched(aside, [criterion.applies] if _is_silent(concerns) else [], asked)
    answer = ask(criterion.needs, asked)
    if criterion.against is not None:
        answer = answers.opposed(answer, ask(criterion.against, asked))
    if criterion.excludes is not None and (excluded := ask(criterion.excludes, asked)).status is Status.MET:
        answer = answers.reverse(excluded)
    if answer.status is not Status.MET and criterion.unless is not None:
        waiver = ask(criterion.unless, asked)
        if waiver.status is Status.MET:
            return _determination(criterion, Status.EXEMPT, waiver)
    if _is_silent(answer) and criterion.otherwise != "insufficient":
        silent = "Nothing in the chart speaks against this requirement."
        kept = Determination(criterion, Status(criterion.otherwise), silent, findings=_plan(asked))
        return _unless_touched(kept, [criterion.needs, criterion.against, criterion.excludes], asked)
    determination = _determination(criterion, answer.status, answer)
    if answer.status is Status.MET:
        determination = _unless_touched(determination, touched.kept_by_silence(criterion, asked), asked)
    return determination if determination.findings or answer.seen else replace(determination, findings=_plan(asked))


def _is_silent(answer: Answer) -> bool:
    """Whether the chart says nothing of a question."""
    return answer.status is Status.INSUFFICIENT and not answer.seen


def _unless_touched(kept: Determination, silent: Sequence[Question | None], asked: Asked) -> Determination:
    """A determination that rests on silence, open where the chart touches on the matter in words that nobody read.

    `silent` are the questions of which the chart says nothing.
    """
    open_ = touched.left_open(kept.criterion, [question for question in silent if question], asked)
    return kept if open_ is None else _determination(kept.criterion, Status.INSUFFICIENT, open_)


def _plan(asked: Asked) -> tuple[Finding, ...]:
    """What the chart says of the requested session itself: shown where an answer rests on the request or on silence."""
    if "requested" not in asked.policy.definitions:
        return ()
    pattern = {"where": {"about": "request", "region": "requested", "status": ["planned", "performed"]}}
    planned = select("therapy", "requested", pattern, asked)
    return most_exact(joined(c.evidence.findings for c in planned if c.sure), ("levels", "side"), most=2)


def outcome(determinations: Sequence[Determination], *, covered: bool) -> str:
    """The determination for the request: one rule over the required criteria. Nothing asked supports nothing."""
    statuses = {d.status for d in determinations if d.criterion.strength == "required"}
    if not covered:
        return "not_covered"
    if Status.NOT_MET in statuses:
        return "not_supported"
    if Status.CONFLICTING in statuses:
        return "conflicting"
    if Status.INSUFFICIENT in statuses or not determinations:
        return "insufficient_documentation"
    return "supported"


def _determination(criterion: Criterion, status: Status, answer: Answer) -> Determination:
    deciding, against = (answer.no, answer.yes) if status is Status.NOT_MET else (answer.yes, answer.no)
    if status is Status.INSUFFICIENT:
        deciding, against = answer.seen, ()
    open_ = status is Status.INSUFFICIENT
    missing = (answer.missing or (criterion.gap,)) if open_ else ()
    return Determination(
        criterion=criterion,
        status=status,
        reason=_reason(status, answer),
        findings=cited(deciding, criterion),
        against=cited(against, criterion),
        missing=missing,
        questions=_questions(criterion, status, answer),
    )


def _questions(criterion: Criterion, status: Status, answer: Answer) -> tuple[str, ...]:
    """What to ask the clinician: where the record contradicts itself, which of the two places is right."""
    if status in DECIDED:
        return ()
    pair = opposed(answer.yes, answer.no) if status is Status.CONFLICTING else None
    if pair is None:
        return (criterion.gap,)
    one, other = map(wording.place, pair)
    about = wording.label(pair[1].kind, pair[1].concept)
    return (
        f"Which is right about {about}: {one}, or {other}? What is wrong needs a correction, dated and signed as such.",
    )


def _reason(status: Status, answer: Answer) -> str:
    """One plain sentence that says why."""
    facts = several(answer.because)
    match status:
        case Status.MET:
            return f"Documented: {facts}." if facts else "Documented."
        case Status.NOT_MET:
            return f"The chart documents otherwise: {facts}." if facts else "The chart documents otherwise."
        case Status.CONFLICTING:
            return f"The documents disagree: {contrary(answer.because)}."
        case Status.EXEMPT:
            return f"Waived by the policy's own exception: {facts}."
    return (
        f"Not documented: {'; '.join(answer.missing)}."
        if answer.missing
        else "The chart does not say enough to decide."
    )
