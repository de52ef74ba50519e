"""A steroid where it is named in, the milligrams of the session out: as written, or its strength times its volume."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings.bounds import is_exceeded
from mednec.findings.parse import Parsed
from mednec.findings.regions import levels_in
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

# Longer words stand before those that they begin with.
WORDS = {"one hundred and sixty": 160, "one hundred and twenty": 120, "one hundred twenty": 120,
         "hundred and twenty": 120, "one hundred": 100, "a hundred": 100, "hundred": 100, "one": 1, "two": 2,
         "three": 3, "four": 4, "five": 5, "six": 6, "eight": 8, "ten": 10, "twelve": 12, "fifteen": 15,
         "sixteen": 16, "twenty": 20, "forty": 40, "sixty": 60, "eighty": 80, "half a": 0.5}  # fmt: skip
NUMBER = rf"(?:\d+(?:\.\d+)?|(?:{'|'.join(WORDS)})\b)"
MG = r"(?:mg|milligrams?)"
DOSE_AFTER = compiled(
    rf"(?:(?!\band\b|\bwith\b|\bplus\b)[^.;,()/+]){{0,28}}?\(?(?<![\d.])(?P<mg>{NUMBER})\s?{MG}\b(?!\s*(?:/"
    r"|per)\s*(?:mL|cc|kg))",
    re.I,
)
OTHER_UNIT = compiled(  # 'dexamethasone 8000 mcg', '0.02 g'
    r"[^.;,()/+\d]{0,28}\(?(?P<amount>\d+(?:\.\d+)?)\s?(?P<unit>mcg|\u00b5g|\u03bcg|micrograms?|g|gm|grams?)\b(?!\s*(?:/|per)\s*(?:mL|cc|kg))",
    re.I,
)
OF_A_MILLIGRAM = {"g": 1000.0}  # how many milligrams; what is in no other unit is in micrograms
DOSE_BEFORE = compiled(
    rf"(?<![\d.])(?P<mg>{NUMBER})\s?{MG}(?:\s+(?:of|total))?\s+(?:(?!and\b|with\b)[\w-]+\s+){{0,3}}$", re.I
)
DOSE_LABELED = compiled(  # 'dexamethasone, dose: 10 mg', 'triamcinolone; I will use 40 mg'
    rf"[^.;,\n]{{0,12}}[\s,;]+(?:(?:total )?(?:dose|amount|quantity)|(?:I|we) (?:will |shall |am going to )?"
    rf"(?:use|used|give|gave|inject|injected))\s*(?:[:=]|of|is|was)?\s*(?P<mg>{NUMBER})\s?{MG}\b(?!\s*(?:/|per))",
    re.I,
)
POURED = compiled(rf"\b(?P<vials>{NUMBER})\s*(?:vials?|ampu?les?)\s+(?:of\s+)?$", re.I)  # 'two vials of dexamethasone'
EACH_VIAL = compiled(r"\s+(?:each|apiece|per (?:vial|ampu?le))\b", re.I)
OF_A_VIAL = compiled(
    rf"\s*\(?(?P<each>\d+(?:\.\d+)?)\s?mg\s?(?:/|per)\s?(?:mL|cc)\)?[\s,(]*(?:(?P<volume>{NUMBER})\s?(?:mL|cc))?", re.I
)
VIALS = compiled(
    rf"[^.;]{{0,12}}?(?P<each>\d+(?:\.\d+)?)\s?mg\s?/\s?(?:mL|"
    rf"cc)\)?[^.;]{{0,20}}?\b(?P<vials>{NUMBER})\s*(?:vials?|ampu?les?)"
    rf"\s+(?:of|x|at)\s+(?P<volume>{NUMBER})\s?(?:mL|cc)",
    re.I,
)
DOSE_BARE = compiled(
    r"(?:\s+acetate|\s+acetonide)?\s+(?P<mg>\d{1,3})(?=\s*(?:[,;)+&]|\.(?!\d)|$|\n|/\s?(?!mL|cc|\d)|(?:and|w|with|"
    r"plus|epidural)\b))"
)  # a steroid's name and a number: 'depo 80'
STRENGTH = compiled(
    rf"[^.;,]{{0,40}}?(?P<each>\d+(?:\.\d+)?)\s?mg\s?(?:/|per)\s?(?:mL|cc)\)?[\s,;:xX(*\u00d7-]*(?:(?:total|"
    rf"volume|of|given|injected|dose|draw|up|use|using|inject|take|give|quantity|amount)\s+){{0,3}}(?P<volume>{NUMBER})\s?(?:mL|cc)\b",
    re.I,
)
STRENGTH_BEFORE = compiled(
    rf"(?<![\d.])(?P<volume>{NUMBER})\s?(?:mL|cc)\s+(?:of\s+)?(?P<each>\d+(?:\.\d+)?)\s?mg\s?(?:/|per)\s?(?:mL|cc)\s+"
    r"(?:of\s+)?(?:(?!and\b|with\b)[\w-]+\s+){0,2}$",
    re.I,
)
VOLUME_AND_STRENGTH = compiled(  # '2 mL of triamcinolone 40 mg/mL'
    rf"(?<![\d.])(?P<volume>{NUMBER})\s?(?:mL|cc)s?\s+(?:of\s+)?(?:(?!and\b|with\b|plus\b)[a-z-]+\s+){{1,3}}"
    r"\(?(?P<each>\d+(?:\.\d+)?)\s?mg\s?(?:/|per)\s?(?:mL|cc)\b(?!\)?[\s,;xX(]*\d)",
    re.I,
)
EACH = compiled(
    r"[^.;]{0,60}?\b(?:(?:at |per |in |into )?(?:each|every|both|per) (?:of (?:the )?)?(?:(?:two|three|2|3) )?"
    r"(?:levels?|foram\w+|nerves?|sites?|joints?)|(?:on |per )?(?P<side>each side|both sides|per side))\b",
    re.I,
)
GAP = r"(?:[^;.\n]|\.(?=\d)){0,48}?"  # a point within a number ends no sentence
TOTAL = compiled(
    rf"(?={GAP}\d\s?(?:mL|cc)\b){GAP}(?:[(=]\s*(?:total\s+(?:of\s+)?)?|"
    rf"\btotal(?:\s+dose)?(?:\s+of)?\s*:?\s*)(?P<mg>\d+(?:\.\d+)?)\s?mg\b(?!\s*(?:/|per))",
    re.I,
)
EACH_BEFORE = compiled(
    r"\b(?:(?:at|in|into|through|to|per|for)\s+)?(?:each|every|both|either)\b(?:\s+of(?:\s+the)?)?(?:\s+\w+){0,3}"
    r"[ ,]*(?:was |were |went |received |got )?\Z",
    re.I,
)
SITES_TOLD = {"3": 3, "three": 3}
SITES = compiled(
    r"\b(?P<sites>two|three|both|2|3)\s+(?:\w+\s)?(?:needles?|foram\w+|levels?|sites?|nerves?|roots?|places)\b", re.I
)
ANOTHER = compiled(
    rf"[^.;]{{0,40}}?\b(?:another|a further|a second|an additional|and then|plus)\s+(?P<mg>{NUMBER})\s?{MG}\b(?!\s?/)"
    r"(?!\s+(?:of\s+)?[a-z]{5,}caine)",
    re.I,
)
AT_ANOTHER = compiled(  # '10 mg at L5, 10 mg at S1'
    rf"\s*(?:at|to|in|into)\s(?:the\s)?(?:left\s|right\s)?[CTLS]\d[^\s,;]*\s*(?:,|;|and|"
    rf"plus)*\s*(?P<mg>{NUMBER})\s?{MG}\s(?:at|to|in|into)\b",
    re.I,
)
BY_SIDE = compiled(  # '10 mg right, 10 mg left'
    rf"\s*(?:on |to )?(?:the )?(?P<one>right|left|[RL])\b[\s,;+&]*(?:and )?(?P<mg>{NUMBER})\s?{MG}\s"
    r"(?:on |to )?(?:the )?(?!(?P=one)\b)(?:right|left|[RL])\b",
    re.I,
)
UNIT = compiled(rf"\s?{MG}\b", re.I)
TIMES = compiled(r"\s?(?:x|\u00d7|times)\s?(?P<times>[2-4]|two|three|four)\b(?!\s?(?:mL|cc|%))", re.I)
OF_ITS_NAME = compiled(r"\s?(?:mg|milligrams?)\b(?!\s?(?:/|per)\s?(?:mL|cc))", re.I)
WHOLE = compiled(r"[\s-]+(?P<mg>1\d\d|9\d|200)\b(?!\s?(?:mg\s?/|%|mL|cc))")  # more than any strength: a dose
NAMED = compiled(r"[\s-]*(?P<each>\d{1,2})\b(?!\s?(?:mg\b(?!\s?/)|%|mL|cc))", re.I)
VOLUME = compiled(rf"(?:\s?mg\s?(?:/|per)\s?(?:mL|cc))?{GAP}(?<![\d.])(?P<volume>{NUMBER})\s?(?:mL|cc)\b", re.I)
VOLUME_BEFORE = compiled(rf"(?<![\d.])(?P<volume>{NUMBER})\s?(?:mL|cc)\s+(?:of\s+)?$", re.I)


def injected_dose(parsed: Parsed, hit: Hit, name: str, quote: tuple[int, int]) -> Mapping[str, Any]:
    """How a steroid is written with its dose, and the milligrams of the session where they are told."""
    text = parsed.text
    others = [other.start for other in parsed.within(hit.end, quote[1], "technique") if other.concept == "injectate"]
    last = min(others, default=quote[1])
    by_strength = name.startswith(tuple(_injectate()["named_by_strength"]))
    before = (max(quote[0], hit.start - 45), hit.start)
    dose = (
        TOTAL.match(text, hit.end, last)
        or DOSE_AFTER.match(text, hit.end, quote[1])
        or DOSE_LABELED.match(text, hit.end, last)
        or DOSE_BEFORE.search(text, *before)
    )
    if dose is None:
        dose = (WHOLE if by_strength else DOSE_BARE).match(text, hit.end, quote[1])
    if by_strength and OF_ITS_NAME.match(text, hit.end) and (named := re.search(r"\d{1,2}$", hit.term)):
        each: int | float | None = _number(named.group())
    else:
        each = _told(text, dose, before) if dose else _made_up(text, hit, before, last, by_strength=by_strength)
        each = each or _in_other_units(text, hit, last)
    in_all = _in_all(each, parsed, hit, quote)
    more = _beside(text, dose) if dose and in_all == each else None
    if in_all and in_all == each and (times := TIMES.match(text, _behind(text, dose.end() if dose else hit.end))):
        in_all *= _number(times["times"])
    if more is None and in_all:
        more = ANOTHER.match(text, dose.end() if dose and dose.start() >= hit.end else hit.end, last)
    return {"value": as_written(text, hit, dose), "milligrams": (in_all or 0) + _number(more["mg"]) if more else in_all}


def _beside(text: str, dose: re.Match[str]) -> re.Match[str] | None:
    """A second dose right behind the first, at another level or on the other side."""
    return AT_ANOTHER.match(text, dose.end()) or BY_SIDE.match(text, dose.end())


def _behind(text: str, end: int) -> int:
    """Where a dose with its unit ends; a bare number may lack the unit."""
    unit = UNIT.match(text, end)
    return unit.end() if unit else end


def _in_other_units(text: str, hit: Hit, last: int) -> int | float | None:
    """The milligrams of a dose that is written in grams or micrograms."""
    dose = OTHER_UNIT.match(text, hit.end, last)
    if dose is None:
        return None
    return _number(str(round(float(dose["amount"]) * OF_A_MILLIGRAM.get(dose["unit"][0].lower(), 0.001), 3)))


def _told(text: str, dose: re.Match[str], before: tuple[int, int]) -> int | float:
    """The milligrams as written, of all vials; 'more than 80 mg' is not 80."""
    if (poured := POURED.search(text, *before)) and EACH_VIAL.match(text, dose.end()):
        return _number(dose["mg"]) * _number(poured["vials"])
    return _number(dose["mg"]) + (1 if is_exceeded(text, dose.start("mg")) else 0)


def _made_up(text: str, hit: Hit, before: tuple[int, int], last: int, *, by_strength: bool) -> int | float | None:
    """Strength times volume: '40 mg/mL, 2 mL', or for what is named by its strength 'Kenalog-40, 3 mL'."""
    if (poured := POURED.search(text, *before)) and (each := OF_A_VIAL.match(text, hit.end, last)):
        return _number(str(_number(poured["vials"]) * float(each["each"]) * _number(each["volume"] or "1")))
    if vials := VIALS.match(text, hit.end, last):
        return _number(str(float(vials["each"]) * _number(vials["vials"]) * _number(vials["volume"])))
    made = STRENGTH.match(text, hit.end, last) or STRENGTH_BEFORE.search(text, max(0, hit.start - 60), hit.start)
    made = made or VOLUME_AND_STRENGTH.search(text, before[0], min(last, hit.end + 40))
    if made:
        return _number(str(float(made["each"]) * _number(made["volume"])))
    named = re.search(r"\d{1,2}$", hit.term) or (NAMED.match(text, hit.end, last) if by_strength else None)
    if named is None:
        return None
    strength = named["each"] if "each" in named.re.groupindex else named.group()
    volume = VOLUME.match(text, max(named.end() if "each" in named.re.groupindex else hit.end, hit.end), last)
    volume = volume or VOLUME_BEFORE.search(text, *before)
    return _number(str(float(strength) * _number(volume["volume"]))) if volume else None


def _in_all(each: int | float | None, parsed: Parsed, hit: Hit, quote: tuple[int, int]) -> int | float | None:
    """The dose of the session where so much is given at each level or side; None where nobody tells how many."""
    if not each:
        return each
    text = parsed.text
    several = EACH.match(text, hit.end, quote[1])
    dose = DOSE_BEFORE.search(text, max(quote[0], hit.start - 45), hit.start)
    ahead = EACH_BEFORE.search(text, quote[0], dose.start() if dose else hit.start)
    if not several and not ahead:
        return each
    if several and several["side"]:
        return each * 2
    first = max(0, quote[0] - 300)
    places = {level for level in levels_in(text, first, quote[1]) if "-" in level}
    told = [SITES_TOLD.get(match["sites"].lower(), 2) for match in SITES.finditer(text, first, quote[1])]
    if ahead and not several and "both" in ahead[0].lower():
        told.append(2)
    many = max([len(places), *told])
    return each * many if many else None


def as_written(text: str, hit: Hit, dose: re.Match[str] | None) -> str:
    """The words that name what is injected, with its dose."""
    first, last = (min(hit.start, dose.start("mg")), max(hit.end, dose.end())) if dose else (hit.start, hit.end)
    return re.sub(r"\s+", " ", text[first:last]).strip(" (")


def _injectate() -> Mapping[str, Sequence[str]]:
    """What the lexicon says of what is injected."""
    extra: Mapping[str, Sequence[str]] = lexicon("technique").concepts["injectate"].extra
    return extra


def _number(words: str) -> int | float:
    number = float(WORDS.get(words.lower().strip(), 0) or words)
    return int(number) if number.is_integer() else number
