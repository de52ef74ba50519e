"""Two policies in, what the new one adds, drops and words differently out: clause by clause, down to the number."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from mednec.comparisons import Clause, Difference, PolicyComparison
from mednec.model import Criterion, Policy
from mednec.policies.words import KINDS, QUESTIONS

WORDED = ("asks", "strength", "services", "otherwise", "gap")


def compare(old: Policy, new: Policy) -> PolicyComparison:
    """How the new policy differs from the old one."""
    return PolicyComparison(
        old=old,
        new=new,
        head=tuple(_differing("", _head(old), _head(new))),
        clauses=(*_definitions(old, new), *_criteria(old, new), *_not_decided(old, new)),
    )


def _head(policy: Policy) -> Mapping[str, Any]:
    """What stands above the clauses: whose text it is, and where, when and for what it holds."""
    source = policy.source
    services = {key: list(codes) for key, codes in policy.services.items()}
    return {
        "number": source.id,
        "version": source.version or None,
        "text": policy.id,
        "title": policy.title,
        "payer": policy.payer,
        "publisher": source.publisher or None,
        "states": list(source.states),
        "effective": source.effective,
        "ends": source.ends,
        "services": services,
        "not_covered": dict(policy.not_covered),
    }


def _definitions(old: Policy, new: Policy) -> Iterator[Clause]:
    for name in _names(old.definitions, new.definitions):
        before, after = old.definitions.get(name), new.definitions.get(name)
        yield from _clause("definitions", name, before, after, after or before or {})


def _not_decided(old: Policy, new: Policy) -> Iterator[Clause]:
    before = {f"{part['section']}: {part['says']}": part for part in old.not_decided}
    after = {f"{part['section']}: {part['says']}": part for part in new.not_decided}
    for name in _names(before, after):
        cited = after.get(name) or before[name]
        yield from _clause("not_decided", cited["section"], before.get(name), after.get(name), cited)


def _criteria(old: Policy, new: Policy) -> Iterator[Clause]:
    pairs = [pair for key in _names(_by_key(old), _by_key(new)) for pair in _paired(old, new, key)]
    for before, after in pairs:
        shown = after or before
        if shown is not None:
            cited = {"section": shown.cites.section, "says": shown.cites.says}
            yield from _clause("criteria", shown.key, _body(before), _body(after), cited, shown.services)


def _by_key(policy: Policy) -> Mapping[str, list[Criterion]]:
    return {key: [c for c in policy.criteria if c.key == key] for key in dict.fromkeys(c.key for c in policy.criteria)}


def _paired(old: Policy, new: Policy, key: str) -> Iterator[tuple[Criterion | None, Criterion | None]]:
    """The wordings of a key in both policies: those for the same services together, the others as they come."""
    before, after = _by_key(old).get(key, []), _by_key(new).get(key, [])
    alike = [(b, next((a for a in after if set(a.services) == set(b.services)), None)) for b in before]
    paired = [(b, a) for b, a in alike if a is not None]
    rest = [b for b, a in alike if a is None]
    left = [a for a in after if not any(a is taken for _, taken in paired)]
    yield from paired
    for place in range(max(len(rest), len(left))):
        yield (rest[place] if place < len(rest) else None, left[place] if place < len(left) else None)


def _body(criterion: Criterion | None) -> Mapping[str, Any] | None:
    """What a criterion says, as far as it can differ."""
    if criterion is None:
        return None
    cites = criterion.cites
    told = {name: getattr(criterion, name) for name in (*WORDED, *QUESTIONS)}
    body = {"section": cites.section, "says": cites.says, "seen": cites.seen, **told}
    body["services"] = list(criterion.services)
    return {name: value for name, value in body.items() if value not in (None, [])}


def _clause(
    part: str, key: str, old: Any, new: Any, cited: Mapping[str, Any], services: tuple[str, ...] = ()
) -> Iterator[Clause]:
    section, says = str(cited.get("section", "")), str(cited.get("says", ""))
    if old is None or new is None:
        yield Clause(part, key, "added" if old is None else "removed", section, says, (), services)
    elif differences := tuple(_differing("", old, new)):
        yield Clause(part, key, "changed", section, says, differences, services)


def _differing(place: str, old: Any, new: Any) -> Iterator[Difference]:
    """Where two values differ, as deep in them as both have something in common."""
    if old == new:
        return
    if isinstance(old, Mapping) and isinstance(new, Mapping) and (not place or old.keys() & new.keys()):
        for name in _names(old, new):
            yield from _differing(f"{place} / {name}" if place else name, old.get(name), new.get(name))
    elif _holds_questions(old) and _holds_questions(new):
        yield from _differing_parts(place, old, new)
    else:
        yield Difference(place, old, new)


def _differing_parts(place: str, old: Sequence[Any], new: Sequence[Any]) -> Iterator[Difference]:
    """Joined questions: those that stand in both are passed over, the others are paired by what they are about."""
    rest, left = [part for part in old if part not in new], [part for part in new if part not in old]
    for part in rest:
        about = _about(part)
        twin = next((other for other in left if _about(other) == about), None)
        left = [other for other in left if other is not twin]
        yield from _differing(f"{place} / {about}", part, twin)
    for part in left:
        yield Difference(f"{place} / {_about(part)}", None, part)


def _holds_questions(value: Any) -> bool:
    return isinstance(value, list) and any(isinstance(part, Mapping) for part in value)


def _about(question: Any) -> str:
    """What a question is about, in a word or two: its kind and concept, or how it joins others."""
    if not isinstance(question, Mapping) or not question:
        return str(question)
    first, value = next(iter(question.items()))
    return f"{first} {value}" if first in KINDS and isinstance(value, str) else str(first)


def _names(old: Mapping[str, Any], new: Mapping[str, Any]) -> list[str]:
    """The keys of both, in the order of the new one, with those that it dropped in their old neighborhood's order."""
    return [*new, *(name for name in old if name not in new)]
