"""A parsed document in, the stretches out of texts that speak of no patient: printed matter, rules, made-up cases.

A label ('From the leaflet:', 'Precert checklist -', 'Sample note:') makes what stands behind it general, until the
text turns to this patient; so do words before ('according to the literature') and behind ('the booklet says that').
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mednec.expressions.begun import Begun
from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled, spaced
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

LABEL = compiled(
    r"(?:[^.;:?\n]|\.(?=\d)){0,60}?(?:[:?]|\s[-\u2013\u2014](?=\s)|[\"\u201c(\[]|\s'(?=\w)|\.(?=\s))", re.I
)
ASIDE = compiled(r"[^.;:\n]{0,40}?[)\"\u201d'][ \t]*:|\s?\([^)\n]{1,60}\):?", re.I)
CLOSERS = {'"': '"', "\u201c": "\u201d", "(": ")", "[": "]", "'": "'"}
BEFORE = 70  # characters of a label before its word
QUOTED = 600
SHORT = 30  # characters of a label that ends with a full stop
PARAGRAPH = compiled(r"\n[ \t]*\n|\n(?=[ \t]*[A-Z][^\n:]{0,40}:)")
BEGINS = compiled(r"[.!?][\"\u201d')]?\s+(?=\S)|\n")
LOUD = frozenset({"source", "sample", "wanted", "machine"})

Span = tuple[int, int]


def spans(parsed: Parsed) -> Iterator[tuple[str, Span]]:
    """The stretches that speak of no patient, each with what makes it so: a concept of the lexicon `printed`."""
    text = parsed.text
    for hit in parsed.of("printed"):
        sentence = parsed.sentence_at(hit.start)
        found = _labelled(parsed, sentence, hit) or _told(text, sentence, hit)
        if found:
            yield hit.concept, found
    for concept, name in (("source", "refers"), ("wanted", "opens"), ("machine", "says")):
        for match in _anywhere(name).finditer(text):
            sentence = parsed.sentence_at(match.start())
            if concept == "source" and not _follows_a_source(parsed, sentence):
                continue
            if concept == "wanted" and _one("unless").search(text, match.end(), sentence.end):
                continue
            yield concept, (match.start(), sentence.end)
    yield from _at_large(parsed)
    for match in _anywhere("cites").finditer(text):
        sentence = parsed.sentence_at(match.start())
        if not _one("own").search(text, sentence.start, match.start()):
            yield "source", (sentence.start, sentence.end)
    for match in _at_line("numbered").finditer(text):
        if colon := LABEL.match(text, match.end()):
            yield "wanted", (colon.end(), parsed.sentence_at(colon.end()).end)


def _at_large(parsed: Parsed) -> Iterator[tuple[str, Span]]:
    """Sentences about a condition or a procedure at large, in which no word stands for this patient."""
    text = parsed.text
    for match in _at_line("large").finditer(text):
        end = parsed.sentence_at(match.end() - 1).end
        if text[match.end() - 1] == "?":
            end = _turn(text, match.end(), text.find("\n", match.end()) if "\n" in text[match.end() :] else len(text))
        if not _one("own").search(text, match.end(), end):
            yield "source", (match.start(), end)
    for match in _anywhere("anywhere").finditer(text):
        yield "source", (match.end(), parsed.sentence_at(match.start()).end)
    for match in _anywhere("closes").finditer(text):
        sentence = parsed.sentence_at(match.start())
        if not _one("own").search(text, sentence.start, match.start()):
            yield "wanted", (sentence.start, match.start())


def _labelled(parsed: Parsed, sentence: Sentence, hit: Hit) -> Span | None:
    """What stands behind a label that holds the word."""
    text = parsed.text
    line = max(text.rfind("\n", 0, hit.start) + 1, sentence.start)
    if hit.start - line > BEFORE or ":" in text[line : hit.start] or hit.concept not in LOUD:
        return None
    sign = LABEL.match(text, hit.end)
    if sign is None:
        return None
    mark = text[sign.end() - 1]
    if mark == "." and (hit.concept != "machine" or sign.end() - line > SHORT):
        return None
    aside = ASIDE.match(text, sign.end() - 1) if mark in CLOSERS else None
    if aside and text[aside.end() - 1] == ":":
        return _to_the_turn(parsed, aside.end(), hit)
    if mark in CLOSERS:
        end = text.find(CLOSERS[mark], sign.end(), sign.end() + QUOTED)
        return (sign.end(), end) if end >= 0 else (sign.end(), sentence.end)
    return _to_the_turn(parsed, sign.end(), hit)


def _to_the_turn(parsed: Parsed, start: int, hit: Hit) -> Span | None:
    """From behind a label to where the text turns to this patient: with a sentence about him, a blank line, a label."""
    text = parsed.text
    line = text.find("\n", start)
    line = line if line >= 0 else len(text)
    end = line
    if not text[start:line].strip():
        paragraph = PARAGRAPH.search(text, line + 1)
        end = paragraph.start() if paragraph else len(text)
    first = start + len(text[start:end]) - len(text[start:end].lstrip())
    if hit.concept == "source" and _one("turned").match(text, first):
        return None
    if hit.concept == "wanted" and _one("answered").search(text, first, end):
        return None
    return start, end if hit.concept == "machine" else _turn(text, first, end)


def _turn(text: str, start: int, end: int) -> int:
    """Where a sentence about this patient begins, else the end."""
    begins = (begin.end() for begin in BEGINS.finditer(text, start, end))
    return next((begin for begin in begins if _one("turned").match(text, begin)), end)


def _told(text: str, sentence: Sentence, hit: Hit) -> Span | None:
    """What a text tells: behind its verb, or the sentence that it is named before."""
    if hit.concept == "sample":
        return hit.end, sentence.end
    if hit.concept == "machine":
        return None
    before = text[max(sentence.start, hit.start - 40) : hit.start]
    if _one("before").search(before) and _opens(text, sentence, hit):
        return sentence.start, sentence.end
    verb = _one("verbs").match(text, hit.end, sentence.end)
    return (verb.end(), sentence.end) if verb else None


def _opens(text: str, sentence: Sentence, hit: Hit) -> bool:
    """Whether the words that name a text open its sentence, with no word of this patient before them."""
    near = hit.start - sentence.start < BEFORE and "," not in text[sentence.start : hit.start]
    return near and not _one("own").search(text, sentence.start, hit.start)


def _follows_a_source(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether the sentence before names a text for patients."""
    index = parsed.sentence_index(sentence.start)
    if not index:
        return False
    last = parsed.sentences[index - 1]
    return any(hit.concept == "source" for hit in parsed.within(last.start, last.end, "printed"))


