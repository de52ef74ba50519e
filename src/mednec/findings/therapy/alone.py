"""One treatment in, what the words directly beside it say of it alone out: 'daily HEP', 'opioid use: no'."""

from __future__ import annotations

import re

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.assertion.boxes import box
from mednec.findings.therapy.mention import Mention

COMPLIANCE = compiled(r"\b(?:compliance|adherence|compliant|adherent)\s+(?:w/|with|to)\s+(?:\w+\s+)?$", re.I)
SO_FAR = compiled(
    r"[^.;\n]{0,30}\b(?:in|over|within|for)?\s*(?:the\s+)?(?:last|past) (?:\d+|twelve|six) ?(?:mos?|months?|"
    r"years?)\b",
    re.I,
)
APPOINTMENT = compiled(
    r"s?(?:\s+(?:procedure|injection|eval(?:uation)?))?\s+(?:appointment|appt\.?|slot)\b(?!\s+(?:was|were|"
    r"attended|kept|"
    r"completed|cancel\w*|missed))",
    re.I,
)
REFERRED_AFTER = compiled(
    r"\s*(?:[-:(]\s*)?(?:referral|eval\w*\s*(?:and|&|/|\+)\s*(?:treat\b|tx\b|rx\b)|order\b|script\b|prescription\b"
    r"|(?:is|are)\s+(?:meant|intended|proposed|planned|indicated|reasonable|warranted|(?:the\s+)?next)\b)"
    r"(?!\s+(?:was\s+)?(?:completed|done|finished|denied|on file|expired))",
    re.I,
)
PRE = compiled(
    r"\bpre[- ]?(?:op\w*|procedure)?(?:\s+(?:for|visit|instructions|evaluation))*\s+(?:[\w/-]+\s+){0,2}$",
    re.I,
)
APPOINTMENT_BEFORE = compiled(
    r"\b(?:last|missed|previous|prior|attended|kept|after|since|cancel\w*)\s+(?:\w+\s+){0,2}$", re.I
)
INTOLERANCE = compiled(r"\s+(?:intoleran(?:ce|t)|allerg(?:y|ic))\b", re.I)
DONE_TODAY = compiled(  # 'TPI again today', 'block repeated today'
    r"s?\s*,?\s*(?:(?:was|were|has been|have been)\s+)?"
    r"(?:again|repeated|redone|done|given|performed|administered|carried out)\s+"
    r"(?:(?:again|here|in (?:the )?(?:office|clinic))\s+)?(?:earlier\s+)?today\b",
    re.I,
)
ARRANGED = compiled(
    r"\b(?:plan\w*|to be|be|if|could|can|may|might|should|would|not?|never|without|schedul\w*|request\w*|consider\w*"
    r"|discuss\w*|offer\w*|want\w*|wish\w*|hop\w*|ask\w*|for|declin\w*|refus\w*)\b[^.;\n]*$",
    re.I,
)
ONGOING_AFTER = compiled(r"\s*[-:(\u2013]\s*(?:ongoing|current|continuing|in progress)\b(?!\s+[a-z])", re.I)
BLANK_BEFORE = compiled(r"(?<!\S)_{1,6}\s{0,2}$")
CROSSED = compiled(r"(?<![A-Za-z])X_{0,4}\s{1,2}[A-Z]")
RIGHT_BEFORE = compiled(r"\b(?:ongoing|daily|continued|continuing|current)\s+$", re.I)
OF_THIS = r"(?:\s+for\s+(?:\w+\s+){0,3}?\w+)?"
NO_MORE = r"(?![ \t]+(?!did\b|does\b|if\b|helped\b)[a-z])"  # an answer that ends there, or before the next question
NEVER_HAD = r"never\s(?:been|had|tried|used|done|gone|went|seen|attended|saw|needed)\b"
DENIED = compiled(
    rf"\s*(?:use|therapy|trial|history|treatments?)?{OF_THIS}\s*[:\-]\s*"
    rf"(?:(?:no|none|never|denies|n/a)\b{NO_MORE}|{NEVER_HAD}|not tried\b)|"
    r"\s*\(\s*(?:no|none|never|not tried|denies|n/a|n)\s*[,;)]"
    rf"|{OF_THIS}\s*\?\s*(?:A(?:nswer)?\s*[:.]\s*)?(?:(?:no|never|none)\b{NO_MORE}|{NEVER_HAD})",
    re.I,
)
TREATED = compiled(
    r"(?<!be )(?<!being )(?<!is )(?<!are )\b(?:treated|managed)\s+(?:conservatively|non-?\s?operatively)$", re.I
)
WHERE_HAD = compiled(
    r",?\s+where (?:s?he|the patient) (?:had|has had|was|received|underwent|attended|completed|did|went)\b", re.I
)
FOR_IT = compiled(
    r"(?<!indication )(?<!indications )(?<!candidate )(?<!need )(?<!reason )(?<!ready )\bfor\s+"
    r"(?:(?:her|his|the|elective|scheduled|planned|this)\s+)?$",
    re.I,
)
STILL_TAKEN = compiled(r"\s+(?:that|which)\s+(?:s?he|the patient)\s+(?:takes|is taking|uses|is using|is on)\b", re.I)
REFERS = compiled(r"\brefer(?:red|ring|ral)?\s+(?:\w+\s+){0,2}(?:for|to)\s*$", re.I)
TO_COME = compiled(
    r"\b(?:repeat|another|second|third|recommend\w*|schedul\w*|order\w*|referr?\w*|request\w*)\s+(?:\w+\s+){0,3}$", re.I
)
THEN = compiled(
    r"\b(?:was|were|had|did|could)\b[^.;\n]{0,90}\b(?:before|until)\s+(?:her|his)\s+(?:\w+\s+){0,2}$|\b(?:has|"
    r"have|had)\b[^.;\n]{0,60}\bsince\s+(?:her|his|the)\s+(?:\w+\s+){0,3}$",
    re.I,
)
AGO = compiled(r"[^.;,]{0,36}\b(?:ago|last (?:year|month|week|fall|spring|summer|winter))\b", re.I)
NOTHING_BUT = needing(
    r"\b(?:no|not|nothing|none|without|never|den(?:y|ies|ied))\b[^.;:\n]{0,60}\b(?:other than|except(?: for)?|besides|"
    r"apart from|aside from)\s+"
    r"(?:(?:some|the|an?|occasional\w*|over-the-counter|OTC|taking|using|plain|low-dose)\s+){0,3}$",
    re.I,
)  # 'no treatment other than Advil'
HAD_ELSE = compiled(r"\b(?:had|tried|done|treatments?|therap(?:y|ies)|interventions?|received)\b", re.I)
FINISHED_WITH = compiled(
    r"(?<!until )(?<!at )(?<!upon )(?<!on )\b(?:discharged?|d/?c'?d|graduated)\s+from\s+"
    r"(?:(?:her|his|the|formal|outpatient|supervised)\s+)*$",
    re.I,
)
ONE_MORE = compiled(
    r"\b(?:an?|another|one|the)\s+(?:(?:second|third|repeat|further|single|confirmatory|positive|negative|diagnostic"
    r"|first|new)\s+)*$",
    re.I,
)
IN_GENERAL = compiled(  # 'a second block guards against a false positive', 'another injection would not add anything'
    r"s?\s+(?:(?:at|of|on)\s(?:\w+\s){1,4}?)?(?:would|will|can|could|should|(?-i:may)|might|guards?|protects?"
    r"|safeguards?|tells|lets|allows|excludes"
    r"|rules\sout|is\s(?:needed|required|necessary|wanted|asked|advisable|called\sfor|the\snext)|reduces\sthe"
    r"|lowers\sthe|makes\ssure)\b",
    re.I,
)
POST = compiled(r"\bpost[- ]?$", re.I)
AFTERCARE = compiled(
    r"s?\s+(?:stretch\w*|instructions?|care|ice|icing|exercises?|protocols?|precautions?|(?:pain\s)?(?:diary|log"
    r"|sheet|form)s?\s(?:given|provided|to)"
    r"|physical therapy|PT|activity|restrictions?)\b",
    re.I,
)
CROSS_AFTER = compiled(r"s?\s*[\u2717\u2718\u274c\u2715](?!\s*[A-Za-z]+\s*[\u2713\u2714])")  # 'chiro \u2717; PT \u2713'


