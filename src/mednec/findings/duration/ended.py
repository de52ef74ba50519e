"""A sentence that tells of a pain in, whether it or what follows it says that the pain is over out."""

from __future__ import annotations

import re
from functools import cache

from mednec.expressions.needs import Needing, needing
from mednec.expressions.patterns import compiled, spaced
from mednec.findings.duration.relapse import BACK
from mednec.findings.parse import Parsed, Sentence
from mednec.vocabulary import lexicon

ENDED = needing(  # a field or an aside of its own: 'status: resolved', '(resolved 03/2026)', '- gone since May'
    r"(?:\bstatus\b\W{0,3}|[(\[|]\s*|\s[\u2013-]\s*|,\s*|[ \t]{2,}|\.\s)(?:(?:now|since|fully|completely|all)\s)*"
    r"(?:resolved|inactive|healed|cured|recovered|in remission|no longer (?:present|active)|gone (?:since|now|by)|"
    r"closed)\b",
    re.I,
)
RETURNED = compiled(
    r"\b(?:return\w*|recur\w*|c[ao]me(?:s)? back|again|relaps\w*|flare\w*|until|not|never|if|partially|partly|"
    r"almost|mostly"
    r"|nearly|hardly|un\w*|when|with rest|overnight|each|every|on and off|but)\b",
    re.I,
)
FIELD = compiled(
    r"\s*(?:status\W{0,3}(?:now\s)?(?:resolved|inactive)|(?:date\s)?resolved\b\s*(?:date)?\s*[:(]?\s*(?:on\s)?\d)",
    re.I,
)
NOT_OVER = compiled(  # it is over for a while, at times, or came back
    rf"\b(?:{BACK}|until|if|when|whenever|partially|partly|almost|mostly|nearly|hardly|not\scompletely|overnight|"
    rf"each|every|off\sand\son|on\sand\soff|"
    r"for\s(?:only\s|about\s|just\s|some\s|nearly\s)?(?:an?|one|two|three|four|five|six|several|many|\d+|"
    r"a\sfew)\s(?:hours?|days?|weeks?|months?|hrs?|wks?|minutes)|temporar\w+|brief\w*|while|again|today)\b",
    re.I,
)
PAIN = compiled(
    r"\b(?:pain|ache|aching|problem|trouble|symptoms?|episode|sciatica|discomfort|soreness|complaints?|attack|bout|"
    r"spell|LBP)\b",
    re.I,
)
LEAD = compiled(
    r"(?:\d{1,2}[.)]\s*|[-*\u2022]\s*)?(?:(?:do|are|is|does)\s(?:you|it|the\s(?:pain|problem)|s?he|this)\s)?", re.I
)
LINES = 2  # sentences behind in which it may be told that it is over


def has_ended(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether a problem is told as over: in its own row, in the field behind it, or in what is said next of it."""
    text = parsed.text
    if FIELD.match(text, sentence.end):
        return True
    stop = text.find("\n", sentence.start, sentence.end)
    ended = ENDED.search(text, sentence.start, stop if stop >= 0 else sentence.end)
    if ended and not RETURNED.search(text, sentence.start, sentence.end):
        return True
    return _ends_itself(parsed, sentence) or _is_told_as_over(parsed, sentence)


def _ends_itself(parsed: Parsed, sentence: Sentence) -> bool:
    """'... began in January; it cleared up in March': with nothing behind it that tells of its return."""
    over = _over("linked").search(parsed.text, sentence.start, sentence.end)
    return over is not None and _is_same(parsed, sentence, over) and _holds(parsed, over, sentence)


def _is_told_as_over(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether one of the next sentences or fields begins with words that it is over."""
    index = parsed.sentence_index(sentence.start)
    for follower in parsed.sentences[index + 1 : index + 1 + LINES]:
        if "\n\n" in parsed.text[sentence.end : follower.start]:
            return False
        if _over("field").match(parsed.text, _lead(parsed, follower), follower.end):
            return True
        over = _over("own").match(parsed.text, follower.start, follower.end)
        if over and _is_same(parsed, sentence, over) and _holds(parsed, over, follower):
            return True
    return False


def _lead(parsed: Parsed, field: Sentence) -> int:
    """Where the words of a field begin, behind its number and 'Do you'."""
    lead = LEAD.match(parsed.text, field.start)
    return lead.end() if lead else field.start


def _is_same(parsed: Parsed, sentence: Sentence, over: re.Match[str]) -> bool:
    """Whether what is over is named without a part of the body, or with one that the sentence names before it."""
    pain = PAIN.search(parsed.text, *over.span())
    if pain is None:
        return True
    told = parsed.text[sentence.start : min(over.start(), sentence.end)].lower()
    plain = lexicon("duration_cues").concepts["over"].extra["plain"]
    return all(
        word in told
        for word in re.findall(r"[a-z]+", parsed.text[over.start() : pain.start()].lower())
        if word not in plain
    )


def _holds(parsed: Parsed, over: re.Match[str], sentence: Sentence) -> bool:
    """Whether nothing tells that it was over for a while alone, or by a treatment."""
    if NOT_OVER.search(parsed.text, over.end(), sentence.end):
        return False
    return not parsed.within(sentence.start, sentence.end, "therapy")


@cache
def _over(where: str) -> re.Pattern[str] | Needing:
    some = lexicon("duration_cues").concepts["over"].extra[where]
    return needing(rf"\b(?:{'|'.join(map(spaced, some))})".replace("'", "['\u2019]"), re.I)
