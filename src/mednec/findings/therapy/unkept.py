"""A course of therapy in, whether its sentence tells that none of its visits was kept out."""

from __future__ import annotations

import re

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.therapy.mention import Mention

COURSES = ("active", "passive")
VISITS = r"(?:visits?|sessions?|appointments?|appts?|treatments?|classes|lessons?|units?)"
KEPT = r"(?:attended|kept|made|completed|used|honou?red|taken up|gone to|carried out|took place)"
MISSED = (
    r"(?:missed|skipped|cancell?ed|no[- ]?show(?:s|ed)?|unattended|unused|(?:not|never)\s(?:attended|kept|used|made))"
)
LATELY = (
    r"(?!\s(?:since|this|last|today|yesterday|recently|lately|by|regularly|consistently|as|every|in full|any ?more))"
)
NONE_KEPT = needing(
    rf"\b(?:attend(?:ed|ance)|kept|completed)\b[^.;,\n\d]{{0,24}}?(?:[:=]\s*|\s)(?:0|zero|nil|none)(?!\.?\d)"
    rf"(?=\s*(?:$|[.,;)\]|/]|(?:out\s)?of\b|{VISITS}\b))"
    rf"|\battend(?:ed|ance)[^.;:\n]{{0,24}}:\s*(?:0|zero|nil|none)(?!\.?\d)(?=\s*(?:$|[.,;)\]|/]))"
    rf"|\b(?:0|zero)\s(?:out\s)?of\s\d{{1,2}}\s(?:\w+\s)?{VISITS}\b"
    rf"|\b(?:none|not (?:a single )?one|0|zero)\s(?:out\s)?of\s(?:the\s|her\s|his\s|all\s)?(?:[\w/]+\s){{0,4}}?{VISITS}"
    rf"\s(?:\w+\s){{0,2}}?(?:(?:was|were|got|has been|have been)\s)?{KEPT}\b"
    rf"|(?<!\bat )(?<!\bnot )\b(?:all|each|every|every one)(?!\sbut\b|\sother\b)"
    rf"(?:\s(?:of|the|them|her|his|these|those|one|\d+|scheduled|planned|booked|PT|{VISITS}|was|were|got|has been"
    rf"|have been))*\s{MISSED}\b"
    r"|\babsent\s(?:at|from|for)\s(?:all|every|each|any)\b",
    re.I | re.M,
)
UNKEPT = compiled(
    rf"[^.;,:|\n]{{0,40}}?(?:[,:|\u2013-]\s?|\s)(?:(?:was|were|has been|have been|is|are)\s)?"
    rf"(?:(?:not|never)\s(?:attended|kept|gone to)|(?:was|were)\s(?:all\s)?skipped)\b{LATELY}",
    re.I,
)
JOINED = compiled(r"[\s,]*(?:(?:and|or|&|/|\+)\s*)?(?:\w+\s){0,2}", re.I)


def none_kept(parsed: Parsed, sentence: Sentence, mention: Mention) -> bool:
    """Whether all of its visits were missed: 'PT 6 weeks, attended 0 of 12', 'PT was not attended'."""
    if mention.group not in COURSES:
        return False
    told = NONE_KEPT.search(parsed.text, sentence.start, sentence.end)
    if told and _is_of(parsed, mention, told.start()):
        return True
    behind = UNKEPT.match(parsed.text, mention.end, sentence.end)
    return bool(behind) and _is_of(parsed, mention, behind.end() if behind else 0)


def _is_of(parsed: Parsed, mention: Mention, told: int) -> bool:
    """Whether no other treatment stands between, unless it is of the same list."""
    last = mention.end
    for hit in parsed.within(mention.end, told, "therapy"):
        if hit.concept != mention.concept and not JOINED.fullmatch(parsed.text, last, hit.start):
            return False
        last = hit.end
    return True
