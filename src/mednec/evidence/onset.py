"""Findings of how long the pain has lasted in, one piece of evidence for each region out."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from mednec.evidence.agreement import unique
from mednec.evidence.bounds import is_least
from mednec.evidence.complaint import compatible
from mednec.evidence.dates import apart, days_before, interval, vagueness
from mednec.evidence.reading import Reading
from mednec.evidence.states import all_of
from mednec.model import Evidence, Fact, Finding, Interval
from mednec.vocabulary import lexicon

LONGER = re.compile(
    r"\b(?:chronic|recurr|flare|wors|exacerbat|acute on|again|episode|long[- ]?standing|on and off|years)", re.I
)
MONTH = 31  # days by which two tellings of one onset may differ, or a fifth of the time since


def durations(reading: Reading) -> list[Evidence]:
    """How long the pain has lasted, counted to the request: of two tellings that agree the more exact holds."""
    groups: list[list[Finding]] = []
    several = _of_notes([f for f in reading.of("symptom_duration") if _onset(f, reading)], reading)
    for finding in sorted(several, key=lambda f: (not reading.where(f), str(f.dated), f.document_id, f.start)):
        homes = [group for group in groups if _is_of_one(finding, group[0], reading)]
        if homes:
            homes[0].append(finding)
        else:
            groups.append([finding])
    return [_duration(group, reading) for group in groups]


def _is_of_one(one: Finding, other: Finding, reading: Reading) -> bool:
    """Whether two findings may tell of one pain, or of one fracture."""
    levels = [set(finding.get("levels") or ()) for finding in (one, other)]
    return compatible(reading.where(one), reading.where(other)) and not (
        all(levels) and levels[0].isdisjoint(levels[1])
    )


def _of_notes(several: Sequence[Finding], reading: Reading) -> list[Finding]:
    """The findings of notes; the onset that a problem list codes counts where no note tells of one."""
    told = [f for f in several if reading.document(f).type != "structured_entry"]
    places = [reading.where(f) for f in told]
    return told + [f for f in several if f not in told and not any(compatible(reading.where(f), p) for p in places)]


def _duration(several: Sequence[Finding], reading: Reading) -> Evidence:
    onsets = [(onset, f) for f in several if (onset := _onset(f, reading))]
    onsets.sort(key=lambda o: (_is_least(o[1]), vagueness(o[0]), o[0].first, o[1].document_id, o[1].start))
    clusters: list[list[tuple[Interval, Finding]]] = []
    for onset, finding in onsets:
        home = next((cluster for cluster in clusters if _agree(cluster[0][0], onset, finding, reading)), None)
        if home is None:
            clusters.append([(onset, finding)])
        else:
            home.append((onset, finding))
    days = tuple(Fact(reading.days_before(c[0][0].last), unique(f for _, f in c)) for c in clusters)
    told = {
        "days": days,
        "longest": _longest(onsets, reading),
        "open": _open(clusters),
        "region": all_of(several, "region", reading),
    }
    told["levels"] = all_of(several, "levels", reading)
    facts = {name: values for name, values in told.items() if values}
    return Evidence(several[0].kind, several[0].concept, unique(several), facts, clusters[0][0][0])


def _open(clusters: Sequence[Sequence[tuple[Interval, Finding]]]) -> tuple[Fact, ...]:
    """Whether all that is told is how long it has been at the least: 'more than 12 weeks', 'for years'."""
    findings = [finding for cluster in clusters for _, finding in cluster]
    return (Fact(True, unique(findings)),) if all(map(_is_least, findings)) else ()


def _longest(onsets: Sequence[tuple[Interval, Finding]], reading: Reading) -> tuple[Fact, ...]:
    """The most days that the pain may have lasted; nothing where it may be older ("over", "chronic", a flare)."""
    if any(_is_least(finding) or LONGER.search(finding.quote) for _, finding in onsets):
        return ()
    return (Fact(max(reading.days_before(onset.first) for onset, _ in onsets), unique(f for _, f in onsets)),)


def _agree(known: Interval, onset: Interval, finding: Finding, reading: Reading) -> bool:
    """Whether an onset is that known one, or a lower bound that it bears out."""
    return _one_onset(known, onset, reading) or (_is_least(finding) and known.first <= onset.last)


def _one_onset(one: Interval, other: Interval, reading: Reading) -> bool:
    since = max(reading.days_before(min(one.first, other.first)), 0)
    return apart(one, other) <= max(MONTH, 0.2 * since)


def _onset(finding: Finding, reading: Reading) -> Interval | None:
    """When the pain began: as told, else the told days before the statement, as exactly as the unit allows."""
    if onset := interval(finding.get("onset")):
        return onset
    told, days = reading.told(finding), finding.get("days") or _uncounted(finding)
    if told is None or not isinstance(days, int | float):
        return None
    unit = next((unit for unit in (365, 30, 7) if days % unit == 0), 1)
    return Interval(days_before(told, days + unit - 1), days_before(told, days))


def _is_least(finding: Finding) -> bool:
    """Whether the pain may have lasted longer than is told."""
    return is_least("days", finding) or (finding.get("days") is None and finding.get("onset") is None)


def _uncounted(finding: Finding) -> int | None:
    """The days that it has been at the least, where it is told in words such as 'for years' or 'since childhood'."""
    return next((days for where, days in _least() if where.search(finding.mention)), None)


@cache
def _least() -> tuple[tuple[re.Pattern[str], int], ...]:
    reads = lexicon("points_of_time").concepts["least"].extra["reads"]
    return tuple((re.compile(read["where"], re.I), int(read["days"])) for read in reads)
