"""Regions, sides and vertebral levels that a phrase names."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed

SEGMENTS = tuple(
    [f"C{n}" for n in range(1, 8)]
    + [f"T{n}" for n in range(1, 13)]
    + [f"L{n}" for n in range(1, 6)]
    + [f"S{n}" for n in range(1, 6)]
)
REGION_OF_LETTER = {"C": "cervical", "T": "thoracic", "L": "lumbar", "S": "lumbar"}
LEVEL = needing(
    r"(?<![A-Za-z0-9.#])(?P<letter>[CTLS])[- ]?(?P<number>1[0-2]|[1-9])(?!\d|\.\d|[A-Za-z](?<![sS]))"
    r"(?P<rest>(?:\s*(?P<join>-|\u2013|/|\bto\b|\bthrough\b|\bthru\b|,|&|\band\b|"
    r"\+)\s*(?:[CTLS][- ]?)?(?:1[0-2]|[1-9])(?![\d%]|/(?![CTLS]\d|[1-9]-[1-9]\b)|"
    r"\.\d|\s*(?:mg|mL|cc|weeks?|wks?|visits?|months?|days?|"
    r"years?|times|x\b)|[A-Za-z]))*)",
    re.I,
)
COMPACT = compiled(
    r"(?<![A-Za-z0-9.#-])(?P<upper>C(?=23|34|45|56|67|7T1)[2-7]|L(?=12|23|34|45|5S1)[1-5]|T12(?=L1))"
    r"(?P<lower>[2-7](?!\d)|[ST]1(?!\d)|L1(?!\d))(?![A-Za-z])"
)
PART = compiled(
    r"(?P<join>-|\u2013|/|\bto\b|\bthrough\b|\bthru\b|,|&|\band\b|"
    r"\+)\s*(?P<letter>[CTLS])?[- ]?(?P<number>1[0-2]|[1-9])",
    re.I,
)
SIDE = compiled(
    r"\b(?P<bilateral>bilateral(?:ly)?|bilat\b|bilat\.|b/l|either side\b|both (?:sides|knees|hips|shoulders|feet|hands|"
    r"wrists|ankles|elbows|legs|arms|SI joints)|right and left|left and right|right\s*(?:/|>|<|=|&)\s*left|"
    r"left\s*(?:/|>|<|=|&)\s*right)"
    r"|\b(?P<left>(?<=on the )left|left(?:[- ]sided|-side)?)\b(?!(?<!on the left) (?:against|AMA|the|his|her|"
    r"with|without|work|over|for|"
    r"untreated|in place|alone|off|at home)\b)"
    r"|\b(?P<right>right(?:[- ]sided|-side)?)\b(?! (?:now|(?:at|around)\s+\d+\s+(?:hours?|days?|weeks?|months?)|away|"
    r"after|before|hand(?:ed)?[- ]dominant|-?handed|"
    r"when|there\b|on (?:[LCST]\d|top\b|it\b)|up against|against (?:the|it)\b))",
    re.I,
)
SHORT_SIDE = compiled(
    r"(?<![A-Za-z0-9./-])(?P<both>B)(?=\s+(?:[CTLS]\d|SI\b|SIJ|MBB|TFESI|RFA|LE\b|UE\b|facet|foram|lumbar|cervical"
    r"|lumbosacral|sciatica|legs?\b|arms?\b|buttock|knees?\b))"
    r"|(?<![A-Za-z0-9./-])(?:(?P<left>L|Lt|LT|lt)|(?P<right>R|Rt|RT|rt))\.?(?=\s+(?:[CTLS]\d|[a-z]{3,}|SI\b|SIJ|"
    r"TFESI|MBB|RFA|ESI|LBP|TKA|THA|[LU]E\b))|-(?P<lt>LT|50L)\b|-(?P<rt>RT)\b"
)

NOT_THERE = compiled(
    r"\b(?:rather than|instead of|as opposed to|in preference to|unlike|(?:and|but) not)\s+"
    r"(?:(?:at|to|from|via|through|the|a|left|right)\s+){0,3}$",
    re.I,
)
SEQUENCE = compiled(  # of an image, no vertebra: 'T1 dark', 'T2-weighted'
    r"T[12](?:\s*(?:and|/|,)\s*T[12])?(?:[\s-]+|/)(?:dark|bright|hypo|hyper|iso|weighted|signal|images?\b|sequences?|low\b|high\b|STIR"
    r"|fat|FLAIR|T[12]\b)",
    re.I,
)
CONTRASTED = 40  # characters before a level in which words may stand that set it against the one that is meant


def levels_in(text: str, start: int, end: int) -> tuple[str, ...]:
    """The vertebral levels named, normalized and in order: 'L4/5' is L4-5, 'L3 through S1' is L3-4, L4-5, L5-S1.

    A level that is set against the one that is meant ('at C7-T1 rather than at C6-7') is not one of them.
    """
    if COMPACT.search(text, start, end):
        text, start, end = _spelled(text[start:end])
    found: dict[str, None] = {}
    for match in LEVEL.finditer(text, start, end):
        if match["letter"] in "Tt" and SEQUENCE.match(text, match.start()):
            continue
        if not NOT_THERE.search(text, max(0, match.start() - CONTRASTED), match.start()):
            found.update(dict.fromkeys(_levels(match)))
    segments = tuple(level for level in found if "-" in level)
    return segments or tuple(found)  # beside named segments, single vertebrae are the nerves that supply them


def _spelled(words: str) -> tuple[str, int, int]:
    """The words with the levels that are written without a hyphen written with one: 'L45, L5S1' is 'L4-5, L5-S1'."""
    spelled = COMPACT.sub(lambda match: f"{match['upper']}-{match['lower']}", words)
    return spelled, 0, len(spelled)


def _levels(match: re.Match[str]) -> Iterator[str]:
    """The levels of one run such as 'L3-4, 4-5 and L5-S1' or 'L3 through S1'."""
    last = match["letter"].upper() + match["number"]
    single, joined = True, ""
    for part in PART.finditer(match["rest"]):
        letter = (part["letter"] or last[0]).upper()
        if not part["letter"] and part["number"] == "1" and last in ("L5", "C7", "T12"):
            letter = {"L5": "S", "C7": "T", "T12": "L"}[last]
        this = letter + part["number"]
        between = part["join"] == "/" and not single and joined != "/"  # 'L4-5/L5-S1' are two, 'L4/L5/S1' one run
        joined = part["join"]
        if between or joined in (",", "&", "+") or joined.lower() == "and":
            if single:
                yield last
            last, single = this, True
            continue
        yield from _between(last, this)
        last, single = this, False
    if single:
        yield last


def _between(first: str, last: str) -> Iterator[str]:
    """The segments from one vertebra to another: L3 and S1 give L3-4, L4-5, L5-S1."""
    if first not in SEGMENTS or last not in SEGMENTS or SEGMENTS.index(first) >= SEGMENTS.index(last):
        yield first
        return
    for upper, lower in zip(SEGMENTS[SEGMENTS.index(first) :], SEGMENTS[SEGMENTS.index(first) + 1 :], strict=False):
        yield f"{upper}-{lower[1:]}" if upper[0] == lower[0] else f"{upper}-{lower}"
        if lower == last:
            return


def regions_in(parsed: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The regions that the words between two offsets name, by term or by vertebral level, in order of first mention."""
    named = [(hit.start, hit.concept) for hit in parsed.within(start, end, "regions")]
    named += [
        (match.start(), REGION_OF_LETTER[match["letter"].upper()])
        for match in LEVEL.finditer(parsed.text, start, end)
        if match["letter"].isupper()
    ]
    named += [
        (match.start(), REGION_OF_LETTER[match["upper"][0]]) for match in COMPACT.finditer(parsed.text, start, end)
    ]
    return tuple(dict.fromkeys(region for _, region in sorted(named)))


def one_or_list(regions: Iterable[str]) -> str | list[str] | None:
    """The value of the attribute `region`: one, a list of several, or None."""
    several = list(dict.fromkeys(regions))
    return several or None if len(several) != 1 else several[0]


def side_in(text: str, start: int, end: int) -> str | None:
    """The side that a phrase names: left, right or bilateral; both sides named are bilateral."""
    named = {group for match in SIDE.finditer(text, start, end) for group, words in match.groupdict().items() if words}
    if not named:
        short = (match.groupdict() for match in SHORT_SIDE.finditer(text, start, end))
        named = {
            name
            for groups in short
            for name, words in (
                ("bilateral", groups["both"]),
                ("left", groups["left"] or groups["lt"]),
                ("right", groups["right"] or groups["rt"]),
            )
            if words
        }
    if "bilateral" in named or {"left", "right"} <= named:
        return "bilateral"
    return named.pop() if named else None
