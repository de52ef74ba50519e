"""A sentence on the duration of pain in, out the regions of that pain and where the quote must begin to show them."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.regions import regions_in

RADIATES = compiled(
    r"\b(?:radiat\w+|travel\w*|spread\w*|extend\w*|shoot\w*|going|goes|down|into|with\snumbness|"
    r"referred|without|denies|no|to\s(?:the\s|his\s|her\s)?(?:\w+\s){0,3}(?:finger|foot|toe|hand|"
    r"ankle|knee|elbow|calf|thigh)s?)\b|\[\s?\]",
    re.I,
)
SHARED_BACK = compiled(
    r"\b(?<!upper )(?<!mid )back(?:,| and| or)\s(?:[\w-]+,?\s){0,4}pain\b"
    r"|\bpains?\s(?:in|of|to|over)\s(?:(?!upper|mid)[\w-]+,?\s){0,5}back\b(?!\sof)",
    re.I,
)
NEXT = 4  # sentences behind an injury in which the pain may be told
LISTED = 400
PAIN = compiled(r"\b(?:pain|ache|aching|discomfort|sore)\b", re.I)
WHERE = compiled(
    r"\bonset of\b[^.;]{0,40}\b(?:pain|headaches?)\b|\blocation\b[^.;]{0,12}\bis\b|\bit is located\b|"
    r"\bhas (?:\w+ )?pain in\b|\b(?:pain|"
    r"discomfort) is (?:located|in|at|over)\b|"
    r"\b(?:developed|complain\w*|began to have|has had|experienced)\b[^.;]{0,40}\b(?:pain|headaches?)\b",
    re.I,
)
HURT = compiled(
    r"\b(?:injured|injuring|hurt|hurting|twisted|twisting|strained|sprained|broke|fractured|landed on|landing on|"
    r"tore)\s"
    r"(?:his|her|the|my)\s[^.;,]{2,40}",
    re.I,
)
DENIED = compiled(r"(?:(?:s?he|the patient|pt|patient)\s+)?(?:also\s+)?(?:denie[sd]|has no|had no|no)\b", re.I)
CAUSE = compiled(r"\b(?:when|after|while|following|as\she|as\sshe|because|due\sto)\b", re.I)


def regions_of(parsed: Parsed, sentence: Sentence, told: int, end: int) -> tuple[tuple[str, ...], int]:
    """The regions of the pain that a sentence names, or goes on from; and where the quote has to begin.

    `told` is where its first time ends: what is named as a cause behind it does not hurt.
    """
    cause = CAUSE.search(parsed.text, told, sentence.end)
    own = _of_pain(parsed, sentence.start, cause.start() if cause else sentence.end)
    if not own and cause and (felt := _felt_then(parsed, cause.end(), sentence.end)):
        return felt, end
    if own or _names_its_pain(parsed, sentence):
        return own, end
    return _from_around(parsed, sentence, end)


def _from_around(parsed: Parsed, sentence: Sentence, end: int) -> tuple[tuple[str, ...], int]:
    """The regions of the sentences before, unless the same paragraph goes on to tell where it hurts."""
    if parsed.text[sentence.end - 1] == ":" and (listed := _listed_behind(parsed, sentence)):
        return listed, end
    start, behind = sentence.start, _told_behind(parsed, sentence)
    for _ in range(2):
        if start <= 1 or sentence.start - start > 300:
            break
        before = parsed.sentence_at(start - 1)
        if before.start >= start or (behind and "\n\n" in parsed.text[before.end : start]):
            break
        start = before.start
        if DENIED.match(parsed.text, before.start):
            continue
        if regions := _of_pain(parsed, before.start, before.end):
            return regions, start
    return behind, end


def _told_behind(parsed: Parsed, sentence: Sentence) -> tuple[str, ...]:
    """The regions of the sentences behind, in the paragraph, that say where the pain began or is."""
    last = sentence
    for _ in range(NEXT):
        if last.end + 3 >= len(parsed.text):
            break
        follower = parsed.sentence_at(min(last.end + 3, len(parsed.text) - 1))
        if follower.start <= last.start or "\n\n" in parsed.text[last.end : follower.start]:
            break
        if WHERE.search(parsed.text, follower.start, follower.end):
            return _of_pain(parsed, follower.start, follower.end)
        last = follower
    return ()


def _listed_behind(parsed: Parsed, sentence: Sentence) -> tuple[str, ...]:
    """The regions of the pains that a list names under 'the following symptoms for 7 years:'."""
    lines = parsed.text[sentence.end : sentence.end + LISTED].lstrip("\n").split("\n\n")[0]
    start = parsed.text.find(lines, sentence.end) if lines else sentence.end
    found: dict[str, None] = {}
    for line in lines.splitlines(keepends=True):
        if PAIN.search(line):
            found.update(dict.fromkeys(regions_in(parsed, start, start + len(line))))
        start += len(line)
    return tuple(found)


def _felt_then(parsed: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The regions of a pain that is named with the event that began it: '... when he began to have left hip pain'."""
    pains = parsed.within(start, end, "symptom_duration")
    if not pains and (hurt := HURT.search(parsed.text, start, end)):
        return regions_in(parsed, *hurt.span())
    return regions_in(parsed, max(start, pains[0].start - 25), min(pains[0].end + 20, end)) if pains else ()


def _names_its_pain(parsed: Parsed, sentence: Sentence) -> bool:
    """'9 months of pain' speaks for itself; 'the onset of his pain', 'it began' go on from what was said."""
    words = parsed.text[sentence.start : sentence.end]
    return bool(re.search(r"\bpain\b", words, re.I)) and not re.search(
        r"\bsince (?:then|that time)\b|\bonset\b|\bbegan\b|\bstarted\b|\bthe injury\b", words, re.I
    )


def _of_pain(parsed: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The regions of the pain, with a back that shares its pain with another part: 'back, buttock and leg pain'."""
    found = _named(parsed, start, end)
    shared = "lumbar" not in found and SHARED_BACK.search(parsed.text, start, end)
    return (*found, "lumbar") if shared else found


def _named(parsed: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The regions that the words name before they say where the pain goes to."""
    pain = next(iter(parsed.within(start, end, ("symptom_duration", "regions"))), None)
    away = RADIATES.search(parsed.text, pain.end, end) if pain else None
    return (
        regions_in(parsed, start, away.start())
        if away and regions_in(parsed, start, away.start())
        else regions_in(parsed, start, end)
    )
