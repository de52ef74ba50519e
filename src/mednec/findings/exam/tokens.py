"""A statement of an examination in, its tokens out: the lexicon's terms and the words that judge them."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from mednec.expressions.patterns import compiled
from mednec.findings.exam.words import words_between
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

RIGHT = ("r", "rt", "right", "rue", "rle", "rs")
LEFT = ("l", "lt", "left", "lue", "lle", "ls")
LETTERS = ("R", "L", "B", "Rt", "Lt", "RT", "LT")
MEANT_IN_CAPITALS = frozenset(("from", "si", "lt", "ta", "we", "br", "sb", "er", "ir", "ram", "rams", "tt", "tw", "hw"))
PAIR_HEAD = compiled(r"\(?\b(?P<first>R(?:ight|t)?|L(?:eft|t)?)\s?/\s?(?:R(?:ight|t)?|L(?:eft|t)?)\b\)?")
TWO_THINGS = compiled(
    r"\s+(?:the\s+)?(?:(?:\w+'s|neers?|hawkins|phalens?|tinels?|speeds?|lachman|mcmurray|faber|motor|sensory|strength|"
    r"sensation|proximal|distal|superior|inferior|deep)(?:,?\s+(?:and|as\s+well|or)\b)|flexion|extension|active|passive|internal|external|varus|valgus|anterior|medial|abduction|with|heel|"
    r"toe|sitting|seated|lying|supine|"
    r"standing|directions?|planes?|positions?|light|pin\w*|sharp|touch)\b",
    re.I,
)  # 'both flexion and extension' are no two sides
CAN_WALK = compiled(r"\s+(?:\w+ly\s+|also\s+)?(?:heel|toe|tandem|walk|ambulate|squat|stand|hop|duck)", re.I)
OF_RANGE = compiled(r"\s+(?:ROM|AROM|PROM|range)\b", re.I)  # a moderate range is a reduced one
BRACKET = compiled(r"\s?\([^)\n]{2,45}\)")
DASHES = frozenset("-\u2013\u2212")
STRONG_SEPARATORS = frozenset(
    (
        ",",
        ";",
        "but",
        "while",
        "whereas",
        "except",
        "with the exception",
        "however",
        "although",
        "though",
        "|",
        "otherwise",
    )
)


@dataclass(frozen=True, slots=True)
class Token:
    """A word that matters, where it stands: `what` is its class (term, neg, pos, no, side, sep, grade ...)."""

    start: int
    end: int
    what: str
    words: str
    concept: str = ""
    reading: str = ""
    side: str = ""


@cache
def reading_of(concept: str, term: str) -> str:
    """How a term is read: test, sign, property, motion, grade or place; empty where it is none of the lexicon's."""
    return _readings().get((concept, term), "")


@cache
def _readings() -> dict[tuple[str, str], str]:
    return {
        (concept.name, term): reading
        for concept in lexicon("exam").concepts.values()
        for reading, terms in concept.extra.get("readings", {}).items()
        for term in terms
    }


def tokens(text: str, start: int, end: int, hits: list[Hit]) -> list[Token]:
    """The tokens of a statement in order; the lexicon's terms hide the words that they hold."""
    terms = {(hit.start, hit.end, hit.concept): _term(text, hit) for hit in hits if _is_meant(text, hit)}
    found = _explained(text, list(terms.values()))
    position = start
    for first, last in [*((token.start, token.end) for token in found), (end, end)]:
        found.extend(_plain(text, position, first))
        position = max(position, last)
    return _columns(_without_dashes(_alike(sorted(found, key=lambda token: token.start))))


def _alike(found: list[Token]) -> list[Token]:
    """'FABER hurt, so did Gaenslen': what is told to be alike has the result that was told last."""
    kept: list[Token] = []
    for token in found:
        if token.what == "alike":
            said = [one.what for one in kept if one.what in ("no", "neg", "pos")][-2:]
            if not said:
                continue
            denied = said[-1] in ("no", "neg") or said[0] == "no"
            token = replace(token, what="neg" if denied else "pos")
        kept.append(token)
    return kept


