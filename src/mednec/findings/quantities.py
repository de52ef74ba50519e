"""Numbers as charts write them: durations in days, counts, frequencies a week, percents; dates are in dates.py."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings import bounds

UNIT_DAYS = {
    "minute": 1 / 1440,
    "hour": 1 / 24,
    "day": 1.0,
    "week": 7.0,
    "month": 30.0,
    "year": 365.0,
    "fortnight": 14.0,
    "decade": 3650.0,
}
WORDS = {
    "zero": 0, "one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "dozen": 12, "twenty": 20,
    "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90, "hundred": 100,
    "a": 1, "an": 1, "half": 0.5, "once": 1, "twice": 2, "thrice": 3, "single": 1, "both": 2, "every": 1, "each": 1,
}  # fmt: skip
SPELLED = (
    r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|"
    r"eighteen|nineteen|(?:(?:half\s+)?an?\s+)?(?:baker['\u2019]s\s+)?dozen|twenty|thirty|forty|fifty|sixty|seventy|"
    r"eighty|ninety|hundred)"
)
TENS = r"(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
FIGURE = r"(?<![\d./#$])\d{1,4}(?:\.\d+)?(?:\s?1/2|½)?"
NUMBER = rf"(?:{FIGURE}|\b(?:{TENS}[\s-]+)?{SPELLED}\b(?:\s*\(\s*\d+\s*\))?|½)"
UPPER = rf"(?:\s*(?:-|\u2013|\u2014|\bto\b|\bor\b)\s*(?P<upper>{NUMBER}))?"
UNIT = (
    r"(?P<unit>minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|fortnights?|mths?|decades?|"
    r"[hdwmy](?=\b))"
)
NUMBER_ALONE = compiled(rf"{NUMBER}(?=\s*(?:$|[.;,|]|\n))", re.I)

DURATION = compiled(
    rf"(?P<lower>{NUMBER}|\b(?:half an?|half|an?)\b)\+?(?P<halves>\s+and\s+(?:a|"
    rf"one)[\s-]half)?{UPPER}\+?[\s-]*(?:plus[\s-]+|odd[\s-]+)?(?:full\s+|solid\s+|more\s+|long\s+|consecutive\s+|additional\s+|good\s+)?"
    rf"{UNIT}\b\.?(?P<half>\s+and\s+a\s+half)?(?!\s*(?:old\b|-old|y/?o\b))",
    re.I,
)
OF_TIME = compiled(  # a unit as `DURATION` and `LABELED` have them, without its number; most figures have none
    r"(?:minutes?|mins?|hours?|hrs?|days?|weeks?|wks?|months?|mos?|years?|yrs?|fortnights?|mths?|decades?|"
    r"(?<![a-z])h|(?<=[^\sa-z])[dwmy])\b",
    re.I,
)
LABELED = needing(r"\b(?P<unit>weeks|months|wks)\s*[:=]\s*(?P<n>\d{1,3})\b(?![/-])", re.I)
PERCENT = compiled(
    rf"(?P<lower>(?<![\d./])\d{{1,3}}(?:\.\d+)?|\b{SPELLED}\b(?:[\s-]{SPELLED})?)\s*(?:%|percent\b)?(?:\s*(?:-|"
    rf"\u2013|to|or)\s*(?P<upper>\d{{1,3}}))?\s*(?:%|percent\b|per\s?cent\b)",
    re.I,
)
FRACTIONS = {"half": 50, "two thirds": 66, "two-thirds": 66, "three quarters": 75, "three-quarters": 75, "a third": 33}
GONE = r"(?:relief|improve\w*|better|reduc\w*|benefit|gone|less\b|resolved|relieved)"
FRACTION = needing(  # 'better than half relief', 'two-thirds better', 'half of her pain was gone'
    rf"\b(?P<part>half|two[ -]thirds|three[ -]quarters|a third)(?=,?\s+(?:(?:of\s+)?(?:the|her|his|their|my|all)\s+)?"
    rf"(?:(?:usual|leg|arm|back|neck|low|axial)\s+)*(?:pain\s+|symptom\w*\s+)?(?:(?:is|was|were|"
    rf"had\s+been)\s+)?{GONE})",
    re.I,
)
WHOLES = {"thir": 3, "quar": 4, "four": 4, "fift": 5, "tent": 10}
PART_OF = needing(
    r"\b(?:(?P<count>an?|one|two|three|four|six|seven|eight|nine)[\s-](?P<whole>thirds?|quarters?|fourths?|fifths?|tenths?)|half)\b"
    r"(?!\s(?:an?\s)?(?:hour|day|week|month|year|dozen|mile|block|tablet|pill))",
    re.I,
)
COUNTED = (
    r"(?P<of>visits?|sessions?|treatments?|appointments?|appts?|injections?|blocks?|times|rounds?|shots?|"
    r"epidurals?|esis?|tfesis?|mbbs?|adjustments?|encounters?|procedures?)"
)
COUNT = compiled(
    rf"(?P<lower>{NUMBER}|\b(?:both|once|twice|a single)\b)\s*(?:/|of|"
    rf"out\s+of)?\s*(?P<scheduled>\d+)?{UPPER}\s*(?:[\w-]+\s+){{0,3}}?\b{COUNTED}\b",
    re.I,
)
PER_WEEK = compiled(
    rf"(?P<lower>{NUMBER}|\b(?:once|twice|thrice)\b){UPPER}\s*(?:[x\u00d7]|times?|visits?|sessions?|days?|"
    rf"nights?|d)?\s*(?:/|per|a|each|every|weekly|(?P<out>out\s+of\s+(?:the\s+)?7))\s*-?\s*(?P<unit>weeks?|"
    rf"wks?|w\b|days?|d\b|months?|mos?)?\b"
    rf"|\b(?P<times>once|twice|three times|[2-7]\s?x|[2-7]\s?times)\s*(?P<named>weekly|daily|monthly|week|wk|"
    rf"w\b)\b|\b(?P<word>daily|every day|each day|nightly|weekly|biweekly|every other day|every other week|"
    rf"q\.?d\b|qod\b)",
    re.I,
)
TIMES = ("hour", "day", "week", "month", "year", "wk", "hr", "mo", "min", "yr", "fortnight", "decade", *"0123456789")
VAGUE = compiled(r"\b(?:a few|few|several|a couple|couple|many|multiple|numerous)\s*(?:of\s+)?(?:more\s+)?$", re.I)
SHARES = {"better": 0.5, "best": 0.5, "greater": 0.5, "larger": 0.5, "major": 0.5, "most": 0.5}  # at least so much
SHARES |= {"half": 0.5, "quarter": 0.25, "third": 1 / 3, "two thirds": 2 / 3, "three quarters": 0.75}
SHARE = compiled(  # 'the better part of two years', 'three quarters of a year', 'part of a month'
    r"\b(?:the\s+|a\s+)?(?P<share>(?:better|best|greater|larger|major)(?=\s+part)|most|half|three[\s-]quarters|"
    r"two[\s-]thirds|quarter|third"
    r"|some|part|much|fraction)(?:\s+part)?\s+of\s+(?:(?:the|this)\s+)?(?:(?:last|past)\s+)?$",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number with its place in the text: a range gives its lower bound as `value` and its upper one as `upper`."""

    start: int
    end: int
    value: float
    upper: float | None = None
    unit: str = ""


