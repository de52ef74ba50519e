"""A message in, the sentences out in which another than the patient writes of himself: 'from her son: I had PT'."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

MESSAGE = compiled(
    r"\b(?:messages?|calls?|called|caller|e-?mails?|voice ?mails?|texts?|notes?|letters?)\b[^.\n]{0,60}?"
    r"\b(?:from|by)\s+(?:(?:the|her|his|a|patient's|pt's)\s+)*\Z",
    re.I,
)
OF_PATIENT = compiled(r" of the patient", re.I)
HEAD = 400  # characters in which a message tells who sends it
OF_HIMSELF = compiled(r"\bI\b|\b[Mm]y\b")
OF_THE_PATIENT = compiled(
    r"\b(?:s?he|her|his|hers|they|mom|mum|mother|dad|father|husband|wife|partner|sister|brother|son|daughter"
    r"|(?:the )?patient)\b",
    re.I,
)


PARENTS = frozenset(("mother", "father", "mom", "mum", "dad", "parents"))
THE_PATIENT = {  # by what a relative who writes calls the patient
    **dict.fromkeys(("daughter", "son"), PARENTS),
    **dict.fromkeys(("mother", "father", "mom", "dad"), frozenset(("son", "daughter", "child"))),
    **dict.fromkeys(("wife", "husband", "spouse", "partner"), frozenset(("wife", "husband", "spouse", "partner"))),
    **dict.fromkeys(("sister", "brother"), frozenset(("sister", "brother"))),
}


def writer(parsed: Parsed) -> Hit | None:
    """The relative from whom a message says that it comes."""
    named = [hit for hit in parsed.within(0, HEAD, "owners") if hit.concept == "person"]
    return next((hit for hit in named if MESSAGE.search(parsed.text, max(0, hit.start - 90), hit.start)), None)


def patient(parsed: Parsed) -> frozenset[str]:
    """The words by which a relative who writes the message calls the patient; none where no relative does."""
    sent = writer(parsed)
    return THE_PATIENT.get(sent.term, frozenset()) if sent else frozenset()


def means_patient(parsed: Parsed, words: str) -> bool:
    """Whether words for a relative mean the patient, as another relative writes: 'Mom had PT', writes her daughter."""
    return not patient(parsed).isdisjoint(words.lower().split())


def spans(parsed: Parsed, sent: Hit) -> Iterator[tuple[int, int]]:
    """The sentences of a relative's message that are about the relative."""
    text = parsed.text
    for sentence in parsed.sentences[parsed.sentence_index(sent.start) :]:
        first = max(sentence.start, sent.end if OF_PATIENT.match(text, sent.end) is None else sent.end + 15)
        if OF_HIMSELF.search(text, first, sentence.end) and not OF_THE_PATIENT.search(text, first, sentence.end):
            yield first, sentence.end
