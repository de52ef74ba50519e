"""A treatment and the words around it in, the numbers of its course out: dates, durations, counts, relief, levels, side."""

from __future__ import annotations

import re
from typing import Any

from mednec.findings import dates, quantities, regions
from mednec.findings.dates import Period
from mednec.findings.parse import Parsed
from mednec.findings.quantities import Quantity
from mednec.findings.therapy_mentions import Mention

BELONGS_AHEAD = re.compile(
    r"\s*(?:of|course of|trial of|trials of|'?\s*worth of|-?\s*of)?\s*(?:[\w/-]+\s+){0,2}$", re.I
)
JOINS_BACK = re.compile(r"[\s(:,]*(?:x|for|over|\u00d7|@|at)?\s*$", re.I)
NOT_A_COURSE = re.compile(
    r"(?:\b(?:in|within|after|every|each|q|past|last|next|previous|until|than|by|before|at|recheck|return|"
    r"follow(?:ed)?[- ]up|f/u|rtc|x-?rays?|age|aged|until about|per|times an?|once|lasted|lasting|last|this|"
    r"\d\s+and|relief for|relief of|better for|hx|held|an|wait|about .{0,12} after)\s+(?:the\s+)?(?:about\s+|"
    r"approximately\s+)?|\brelief\s*[~:]?\s*|\bfor\s+(?:the\s+)?(?:past|last)\s+|~\s*)$",
    re.I,
)
NOT_A_COURSE_AFTER = re.compile(
    r"\s*(?:(?:a|per|/|each|every|out of)\s*(?:the\s+)?(?:week|wk|day|month|7)|ago|later|after\b|before|old|"
    r"prior|from now|post|out\b|history|hx|of (?:pain|relief|symptoms|good|some|complete|significant|"
    r"improvement|low|back|neck|temporary)|pain|relief|status|s/p|follow|since\b|apart|in the (?:past|future)|"
    r"to (?:see|recheck)|visit\b|release)",
    re.I,
)
PAIN_LASTS = re.compile(
    r"\b(?:pain|symptoms?|complaints?|headaches?|numbness|history|onset|began|started|lbp|discomfort|"
    r"injury)\b[^,;.]{0,40}$",
    re.I,
)
RELIEF = r"(?:pain\s+)?(?:relief|improve\w*|better|reduc\w*|decreas\w*|reliev\w*|resol\w*|benefit\w*|help\w*|diminish\w*|pain[- ]free|less)"
PERCENT_OF_RELIEF = re.compile(rf"[^.;%]{{0,32}}?\b{RELIEF}\b", re.I)
RELIEF_OF_PERCENT = re.compile(rf"\b{RELIEF}\b[^.;%]{{0,34}}$", re.I)
SHARE = re.compile(
    r"\s*(?:of (?:the|his|her) (?:time|pain is|day)|leg\b|back\b|axial|low back|neck\b|arm\b|right\b|left\b|"
    r"disab|impair|oxygen|saturation|\(\d)",
    re.I,
)
SCORE = re.compile(
    r"\b(?:ODI|NDI|oswestry|disability|SpO2|sat|O2|ext|flex|AROM|ROM|compliance|attendance|bupivacaine|"
    r"lidocaine|marcaine)\W{0,4}(?:index\W{0,3}|\d+\s*%?\s*(?:->|to)\s*)?$",
    re.I,
)
LASTING = re.compile(
    r"(?:\b(?:lasted|lasting|lasts|relief|better|improvement|benefit|helped|helps?|edge off|good|pain[- ]free|"
    r"relief that lasted)\b(?:\s+(?:him|her|it|only|of|the pain|her pain|his pain|by|up to|to|"
    r"with))*[^.;\d]{0,26}|\d/10\s+(?:for|x)\s+|\d\s*%\s*(?:pain\s+)?(?:relief|improvement)?[^.;\d]{0,24}|"
    r"~)$",
    re.I,
)
OF_RELIEF = re.compile(
    r"\s*(?:of|worth of)\s+(?:[\w-]+\s+){0,3}(?:relief|improvement|benefit)\b|"
    r"\s+(?:of\s+)?(?:pain\s+)?relief\b",
    re.I,
)
FOR_A = re.compile(r"\b(?:for|over|about|of|lasted|least|than|almost|nearly|x|after)\s+$", re.I)
BY_X = re.compile(r"(?:\bx|\u00d7)\s*$", re.I)
LASTED = re.compile(r"\b(?:for|x|lasting|lasted|over)\s+(?:about\s+|approximately\s+|at least\s+|~\s*)?$", re.I)
ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
}
ORDINAL_BEFORE = re.compile(
    r"\b(?P<word>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\b(?:\s+(?:[\w/-]+)){0,4}\s*$", re.I
)
ORDINAL_AFTER = re.compile(r"\s*(?:block\s*)?#\s*(?P<n>[1-9])\b")
TIMES = re.compile(
    r"(?:(?!positive|\bif\b|\bmL\b|\bC\s|sec)[^;:\n]){0,110}?(?<![\w.])(?:x|\u00d7)\s?(?P<n>\d{1,2}|two|three|"
    r"four|five|six)(?!\s*(?:/|mg|wks?|weeks?|months?|mos?|days?|d\b|years?|min|hrs?|hours?|\d|\s*'|a\b))\b",
    re.I,
)
COUNT_BEFORE = re.compile(
    r"\b(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|twelve|both|\d{1,2})\s+(?:(?:prior|previous|"
    r"more|additional|recent|total|positive|diagnostic|successful|concordant|lumbar|cervical|epidural|"
    r"separate|sets? of|rounds? of|courses? of|[a-z]+-guided|bilateral|left|right)\s+)*$",
    re.I,
)
VISITS_OF = re.compile(
    r"(?P<n>\d{1,3})\s*(?:visits?\s+)?(?:of|/|out of)\s*(?P<m>\d{1,3})\s*(?:scheduled\s+|planned\s+|"
    r"authorized\s+)?(?:PT\s+)?(?:visits|sessions|appointments|treatments)?",
    re.I,
)
ELSEWHERE = re.compile(
    r"[;:]|\.\s|\b(?:pain|impingement|stenosis|herniations?|radiculopathy|confirmed by|before|considering|"
    r"x\d,? with|positive|with)\b",
    re.I,
)
LEADS_ON = re.compile(
    r"(?:,|\band\b|\bthen\b|\bfollowed by\b|\bsubsequent(?:ly)?\b)(?:\s|and|then|subsequent|an?|the|"
    r"on)*(?:right|left|bilateral|[CTLS]\d|[LR]\s)[^,;]*$",
    re.I,
)
DIGIT = re.compile(r"\d")
NUMBERS = frozenset(
    ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "twelve", "both", "once", "twice", "half", "a", "an", "daily", "weekly", "every", "first", "second", "third"]
)
WINDOW = 150  # characters: how far from a treatment its numbers may stand
NEARBY = 90  # characters
NO_LEVELS = (
    "sacroiliac_joint_injection",
    "joint_injection",
    "peripheral_nerve_block",
    "joint_surgery",
    "trigger_point_injection",
)
TIES = re.compile(
    r"\b(?:for|of|to|in|into|on|over|at|around|her|his|the|both|right|left|bilateral|"
    r"around)\s+(?:[\w'/-]+\s+){0,4}$",
    re.I,
)
SERIES = ("injection",)


