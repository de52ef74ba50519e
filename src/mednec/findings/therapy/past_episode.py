"""A treatment in, whether its sentence tells that it was of an episode of pain that is over out."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.therapy.mention import Mention
from mednec.vocabulary import lexicon

YEAR = compiled(
    r"\b(?:in|of|from|during|around|since|by|the|his|her|an?|\()\s?(?:(?:early|late|mid|spring|summer|fall|winter"
    r"|\w{3,9})[\s-]){0,2}((?:19|20)\d\d)\b",
    re.I,
)
LIMB = compiled(r"\b(?:knee|shoulder|hip|ankle|wrist|elbow|foot|hand|thumb|heel|jaw)\b", re.I)
LINKED = compiled(
    r"\b(?:it|that|which|this|they|pain|problem|episode|bout|spell|attack|strain|one|symptoms?|and|but|since|then"
    r"|long|has|had|who|he|she|fully|completely|entirely|trouble)\b",
    re.I,
)
BREAK = compiled(r";\s|\s(?:but|though|although|whereas|while)\s", re.I)
RETURNS = compiled(r"\b(?:return\w*|c[ao]me back|coming back|recur\w*|relaps\w*|is back|again)\b", re.I)
LONG_PAST = 2  # years


class _Words(NamedTuple):
    earlier: re.Pattern[str]
    then: re.Pattern[str]
    over: re.Pattern[str]
    not_over: re.Pattern[str]
    present: re.Pattern[str]


def is_of_past_episode(parsed: Parsed, sentence: Sentence, mention: Mention) -> bool:
    """Whether an earlier episode is named in the sentence and told as over in it or behind it, and no present one."""
    text, words = parsed.text, _words()
    first, last = clause(text, sentence, mention)
    told = words.earlier.search(text, first, last) or words.then.search(text, first, last)
    if not told and not _is_of_old_year(parsed, first, last):
        return False
    if (told and LIMB.search(told.group())) or words.present.search(text, first, last):
        return False
    parts = [(first, sentence.end), *((part.start, part.end) for part in _following(parsed, sentence))]
    return any(_is_over(text, *part) for part in parts)


def _following(parsed: Parsed, sentence: Sentence) -> list[Sentence]:
    """The next sentence of the same line, where it tells of no treatment of its own."""
    index = parsed.sentence_index(sentence.start) + 1
    following = parsed.sentences[index : index + 1]
    near = [one for one in following if "\n" not in parsed.text[sentence.end : one.start]]
    return [one for one in near if not parsed.within(one.start, one.end, "therapy")]


def _is_over(text: str, start: int, end: int) -> bool:
    words = _words()
    for over in words.over.finditer(text, start, end):
        before = text[max(start, over.start() - 24) : over.start()]
        returns = RETURNS.search(text, over.end(), end)
        if (
            not returns
            and not words.not_over.search(before)
            and LINKED.search(text, max(start, over.start() - 60), over.start())
        ):
            return True
    return False


def _is_of_old_year(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a clause names years, all of them long past."""
    written = parsed.dated_at(first)
    years = [int(year) for year in YEAR.findall(parsed.text, first, last)]
    return bool(written and years) and max(years) <= (written.year if written else 0) - LONG_PAST


def clause(text: str, sentence: Sentence, mention: Mention) -> tuple[int, int]:
    """The bounds of the part of the sentence in which the treatment stands: up to a semicolon, 'but', 'though'."""
    breaks = [match.end() for match in BREAK.finditer(text, sentence.start, sentence.end)]
    before = [at for at in breaks if at <= mention.start]
    after = [at for at in breaks if at > mention.end]
    return (before[-1] if before else sentence.start), (after[0] if after else sentence.end)


@cache
def _words() -> _Words:
    told = lexicon("voids").concepts["episode_over"].extra

    def any_of(name: str, form: str = "{}") -> re.Pattern[str]:
        return compiled(form.format("(?:" + "|".join(told[name]) + ")"), re.I)

    episode = "(?:" + "|".join(told["episode"]) + ")"
    earlier = compiled(rf"\b(?:{'|'.join(told['earlier'])})\s(?:[\w-]+\s){{0,3}}?{episode}s?\b", re.I)
    within = r"\b{}\b"
    return _Words(
        earlier, any_of("then", within), any_of("over", within), any_of("not_over", within), any_of("present", within)
    )
