"""What bars contrast or X-rays: whether an allergy to contrast, or a pregnancy, is told of the patient now."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis.mention import Mention
from mednec.findings.parse import Parsed

ALLERGIC = compiled(r"allerg|reaction|anaphyla|hives|rash|intoleran|swell|swoll|wheez|itch|could not breathe", re.I)
REACTED = (
    r"(?:allerg|anaphyla|reaction|react(?:s|ed)\b|hives|urticaria|angioedema|rash|hypersensitiv|intoleran|swelling"
    r"|swelled|wheezing|itching)\w*"
)
BORNE = r"(?:(?!\b(?:no|not|none|without|denies|denied|free|nkda|nka)\b)[^.;\n])"
CAUSED = compiled(
    rf"(?: (?:dye|media|medium|material|agent))?\s+(?:has |had |once )?"
    r"(?:caus|g[ai]v|produc|trigger|provok|brought on|brings on|led to|resulted in)"
    rf"\w*\b{BORNE}{{0,40}}\b{REACTED}",
    re.I,
)
FROM_IT = compiled(rf"\b{REACTED}\s+(?:to|from|after|with|following)\s+(?:\w+\s+){{0,3}}\Z", re.I)
NO_LIST = compiled(r"\b(?:none|nkda|nka|no known|no drug|denies)\b", re.I)
USED = compiled(r"[^.;\n]{0,40}\b(?:inject|mls?\b|cc\b|spread|flow|given|used|administ|confirm|tolerat|instill)", re.I)
TO_AGENT = compiled(rf"\b{REACTED}{BORNE}{{1,60}}\Z", re.I)
OF_AGENT = compiled(rf"{BORNE}{{0,40}}\b{REACTED}", re.I)
FAR = 90  # characters behind an addiction in which it is told to be overcome
OVERCOME = compiled(
    r"(?<!not )(?<!never )\b(?:in (?:\w+,? )*remission|sober|clean|dry|abstinent|abstain\w*|recover(?:ed|ing|y)"
    r"|none since|no use since|has not (?:used|drunk|touched)|in (?:his|her) (?:teens|youth|twenties|thirties|20s|30s)"
    r"|quit|stopped|until (?:about |the |around )?(?:last )?(?:19|20)\d\d|years ago|decades ago|remote)\b",
    re.I,
)
FORMER = compiled(
    r"\b(?:former|ex|used to(?: be an?)?|was an?|recovering|recovered"
    r"|remote|past|prior|previous|history of|treated)[ -](?:\w+ )?$",
    re.I,
)
ACTIVE = compiled(
    r"(?<!no )(?<!not )\b(?:relaps\w+|again|still|now (?:drink|us)\w*|current(?:ly)? (?:us|drink|active)\w*|"
    r"active|ongoing|positive|daily"
    r"|weekends|not in remission|most days|last (?:time|used?|drink|hit) (?:was )?(?:on )?(?:(?:mon|tues|wednes|"
    r"thurs|fri|satur|sun)day"
    r"|yesterday|last (?:night|week|month)|this (?:morning|week|month)|\d+ (?:days?|weeks?) ago))\b|"
    r"\bstopped (?:going|attending|treatment)|\btold to (?:stop|quit)",
    re.I,
)
AGAIN = compiled(r"\b(?:relapsed|now|still|active|current|again)\s+(?:\w+\s+){0,2}$", re.I)
HEADING = compiled(r"\s*(?:history|hx|screen(?:ing)?)?\s*:", re.I)
A_CHILD = compiled(
    r"\s*(?:[.,;)]|$|(?:a|her (?:first|second|third)) (?:baby|child|boy|girl)|twins"
    r"|(?:in|by) (?:\w+)?(?:january|february"
    r"|march|april|may|june|july|august|september|october|november|december|the (?:spring|summer|fall|winter)))",
    re.I,
)
NOW_PREGNANT = compiled(
    r"\b(?:is|currently|weeks?|now|(?:is|now|currently) in (?:her|the) (?:first|second|third|1st|2nd|3rd)"
    r"|at \d{1,2} (?:weeks?|wks?)['\u2019]?(?: of)?)\s*$",
    re.I,
)
WEEKS_PREGNANT = compiled(
    r"\s*[,(:]?\s*(?:at |about |approx\w* )?\d{1,2}(?:[ +]\d(?:/7)?)?\s*-?\s*(?:weeks?|wks?)\b(?! ago)", re.I
)
NOT_YET_PREGNANT = compiled(
    r"\b(?:was|were|if|when|while|had been|delivered|born|birth|should|until|became|becomes?|admi\w+"
    r"|demise|fetal)\b[^;\n]{0,40}$",
    re.I,
)


def allergy(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """The status of an allergy where a name of contrast stands among the allergies, or beside what it did."""
    allergic = parsed.section_at(mention.start).name == "allergies" or ALLERGIC.search(
        parsed.text, mention.first, mention.last
    )
    return status if allergic else None


def cause(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """A bare 'contrast' is what a procedure uses, unless it is told what it did to the patient."""
    if CAUSED.match(parsed.text, mention.end, mention.last):
        return "present"
    return status if FROM_IT.search(parsed.text, mention.first, mention.start) else None


def agent(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """A contrast agent is what was injected, unless it stands among the allergies or beside what it did."""
    text, section = parsed.text, parsed.section_at(mention.start)
    listed = section.name == "allergies" and not NO_LIST.search(text, section.body, mention.start)
    if listed and not USED.match(text, mention.end, mention.last):
        return status
    beside = TO_AGENT.search(text, max(mention.first, mention.start - 80), mention.start) or OF_AGENT.match(
        text, mention.end, mention.last
    )
    return status if beside else None


def use(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """The status of an addiction: history where it is overcome; 'Substance abuse history:' is a heading."""
    text = parsed.text
    if status != "absent" and HEADING.match(text, mention.end):
        return None
    if status != "present":
        return status
    behind = mention.end, min(mention.last, mention.end + FAR)
    overcome = OVERCOME.search(text, *behind) or FORMER.search(
        text, max(mention.first, mention.start - 30), mention.start
    )
    active = ACTIVE.search(text, *behind) or AGAIN.search(text, max(mention.first, mention.start - 30), mention.start)
    return "history" if overcome and not active else status


def pregnancy(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """The status of a pregnancy that goes on now: not one that was, may be or is only spoken of."""
    if mention.term == "expecting" and not A_CHILD.match(parsed.text, mention.end):
        return None
    if status == "absent":
        return status
    before = max(mention.first, mention.start - 40), mention.start
    now = NOW_PREGNANT.search(parsed.text, *before) or (
        mention.term != "trimester" and WEEKS_PREGNANT.match(parsed.text, mention.end, mention.last)
    )
    return status if now and not NOT_YET_PREGNANT.search(parsed.text, *before) else None