def course(
    parsed: Parsed, mention: Mention, before: int, after: int, last: int, lead: tuple[int, int], ends: int
) -> dict[str, Any]:
    """The numbers that the words between `before` and `after` give for one treatment among them.

    `ends` is where the sentence ends. Relief is told of a whole list: it may stand as far as `last`; so is the side that stands in the `lead` of the list.
    """
    text = parsed.text
    told: dict[str, Any] = {}
    before, reach = max(before, mention.start - WINDOW), mention.end + 2 * WINDOW
    zone = text[before : min(last, reach)]
    if not DIGIT.search(zone) and NUMBERS.isdisjoint(zone.lower().split()):
        return (
            _place(text, mention, before, min(after, reach), lead, after < ends) | _ordinal(text, mention, before)
            if mention.group == "injection"
            else told
        )
    after, last, ends = (min(at, reach) for at in (after, last, ends))
    if mention.group != "injection":
        told.update(_duration(text, mention, before, after))
    told.update(_visits(text, mention, before, after))
    told.update(_relief(text, mention, after) or _relief(text, mention, last))
    told.update(_dates(text, mention, before, after))
    if mention.group == "injection":
        told.update(_place(text, mention, before, after, lead, after < ends))
        told.update(_ordinal(text, mention, before))
    return told