def _without_dashes(found: list[Token]) -> list[Token]:
    """A dash between a result in words and what it is told of is no minus: 'Positive tests - FABER'."""
    kept: list[Token] = []
    for index, token in enumerate(found):
        told = token.what == "neg" and token.words in DASHES and kept and kept[-1].what in ("pos", "neg")
        heads = told and kept[-1].words[-1:].isalpha() and index + 1 < len(found) and found[index + 1].what == "term"
        if not heads:
            kept.append(token)
    return kept


def _term(text: str, hit: Hit) -> Token:
    return Token(
        hit.start, hit.end, "term", text[hit.start : hit.end].lower(), hit.concept, reading_of(hit.concept, hit.term)
    )


def _is_meant(text: str, hit: Hit) -> bool:
    """Whether an abbreviation that is also a word is written as one: 'FROM' is full range of motion, 'from' is not."""
    words = text[hit.start : hit.end]
    return words.isupper() or words.lower() not in MEANT_IN_CAPITALS


def _explained(text: str, terms: list[Token]) -> list[Token]:
    """The terms, with what explains a test in brackets made part of it: 'Facet loading (ext + R rotation)'."""
    kept: list[Token] = []
    for term in terms:
        if kept and term.end <= kept[-1].end:
            continue
        bracket = BRACKET.match(text, term.end) if term.reading == "test" else None
        if bracket and any(bracket.start() <= other.start < bracket.end() for other in terms):
            term = replace(term, end=bracket.end())
        kept.append(term)
    return kept


def _columns(found: list[Token]) -> list[Token]:
    """A wide gap parts the columns of a row, but not a test from its result."""
    kept: list[Token] = []
    for index, token in enumerate(found):
        if token.what != "gap":
            kept.append(token)
        elif kept and kept[-1].what != "term" and index + 1 < len(found) and found[index + 1].what in ("term", "side"):
            kept.append(replace(token, what="sep", words="|"))
    return kept


def _plain(text: str, start: int, end: int) -> list[Token]:
    if start >= end:
        return []
    found: list[Token] = []
    for match in words_between(text, start, end):
        if match.lastgroup == "pair":
            found.extend(_pair(text, match))
        elif (token := _token(text, match)) is not None:
            found.append(token)
    return found


def _pair(text: str, match: re.Match[str]) -> list[Token]:
    """'+/-' under '(R/L)' is positive on the right and negative on the left; without such a head it is no result."""
    start, end, signs = match.start(), match.end(), [sign for sign in match.group() if sign not in " /"]
    what = ["pos" if sign == "+" else "neg" for sign in signs]
    head = PAIR_HEAD.search(text, max(0, start - 400), start)
    if head is None:
        return (
            [Token(start, end, what[0], match.group()), Token(end, end, "side", "both", side="bilateral")]
            if what[0] == what[1]
            else []
        )
    sides = ("right", "left") if head["first"].lower().startswith("r") else ("left", "right")
    return [
        Token(start, start + 1, what[0], signs[0]),
        Token(start, start + 1, "side", sides[0], side=sides[0]),
        Token(start + 1, start + 1, "sep", ","),
        Token(end - 1, end, what[1], signs[1]),
        Token(end - 1, end, "side", sides[1], side=sides[1]),
    ]


def _token(text: str, match: re.Match[str]) -> Token | None:
    what, words, start, end = match.lastgroup or "", match.group().lower(), match.start(), match.end()
    if what in ("unchecked", "all") or (words == "can" and not CAN_WALK.match(text, end)):
        return None
    if what == "side":
        return None if words == "both" and TWO_THINGS.match(text, end) else _side(match, words)
    if what == "degree":
        told = text[max(0, start - 2) : start].strip() in ("-", ":") or OF_RANGE.match(text, end)
        return Token(start, end, "pos", words) if told else None
    if what == "count":
        return Token(start, end, "neg" if words[0] == "0" else "pos", words)
    return Token(start, end, {"plus": "pos", "minus": "neg", "span": "degrees"}.get(what, what), words)


def _side(match: re.Match[str], words: str) -> Token | None:
    if len(words) <= 2 and match.group() not in LETTERS:
        return None
    name = "both" if re.search(r"[>=/]|\bthan\b", words) else words.replace("-", " ").split()[0]
    side = "right" if name in RIGHT else "left" if name in LEFT else "bilateral"
    return Token(match.start(), match.end(), "side", words, side=side)
