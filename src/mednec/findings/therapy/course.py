"""A treatment and the words around it in, the numbers of its course out: dates, durations, counts, relief."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import quantities
from mednec.findings.quantities import Quantity
from mednec.findings.therapy.dates import told_dates
from mednec.findings.therapy.place import ordinal, place
from mednec.findings.therapy.relief import HOPED, days_after, is_void_stretch, lasted, relief_before, tells_no_relief
from mednec.findings.therapy.scope import CLAUSE, Around, is_tally
from mednec.findings.therapy.window import spent

BELONGS_AHEAD = compiled(
    r"(?!\s*(?:and|plus|with|along|together|alongside|as\s+well|combined|in\s+addition)\b)(?:['\u2019](?=\s))?\s*(?:of|"
    r"(?:course|block|round|stint|run|stretch|trial)s? of|'?\s*worth of|-?\s*of|in|on|doing)?\s*(?:[\w/-]+\s+){0,2}$",
    re.I,
)
OVER_AFTER = compiled(  # 'PT wrapped up 05/08 after seven weeks'
    r"\b(?:wrapped up|ended|finished|concluded|completed|stopped|discontinued|discharged|quit|let go|gave up|over)\b"
    r"[^.;,]{0,24}\bafter\s+(?:a full\s+|some\s+|about\s+|only\s+)?$",
    re.I,
)
ALONGSIDE = compiled(r"\s*(?:with|plus|including|w/)\s+(?:[\w/-]+\s+){0,2}", re.I)
ATTENDED = compiled(r"\b(?:PT|therapy|physio\w*|visits?|sessions?|chiropract\w+)\b", re.I)
JOINS_BACK = compiled(r"[\s(:,]*(?:x|for|over|\u00d7|@|at)?\s*$", re.I)
NOT_A_COURSE = compiled(
    r"(?:\b(?:in|within|after|every|each|q|past|last|next|previous|until|by|before|at|recheck|return|"
    r"(?:rather|other|later|sooner|earlier|older|worse|better) than|"
    r"follow(?:ed)?[- ]up|f/u|rtc|x-?rays?|age|aged|until about|per|times an?|once|lasted|lasting|last|this|"
    r"\d\s+and|\d\s+of|out of|missed|missing|skipped|except|all but|off|relief for|relief of|better for|hx|held|"
    r"an|wait|help(?:ed|s)(?: (?:him|her|it|some|a lot|only))? for|about .{0,12} after)\s+(?:the\s+)?(?:(?:about"
    r"|approximately|more than|longer than|no less than|not less than|at least|over)"
    r"\s+)?|\brelief\s*[~:]?\s*|\bfor\s+(?:the\s+)?(?:past|last)\s+)$",
    re.I,
)
NOT_A_COURSE_AFTER = compiled(
    r"\s*(?:(?:a|per|/|each|every|out of)\s*(?:the\s+)?(?:week|wk|day|month|7)|ago|later|after\b|before|old|"
    r"prior|from now|post|out\b|history|hx|of (?:pain|relief|symptoms|good|some|complete|significant|"
    r"improvement|low|back|neck|temporary)|pain|relief|status|s/p|follow|since\b|apart|in the (?:past|future)|"
    r"to (?:see|recheck)|visit\b|release|left(?=\s*(?:[.,;)]|$))|remain\w*|to go\b)",
    re.I,
)
PAIN_LASTS = compiled(
    r"\b(?:pain|symptoms?|complaints?|headaches?|numbness|history(?!\s*:)|onset|began|started|lbp|discomfort|"
    r"injury)\b[^,;.]{0,40}$",
    re.I,
)
RELIEF = (
    r"(?:pain\s+)?(?:relief|improve\w*|better|reduc\w*|decreas\w*|reliev\w*|resol\w*|benefit\w*|help\w*|"
    r"diminish\w*|pain[- ]free|less)"
)
PERCENT_OF_RELIEF = compiled(rf"[^.;%]{{0,32}}?\b{RELIEF}\b", re.I)
RELIEF_OF_PERCENT = compiled(rf"\b{RELIEF}\b[^.;%]{{0,48}}$", re.I)
SHARE = compiled(
    r"\s*(?:of (?:the|his|her) (?:time|pain is|day)|leg\b|back\b|axial|low back|neck\b|arm\b|right\b|left\b|"
    r"disab|impair|oxygen|saturation|\(\d)",
    re.I,
)
SCORE = compiled(
    r"\b(?:ODI|NDI|oswestry|disability|SpO2|sat|O2|ext|flex|AROM|ROM|compliance|"
    r"attendance)\W{0,4}(?:index\W{0,3}|\d+\s*%?\s*(?:->|to)\s*)?$",
    re.I,
)
LASTING = compiled(
    r"(?:\b(?:lasted|lasting|lasts|(?:this|it|that|which|relief) held|"
    r"relief|better|improvement|benefit|helped|helps?|edge off|good|pain[- ]free|"
    r"relief that lasted)\b(?:\s+(?:him|her|it|only|of|the pain|her pain|his pain|by|up to|to|"
    r"with))*(?:(?!\b(?:but|until|no|not)\b|\bafter\s+(?:about\s+|nearly\s+|a\s+)?$)[^.;\d]){0,26}|"
    r"\d/10\s+(?:for|x)\s+|\d\s*%\s*(?:pain\s+)?(?:relief|improvement)?[^.;\d]{0,24}|"
    r"\brelief\s*~|\b(?:wore|worn|wears|wearing) off\s+(?:after|within|in|by)\s+(?:about\s+|approximately\s+|"
    r"only\s+)?)$",
    re.I,
)
AGO = compiled(
    r"\s*(?:ago|later|prior|before(?!\s+(?:the\s+|his\s+|her\s+)?(?:pain|symptoms?|it|wearing|return\w*|recurr\w*)))\b",
    re.I,
)
OF_RELIEF = compiled(
    r"\s*(?:of|worth of)\s+(?:(?!without|no\b|with)[\w-]+\s+){0,3}(?:relief|improvement|benefit)\b|"
    r"\s+(?:of\s+)?(?:pain\s+)?relief\b",
    re.I,
)
STAYED = compiled(
    r"\b(?:stayed|held|lasted|remained|relief|better|until|till|through)\b[^.;]{0,60}(?:i\.e\.,?|that is,?|"
    r"which is|or about|or some|,? about)\s+$",
    re.I,
)
INJECTED = compiled(r"inject|botox|botulinum|prolotherapy|platelet|\bPRP\b", re.I)
FOR_A = compiled(r"\b(?:for|over|about|of|lasted|least|than|almost|nearly|x|after)\s+$", re.I)
FOR_SO_LONG = compiled(r"\bfor\s+(?:approximately\s+|about\s+|nearly\s+|over\s+|at least\s+|another\s+)*$", re.I)
FOLLOWING = compiled(
    r"\s+(?:following|after)\s+(?:the|his|her|that|this|an?)\b", re.I
)  # 'for six months after the fall'
BY_X = compiled(r"(?:\bx|\u00d7)\s*$", re.I)
FIGURE = r"(?:\d{1,2}|nil|zero|one|two|three|four|five|six|seven|eight|nine|ten)(?:\s?/\s?10)?"
STAYED_SO = (
    r"(?:,?\s*(?:(?:and|where|which|it|has|then)\s+){0,4}(?:stayed|remained|held|hovered|been)"
    r"(?:\s+(?:there|steady|so|that\s+way))?)?"
)
# 'NRS 8 to 1 for 5 hours', 'from 7 down to 2 and stayed there for nine weeks', 'still 3 at six months'
SCORED = compiled(
    rf"(?:\b{FIGURE}\s*(?:(?:down\s+)?to|->|=>|\u2192)\s*(?:an?\s+)?{FIGURE}(?:\s*\([^)]{{0,20}}\))?{STAYED_SO}"
    r",?\s*(?:for|x)"
    rf"|\bstill\s+(?:at\s+)?(?:an?\s+)?{FIGURE}\s+(?:at|after))\s+"
    r"(?:about\s+|approximately\s+|at least\s+|~\s*)?(?:(?:nearly|almost)\s+)?$",
    re.I,
)
LASTED = compiled(r"\b(?:for|x|lasting|lasted|over)\s+(?:about\s+|approximately\s+|at least\s+|~\s*)?$", re.I)
TIMES = compiled(
    r"(?:(?!positive|\bif\b|\bmL\b|\bC\s|sec)[^;:\n]){0,110}?(?<![\w.])(?:x|\u00d7)\s?(?P<n>\d{1,2}|two|three|"
    r"four|five|six)(?!\s*(?:/|mg|wks?|weeks?|months?|mos?|days?|d\b|years?|min|hrs?|hours?|\d|\s*'|a\b))\b",
    re.I,
)
COUNT_BEFORE = compiled(
    r"(?<![\w#/.-])(?P<n>one|two|three|four|five|six|seven|eight|nine|ten|twelve|both|\d{1,2})\s+(?:(?:prior|previous|"
    r"more|additional|recent|total|positive|diagnostic|successful|concordant|lumbar|cervical|epidural|"
    r"separate|sets? of|rounds? of|courses? of|[a-z]+-guided|bilateral|left|right)\s+)*$",
    re.I,
)
A_MONTH = compiled(r"\b(?:jan|feb|mar|apr|may|june?|july?|aug|sep|oct|nov|dec)[a-z]*\.?\s+$", re.I)  # 'January 14 ESI'
OCCASIONS = compiled(
    rf"\bon\s+(?:at\s+least\s+|about\s+|approximately\s+|only\s+)?(?P<n>\d{{1,2}}|{quantities.SPELLED})\s+"
    r"(?:(?:separate|different|distinct|prior|previous|other|further|more)\s+){0,2}occasions\b",
    re.I,
)
UP_TO = compiled(r"\b(?:up to|max|maximum)\s+$", re.I)
MOST_VISITS = 150  # a larger number in front of 'visits' counts something else
LABELED_VISITS = compiled(r"\s*#?\s*(?:of\s+)?\b(?:visits|sessions)\s*[:=]\s*(?P<n>\d{1,3})\b", re.I)
TOTAL = compiled(r"[ \t]*[:=][ \t]*(?P<n>\d{1,3})\b")
COUNTS = ("visits", "sessions", "completed", "attended", "to date")
COUNT_INSIDE = compiled(
    rf"(?:attended\s+|seen\s+|treated\s+|a total of\s+)?(\d{{1,3}}|"
    rf"{quantities.SPELLED})\s+(?:\w+\s+){{0,2}}(?:visits?|sessions|"
    rf"treatments|"
    r"appointments|times)\b",
    re.I,
)
KEPT_BEFORE = compiled(
    r"(?P<n>\d{1,3})\s+(?:out\s+)?of\s+\d{1,3}\s+(?:\w+\s+)?$"
    r"|\b(?:completed|attended|finished|kept|made|used|had|did)\s+(?:only\s+|"
    r"about\s+)?(?P<kept>\d{1,3})\s?/\s?\d{1,3}\s+(?:\w+\s+)?$",
    re.I,
)
VISITS_OF = compiled(
    r"(?P<n>\d{1,3})\s*(?:visits?\s+)?(?:of|/|out of)\s*(?P<m>\d{1,3})\s*(?:scheduled\s+|planned\s+|"
    r"authorized\s+)?(?:PT\s+)?(?:visits|sessions|appointments|treatments)?",
    re.I,
)
DIGIT = compiled(r"\d")
NUMBERS = frozenset(
    [
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "twelve",
        "both",
        "once",
        "twice",
        "half",
        "a",
        "an",
        "daily",
        "weekly",
        "every",
        "first",
        "second",
        "third",
    ]
)
WINDOW = 150  # characters: how far from a treatment its numbers may stand
VISITED = compiled(r"visits|sessions|appointments|treatments|\battend", re.I)
VISITS = compiled(r"\b(?:visits|sessions|treatments|appointments)\b", re.I)
DASHED = compiled(r"(?:[-\u2013:,(]|#\s?\d)\s*[>~]?\s*$")
GIVING = compiled(r"(?:\s+#?\d)?\s+(?:with|gave|giving|provided)\s+(?:about\s+|~\s*|>=?\s*|only\s+)?", re.I)
LASTS = compiled(r"\s*(?:x|for)\s*(?:about\s*|~\s*)?\d", re.I)
WORTH = compiled(r"\s*(?:of|'? worth of|course of)\s+(?:[\w-]+\s+){0,2}")


def course(around: Around) -> dict[str, Any]:
    """The numbers that are told of one treatment. Relief may be told of its whole list."""
    mention = around.mention
    before, reach = max(around.before, mention.start - WINDOW), mention.end + 2 * WINDOW
    around = replace(around, before=before, after=min(around.after, reach), last=min(around.last, reach))
    zone = around.text[min(before, around.lead[0]) : around.last]
    injected = mention.group == "injection" or INJECTED.search(around.text, mention.start, mention.end)
    of_injection = (place(around) | ordinal(around)) if injected else {}
    if not DIGIT.search(zone) and NUMBERS.isdisjoint(zone.lower().replace("-", " ").split()):
        return of_injection
    lasted = {} if mention.group == "injection" else _duration(around) or spent(around)
    return (
        lasted
        | _visits(around)
        | (
            _relief(around, around.after)
            or _relief(around, around.last)
            or relief_before(around.text, around.before, mention.start, mention.end, around.last)
            or (days_after(around.text, around.before, mention.start, mention.end, around.last) if injected else {})
        )
        | told_dates(around)
        | of_injection
    )


def _owned(around: Around, quantity: Quantity) -> bool:
    """Whether a quantity tells of this treatment and not of its neighbors: 'PT x 8 weeks and 7 weeks of meloxicam'."""
    text, mention = around.text, around.mention
    if quantity.start >= mention.end:
        return not (around.followed and _leads_on(around, quantity))
    if quantity.start >= mention.start or is_tally(around):
        return True
    if not BELONGS_AHEAD.fullmatch(text, quantity.end, mention.start):
        return False
    if _is_of_visits(text, quantity, mention.start):
        return False
    gap = text[around.before : quantity.start].strip()
    if WORTH.fullmatch(text, quantity.end, mention.start) and not gap.endswith(("for", "over")):
        return True  # 'exercise over pills: eight weeks of PT', 'naproxen, eight weeks of PT'
    return not (around.before and JOINS_BACK.fullmatch(text, around.before, quantity.start) and gap)


def _leads_on(around: Around, quantity: Quantity) -> bool:
    """Whether a quantity behind a treatment belongs to the next one: 'HEP and 7 weeks of meloxicam'."""
    text, end = around.text, around.mention.end
    adjacent = JOINS_BACK.fullmatch(text, end, quantity.start) and "," not in text[end : quantity.start]
    ahead = BELONGS_AHEAD.fullmatch(text, quantity.end, around.after)
    return not adjacent and bool(ahead) and not _is_of_visits(text, quantity, around.after)


def _is_of_visits(text: str, quantity: Quantity, start: int) -> bool:
    """Whether a length stays with the visits before it: 'PT 18 visits over 11 weeks with home exercise'."""
    alongside = ALONGSIDE.fullmatch(text, quantity.end, start)
    return bool(alongside) and bool(ATTENDED.search(text, max(0, quantity.start - 40), quantity.start))


def _duration(around: Around) -> dict[str, Any]:
    """How long the course ran; what stands behind the treatment counts before what stands ahead."""
    found = quantities.durations(around.text, around.before, around.after)
    for quantity in sorted(found, key=lambda q: (q.start < around.mention.start, q.start)):
        if quantity.unit not in ("hour", "minute") and _is_course(around, quantity) and _owned(around, quantity):
            return {"duration_days": quantity.value}
    return {}


def _is_course(around: Around, quantity: Quantity) -> bool:
    """Whether a length of time is that of a course, not of pain, of relief, of a rate or until a visit."""
    text, mention = around.text, around.mention
    left = text[max(around.before, quantity.start - 45) : quantity.start]
    if text[quantity.start : quantity.start + 2].lower() in ("a ", "an") and not FOR_A.search(left):
        return False
    if re.match(r"\s*(?:ago|old|later)\b", text[quantity.end : quantity.end + 8]) or OF_RELIEF.match(
        text, quantity.end
    ):
        return False
    if BY_X.search(left) or (quantity.end <= mention.start and WORTH.fullmatch(text, quantity.end, mention.start)):
        return True
    counted = re.search(r"\b(?:(?:visits?|sessions?|treatments?)\s+(?:in|over|within)|for the next)\s+$", left, re.I)
    ran = FOR_SO_LONG.search(left) and FOLLOWING.match(text, quantity.end)
    ran = ran or (OVER_AFTER.search(left) if quantity.start > mention.end else None)
    if (not counted and not ran and NOT_A_COURSE.search(left)) or (
        not ran and NOT_A_COURSE_AFTER.match(text, quantity.end)
    ):
        return False
    nearest = text[max(mention.end, quantity.start - 60) : quantity.start] if quantity.start > mention.end else left
    return not PAIN_LASTS.search(nearest)


def _visits(around: Around) -> dict[str, Any]:
    """How many visits or injections, and how often a week."""
    if around.mention.group == "medication" or around.mention.concept.endswith("surgery"):
        return {}
    if around.mention.group == "injection":
        return _series(around)
    sessions = _beside(around) or _kept(around) or _counted(around) or _occasions(around)
    told = {"sessions": sessions} if sessions else {}
    for quantity in quantities.frequencies(around.text, around.before, around.after):
        if (
            quantity.value <= 14
            and quantity.value != 7
            and (quantity.start > around.mention.end or _owned(around, quantity))
        ):
            return told | {"per_week": quantity.value}
    return told


def _kept(around: Around) -> int | None:
    """'12 of 14 visits'."""
    text, mention = around.text, around.mention
    match = VISITS_OF.search(text, mention.start, min(around.after, mention.end + 160))
    if match and VISITED.search(f"{match.group()} {text[mention.start : mention.end]}"):
        return int(match["n"]) if int(match["n"]) <= int(match["m"]) <= 99 else None
    return None


def _beside(around: Around) -> int | None:
    """'14 PT visits', or the number within '14 visits' itself."""
    text, mention = around.text, around.mention
    if inside := COUNT_INSIDE.match(text[mention.start : mention.end]):
        return int(quantities.number(inside[1]))
    if labeled := LABELED_VISITS.match(text, mention.end, min(around.after, mention.end + 40)):
        return int(labeled["n"])
    if (total := TOTAL.match(text, mention.end)) and text[mention.start : mention.end].lower().endswith(COUNTS):
        return int(total["n"])
    if kept := KEPT_BEFORE.search(text[max(around.before, mention.start - 40) : mention.start]):
        return int(kept["n"] or kept["kept"])
    before = re.search(
        r"(?P<n>\d{1,3}|\b[a-z]+)[ \t]+$", text[max(around.before, mention.start - 14) : mention.start], re.I
    )
    visits = VISITS.search(text, mention.start, mention.end + 16)
    visits = visits if visits and visits.start() <= mention.end + 1 else None
    return int(quantities.number(before["n"])) or None if before and visits and visits.start() > mention.start else None


def _counted(around: Around) -> float | None:
    for quantity in quantities.counts(around.text, around.before, around.after):
        allowed = UP_TO.search(around.text, max(around.before, quantity.start - 8), quantity.start)
        if quantity.unit != "times" and quantity.value < MOST_VISITS and not allowed and _owned(around, quantity):
            return quantity.value
    return None


def _occasions(around: Around) -> int | None:
    """'Underwent blocks on three occasions', 'on at least two separate occasions'."""
    match = OCCASIONS.search(around.text, around.mention.end, min(around.after, around.mention.end + 90))
    if match is None or CLAUSE.search(around.text, around.mention.end, match.start()):
        return None
    return int(quantities.number(match["n"]))


def _series(around: Around) -> dict[str, Any]:
    """How many injections: 'two ESIs', 'ESI x2', 'both blocks'."""
    text, mention = around.text, around.mention
    words = text[mention.start : mention.end].lower()
    if match := TIMES.match(text, mention.end, min(around.after, mention.end + 120)):
        return {"sessions": int(quantities.number(match["n"]))}
    if on_days := _occasions(around):
        return {"sessions": on_days}
    match = COUNT_BEFORE.search(text, max(around.before, mention.start - 60), mention.start)
    vague = match and UP_TO.search(text, max(0, match.start() - 8), match.start())
    if match and not vague and not A_MONTH.search(text, max(0, match.start() - 12), match.start()):
        return {"sessions": int(quantities.number(match["n"]))}
    if words.startswith(("both ", "two ", "three ")):
        return {"sessions": int(quantities.number(words.split()[0]))}
    return {}


def _relief(around: Around, after: int) -> dict[str, Any]:
    """How much the treatment relieved and for how long, as far as `after`."""
    text, end = around.text, around.mention.end
    told: dict[str, Any] = {}
    for quantity in quantities.percents(text, end, after):
        if _is_relief(around, quantity, after):
            told["relief_percent"] = quantity.value
            break
    for quantity in quantities.durations(text, end, after):
        left = text[max(end, quantity.start - 50) : quantity.start]
        percent = (
            "relief_percent" in told
            and LASTED.search(left)
            and "%" in text[max(end, quantity.start - 80) : quantity.start]
        )
        ago = AGO.match(text, quantity.end)
        scored = around.mention.group == "injection" and SCORED.search(left)
        stayed = STAYED.search(text, max(end, quantity.start - 90), quantity.start)
        if ago or HOPED.search(text, max(end, quantity.start - 60), quantity.start):
            continue
        if is_void_stretch(text, end, quantity.start, quantity.end):
            continue
        held = around.mention.group == "injection" and lasted(text, end, quantity)
        if percent or scored or stayed or held or LASTING.search(left) or OF_RELIEF.match(text, quantity.end):
            return told | {"relief_days": quantity.value}
    return told


def _is_relief(around: Around, quantity: Quantity, after: int) -> bool:
    """Whether a percent is one of relief, not of disability, of attendance or a share of the pain."""
    text, end = around.text, around.mention.end
    ahead = PERCENT_OF_RELIEF.match(text, quantity.end, after)
    back = RELIEF_OF_PERCENT.search(text, max(end, quantity.start - 60), quantity.start)
    bare = around.mention.group == "injection" and (
        DASHED.search(text, max(end, quantity.start - 4), quantity.start) or GIVING.fullmatch(text, end, quantity.start)
    )
    if bare and LASTS.match(text, quantity.end):
        return True
    score = SCORE.search(text, max(end, quantity.start - 24), quantity.start)
    if tells_no_relief(text, max(end, quantity.start - 60), quantity.start, quantity.end):
        return False
    diluted = "." in text[quantity.start : quantity.end]  # a solution of 0.5 %
    return bool(ahead or back) and not score and not diluted and not (SHARE.match(text, quantity.end) and not ahead)