def _owned(text: str, mention: Mention, quantity: Quantity | Period, before: int, after: int) -> bool:
    """Whether a quantity between two treatments tells of this one: 'PT x 8 weeks' and '8 weeks of PT'."""
    if quantity.start >= mention.end:
        return True
    if BELONGS_AHEAD.fullmatch(text, quantity.end, mention.start):
        return not (
            before and JOINS_BACK.fullmatch(text, before, quantity.start) and text[before : quantity.start].strip()
        )
    return False


def _taken(text: str, quantity: Quantity, mention: Mention, after: int, next_start: int) -> bool:
    """Whether a quantity behind a treatment belongs to the next one: 'HEP and 7 weeks of meloxicam'."""
    adjacent = JOINS_BACK.fullmatch(text, mention.end, quantity.start) and "," not in text[mention.end : quantity.start]
    return next_start > 0 and not adjacent and bool(BELONGS_AHEAD.fullmatch(text, quantity.end, next_start))


def _duration(text: str, mention: Mention, before: int, after: int) -> dict[str, Any]:
    for quantity in sorted(quantities.durations(text, before, after), key=lambda q: (q.start < mention.start, q.start)):
        rate = text[quantity.start : quantity.start + 2].lower() in ("a ", "an") and not FOR_A.search(
            text, max(0, quantity.start - 14), quantity.start
        )
        if rate or quantity.unit in ("hour", "minute") or not _is_course(text, quantity, before, mention):
            continue
        if _owned(text, mention, quantity, before, after) and not _taken_by_next(text, quantity, mention, after):
            return {"duration_days": quantity.value}
    return {}


def _taken_by_next(text: str, quantity: Quantity, mention: Mention, after: int) -> bool:
    return quantity.start >= mention.end and after < len(text) and _taken(text, quantity, mention, after, after)


def _is_course(text: str, quantity: Quantity, before: int, mention: Mention) -> bool:
    left = text[max(before, quantity.start - 45) : quantity.start]
    if re.match(r"\s*(?:ago|old|later)\b", text[quantity.end : quantity.end + 8]) or OF_RELIEF.match(
        text, quantity.end
    ):
        return False
    if (
        BY_X.search(left)
        or (quantity.end <= mention.start
        and re.fullmatch(r"\s*(?:of|'? worth of|course of)\s+(?:[\w-]+\s+){0,2}", text[quantity.end : mention.start]))
    ):
        return True
    counted = re.search(r"\b(?:visits?|sessions?|treatments?)\s+(?:in|over|within)\s+$", left)
    if (not counted and NOT_A_COURSE.search(left)) or NOT_A_COURSE_AFTER.match(text, quantity.end):
        return False
    nearest = text[max(mention.end, quantity.start - 60) : quantity.start] if quantity.start > mention.end else left
    return not PAIN_LASTS.search(nearest)


