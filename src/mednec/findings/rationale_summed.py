"""Sentences of a plan that sum up why: failed care and what was found, told beside a procedure; passages out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from mednec.findings.parse import Parsed, Sentence
from mednec.findings.patterns import compiled
from mednec.vocabulary import lexicon

SECTIONS = {"plan", "assessment", "rationale"}
HEADED = compiled(r"\W*(?:\w+ )?(?:rationale|reason(?:ing|s)?|justification|why)\b[^.:]{0,20}:", re.I)
TIES = {"tie", "explained", "preference", "risk"}  # arguments that tell by themselves that a choice is argued
SAME = {"imaging": "explained", "risk": "failed", "deficit": "need"}  # one argument, told in either way
BACK = 4  # sentences before the argument in which the procedure may be named
NEXT = 2  # sentences before an argument without 'because' in which the procedure is named
APART = 24  # characters between the argument and the plan that it is for
NEAREST = 500  # characters that it may stand before
CARE = lexicon("therapy").concepts.keys() - set(lexicon("therapy").group("injection"))
PLANNED = 3  # sentences of a plan in which the procedure is named that the assessment argues for
LONGEST = 700  # characters of a sentence that argues
GENERAL = compiled(
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
        beside = named is not None and named >= parsed.sentences[max(0, index - NEXT)].start
        if named is not None and _argues(parsed, sentence, named == sentence.start, beside):
            yield (sentence.start, sentence.end), (named, sentence.end)
        elif named is None and _decided_behind(parsed, index) and _argues(parsed, sentence, False, True):
            yield (sentence.start, sentence.end), (sentence.start, parsed.sentences[index + 1].end)


def together(parsed: Parsed) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The bounds of each assessment that tells failed care beside findings, for a procedure of the plan."""
    for section, plan in pairwise(parsed.sections):
        if section.name != "assessment" or plan.name != "plan" or section.end - section.body > LONGEST:
            continue
        told = [one for one in parsed.sentences if section.body <= one.start < section.end]
        planned = [one for one in parsed.sentences if plan.start <= one.start < plan.end][:PLANNED]
        if not told or not any(_names_one(parsed, one) for one in planned):
            continue
        whole = Sentence(told[0].start, told[-1].end)
        if not GENERAL.search(parsed.text, whole.start, whole.end) and _argues(parsed, whole, False, False):
            yield (whole.start, whole.end), (whole.start, whole.end)


def _argues(parsed: Parsed, sentence: Sentence, named_in_it: bool, beside: bool) -> bool:
    """Failed care beside a finding; or any two arguments that a 'because', a cause or a preference ties to it."""
    kinds = {kind for kind, words in _arguments().items() if words.search(parsed.text, sentence.start, sentence.end)}
    if not any(hit.concept in CARE for hit in parsed.within(sentence.start, sentence.end, "therapy")):
        kinds.discard("failed")
    shown = kinds & {"imaging", "examination", "block", "explained"}
    if "failed" in kinds and shown:
        return True
    headed = parsed.section_at(sentence.start).name == "rationale" or HEADED.match(parsed.text, sentence.start)
    tied = (named_in_it and "tie" in kinds) or headed or (beside and kinds & (TIES - {"tie"}))
    return bool(tied) and len({SAME.get(kind, kind) for kind in kinds - {"tie"}}) >= 2


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


def _decided_behind(parsed: Parsed, index: int) -> bool:
    """Whether the next sentence, of the plan, names the procedure that the argument is for."""
    if index + 1 >= len(parsed.sentences):
        return False
    behind = parsed.sentences[index + 1]
    if parsed.section_at(behind.start).name != "plan" or behind.start - parsed.sentences[index].end > APART:
        return False
    return _names_one(parsed, behind) and not GENERAL.search(parsed.text, behind.start, behind.end)


def _names_one(parsed: Parsed, sentence: Sentence) -> bool:
    return any(hit.concept == "procedure_word" for hit in parsed.within(sentence.start, sentence.end, "rationale"))


@cache
def _arguments() -> dict[str, re.Pattern[str]]:
    """How each kind of argument is told, from the lexicon."""
    told: dict[str, str] = lexicon("rationale").concepts["argument"].extra["told"]
    return {kind: compiled(words, re.I) for kind, words in told.items()}