def alone(text: str, mention: Mention) -> str | None:
    """What the words directly beside one treatment say of it alone: 'daily HEP', 'Opioid use: No'."""
    if INTOLERANCE.match(text, mention.end):
        return "contraindicated"
    near = max(0, mention.start - 30)
    if excepted := NOTHING_BUT.search(text, max(0, mention.start - 110), mention.start):
        return "past" if HAD_ELSE.search(text, excepted.start(), mention.start) else "current"
    if mention.concept == "conservative_unspecified" and TREATED.search(text, near, mention.end):
        return "past"
    if (
        CROSS_AFTER.match(text, mention.end)
        or DENIED.match(text, mention.end)
        or box(text, mention.start, mention.end) == "empty"
    ):
        return "not_tried"
    if BLANK_BEFORE.search(text, near, mention.start) and CROSSED.search(text, max(0, near - 90), mention.end + 120):
        return "not_tried"
    near_before = RIGHT_BEFORE.search(text, max(0, mention.start - 14), mention.start)
    if (
        near_before and not REFERS.search(text, max(0, near_before.start() - 30), near_before.start())
    ) or ONGOING_AFTER.match(text, mention.end):
        return "current"
    if FINISHED_WITH.search(text, near, mention.start):
        return "past"
    if mention.concept == "home_exercise" and COMPLIANCE.search(text, max(0, mention.start - 24), mention.start):
        return "current"
    if REFERRED_AFTER.match(text, mention.end) or (
        mention.group == "injection" and PRE.search(text, near, mention.start)
    ):
        return "planned"
    if APPOINTMENT.match(text, mention.end) and not APPOINTMENT_BEFORE.search(text, near, mention.start):
        return "planned"
    if mention.weak and mention.concept.endswith("surgery") and FOR_IT.search(text, near, mention.start):
        return "planned"
    if STILL_TAKEN.match(text, mention.end):
        return "current"
    if WHERE_HAD.match(text, mention.end):
        return "past"
    return _of_an_injection(text, mention) if mention.group == "injection" else None


def _of_an_injection(text: str, mention: Mention) -> str | None:
    """What the words beside an injection say of when it was."""
    near = max(0, mention.start - 30)
    if is_done_today(text, mention):
        return "performed"
    if (ONE_MORE.search(text, near, mention.start) and IN_GENERAL.match(text, mention.end)) or (
        POST.search(text, near, mention.start) and AFTERCARE.match(text, mention.end)
    ):
        return "planned"
    if SO_FAR.match(text, mention.end):
        return "past"
    if AGO.match(text, mention.end) and not TO_COME.search(text, near, mention.start):
        return "past"
    return "past" if THEN.search(text, max(0, mention.start - 120), mention.start) else None


def is_done_today(text: str, mention: Mention) -> bool:
    """Whether the words behind an injection say that it was given on the day of the note."""
    if not DONE_TODAY.match(text, mention.end):
        return False
    return ARRANGED.search(text, max(0, mention.start - 60, text.rfind("\n", 0, mention.start)), mention.start) is None
