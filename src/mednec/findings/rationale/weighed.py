"""Arguments that run over several sentences to a verdict for a procedure; a parsed document in, passages out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.rationale.summed import GENERAL, HEADED, SAME, SECTIONS, kinds_told
from mednec.vocabulary import lexicon

BACK = 4  # sentences before the verdict that may hold its reasons
BEHIND = 1  # and after it
LONGEST = 1200  # characters of such a passage
SOLID = {
    "failed",
    "imaging",
    "examination",
    "block",
    "benefit",
    "explained",
}  # one of these has to be among the reasons
MEASURED = {"measured"}  # argues under a heading alone
TIED = {"tie"}  # words that join reasons and are none themselves
PARAGRAPH = compiled(r"\n[ \t]*\n")


def weighed(parsed: Parsed) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """The bounds of each sentence with a verdict, and of the passage with its reasons."""
    done = -1
    for hit in parsed.of("rationale"):
        if hit.concept != "procedure_word" or hit.start <= done or parsed.section_at(hit.start).name not in SECTIONS:
            continue
        index = parsed.sentence_index(hit.start)
        sentence = parsed.sentences[index]
        done = sentence.end
        if not _concludes(parsed, sentence) or GENERAL.search(parsed.text, sentence.start, sentence.end):
            continue
        first, last = _passage(parsed, index)
        reasons = {SAME.get(kind, kind) for kind in kinds_told(parsed, Sentence(first, last)) - TIED - MEASURED}
        if len(reasons) >= 2 and reasons & SOLID:
            yield (sentence.start, sentence.end), (first, last)


def _concludes(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether a sentence gives a verdict, or answers 'why'."""
    headed = HEADED.match(parsed.text, sentence.start, sentence.end)
    return bool(headed or _verdict().search(parsed.text, sentence.start, sentence.end))


def _passage(parsed: Parsed, index: int) -> tuple[int, int]:
    """Where the sentences about the verdict begin and end: of its paragraph and its section, not too many."""
    own = parsed.sentences[index]
    section = parsed.section_at(own.start).name
    first, last = own.start, own.end
    for earlier in reversed(parsed.sentences[max(0, index - BACK) : index]):
        if not _goes_on(parsed, earlier, first, section) or last - earlier.start > LONGEST:
            break
        first = earlier.start
    for later in parsed.sentences[index + 1 : index + 1 + BEHIND]:
        if PARAGRAPH.search(parsed.text, last, later.start) or parsed.section_at(later.start).name != section:
            break
        last = later.end
    return first, last


def _goes_on(parsed: Parsed, earlier: Sentence, first: int, section: str) -> bool:
    """Whether a sentence before belongs to the passage: of one paragraph and of a section that argues."""
    if PARAGRAPH.search(parsed.text, earlier.end, first) or GENERAL.search(parsed.text, earlier.start, earlier.end):
        return False
    name = parsed.section_at(earlier.start).name
    return name == section or name in ("assessment", "rationale")


@cache
def _verdict() -> re.Pattern[str]:
    """How a conclusion is told, from the lexicon."""
    words: str = lexicon("rationale").concepts["argument"].extra["verdict"]
    return compiled(words, re.I)
