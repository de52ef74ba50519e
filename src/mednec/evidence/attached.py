"""Scores and treatments in, the scores of each treatment out, also where several sessions are told of in one breath."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from mednec.evidence.claims import IMPLANTS
from mednec.evidence.complaint import compatible
from mednec.evidence.courses import Group
from mednec.evidence.scores import RISES, Attachment, Score

ARM = re.compile(r"\b(?:arms?|hands?|elbows?|wrists?|fingers?|neck)\b", re.I)
LEG = re.compile(r"\b(?:legs?|calf|calves|thighs?|foot|feet|ankles?|buttocks?|back)\b", re.I)
LOWER, UPPER = frozenset(["lumbar", "sacroiliac"]), frozenset(["cervical"])


def attached(scores: Sequence[Score], groups: Sequence[Group]) -> Mapping[int, list[Score]]:
    """The scores of each group, by the place of the group among them."""
    places = {id(group): index for index, group in enumerate(groups)}
    attachment = Attachment(groups)
    told: defaultdict[tuple[str, str, tuple[int, ...]], list[Score]] = defaultdict(list)
    for one in sorted(scores, key=lambda s: (s.order, s.document.id)):
        homes = [places[id(group)] for group in attachment.groups_of(one) if _fits(one, group)]
        told[(one.document.id, one.scale, tuple(homes))].append(one)
    found: defaultdict[int, list[Score]] = defaultdict(list)
    for (_, _, meant), several in told.items():
        for one, group in _shared(several, [groups[place] for place in meant]):
            found[places[id(group)]].append(one)
    return {place: sorted(several, key=lambda s: (s.order, s.document.id)) for place, several in found.items()}


def _shared(scores: Sequence[Score], groups: Sequence[Group]) -> Iterator[tuple[Score, Group]]:
    """Who gets which: 'two blocks, 7 to 1 and 7 to 2' tells of each in its turn; what is told once holds for all.

    Where the turns cannot be told, every session gets the least favorable score.
    """
    afters = [one for one in scores if one.when == "after"]
    others = [one for one in scores if one.when != "after"]
    if len(groups) < 2 or len({group.concept for group in groups}) > 1:
        yield from ((one, group) for group in groups for one in scores)
        return
    turns = sorted(groups, key=_day)
    in_turn = len(afters) == len(turns) and len({group.span is None for group in turns}) == 1
    if len(afters) > 1 and not in_turn:
        rises = afters[0].finding.concept in RISES
        afters = [max(afters, key=lambda one: -one.low if rises else one.high)]
    yield from _dealt(afters, turns)
    yield from _dealt(others, turns)


def _dealt(scores: Sequence[Score], turns: Sequence[Group]) -> Iterator[tuple[Score, Group]]:
    """One score for each session where there are as many, else all of them for each."""
    if len(scores) == len(turns):
        yield from zip(scores, turns, strict=True)
    else:
        yield from ((one, group) for group in turns for one in scores)


def _day(group: Group) -> date:
    return group.span.first if group.span else date.max


def _fits(one: Score, group: Group) -> bool:
    """Whether a score may be of the pain that was treated; an implant for a limb does not treat the head."""
    elsewhere = one.regions == {"head"} and not group.regions and group.concept in IMPLANTS
    return not elsewhere and compatible(one.regions, group.regions) and not _is_of_other_limb(one, group)


def _is_of_other_limb(one: Score, group: Group) -> bool:
    """Whether the clause of a score names the arm where the low back was treated, or the leg where the neck was."""
    text, start = one.document.text, one.finding.start
    first = max(text.rfind(sign, max(0, start - 80), start) for sign in (".", ";", "\n", ",")) + 1
    said = text[max(first, start - 80) : start]
    if group.regions and group.regions <= LOWER:
        return bool(ARM.search(said)) and not LEG.search(said)
    return bool(group.regions == UPPER and LEG.search(said)) and not ARM.search(said)
