"""Findings of therapy and scores in, trials out: one piece of evidence for each course, session, plan or refusal."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from mednec.evidence.agreement import unique
from mednec.evidence.amounts import Course
from mednec.evidence.attached import attached
from mednec.evidence.claims import THERAPY_RECORDS, UNNAMED, Claim, claims_of, is_procedure, may_be_one
from mednec.evidence.complaint import compatible
from mednec.evidence.contacts import contacts
from mednec.evidence.courses import Group, courses
from mednec.evidence.dates import exact
from mednec.evidence.facts import facts_of, findings, latest_of_each, merged, union
from mednec.evidence.held import held, shown
from mednec.evidence.outcome import outcome
from mednec.evidence.reading import Reading
from mednec.evidence.recounts import without_recounts
from mednec.evidence.relief import DIAGNOSTIC, effect
from mednec.evidence.retold import retold
from mednec.evidence.scores import Attachment, Score, score
from mednec.evidence.sessions import sessions
from mednec.model import Evidence, Fact, Finding

UNLIKE = (UNNAMED, "spine_surgery", "joint_surgery")  # procedures that "the injection" does not mean


def trials(reading: Reading) -> list[Evidence]:
    """The treatments that were given, by course and session, with what they did."""
    groups = _groups([one for one in retold(claims_of(reading)) if one.stage == "done"])
    measures = reading.of("pain_score", "function_score")
    scores = [one for f in measures if (one := score(f, reading.document(f), reading.where(f)))]
    measured, injected = attached(scores, groups), _injectates(groups, reading)
    pieces = []
    for index, group in enumerate(groups):
        around = _around(group, groups, scores)
        effects = effect(
            group.claims, measured.get(index, []), [s for s in around if s.finding.kind == "function_score"]
        )
        if "relief_days" not in effects and around:
            lasted = held(group.claims, _of_pain(around, group, groups), measured.get(index, []))
            effects = merged(effects, {"relief_days": lasted})
        if is_procedure(group.concept):
            days = effects.get("relief_days") or shown(
                group.claims, _of_pain(around, group, groups), measured.get(index, [])
            )
            effects = merged(effects, {"shown_days": days})
        facts = merged(effects, {"injectate": injected.get(index, ())})
        pieces.append(_trial(group, measured.get(index, []), facts, reading))
    return pieces


def _groups(claims: Sequence[Claim]) -> list[Group]:
    """The courses and sessions that claims tell of, concept by concept."""
    groups = []
    for concept, several in _named(claims).items():
        for group in sessions(several) if is_procedure(concept) else courses(several):
            group.concept = concept
            groups.append(group)
    return without_recounts(groups)


def _named(claims: Sequence[Claim]) -> Mapping[str, list[Claim]]:
    """The claims by concept; an injection without a name is that of its day, its document, or its region."""
    named = [one for one in claims if is_procedure(one.finding.concept) and one.finding.concept not in UNLIKE]
    groups: dict[str, list[Claim]] = {}
    for one in sorted(claims, key=lambda c: (c.finding.concept, c.order)):
        concept = _meant(one, named) if one.finding.concept == UNNAMED else one.finding.concept
        groups.setdefault(concept, []).append(one)
    return dict(sorted(groups.items()))


def _meant(claim: Claim, named: Sequence[Claim]) -> str:
    before = [
        one for one in named if may_be_one(one, claim) and not (one.told and claim.told and one.told > claim.told)
    ]
    if exact(claim.start):
        choices = [[one for one in named if one.start == claim.start]]
    else:
        choices = [[one for one in before if one.document.id == claim.document.id], before]
    for choice in choices:
        concepts = {one.finding.concept for one in choice}
        if len(concepts) == 1:
            return concepts.pop()
    return UNNAMED


def _around(group: Group, groups: Sequence[Group], scores: Sequence[Score]) -> list[Score]:
    """The scores told around a session, up to the next one of its kind, that may be of its region."""
    day = exact(group.span)
    if day is None or not is_procedure(group.concept) or group.concept == DIAGNOSTIC:
        return []
    later = (exact(g.span) for g in groups if g.concept == group.concept)
    following = min((other for other in later if other and other > day), default=date.max)
    return [
        one
        for one in scores
        if one.document.type not in THERAPY_RECORDS
        and one.told
        and one.told < following
        and compatible(group.regions, one.regions)
    ]


def _of_pain(around: Sequence[Score], group: Group, groups: Sequence[Group]) -> list[Score]:
    """The scores of pain among those around a session, up to any other procedure for the same region."""
    day = exact(group.span)
    others = [exact(g.span) for g in groups if is_procedure(g.concept) and compatible(group.regions, g.regions)]
    following = min((other for other in others if other and day and other > day), default=date.max)
    return [one for one in around if one.finding.kind == "pain_score" and one.told and one.told < following]


def _trial(
    group: Group, scores: Sequence[Score], effects: Mapping[str, tuple[Fact, ...]], reading: Reading
) -> Evidence:
    claims = sorted(group.claims, key=lambda c: c.order)
    course = Course(claims, contacts(claims, scores, reading))
    if is_procedure(claims[0].finding.concept):
        own = _of_session(claims)
    else:
        own = {"duration_days": course.durations(), "sessions": course.visits(), "response": outcome(claims, effects)}
    known = exact(course.end) or exact(course.start)
    days = (Fact(reading.days_before(known), findings(claims)),) if known else ()
    facts = merged(facts_of(claims), effects, own, {"days_before": days})
    return Evidence("therapy", group.concept, findings(claims), facts, course.start, course.end, group.distinct)


def _of_session(claims: Sequence[Claim]) -> dict[str, tuple[Fact, ...]]:
    """A session is one session; its own record knows the levels and the side best."""
    record = [one for one in claims if one.is_own_record]
    own: dict[str, tuple[Fact, ...]] = {"sessions": (Fact(1, findings(claims)),)}
    for name, make in (("levels", union), ("side", latest_of_each)):
        told = [one for one in record if one.finding.get(name) is not None]
        if told:
            own[name] = make(told, name)
    return own


def _injectates(groups: Sequence[Group], reading: Reading) -> Mapping[int, tuple[Fact, ...]]:
    """What was injected in each session: from its own record, or told beside it."""
    places = {id(group): index for index, group in enumerate(groups)}
    attachment = Attachment([group for group in groups if is_procedure(group.claims[0].finding.concept)])
    told: dict[int, list[Finding]] = {}
    for finding in reading.of("technique"):
        if finding.concept != "injectate" or finding.get("value") is None or finding.get("status") == "planned":
            continue
        document = reading.document(finding)
        for group in attachment.beside(finding, document) or attachment.record_of(document):
            told.setdefault(places[id(group)], []).append(finding)
    return {
        index: (Fact(_value(str(f.get("value")) for f in several), unique(several)),) for index, several in told.items()
    }


def _value(values: Iterable[str]) -> Any:
    several = sorted(set(values))
    return several[0] if len(several) == 1 else tuple(several)
