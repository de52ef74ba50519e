"""Sentences of a plan that sum up why: failed care and what was found, told beside a procedure; passages out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.vocabulary import lexicon

SECTIONS = {"plan", "assessment", "rationale"}
HEADED = compiled(
    r"\W*(?:\w+ )?(?:rationale|reason(?:ing|s)?|justification|why|basis|medical necessity)\b[^.:]{0,20}:", re.I
)
TIES = {"tie", "explained", "preference", "risk"}  # arguments that tell by themselves that a choice is argued
SAME = {"imaging": "explained", "risk": "failed", "deficit": "need"}  # one argument, told in either way
BACK = 6  # sentences before the argument in which the procedure may be named
NEXT = 2  # sentences before an argument without 'because' in which the procedure is named
APART = 24  # characters between the argument and the plan that it is for
NEAREST = 500  # characters that it may stand before
CARE = lexicon("therapy").concepts.keys() - set(lexicon("therapy").group("injection"))
PLANNED = 3  # sentences of a plan in which the procedure is named that the assessment argues for
LONGEST = 700  # characters of a sentence that argues
REPEAT = compiled(r"\b(?:repeat\w*|again|another|second|third)\b", re.I)
GENERAL = compiled(
    r"\b(?:if(?! (?:2|two|both|the (?:two|blocks?)|positive))|whether|unless|patient education|handout|criteria|policy"
    r"|options include|may consider|might|could consider)\b",
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
        elif named is None and _decided_behind(parsed, index):
            last = parsed.sentences[min(index + NEXT, len(parsed.sentences) - 1)].end
            if _argues(parsed, sentence, False, True):
                yield (sentence.start, sentence.end), (sentence.start, last)
            elif (whole := _with_the_one_before(parsed, index)) and _argues(parsed, whole, False, False):
                yield (whole.start, whole.end), (whole.start, last)


def together(parsed: Parsed) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The bounds of each assessment that tells failed care beside findings, for a procedure of the plan."""
    for section, plan in pairwise(parsed.sections):
        if section.name != "assessment" or plan.name != "plan" or section.end - section.body > LONGEST:
            continue
        told = [one for one in parsed.sentences if section.start <= one.start < section.end]
        planned = [one for one in parsed.sentences if plan.start <= one.start < plan.end][:PLANNED]
        if not told or not any(names_one(parsed, one) for one in planned):
            continue
        whole = Sentence(told[0].start, told[-1].end)
        if GENERAL.search(parsed.text, whole.start, whole.end):
            continue
        argued = _argues(parsed, whole, False, False) or _names_what_failed(parsed, whole)
        if argued or _argues_for_another(parsed, whole, planned[0]):
            yield (whole.start, whole.end), (whole.start, whole.end)


def _with_the_one_before(parsed: Parsed, index: int) -> Sentence | None:
    """A sentence together with that before it in its section: 'History and imaging agree. Eight weeks of PT failed.'"""
    before, sentence = parsed.sentences[max(0, index - 1)], parsed.sentences[index]
    if before.start < parsed.section_at(sentence.start).start or before.start == sentence.start:
        return None
    if sentence.end - before.start > LONGEST or GENERAL.search(parsed.text, before.start, before.end):
        return None
    return Sentence(before.start, sentence.end)


def _argues(parsed: Parsed, sentence: Sentence, named_in_it: bool, beside: bool) -> bool:
    """Failed care beside a finding; or any two arguments that a 'because', a cause or a preference ties to it."""
    kinds = kinds_told(parsed, sentence)
    headed = parsed.section_at(sentence.start).name == "rationale" or HEADED.match(parsed.text, sentence.start)
    if not headed:
        kinds.discard("measured")
    shown = kinds & {"imaging", "examination", "block", "explained"}
    if "failed" in kinds and shown:
        return True
    tied = (named_in_it and "tie" in kinds) or headed or (beside and kinds & (TIES - {"tie"}))
    return bool(tied) and len({SAME.get(kind, kind) for kind in kinds - {"tie"}}) >= 2


def _names_what_failed(parsed: Parsed, whole: Sentence) -> bool:
    """Whether an assessment says of what it names that care failed, or that a block proved it."""
    return bool(kinds_told(parsed, whole) & {"failed", "block"}) and bool(
        parsed.within(whole.start, whole.end, "diagnosis")
    )


def _argues_for_another(parsed: Parsed, whole: Sentence, planned: Sentence) -> bool:
    """Whether the pain came back after a treatment that helped, which the plan repeats."""
    again = REPEAT.search(parsed.text, planned.start, planned.end)
    return bool(again) and {"benefit", "recurred"} <= kinds_told(parsed, whole)


def kinds_told(parsed: Parsed, sentence: Sentence) -> set[str]:
    """The kinds of argument in a stretch of text; that something failed counts where care is named that could."""
    kinds = {kind for kind, words in arguments().items() if words.search(parsed.text, sentence.start, sentence.end)}
    if not any(hit.concept in CARE for hit in parsed.within(sentence.start, sentence.end, "therapy")):
        kinds.discard("failed")
    if "care_failed" in kinds:
        kinds = kinds - {"care_failed"} | {"failed"}
    return kinds


def _procedure(parsed: Parsed, index: int) -> int | None:
    """Where the sentence begins that names the procedure: the argument itself, or one shortly before it."""
    sentence = parsed.sentences[index]
    if names_one(parsed, sentence):
        return sentence.start
    for earlier in reversed(parsed.sentences[max(0, index - BACK) : index]):
        if sentence.start - earlier.start > NEAREST or parsed.section_at(earlier.start).name not in SECTIONS:
            return None
        if names_one(parsed, earlier) and not GENERAL.search(parsed.text, earlier.start, earlier.end):
            return earlier.start
    return None


def _decided_behind(parsed: Parsed, index: int) -> bool:
    """Whether one of the next sentences, of the plan, names the procedure that the argument is for."""
    return any(_decides(parsed, index, behind) for behind in parsed.sentences[index + 1 : index + 1 + NEXT])


def _decides(parsed: Parsed, index: int, behind: Sentence) -> bool:
    """Whether a sentence of the plan, shortly behind another, names a procedure."""
    if parsed.section_at(behind.start).name != "plan" or behind.start - parsed.sentences[index].end > APART * NEXT:
        return False
    return names_one(parsed, behind) and not GENERAL.search(parsed.text, behind.start, behind.end)


def names_one(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether a sentence names a procedure."""
    return any(hit.concept == "procedure_word" for hit in parsed.within(sentence.start, sentence.end, "rationale"))


@cache
def arguments() -> dict[str, re.Pattern[str]]:
    """How each kind of argument is told, from the lexicon."""
    told: dict[str, str] = lexicon("rationale").concepts["argument"].extra["told"]
    return {kind: compiled(words, re.I) for kind, words in told.items()}