def durations(text: str, start: int, end: int) -> list[Quantity]:
    """Lengths of time in days, in order: '6 wks' is 42, '4-6 weeks' is 28; 'a few weeks' is left out."""
    if not _holds(text, start, end, TIMES) or not OF_TIME.search(text, start, end):
        return []
    labeled = (
        Quantity(found.start(), found.end(), tidy(number(found["n"]) * UNIT_DAYS[unit]), None, unit)
        for found in LABELED.finditer(text, start, end)
        if (unit := unit_name(found["unit"]))
    )
    return sorted([*_durations(text, start, end), *labeled], key=lambda quantity: quantity.start)


def _durations(text: str, start: int, end: int) -> Iterator[Quantity]:
    for match in DURATION.finditer(text, start, end):
        unit = unit_name(match["unit"])
        if len(match["unit"]) == 1 and match["unit"] != "h" and not text[match.start("unit") - 1].isdigit():
            continue
        if VAGUE.search(text, max(start, match.start() - 20), match.start()):
            continue
        of_it = bounds.share_of(text, match.start())
        if of_it is None:
            continue
        part = SHARE.search(text, max(start, match.start() - 40), match.start())
        share = SHARES.get(re.sub(r"[\s-]+", " ", part["share"].lower())) if part else 1
        if share is None:  # 'part of a year' has no length
            continue
        value = number(match["lower"]) + (0.5 if match["half"] or match["halves"] else 0)
        upper = number(match["upper"]) * UNIT_DAYS[unit] if match["upper"] else None
        value *= share * of_it
        yield Quantity(part.start() if part else match.start(), match.end(), tidy(value * UNIT_DAYS[unit]), upper, unit)


def percents(text: str, start: int, end: int) -> list[Quantity]:
    """Percents in order; a range gives its lower bound, and half, two thirds, three quarters of relief are percents."""
    fractions = [
        Quantity(match.start(), match.end(), FRACTIONS[match["part"].lower()], None, "%")
        for match in FRACTION.finditer(text, start, end)
        if bounds.share_of(text, match.start()) == 1
    ]
    if not _holds(text, start, end, ("%", "percent", "per cent")):
        return fractions
    written = [
        Quantity(
            match.start(),
            match.end(),
            tidy(number(match["lower"]) * of_it),
            number(match["upper"]) if match["upper"] else None,
            "%",
        )
        for match in PERCENT.finditer(text, start, end)
        if (of_it := bounds.share_of(text, match.start())) is not None
    ]
    return sorted([*fractions, *written], key=lambda quantity: quantity.start)


