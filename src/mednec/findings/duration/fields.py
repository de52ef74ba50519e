"""A form in, how long the pain has lasted by the field that asks for it: 'Onset: spring 2025', 'How long? 2 years'."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mednec.expressions.begun import Begun
from mednec.expressions.patterns import compiled, spaced
from mednec.findings import quantities
from mednec.findings.duration.nearby import is_other, is_pain, speaks_of_pain, spoken_of
from mednec.findings.duration.times import Time, times_in
from mednec.findings.parse import Parsed, Sentence
from mednec.vocabulary import lexicon

NEAR = 400  # characters around a field in which the complaint is named
ASIDE = 90
CHECKED = compiled(
    r"(?:\[\s?[xX\u2713\u2714]\s?\]|\(\s?[xX\u2713\u2714]\s?\)|"
    r"[\u2611\u2612\u2713\u2714])\s*(?P<told>[^\[\]\n\u2610-\u2612]*)"
)
BOX = compiled(r"\[\s?[xX\u2713\u2714]?\s?\]|\(\s?[xX\u2713\u2714]?\s?\)|[\u2610-\u2612]")
FILL = compiled(
    r"(?:(?:about|approximately|approx\.?|around|over|more\sthan|greater\sthan|longer\sthan|at\sleast|since|for|x|"
    r"chronic|subacute|constant\w*|"
    r"persistent|ongoing|gradual\w*|insidious|sudden\w*|pt|states?|reports?|says|symptoms?|sx|pain|in|on|it\sbegan|"
    r"began|started|the|some|now|"
    r"almost|nearly|well|a\slittle|acute|onset|present|lasting|early|mid|late|back)\b|[\s,:;(\"'>\u2265~\u2248+-]|"
    r"\u201c)*",
    re.I,
)
DOSED = compiled(
    r"\b(?:frequency|freq|visits|sessions|sets|reps|hold|dose|sig|contrast|procedure|anesthesia|start\sof\scare|"
    r"plan\sof\scare)\b",
    re.I,
)
HISTORY = compiled(
    r"\b(?:location|onset|quality|severity|character|radiation|timing|context|intensity|aggravat\w+|alleviat\w+|"
    r"complaint|reason|problem)\b[^\n]{0,25}[:?]",
    re.I,
)


def fields(parsed: Parsed) -> Iterator[tuple[Sentence, Time]]:
    """Each field of a form that asks since when or for how long it hurts, with the time that it is filled with."""
    for field in _labels().finditer(parsed.text):
        value = _filled(parsed.text, field)
        if value is None or not _is_of_pain(parsed, field):
            continue
        time = _number(parsed.text, field, value) or next(
            (one for one in times_in(parsed, value) if not one.short), None
        )
        if time and FILL.fullmatch(parsed.text, value.start, time.start):
            yield Sentence(field.start("label"), value.end), time


def _number(text: str, field: re.Match[str], value: Sentence) -> Time | None:
    """'For how many months? 14': the unit stands in the question."""
    unit = field["unit"] or field["unit2"] or field["unit3"]
    told = quantities.NUMBER_ALONE.match(text, value.start, value.end) if unit else None
    if told is None:
        return None
    days = quantities.number(told.group().strip()) * quantities.UNIT_DAYS[quantities.unit_name(unit)]
    return Time(*told.span(), days=quantities.tidy(days))


@cache
def _labels() -> Begun:
    asked = lexicon("duration_cues").concepts["field"].extra
    of_pain, plain = ("|".join(map(spaced, asked[name])) for name in ("of_pain", "plain"))
    expression = compiled(
        rf"(?:^|(?<=[.;|] )|(?<=\t))[ \t\u2022*-]*(?:Q?\d{{1,2}}[.):]?\s+)?(?P<label>(?P<sure>{of_pain})|"
        rf"{plain})[ \t]*(?:\([^)\n]{{1,30}}\))?[ \t]*(?:[:?=|]|\.{{2,}})+[ \t]*(?P<value>\S[^\n]*)",
        re.I | re.M,
    )
    return Begun(expression, "\n", "\t", ". ", "; ", "| ")


def _filled(text: str, field: re.Match[str]) -> Sentence | None:
    """What a field holds: of boxes the one that is checked."""
    start, end = field.span("value")
    if not BOX.search(text, start, end):
        return Sentence(start, end)
    checked = list(CHECKED.finditer(text, start, end))
    return Sentence(*checked[0].span("told")) if len(checked) == 1 else None


def _is_of_pain(parsed: Parsed, field: re.Match[str]) -> bool:
    start = field.start("label")
    if field["sure"]:
        return speaks_of_pain(parsed, start - NEAR, field.end() + NEAR)
    around = parsed.text[max(0, start - ASIDE) : start] + parsed.text[field.end() : field.end() + ASIDE]
    if DOSED.search(around):
        return False
    before = [hit for hit in spoken_of(parsed, max(0, start - NEAR), start) if is_pain(hit) or is_other(hit)]
    if before:
        return is_pain(before[-1])
    return bool(HISTORY.search(around)) and speaks_of_pain(parsed, field.end(), field.end() + NEAR)
