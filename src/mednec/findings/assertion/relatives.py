"""A person who is named beside the patient in; out, whether the words are of that person or only told or done by him.

'Her hairdresser got no relief', 'PT failed in her cousin' are of another; 'her son drove her to PT', 'per his wife' no.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

WHOSE_OWN = (
    r"(?:(?:his|her|their|my|our|the|an?|(?:one|two|three|another|some|several|many|most|both|all"
    r"|a few)(?:\sof\s(?:his|her|my|the|their))?|(?:the )?(?:patient|pt)['\u2019]s)\s)"
)
QUALITY = (
    r"(?:(?:older|younger|elder|eldest|youngest|late|elderly|twin|best|close|closest|good|old|dear|fellow|former"
    r"|ex|next-door"
    r"|maternal|paternal|little|big|first|second|third|other|own|\d{1,2}-year-old|\w+ing)\s){0,2}"
)
LEADS = compiled(  # a person right behind it is what the sentence or clause is about
    rf"(?:\W*|[^\n]*(?:[.;:]\s|,\s|\s(?:that|because|whereas|while|but|whose)\s|\s-+\s)){WHOSE_OWN}?{QUALITY}", re.I
)
PLACED = compiled(r"\s(?:with|in|at|from|of|on|next|down|across)\b(?=\s)", re.I)
IS = compiled(r"\s(?:is|was|has|have|had|are|were)\s", re.I)
INDEFINITE = frozenset(
    ("somebody", "someone", "anybody", "anyone", "everybody", "everyone", "people", "kids", "kid", "children", "child")
)
APART = r"(?:\s*,\s[^.,;:\n]{1,60},|\s\([^)\n]{1,40}\))?"
ADVERB = (
    r"(?:(?:also|recently|once|never|still|just|now|already|then|always|usually|apparently|clearly|himself"
    r"|herself|has|have|had)\s){0,2}"
)
FUNCTION = compiled(
    r"\s*(?:[.,;:()\[\]/&?!-]|$|['\u2019]s?\b|(?:and|or|but|who|whom|that|which|whose|with|in|at|from|of|on|to"
    r"|for|by|as|than|about|after"
    r"|before|since|when|while|where|because|if|is|was|are|were|will|would|may|might|should|x|line|member|history"
    r"|hx)\b)",
    re.I,
)
OBJECT = compiled(  # 'drove her to PT': what was done to the patient
    r"\s(?:\w+\s){0,2}?\w+(?:\s(?:up|over|out|back))?\s(?:him|me|them|(?:the\s)?patient|(?-i:[Pp]t)"
    r"|her(?=\s*(?:[.,;]|$)|\s(?:to|for|with|through|at"
    r"|by|in|from|out|and|on|that|back|over|into|there)\b))\b",
    re.I,
)
BEHIND_WHOSE = compiled(r"\bwhose\s(?:\w+\s)?$", re.I)
LED = compiled(  # 'accompanied her sister to PT': the care is the other's
    rf"\b(?:accompan(?:y|ied|ies)|dr(?:ove|ives?)|t(?:ook|akes?)|br(?:ought|ings?)|paid|pays|wait(?:ed|s) (?:for"
    rf"|on)|went with)\s{WHOSE_OWN}{QUALITY}$",
    re.I,
)
LED_TO = compiled(r"\s(?:to|for|through|during|at)\b", re.I)
WHOSE = compiled(r"[^.;,\n]{0,30},?\s(?=whose\b)", re.I)
NOT_HIS_OWN = (  # 'saw no change with PT' is no telling
    r"(?!\s(?:no|not?\sany|little|hardly\sany|zero|some|great|only|good|scant)\s(?:\w+\s)?(?:change|relief|benefit"
    r"|improvement|help|effect|gain|good|success|luck|result|difference|progress)s?\b)"
)
HEADS = compiled(
    r"\s?(?:[\u2013-]\s|:\s)(?!\W*(?:s?he|pt|patient|the patient|states?|reports?|says|here|present|will"
    r"|no\b(?! relief)|none|yes|n/a)\b)",
    re.I,
)
CLAUSE = compiled(r"[;:,.]\s|\s(?=(?:that|which|but|while|whereas)\s)", re.I)
FAR = 9  # words
OWN = compiled(r"[^.;\n]{0,70}?\b(?:(?:her|his|their)\s+own|himself|herself|themselves)\b", re.I)
OF_BODY = compiled(
    r"\b(?:her|his|their)\s+own\s+(?:\w+\s){0,2}?(?:back|neck|pain|leg|hip|knee|shoulder|sciatica|spine|arm"
    r"|problem|trouble|PT|therapy"
    r"|physical|disc|injection|stenosis|arthritis|case|course|treatment)\b",
    re.I,
)


def is_subject(text: str, sentence: Sentence, start: int) -> bool:
    """Whether a person opens the sentence or one of its clauses."""
    return LEADS.fullmatch(text, sentence.start, start) is not None


def heads(text: str, start: int, end: int, last: int) -> bool:
    """Whether a person heads an entry on his own case: 'Sibling - PT, no relief'."""
    return (
        not text[text.rfind("\n", 0, start) + 1 : start].strip(" \t-*\u2022")
        and HEADS.match(text, end, last) is not None
    )


def acts(text: str, end: int, last: int) -> bool:
    """Whether a subject goes on to have, try or suffer something by itself, whatever the verb."""
    if _beside().match(text, end, last) or OBJECT.match(text, end, last):
        return OWN.match(text, end, last) is not None
    return FUNCTION.match(text, end, last) is None


def places(text: str, end: int, last: int) -> Iterator[int]:
    """Where a verb may follow words on where a person is or what he has: 'a coworker with the same pain failed PT'."""
    if PLACED.match(text, end, last):
        blanks = (at for at in range(end + 1, last) if text[at].isspace())
        for count, blank in enumerate(blanks):
            if count >= FAR or text[blank - 1] in ",;":
                return
            yield blank


def affected(text: str, sentence: Sentence, start: int, end: int) -> int | None:
    """Where the clause begins that tells what a treatment did to the person: 'PT failed in her cousin'."""
    effect = _effect().search(text, sentence.start, start)
    if effect is None or text[end : end + 1] in ("'", "\u2019"):
        return None
    return max((match.end() for match in CLAUSE.finditer(text, sentence.start, effect.start())), default=sentence.start)


def is_beside(text: str, start: int, end: int) -> bool:
    """Whether a person only tells of the patient, brings or helps him, or is named in passing."""
    line = max(text.rfind("\n", 0, start), text.rfind(". ", 0, start)) + 1
    stop = min((at for mark in (".", "\n", ";") if (at := text.find(mark, end)) >= 0), default=len(text))
    if text[end : end + 1] in ("'", "\u2019"):
        return False
    if _before().search(text, line, start) or (BEHIND_WHOSE.search(text, line, start) and "," in text[end:stop]):
        return True
    acted = _beside().match(text, end, stop) or OBJECT.match(text, end, stop)
    return bool(acted) and OWN.match(text, end, stop) is None


def is_named_beside(text: str, sentence: Sentence, start: int) -> bool:
    """Whether a person is named behind 'with', 'per' or the like."""
    return _before().search(text, sentence.start, start) is not None


def continued(parsed: Parsed, hit: Hit) -> Iterator[tuple[int, int]]:
    """What is told of a person behind the words that name him: 'came along, whose pain is 7'."""
    text, sentence = parsed.text, parsed.sentence_at(hit.start)
    if whose := WHOSE.match(text, hit.end, sentence.end):
        yield whose.end(), sentence.end
    if LED.search(text, sentence.start, hit.start) and LED_TO.match(text, hit.end, sentence.end):
        yield hit.start, sentence.end
    index = parsed.sentence_index(hit.start) + 1
    following = parsed.sentences[index] if index < len(parsed.sentences) else None
    if following and is_subject(text, sentence, hit.start) and OF_BODY.search(text, following.start, following.end):
        yield following.start, following.end


@cache
def _beside() -> re.Pattern[str]:
    words = lexicon("owners").concepts["beside"].extra
    return compiled(rf"{APART}\s{ADVERB}(?:{'|'.join((*words['tells'], *words['attends']))})\b{NOT_HIS_OWN}", re.I)


@cache
def _before() -> re.Pattern[str]:
    words = lexicon("owners").concepts["beside"].extra["before"]
    return compiled(rf"\b(?:{'|'.join(words)})\s{WHOSE_OWN}?{QUALITY}$", re.I)


@cache
def _effect() -> re.Pattern[str]:
    words = lexicon("owners").concepts["beside"].extra["effects"]
    return compiled(
        rf"\b(?:{'|'.join(words)})(?:\s(?:at all|much|anything))?(?:\s(?:in|for|to))?\s{WHOSE_OWN}{QUALITY}$", re.I
    )