def fractions(text: str, start: int, end: int) -> list[Quantity]:
    """Fractions in words, as percents, in order: 'nine tenths' is 90; what is said of them is not looked at."""
    return [
        Quantity(match.start(), match.end(), _percent_of(match), None, "%")
        for match in PART_OF.finditer(text, start, end)
        if bounds.share_of(text, match.start()) == 1
    ]


def _percent_of(match: re.Match[str]) -> int:
    if match["whole"] is None:
        return 50
    return int(100 * max(1, number(match["count"])) / WHOLES[match["whole"].lower()[:4]])


def counts(text: str, start: int, end: int) -> list[Quantity]:
    """Visits, sessions, injections and the like, in order: 'eight or nine visits' is 8; `unit` is what is counted."""
    return [
        Quantity(
            match.start(),
            match.end(),
            tidy(number(match["lower"])),
            number(match["upper"]) if match["upper"] else None,
            match["of"].lower(),
        )
        for match in COUNT.finditer(text, start, end)
        if bounds.share_of(text, match.start()) is not None
    ]


def frequencies(text: str, start: int, end: int) -> list[Quantity]:
    """Times a week, in order: '2x/wk', 'twice weekly', '2-3 times per week', 'daily' (7)."""
    found = (_frequency(match) for match in PER_WEEK.finditer(text, start, end))
    return [quantity for quantity in found if quantity is not None]


PER_DAY_WORDS = {
    "daily": 7, "every day": 7, "each day": 7, "nightly": 7, "qd": 7, "q.d": 7, "weekly": 1, "biweekly": 2,
    "every other day": 3.5, "qod": 3.5, "every other week": 0.5,
}  # fmt: skip
WEEKLY = {"week": 1.0, "day": 7.0, "month": 7 / 30}


def _frequency(match: re.Match[str]) -> Quantity | None:
    if match["word"]:
        return Quantity(match.start(), match.end(), PER_DAY_WORDS[match["word"].lower().rstrip(".")], None, "week")
    if match["times"]:
        unit = unit_name(match["named"])
        times = number(re.sub(r"\s*(?:x|times)$", "", match["times"], flags=re.I))
        return Quantity(match.start(), match.end(), tidy(times * WEEKLY[unit]), None, unit)
    if match["out"]:
        unit = "week"
    elif match["unit"]:
        unit = unit_name(match["unit"])
    elif match.group().rstrip().lower().endswith("weekly"):
        unit = "week"
    else:
        return None
    factor = WEEKLY[unit]
    upper = number(match["upper"]) * factor if match["upper"] else None
    return Quantity(match.start(), match.end(), tidy(number(match["lower"]) * factor), upper, unit)


def number(words: str) -> float:
    """The number that words or figures give: '6', 'six', 'six (6)', '2 1/2', 'half a'; the parenthesis wins."""
    words = words.strip().lower()
    if in_figures := re.search(r"\d+(?:\.\d+)?", words):
        half = 0.5 if re.search(r"\d\s?1/2$", words) and words != "1/2" else 0.0
        return float(in_figures.group()) + half
    if words == "½":
        return 0.5
    if "half" in words and "dozen" not in words:
        return 0.5
    if "dozen" in words:
        if "half" in words:
            return 6.0
        several = sum(WORDS.get(word, 0) for word in words.split() if word not in ("a", "an", "one", "dozen", "half"))
        return 13.0 if "baker" in words else 12.0 * max(1, several)
    return float(sum(WORDS.get(word, 0) for word in re.split(r"[\s-]+", words)))


def _holds(text: str, start: int, end: int, words: tuple[str, ...]) -> bool:
    """Whether any of some words stands in a stretch of text: far cheaper to ask than a regular expression."""
    stretch = text[start:end].lower()
    return any(word in stretch for word in words)


def unit_name(unit: str) -> str:
    """The name of a unit of time as written: 'wks', 'w' and 'weeks' are 'week'."""
    if unit[:2].lower() == "mi":
        return "minute"
    if unit[:2].lower() == "de":
        return "decade"
    return {"h": "hour", "d": "day", "w": "week", "m": "month", "y": "year", "f": "fortnight"}[unit[0].lower()]


def tidy(value: float) -> float:
    """The number as an int where it is whole, else with three digits: 42.0 is 42, 1/24 is 0.042."""
    return int(value) if float(value).is_integer() else round(value, 3)
