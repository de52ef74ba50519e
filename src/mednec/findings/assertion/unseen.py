"""A sign in, whether it was not tested, could not be made out, is gone, or was there at an earlier time alone."""

from __future__ import annotations

import re
from functools import cache

from mednec.expressions.patterns import compiled, spaced
from mednec.findings.parse import Parsed
from mednec.model import Finding
from mednec.vocabulary import lexicon

KINDS = frozenset({"exam"})
# Who cannot walk on his toes is weak: such words undo a test alone.
PROVOKING = ("faber", "gaenslen", "thigh_thrust", "si_compression", "si_distraction", "straight_leg_raise")
TESTS = frozenset({*PROVOKING, "facet_loading", "spurling", "other_sign", "trigger_point"})
SIGNS = frozenset({"trigger_point_sign"})
AHEAD, BEHIND = 60, 80  # characters of a clause before and behind a sign in which it is told so
TURN = r"(?:(?!\b(?:but|while|whereas|though|yet|however|now|today)\b)[^.;:\n])"


def is_unseen(parsed: Parsed, finding: Finding) -> bool:
    """Whether a sign that is read as present was not tested, is gone, or was there at an earlier time alone."""
    if finding.kind not in KINDS and finding.concept not in SIGNS:
        return False
    if finding.get("result") not in (None, "positive") or finding.get("status") == "negated":
        return False
    text, sentence = parsed.text, parsed.sentence_at(finding.start)
    first, last = max(sentence.start, finding.start - AHEAD), min(sentence.end, finding.end + BEHIND)
    if finding.concept in TESTS and _ahead().search(text, first, finding.start):
        return True
    return bool(_behind().match(text, finding.end, last))


@cache
def _ahead() -> re.Pattern[str]:
    return compiled(rf"\b(?:{_words('untested', 'ahead')})\b{TURN}*$", re.I)


@cache
def _behind() -> re.Pattern[str]:
    return compiled(rf"{TURN}{{0,60}}?\b(?:{_words('vanished', 'behind')})\b", re.I)


def _words(concept: str, name: str) -> str:
    return "|".join(map(spaced, lexicon("unseen").concepts[concept].extra[name]))
