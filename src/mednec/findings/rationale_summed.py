"""Sentences of a plan that sum up why: failed care and what was found, told beside a procedure; passages out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mednec.findings.parse import Parsed, Sentence
from mednec.vocabulary import lexicon

SECTIONS = {"plan", "assessment", "rationale"}
HEADED = re.compile(r"\W*(?:\w+ )?(?:rationale|reason(?:ing|s)?|justification|why)\b[^.:]{0,20}:", re.I)
BACK = 4  # sentences before the argument in which the procedure may be named
NEAREST = 500  # characters that it may stand before
LONGEST = 700  # characters of a sentence that argues
GENERAL = re.compile(
    r"\b(?:if|whether|unless|patient education|handout|criteria|policy|options include|may consider|might"
    r"|could consider)\b",
    re.I,
)


def summed(parsed: Parsed) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The bounds of each arguing sentence, and of the passage from the procedure to it."""
    done = -1
    for hit in parsed.of("rationale"):
        index = parsed.sentence_index(hit.start)
        sentence = parsed.sentences[index]
        if sentence.start <= done or parsed.section_at(hit.start).name not in SECTIONS:
            continue
        done = sentence.start
        if sentence.end - sentence.start > LONGEST or GENERAL.search(parsed.text, sentence.start, sentence.end):
            continue
        named = _procedure(parsed, index)
        if named is not None and _argues(parsed, sentence, named == sentence.start):
            yield (sentence.start, sentence.end), (named, sentence.end)


def _argues(parsed: Parsed, sentence: Sentence, named_in_it: bool) -> bool:
    """Failed care beside a finding; or, where a 'because' ties them to the procedure, any two arguments."""
    kinds = {kind for kind, words in _arguments().items() if words.search(parsed.text, sentence.start, sentence.end)}
    shown = kinds & {"imaging", "examination", "block"}
    if "failed" in kinds and shown:
        return True
    headed = parsed.section_at(sentence.start).name == "rationale" or HEADED.match(parsed.text, sentence.start)
    tied = (named_in_it and "tie" in kinds) or headed
    return bool(tied) and len(kinds - {"tie"}) >= 2


def _procedure(parsed: Parsed, index: int) -> int | None:
    """Where the sentence begins that names the procedure: the argument itself, or one shortly before it."""
    sentence = parsed.sentences[index]
    if _names_one(parsed, sentence):
        return sentence.start
    for earlier in reversed(parsed.sentences[max(0, index - BACK) : index]):
        if sentence.start - earlier.start > NEAREST or parsed.section_at(earlier.start).name not in SECTIONS:
            return None
        if _names_one(parsed, earlier) and not GENERAL.search(parsed.text, earlier.start, earlier.end):
            return earlier.start
    return None


def _names_one(parsed: Parsed, sentence: Sentence) -> bool:
    return any(hit.concept == "procedure_word" for hit in parsed.within(sentence.start, sentence.end, "rationale"))


@cache
def _arguments() -> dict[str, re.Pattern[str]]:
    """How each kind of argument is told, from the lexicon."""
    told: dict[str, str] = lexicon("rationale").concepts["argument"].extra["told"]
    return {kind: re.compile(words, re.I) for kind, words in told.items()}
