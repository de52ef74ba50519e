"""The sedation that a sentence plans or records, as deep as its words and drugs tell."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import cache

from mednec.expressions.patterns import compiled
from mednec.findings.technique.words import words
from mednec.findings.terms import Hit
from mednec.model import Finding
from mednec.vocabulary import lexicon

WISHES = compiled(
    r"\b(?:wants|wanted(?= (?:to|it|IV|some|the|a)\b)|requests|requested|requesting|asks|asked for|asking|"
    r"would like|prefers|hoped for)\b"
    r"(?![^.;]*\b(?:will|plan|but (?:was|got|had|received|ended)))",
    re.I,
)
NEITHER = compiled(r"\b(?:no|without|not)\b[^.;]{0,60}\bor\s+$", re.I)
LIGHT = compiled(r"\b(?:minimal|light|mild)\s+$", re.I)
LIGHT_BEHIND = compiled(r"[ :,(-]{1,3}(?:is |was )?(?:minimal|light|mild|anxiolysis)\b", re.I)
LOCAL = ("anesthesia", "Anesthesia:", "anes", "local anesthesia", "local anaesthesia", "under local", "local skin")
MORE_THAN_LOCAL = compiled(
    r"(?:\b(?:with|and|plus)\b|[/+&,;])\s*(?:\w+\s+){0,2}?(?:IV\b|sedation|MAC\b|monitored|general|TIVA)",
    re.I,
)
BESIDE_LOCAL = compiled(r"\blocal(?: anesth\w+| only)? ?(?:with|and|plus|[/+&,])\s*(?:some )?$", re.I)
NO_SEDATIVE = compiled(
    r"patch|mcg\s?/\s?h|/\s?hr\b|transdermal|lozenge|intranasal|\bnasal|allerg|\bUDS\b|urine|screen|overdose|"
    r"opioid|\bOTC\b",
    re.I,
)
INTO_THE_PATIENT = compiled(r"\b(?:was|were)\s(?:\w+\s)?(?:given|administered|used|titrated)\b|\breceived\b", re.I)
BY_MOUTH = compiled(r"\b(?:PO|p\.o\.|oral(?:ly)?|by mouth|tab(?:let)?s?)\b", re.I)
OTHER_OCCASION = compiled(
    r"\b(?:colonoscop\w*|endoscop\w*|EGD|dental|cataract|cholecystectomy|appendectomy|surger(?:y|ies)(?! cent| suite)"
    r"|in the ED|ER visit|MRIs?\b[^.;]{0,24}\b(?:under|with|done|obtained|performed|needs|needed|requires?|required)"
    r"|airway)\b",
    re.I,
)
FOR_ANOTHER = compiled(
    r"\s+(?:for|at|during|with|before)\s+(?:(?:his|her|the|an?)\s)?(?:last|previous|prior|first|earlier)\s(?:one|block|injection|epidural|procedure"
    r"|time|RFA|ablation)\b"
    r"|\s+(?:for|at|during|with|before)\s+(?:(?:an?|her|his|the|last|recent|prior)\s+){0,2}"
    r"(?:colonoscop\w*|endoscop\w*|EGD|dental|tooth|wisdom|cataract|MRI|surgery|hernia|gallbladder|knee|hip)",
    re.I,
)
# The bare word: it counts where it is said to be given, or stands behind 'with', and its depth may stand beside it.
GIVEN_BEFORE = compiled(
    r"\b(?:under|with|w/|using|via|for|and|plus|plan(?:ned)?:?|needs|requires|requesting)\s+(?:\w+\s+){0,2}$", re.I
)
GIVEN_BEHIND = compiled(
    r"\s*(?:[:=]\s*(?!none|no\b|n/a|local|-|_|\[ \])\S|\s(?:was|is|will|to)\s(?:be\s)?(?:\w+\s)?(?:given|provided|used"
    r"|administered|needed|required|requested|planned|available)|\s(?:planned|requested|per|by)\b"
    r"|\s(?:start(?:ed)?|began|stop(?:ped)?|time)\s*[:=]?\s*\d)",
    re.I,
)
DEPTHS = (
    ("general", compiled(r"\bgeneral\b", re.I)),
    (
        "mac",
        compiled(r"\bMAC\b|monitored|anesthesia (?:team|provider|department|service)|\bCRNA\b|anesthesiolog", re.I),
    ),
    ("deep", compiled(r"\bdeep\b", re.I)),
    ("moderate", compiled(r"\b(?:moderate|conscious|IV|intravenous|twilight)\b", re.I)),
    ("minimal", compiled(r"\b(?:minimal|light|mild|oral|PO|anxiolysis)\b", re.I)),
)
OFFERED_NEXT = compiled(
    r"(?:\s(?:anesthe\w+|alone))?\s(?:was|were|is|had been)\s(?:offered|proposed|suggested|discussed)\b", re.I
)
WILL_BE = compiled(r"\b(?:be|was|were|being)\s+(?:\w+ly\s+)?$", re.I)
UNSAID = "unsaid"
DEEPER = ("deep", "general", "mac")
GIVERS = ("anesthesiolog", "anesthetist", "nurse anesthetist", "anaesthetist")
SLEEP = ("asleep", "put out")


def depth(text: str, hit: Hit, value: str, quote: tuple[int, int]) -> str | None:
    """How deep it is, `unsaid` where it is only said to be given; None where nothing of this session is told."""
    if (hit.term == "MAC" and not text[hit.start : hit.end].isupper()) or _words("in_general").search(text, *quote):
        return None
    if _words("of_an_earlier_one").search(text, quote[0], hit.start) or FOR_ANOTHER.match(text, hit.end, quote[1]):
        return None
    if value == "none" and OFFERED_NEXT.match(text, hit.end) and _is_refused(text, hit, quote):
        return None  # 'local only was offered, he does not want it'
    if value == "none":
        return UNSAID if _words("doubled").search(text, quote[0], hit.start) else _alone(text, hit)
    if not _is_of_this_session(text, hit, quote):
        return None
    drug = bool(_drugs().fullmatch(hit.term))
    denied = _is_denied(text, hit, quote)
    if _is_refused(text, hit, quote):
        return "none" if value not in (UNSAID, *DEEPER) and not drug else None
    if value == UNSAID or drug:
        value = _drug(text, hit, quote) if drug else _bare(text, hit, quote, denied=denied)
        if not value or (drug and denied):
            return None
    if denied:
        return None if value in DEEPER else "none"  # who denies the deep one does not deny all
    if WISHES.search(text, _clause(text, hit, quote), hit.start) and _words("settled_for_local").search(
        text, hit.end, quote[1]
    ):
        return "none"
    if WISHES.search(text, _clause(text, hit, quote), hit.start) or _is_supposed(text, hit, quote):
        return UNSAID
    return _by_words(text, hit, value, quote)


def _alone(text: str, hit: Hit) -> str | None:
    """None of it, unless a local anesthetic is not all that is named."""
    return None if hit.term.startswith(LOCAL) and _is_more(text, hit.end, hit.end + 60) else "none"


def _by_words(text: str, hit: Hit, value: str, quote: tuple[int, int]) -> str:
    """The depth, less where it is called light."""
    before = text[max(quote[0], hit.start - 25) : hit.start]
    if value == "moderate" and (LIGHT.search(before) or LIGHT_BEHIND.match(text, hit.end)):
        return "moderate" if len(_sedatives(text, quote)) > 1 else "minimal"
    return value


def _is_of_this_session(text: str, hit: Hit, quote: tuple[int, int]) -> bool:
    """Whether who gives it attends this session and who sleeps does so for it: 'leg falls asleep' is no anesthesia."""
    if hit.term.startswith(GIVERS):
        return bool(_words("attends").match(text, hit.end, quote[1]))
    if hit.term in SLEEP:
        slept = hit.term == "put out" or _words("slept").search(text, max(quote[0], hit.start - 30), hit.start)
        return bool(slept) and not _words("awake").search(text, max(quote[0], hit.start - 50), hit.end + 30)
    return True


def _is_denied(text: str, hit: Hit, quote: tuple[int, int]) -> bool:
    before = max(quote[0], hit.start - 60)
    denial = _words("denied_before").search(text, before, hit.start) or _words("denied_behind").match(text, hit.end)
    return bool(denial or NEITHER.search(text, quote[0], hit.start))


def _clause(text: str, hit: Hit, quote: tuple[int, int]) -> int:
    """Where the clause of a term begins."""
    return max(quote[0], text.rfind(";", quote[0], hit.start) + 1)


def _is_refused(text: str, hit: Hit, quote: tuple[int, int]) -> bool:
    """Whether it was offered and the patient would not have it: 'we offered Versed and he passed on it'."""
    if not _words("offered_near").search(text, max(quote[0], hit.start - 40), min(quote[1], hit.end + 40)):
        return False
    answer = _words("unwilling_near").search(text, hit.end, hit.end + 90)
    return bool(answer) and not _words("willing_near").search(text, hit.end, hit.end + 90)


def _is_supposed(text: str, hit: Hit, quote: tuple[int, int]) -> bool:
    """Whether it is only thought of: 'if she is anxious we may give Versed'."""
    first = _clause(text, hit, quote)
    if INTO_THE_PATIENT.search(text, first, min(quote[1], hit.end + 40)):
        return False
    last = min(quote[1], hit.end + 30)
    stop = min((at for sign in ":;," if (at := text.find(sign, hit.end, last)) >= 0), default=last)
    return bool(_words("supposed").search(text, first, stop))


def settled(findings: Sequence[Finding]) -> list[Finding]:
    """The findings of a document without sedation of no told depth, where the document tells it elsewhere."""
    told = any(f.concept == "sedation" and f.get("value") for f in findings)
    return [f for f in findings if not (told and f.concept == "sedation" and not f.get("value"))]


def _sedatives(text: str, quote: tuple[int, int]) -> set[str]:
    return {match.group().lower() for match in _drugs().finditer(text, *quote)}


def _drug(text: str, hit: Hit, quote: tuple[int, int]) -> str:
    """What a sedative tells: into a vein and for this session, or nothing."""
    first, last = max(quote[0], hit.start - 80), min(quote[1], hit.end + 80)
    if NO_SEDATIVE.search(text, first, last) or OTHER_OCCASION.search(text, first, last):
        return ""
    if hit.term.lower() in _names()["deep"]:
        return "mac"
    if BY_MOUTH.search(text, max(first, hit.start - 15), min(last, hit.end + 30)):
        return "minimal"
    with_local = BESIDE_LOCAL.search(text, first, hit.start)
    return "moderate" if with_local or _words("into_a_vein").search(text, first, last) else ""


def _bare(text: str, hit: Hit, quote: tuple[int, int], *, denied: bool) -> str:
    """What the word alone tells where it is said to be given: the depth that stands beside it."""
    first, last = max(quote[0], hit.start - 60), min(quote[1], hit.end + 60)
    if denied or OTHER_OCCASION.search(text, first, last):
        return ""
    if hit.term == "sedated" and WILL_BE.search(text, first, hit.start):
        return next((name for name, depths in DEPTHS if depths.search(text, first, last)), "moderate")
    if not (GIVEN_BEFORE.search(text, first, hit.start) or GIVEN_BEHIND.match(text, hit.end, last)):
        return ""
    return next((name for name, words in DEPTHS if words.search(text, hit.end, last)), UNSAID)


def _is_more(text: str, first: int, last: int) -> bool:
    """Whether more than a local anesthetic is named beside it ('local with midazolam')."""
    return bool(MORE_THAN_LOCAL.search(text, first, last) or _beside().search(text, first, last))


@cache
def _beside() -> re.Pattern[str]:
    drugs = "|".join(_names()["moderate"])
    return compiled(rf"(?:\b(?:with|and|plus)\b|[/+&,;])\s*(?:\w+\s+){{0,2}}?(?:{drugs})", re.I)


def _words(name: str) -> re.Pattern[str]:
    return words("sedation", name)


def _names() -> Mapping[str, list[str]]:
    """The sedatives by how deep the sedation is that they are given for."""
    names: Mapping[str, list[str]] = lexicon("technique").concepts["sedation"].extra["drugs"]
    return names


@cache
def _drugs() -> re.Pattern[str]:
    return compiled("|".join(name for names in _names().values() for name in names), re.I)
