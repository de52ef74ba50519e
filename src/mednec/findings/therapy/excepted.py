"""A treatment of a list in, whether an exception at the end of its sentence takes it back out."""

from __future__ import annotations

import re

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit
from mednec.findings.therapy.mention import Mention

TURN = needing(
    r"\bexcept(?:ing|ed|ions?)?\b|\bonly that\b|\balthough\b|\bbut\b|\b(?:apart|aside) from\b|\bother than\b"
    r"|\bexcluding\b|\bbarring\b|\bsave(?: for)?\b|\bnot counting\b|\bwithout counting\b",
    re.I,
)
NEVER = compiled(
    r"[\s,(:\u2013-]*(?:(?:which|that|it|they|both|all|excepted|excluded|s?he|the patient|patient|pt|was|were|has|have"
    r"|had|is|are|been|still|so|far|yet)[\s,]+){0,5}?"
    r"(?:(?:never|not)\s+(?:\w+\s+)?(?:begun|started|done|tried|attended|taken|had|given|used|approved|authorized"
    r"|attempted|undertaken|underwent|undergone)"
    r"|(?:untried|not (?:yet )?(?:tried|done|had)|yet to (?:be|start|begin|try)|pending|outstanding|unattended)"
    r"|never (?:been|began|took place|happened))\b",
    re.I,
)
JOINED = compiled(r"[\s,]*(?:(?:and|or|&|/|\+)\s*)?(?:(?:the|her|his)\s)?", re.I)
BACK = 60  # characters before 'excepted' in which what is excepted stands


def is_excepted(parsed: Parsed, sentence: Sentence, mention: Mention) -> bool:
    """Whether its sentence excepts it as not tried: 'failed PT and naproxen, except that PT was never begun'."""
    turned = TURN.search(parsed.text, sentence.start, mention.start)
    if turned and NEVER.match(parsed.text, _named_end(parsed, mention)):
        return True
    if not (turn := TURN.search(parsed.text, mention.end, sentence.end)):
        return False
    first = max(mention.end, turn.start() - BACK) if turn.group().lower() == "excepted" else turn.end()
    named = parsed.within(first, sentence.end, "therapy")
    for number, hit in enumerate(named):
        if hit.concept == mention.concept and NEVER.match(parsed.text, _list_end(parsed, named[number:])):
            return True
    return False


def _named_end(parsed: Parsed, mention: Mention) -> int:
    """Where the list ends in which a treatment stands."""
    sentence = parsed.sentence_at(mention.start)
    named = parsed.within(mention.start, sentence.end, "therapy")
    return _list_end(parsed, named) if named else mention.end


def _list_end(parsed: Parsed, named: list[Hit]) -> int:
    """Where the list of treatments ends that begins with the first of these."""
    end = named[0].end
    for hit in named[1:]:
        if not JOINED.fullmatch(parsed.text, end, hit.start):
            break
        end = hit.end
    return end
