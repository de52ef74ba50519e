"""Several injections ordered in a row, in plain words: a parsed document in, what tells of it out.

'Then two more at two week intervals', 'number one of three', 'Quantity: 3. Repeat: every 14 days': a count and either
a rhythm or a booking, said of the injections that stand in the sentence or shortly before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.findings.statement.families import FAMILIES
from mednec.findings.statement.phrases import Phrase
from mednec.vocabulary import lexicon

CONCEPT = "series_planned"
SILENT = ("prior_treatment", "past_surgical", "past_medical", "family_history", "education")
NAMED = needing(r"\bseries of (?:3|three)\b", re.I)
BACK = 2  # sentences back in which the injection may stand
LONGEST = 200  # characters that the words for a row may take
BEHIND = 70  # characters behind the words in which they may be taken back


def told_in_a_row(parsed: Parsed) -> Iterator[Phrase]:
    """Each sentence that orders the same injection several times."""
    injections = [hit.start for hit in parsed.of("therapy") if hit.concept in FAMILIES]
    injections += [match.start() for match in NAMED.finditer(parsed.text)]
    if not injections:
        return
    for match in _rows(parsed, sorted(injections)):
        sentence = parsed.sentences[parsed.sentence_index(match.start())]
        if parsed.section_at(match.start()).name not in SILENT and _is_ordered(parsed, match, sentence.start):
            yield Phrase(CONCEPT, "affirmed", match.start(), match.end(), window(parsed, match.start(), match.end()))


def _rows(parsed: Parsed, injections: list[int]) -> Iterator[re.Match[str]]:
    """The words for a row in the sentences of injections and in those shortly behind them, in order."""
    done = 0
    for injection in injections:
        index = parsed.sentence_index(injection)
        start = max(done, parsed.sentences[index].start)
        end = parsed.sentences[min(index + BACK, len(parsed.sentences) - 1)].end
        for match in _row().finditer(parsed.text, start, min(len(parsed.text), end + LONGEST)):
            if match.start() < end:
                yield match
                done = match.end()
        done = max(done, end)


def _is_ordered(parsed: Parsed, match: re.Match[str], first: int) -> bool:
    """Whether the row is this patient's to come: not denied, not past, not only asked for, not of another treatment."""
    text = parsed.text
    before, behind = text[first : match.start()], text[match.end() : match.end() + BEHIND]
    before, behind = before.rpartition(";")[2], re.split(r"[.;\n]", behind)[0]
    before, behind = (_words("regardless").sub(" ", part) for part in (before, behind))
    booked = _words("booked").search(behind) or _words("booked").search(before) or _words("booked").search(match[0])
    if _words("denied_before").search(before) or _words("denied_behind").search(behind):
        return False
    if (
        _words("other_treatment").search(before)
        or _words("other_treatment").search(behind)
        or _words("in_general").search(before + match[0] + behind)
    ):
        return False
    return bool(booked) or not (
        _words("bygone").search(before) or _words("bygone").search(behind) or _words("wished").search(before)
    )


@cache
def _words(name: str) -> re.Pattern[str]:
    return compiled(lexicon("statement").concepts[CONCEPT].extra["row"][name], re.I)


@cache
def _row() -> Needing | re.Pattern[str]:
    return needing(lexicon("statement").concepts[CONCEPT].extra["row"]["told"], re.I)