def _words(name: str) -> str:
    concepts = lexicon("printed").concepts.values()
    listed: list[str] = next(concept.extra[name] for concept in concepts if name in concept.extra)
    return "|".join(map(spaced, listed))


@cache
def _anywhere(name: str) -> re.Pattern[str]:
    """An expression of the lexicon that is looked for in a whole text."""
    return needing(rf"(?<!\w)(?:{_words(name)})(?!\w)", re.I)  # type: ignore[return-value]


@cache
def _at_line(name: str) -> Begun:
    """An expression of the lexicon that is looked for where sentences and lines begin."""
    expression = compiled(rf"(?:^|(?<=[.;] ))[ \t]*(?:{_words(name)})", re.I | re.M)
    return Begun(expression, "\n", ". ", "; ")


@cache
def _one(name: str) -> re.Pattern[str]:
    """An expression of the lexicon that is looked for at a place, or in a few words."""
    frames = {
        "turned": r"\W{{0,3}}(?:{0})\b",
        "before": r"\b(?:{0})\s(?:\w+\s){{0,3}}$",
        "verbs": r"(?:[\s,]+\w+){{0,3}}?\s(?:{0})\b",
    }
    return compiled(frames.get(name, r"(?<!\w)(?:{0})(?!\w)").format(_words(name)), re.I)
