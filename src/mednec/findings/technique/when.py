"""A sentence on how a procedure is done in; whether that is planned or was done, and at an earlier session, out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.dates import periods
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

EARLIER_SECTIONS = {"history", "prior_treatment", "past_surgical", "past_medical"}
PROCEDURE = compiled(
    r"\b(?:(?:TF|IL|L|C|T)?ESIs?|epidurals?|injections?|inj|SIJI?|inject(?:ed|ing)?|blocks?|MBBs?|RFA|RF|"
    r"radiofrequency|ablation"
    r"|lesion\w*|needles?|kyphoplasty|vertebroplasty|SNRB|TPIs?|medial branch(?:es)?|cannula\w*|epidural space"
    r"|intra-?articular|arthrogram|transforaminal|interlaminar|caudal|TF|per (?:nerve|level|site)|each (?:nerve|site"
    r"|level))\b|\banesthesia[ \t]*:",
    re.I,
)
ROW_DATE = compiled(r"[-*\u2022 ]*\d{1,2}/\d{1,2}/\d{2,4}\b")
TOLD_AS_PAST = compiled(
    r"\b(?:s/p|status post|(?:done|performed) (?:on )?\d"
    r"|(?:returns?|returned|back|seen|f/u|follow[- ]?up) (?:after|following)|underwent"
    r"|after (?:(?:her|his|the|a) )?(?:\d(?:st|nd|rd|th)|first|second|third|last|repeat)\b"
    r"|had (?:an?|one|two|her|his|the|previous|prior)|previous(?:ly)?|prior|(?<!as )(?<!like )(?<!than )last"
    r"|was (?:done|performed|given)|were (?:done|performed|given)|gave|since (?:her|his|the)|block #?\d (?:on|\d)"
    r"|MBB #?\d (?:on|\d)|in (?:19|20)\d\d"
    r"|(?:RFA?|ablation|neurotomy|rhizotomy|blocks?|MBBs?|\w*ESIs?|injections?)(?: in| of|,)? \(?(?:19|20)\d\d\b(?!-)"
    r"|\bthe (?:19|20)\d\d (?:one|RFA?|ablation|blocks?|injections?|epidural)"
    r"|months? ago|weeks? ago|years? ago|relief|responded|confirmed by"
    r"|positive blocks?|(?:was|were) (?:then |subsequently )?(?:injected|placed|administered|performed|introduced"
    r"|advanced|instilled|infiltrated|inserted|used))\b",
    re.I,
)
FUTURE = compiled(
    r"\b(?:plan\w*|schedul\w*|book(?:ed|ing)|will|proceed|recommend\w*|request\w*|to be|if (?:positive|again|both|dual)"
    r"|next|tentative|target|auth\w*|would|order\w*|indicated|warranted|appropriate|reasonable|favou?red|consider\w*"
    r"|offer\w*)\b",
    re.I,
)
EARLIER_ONE = compiled(
    r"\b(?:previous|prior|last)\s+(?:\w+\s+){0,3}(?:injection|ESI|TFESI|block|MBB|RFA|procedure)\b"
    r"|\b(?:block|MBB|injection|ESI|TFESI|RFA)\s*(?:#?\d\s*)?(?:on|dated|of)\s+\d",
    re.I,
)
WHY = compiled(
    r"(?:[,;]?\s*\b(?:since|because|due to|owing to|on account of|given)\b|[:;,]\s+(?=[^.;\n]{0,60}"
    r"\b(?:allerg|anaphyl|hives|swell|swoll|rash|react|itch|wheez)))(?P<reason>[^.;\n]*)",
    re.I,
)
PASSIVE = compiled(
    r"\b(?:was|were) (?:then |subsequently )?(?:injected|placed|administered|performed|done|given|introduced|advanced"
    r"|instilled|infiltrated"
    r"|inserted|used)\b",
    re.I,
)
THIS_ONE = compiled(r"\bthis (?:one|time)\b|\bagain on\b", re.I)
REPEATED = compiled(
    r"(?<!not )\b(?:the same|same (?:again|settings?|technique|dose|mix|recipe|way|manner|as before)|likewise|as before"
    r"|as last time|\d+ (?:mg )?again|in that way again|no different(?:ly)?)\b"
    r"(?! (?:levels?|sides?|joints?|nerves?|pain|day|session|visit|time|clinic|doctor))",
    re.I,
)
AHEAD = 160  # characters behind a sentence in which its technique may be said to be used again
BEFORE = 160  # characters before a sentence in which the day of its procedure may stand


def is_earlier(parsed: Parsed, quote: tuple[int, int], done: bool) -> bool:
    """Whether the sentence tells of an earlier session than the one that the document plans or records."""
    told = (_dated_row(parsed, quote) or _told_as_past(parsed.text[quote[0] : quote[1]])) and not FUTURE.search(
        parsed.text, *quote
    )
    if done:
        return bool(EARLIER_ONE.search(parsed.text, *quote))
    return told and not _is_of_the_day(parsed, quote) and not _is_repeated(parsed, quote)


def _is_repeated(parsed: Parsed, quote: tuple[int, int]) -> bool:
    """Whether the next sentence plans the coming procedure in the same way: 'This time I will use 120 again.'"""
    following = parsed.sentence_at(quote[1] + 2)
    if following.start < quote[1]:
        return False
    end = min(following.end, quote[1] + AHEAD)
    again = REPEATED.search(parsed.text, following.start, end)
    return bool(
        again
        and (FUTURE.search(parsed.text, following.start, end) or THIS_ONE.search(parsed.text, following.start, end))
    )


def _is_of_the_day(parsed: Parsed, quote: tuple[int, int]) -> bool:
    """Whether what is told as past is of the document's own day, which stands in or shortly before the sentence."""
    day = parsed.document.dated
    if day is None or EARLIER_ONE.search(parsed.text, *quote) or not PASSIVE.search(parsed.text, *quote):
        return False
    own = {day.isoformat()}
    before = max(0, quote[0] - BEFORE)
    named = {period.first for period in periods(parsed.text, before, quote[1], anchor=day)}
    procedure = PROCEDURE.search(parsed.text, before, quote[1])
    return bool(procedure) and named == own


