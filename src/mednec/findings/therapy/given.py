"""An injection and the words around it in, whether it is told as given at this visit out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.therapy.mention import Mention

INJECTED_AMOUNT = compiled(r"[^.;\n]{0,80}\b(?:using|with|of)\s+\d+(?:\.\d+)?\s*(?:cc|mls?|mg)\b", re.I)
ENDING = r"(?:then\s+|also\s+|again\s+|today\s+)?(?:given|performed|administered|done|carried out|placed|injected)\b"
WAS_DONE = compiled(rf"\s+(?:x\s?\d+\s+)?(?:was|were)\s+{ENDING}", re.I)
DONE = compiled(rf"\s+(?:x\s?\d+\s+)?{ENDING}", re.I)
WAS_INJECTED = compiled(r"\b(?:was|were) injected$", re.I)
WERE_INJECTED = compiled(r"\b(?:was|were)\s+(?:then\s+|also\s+)?injected$", re.I)
INJECTS = compiled(  # 'I gave her a steroid injection', not 'a leaflet about an injection'
    r"\b(?:I|we)\s+(?:(?:then|also|went ahead and|again)\s+)*"
    r"(?:injected$|(?:gave|performed|administered|provided|did|placed)\s+"
    r"(?:(?!(?:about|for|including|not|of|on|regarding|to|talk)\b)\w+\s+){0,6}(?:injections?|blocks?|shots?)$)",
    re.I,
)
ENDURED = compiled(r"\btolerated\s+(?:the|this|her|his|these)\s+(?:\w+\s+){0,2}$", re.I)
SINCE_THEN = compiled(
    r"[^.;]{0,60}\b(?:ago|last|in (?:19|20)\d\d|before|previous\w*|prior|earlier|in the past|at (?:the|her|his)"
    r" last|by (?:dr|his|her|another)|(?:jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)\w*)\b",
    re.I,
)


COMES_FOR = compiled(
    r"\b(?:here|presents|presented|brought in|comes|came|returns|returned|decided|elected|opted|chose|agreed|consented|"
    r"wishes)\b(?:(?!\b(?:may|might|if|discuss\w*|evaluat\w+|follow\w*)\b)[^.;]){0,60}$",
    re.I,
)
WAS_GIVEN = compiled(r"\b(?:injected|instilled|infused|deposited|administered)\b", re.I)
WILL_INJECT = compiled(
    r"\b(?:I|we)\s+(?:will|would like to|am going to|are going to|elected to|decided to)\s+(?:now\s+)?$", re.I
)
THEN_DONE = compiled(  # what the next sentences of the paragraph tell of it
    r"[^\n]{0,400}?(?:\btolerated\s+(?:the|both|this|these|all)\s+(?:\w+\s+)?(?:procedures?|injections?)|"
    r"\b(?:was|were)\s+(?:then\s+)?injected\b|\bwas\s+(?:then\s+)?(?:prepped|cleansed)\b|\b(?:after|under|using|"
    r"with)\s+"
    r"(?:\w+\s+)?(?:sterile|aseptic)\b)",
    re.I,
)


def is_then_given(text: str, mention: Mention) -> bool:
    """Whether what is planned is done in the next words: 'We will inject it. ... She tolerated the procedure well.'"""
    if mention.group != "injection" or mention.concept.endswith("surgery"):
        return False
    said = text[mention.start : mention.end].lower() == "inject" or WILL_INJECT.search(
        text, max(0, mention.start - 30), mention.start
    )
    return bool(said and THEN_DONE.match(text, mention.end))


I_DID = compiled(
    r"\b(?:I|we)\s+(?:then\s+|therefore\s+)?(?:did|performed|carried out|proceeded (?:with|to do)|"
    r"completed)\b[^.;]{0,160}$"
)
BEFORE_THIS = compiled(
    r"\b(?:previous(?:ly)?|prior|ago|last|earlier|before|initially|years?|months?|in (?:19|20)\d\d|"
    r"\d{1,2}/\d{1,2}/\d{2,4})\b",
    re.I,
)


def is_described(parsed: Parsed, mention: Mention, first: int) -> bool:
    """Whether the technique of the same note tells how the injection is given for which the patient comes."""
    if mention.group != "injection" or mention.concept.endswith("surgery"):
        return False
    if not COMES_FOR.search(parsed.text, max(first, mention.start - 90), mention.start):
        return False
    technique = (part for part in parsed.sections if part.name == "technique_description")
    return any(WAS_GIVEN.search(parsed.text, part.body, part.end) for part in technique)


def is_done_here(parsed: Parsed, mention: Mention) -> bool:
    """Whether the surgeon tells of the operation itself: 'I did a [decompression] and a bilateral [foraminotomy]'."""
    if not mention.concept.endswith("surgery"):
        return False
    start = parsed.sentence_at(mention.start).start
    told = I_DID.search(parsed.text, start, mention.start)
    return told is not None and not BEFORE_THIS.search(parsed.text, start, parsed.sentence_at(mention.start).end)


def is_given(text: str, mention: Mention) -> bool:
    """Whether an injection is told as given: with what was injected and how much, as done, or as endured."""
    if mention.group != "injection" or SINCE_THEN.match(text, mention.end):
        return False
    done = is_told_as_done(text, mention) or DONE.match(text, mention.end)
    return bool(done or INJECTED_AMOUNT.match(text, mention.end))


def is_told_as_done(text: str, mention: Mention) -> bool:
    """Whether the words beside an injection tell of this visit that it was done: 'I gave her', 'was performed'."""
    if mention.group != "injection" or SINCE_THEN.match(text, mention.end):
        return False
    done = WAS_DONE.match(text, mention.end) or WAS_INJECTED.search(text, mention.start, mention.end)
    done = done or WERE_INJECTED.search(text, max(0, mention.start - 20), mention.end)
    done = done or INJECTS.search(text, max(0, mention.start - 44), mention.end)
    return bool(done or is_then_given(text, mention) or ENDURED.search(text, max(0, mention.start - 40), mention.start))