def _visits(text: str, mention: Mention, before: int, after: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    if mention.group == "medication":
        return told
    if mention.group == "injection":
        return {} if mention.concept.endswith("surgery") else _series(text, mention, before, after)
    if (match := VISITS_OF.search(text, mention.start, min(after, mention.end + 160))) and (
        re.search(
            r"visits|sessions|appointments|treatments|\battend",
            match.group() + " " + mention_words(text, mention),
            re.I,
        )
        and int(match["n"]) <= int(match["m"]) <= 99
    ):
        told["sessions"] = int(match["n"])
    around = re.search(r"(?P<n>\d{1,3}|\b[a-z]+)\s+$", text[max(before, mention.start - 14) : mention.start], re.I)
    if (
        "sessions" not in told
        and around
        and re.match(r"\s+(?:visits|sessions|treatments|appointments)\b", text[mention.end : mention.end + 16], re.I)
        and (count := quantities.number(around["n"])) >= 1
    ):
        told["sessions"] = int(count)
    inside = re.match(r"(?:attended\s+)?(\d{1,3})\s+visits?", mention_words(text, mention), re.I)
    if "sessions" not in told and inside:
        told["sessions"] = int(inside[1])
    for quantity in quantities.counts(text, before, after):
        if (
            "sessions" not in told
            and quantity.unit != "times"
            and _owned(text, mention, quantity, before, after)
            and not _taken_by_next(text, quantity, mention, after)
        ):
            told["sessions"] = quantity.value
    for quantity in quantities.frequencies(text, before, after):
        if (
            quantity.value != 7
            and quantity.value <= 14
            and (quantity.start > mention.end or _owned(text, mention, quantity, before, after))
        ):
            told["per_week"] = quantity.value
            break
    return told


def mention_words(text: str, mention: Mention) -> str:
    """The words of a mention."""
    return text[mention.start : mention.end]


def _series(text: str, mention: Mention, before: int, after: int) -> dict[str, Any]:
    """How many injections: 'two ESIs', 'ESI x2', 'both blocks'."""
    if match := TIMES.match(text, mention.end, min(after, mention.end + 120)):
        return {"sessions": int(quantities.number(match["n"]))}
    if match := COUNT_BEFORE.search(text, max(before, mention.start - 60), mention.start):
        return {"sessions": int(quantities.number(match["n"]))}
    words = mention_words(text, mention).lower()
    if words.startswith(("both ", "two ", "three ")):
        return {"sessions": int(quantities.number(words.split()[0]))}
    return {}


def _relief(text: str, mention: Mention, after: int) -> dict[str, Any]:
    told: dict[str, Any] = {}
    for quantity in quantities.percents(text, mention.end, after):
        ahead = PERCENT_OF_RELIEF.match(text, quantity.end, after)
        back = RELIEF_OF_PERCENT.search(text, max(mention.end, quantity.start - 60), quantity.start)
        if (
            (ahead or back)
            and not SCORE.search(text, max(mention.end, quantity.start - 24), quantity.start)
            and not (SHARE.match(text, quantity.end) and not ahead)
        ):
            told["relief_percent"] = quantity.value
            break
    for quantity in quantities.durations(text, mention.end, after):
        if re.match(r"\s*(?:ago|later|before|prior)\b", text[quantity.end : quantity.end + 10]):
            continue
        left = text[max(mention.end, quantity.start - 50) : quantity.start]
        percent = (
            "relief_percent" in told
            and LASTED.search(left)
            and "%" in text[max(mention.end, quantity.start - 80) : quantity.start]
        )
        if percent or LASTING.search(left) or OF_RELIEF.match(text, quantity.end):
            told["relief_days"] = quantity.value
            break
    return told


def _dates(text: str, mention: Mention, before: int, after: int) -> dict[str, Any]:
    if not re.search(r"\d\d", text[before:after]):
        return {}
    for period in dates.periods(text, before, after):
        if period.start < mention.start and not _dates_ahead(text, period, mention, before):
            continue
        if (
            period.start >= mention.end
            and after < len(text)
            and re.fullmatch(r"\s*(?:[\w-]+\s+){0,2}", text[period.end : after])
            and re.search(r"[,;]", text[mention.end : period.start])
        ):
            continue
        return _told_dates(text, mention, period)
    return {}


def _dates_ahead(text: str, period: Period, mention: Mention, before: int) -> bool:
    """Whether a date before a treatment is its date: 'In 2019 had a laminectomy', '10/3/25 ESI'."""
    gap = text[period.end : mention.start]
    if before and text[before : period.start].strip(" ,(") == "" and before > 0 and text[before - 1 : before].isalnum():
        return False
    return len(gap) < 50 and not re.search(
        r"[.;]|\b(?:pain|injury|mri|x-?ray|ct|emg|accident|onset|began|started|mva|mvc)\b", gap, re.I
    )


def _told_dates(text: str, mention: Mention, period: Period) -> dict[str, Any]:
    stopped = re.search(
        r"\b(?:stopped|discontinued|d/c'?d?|ended|completed|finished|until|through)\W+(?:on\s+|in\s+)?$",
        text[mention.end : period.start],
        re.I,
    )
    if stopped and period.first == period.last:
        return {"ended": period.last}
    if re.search(
        r"\bscheduled (?:visit|appointment)|\bonset\b|\bMRI\b|\bsince (?:the )?(?:injury|onset)",
        text[mention.end : period.start],
    ):
        return {}
    if (
        mention.group == "medication"
        and period.first == period.last
        and re.match(r"\s*(?:x|for)\s*\d", text[period.end : period.end + 8])
    ):
        return {"started": period.first}
    return {name: value for name, value in (("started", period.first), ("ended", period.last)) if value}


def _place(
    text: str, mention: Mention, before: int, after: int, lead: tuple[int, int], followed: bool
) -> dict[str, Any]:
    """Levels and side, from the words before the treatment or, failing that, those behind it."""
    inside = (mention.start, mention.end)
    ahead = (_cut(text, max(before, mention.start - 90), mention.start), mention.end)
    behind = (mention.end, _stop(text, mention.end, after, followed))
    told: dict[str, Any] = {}
    spans = (inside, ahead, behind)
    named = [found for span in spans if (found := regions.levels_in(text, *span))]
    levels = next((found for found in named if "-" in found[0]), named[0] if named else ())
    side = next(
        (
            found
            for span in (inside, ahead, (behind[0], min(behind[1], behind[0] + 60)), lead)
            if (found := regions.side_in(text, *span))
        ),
        None,
    )
    if levels and mention.concept not in NO_LEVELS:
        told["levels"] = list(levels)
    if side:
        told["side"] = side
    return told


def _cut(text: str, start: int, end: int) -> int:
    """Where the words that place a treatment begin: after the last word that speaks of something else."""
    return max((match.end() for match in ELSEWHERE.finditer(text, start, end)), default=start)


def _stop(text: str, start: int, after: int, followed: bool) -> int:
    """Where they end: before a place that leads to the next treatment."""
    limit = min(after, start + 130)
    if followed and after <= start + 130:
        match = LEADS_ON.search(text, start, after)
        return match.start() if match else limit
    return limit


def _ordinal(text: str, mention: Mention, before: int) -> dict[str, Any]:
    if match := ORDINAL_AFTER.match(text, mention.end) or re.search(r"#\s*(?P<n>[1-9])$", mention_words(text, mention)):
        return {"ordinal": int(match["n"])}
    if match := ORDINAL_BEFORE.search(text, max(before, mention.start - 50), mention.start):
        return {"ordinal": ORDINALS[match["word"].lower()]}
    return {}


def region(parsed: Parsed, mention: Mention, before: int, after: int, levels: list[str]) -> str | list[str] | None:
    """The region that the text ties to the treatment: by its name, its levels or the words directly around it."""
    if mention.concept == "sacroiliac_joint_injection":
        return "sacroiliac"
    inside = (
        regions.regions_in(parsed, mention.start, mention.end)
        if mention.reading not in ("drill", "record") or "umbar" in mention_words(parsed.text, mention)
        else ()
    )
    if inside:
        return regions.one_or_list(inside)
    if levels:
        return regions.REGION_OF_LETTER[levels[0][0]]
    if mention.reading in ("record", "drill"):
        named = regions.levels_in(parsed.text, mention.end, min(after, mention.end + 24))
        return regions.REGION_OF_LETTER[named[0][0]] if named else None
    near = [
        hit
        for hit in parsed.within(max(before, mention.start - 40), mention.start, "regions")
        if "sciatic" not in hit.term
        and len(parsed.text[hit.end : mention.start].split()) <= 2
        and not re.search(r"[,;.]", parsed.text[hit.end : mention.start])
    ]
    tied = [
        hit
        for hit in parsed.within(mention.end, min(after, mention.end + 70), "regions")
        if "sciatic" not in hit.term and _is_tied(parsed.text[mention.end : hit.start])
    ]
    if near or tied:
        return regions.one_or_list(hit.concept for hit in near or tied)
    return (
        None
        if parsed.section_at(mention.start).name in ("medications", "allergies")
        else _nearby(parsed, mention, before, after)
    )


def _nearby(parsed: Parsed, mention: Mention, before: int, after: int) -> str | None:
    """The one region that the same stretch of words names, close to the treatment."""
    text = parsed.text
    start = max(before, mention.start - NEARBY, max(text.rfind(sign, before, mention.start) for sign in ".;:") + 1)
    ends = [at for at in (text.find(sign, mention.end, after) for sign in ".;:") if at >= 0]
    end = min([after, mention.end + NEARBY, *ends])
    named = [
        hit.concept
        for hit in parsed.within(start, end, "regions")
        if "sciatic" not in hit.term and hit.concept not in ("abdomen_pelvis", "chest", "widespread")
    ]
    section = parsed.section_at(mention.start)
    named = named or [
        hit.concept for hit in parsed.within(section.start, section.body, "regions") if section.name != "exam"
    ]
    return named[0] if len(set(named)) == 1 else None


def _is_tied(gap: str) -> bool:
    """Whether only a preposition and few words stand between a treatment and a region: 'therapy for the right shoulder'."""
    if re.search(r"[.;:]|\b(?:pain|which|that|but|helped|relief|without|failed)\b", gap):
        return False
    return len(gap.split()) <= 6 and bool(
        re.match(
            r"[^,]{0,20}\b(?:for|of|to|in|into|on|over|at|around|her|his|both)\b|\s*$|\s+[RL]\b|\s*:\s*[RL]\b", gap
        )
    )