def _dated_row(parsed: Parsed, quote: tuple[int, int]) -> bool:
    """A table row or list item that begins with a day before that of the document."""
    if not ROW_DATE.match(parsed.text, *quote):
        return False
    day = next(iter(periods(parsed.text, quote[0], min(quote[1], quote[0] + 24), anchor=parsed.document.dated)), None)
    dated = parsed.document.dated
    return bool(day and day.first) and (dated is None or str(day and day.first) < dated.isoformat())


def status(parsed: Parsed, hit: Hit, quote: tuple[int, int], done: bool) -> str:
    """`performed` in the record of a procedure and of what is told as past, else `planned`."""
    words = parsed.text[quote[0] : quote[1]]
    section = parsed.section_at(hit.start).name
    if done:
        ahead = section == "plan" and FUTURE.search(words)
        return (
            "planned"
            if ahead or re.search(r"\bif (?:positive|again|both|dual)\b|\bproceed to\b", words, re.I)
            else "performed"
        )
    if section in ("plan", "rationale") or (hit.concept != "images_saved" and FUTURE.search(words)):
        return "planned"
    past = section in EARLIER_SECTIONS or _dated_row(parsed, quote) or _told_as_past(words)
    past = past and not _is_repeated(parsed, quote)
    return "performed" if past or hit.concept == "images_saved" else "planned"


def _told_as_past(words: str) -> bool:
    """Whether a sentence tells of the past beside its reason: 'no contrast, since dye gave her hives in 2019'."""
    return bool(TOLD_AS_PAST.search(WHY.sub(_procedure_in, words)))


def _procedure_in(why: re.Match[str]) -> str:
    """A reason stays where it speaks of a procedure itself: 'since her last block'."""
    return why[0] if PROCEDURE.search(why["reason"]) else ""
