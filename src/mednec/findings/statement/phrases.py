"""Sentences that the patterns of a lexicon recognize: a parsed document in, phrases with what they say out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled, spaced
from mednec.expressions.standing import Standing
from mednec.findings.diagnosis.place import CITED, is_report
from mednec.findings.diagnosis.status import status_of
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.vocabulary import Concept, lexicon

REACH = 320  # characters of a long sentence (a table row, a run-on plan) that are looked at on either side of a term
SAID = {"present": "affirmed", "absent": "negated"}
PAST = {"past_medical", "past_surgical"}
PAST_LIST = compiled(r"\b(?:PMH|PMHx|PSH|past (?:medical |surgical )?history|medical history)\b[^\n]*$", re.I)
# A doing that did not happen, in the words of a `deniable` concept or right before them; and one that is only supposed.
UNDONE = compiled(
    r"(?:\b(?:not|never|nor)|n't)(?: yet| currently)?(?: (?:be|been|being|have|had|get|getting))?(?: an?| any| the)? "
    r"(?:complet\w+|done|seen|evaluat\w+|assess\w+|screen\w*|obtain\w*|perform\w*|review\w*|order\w*|schedul\w*|"
    r"referr\w+|refer|made|met|discuss\w*|explain\w*|enroll?\w*|participat\w*|consent\w*|told|tell|asked|advis\w+|"
    r"instruct\w*|join\w*|sav\w+|archiv\w+|stor\w+|print\w*|kept|retain\w*|record\w*|repeat\w*|due|attribut\w*|"
    r"from|because|notif\w*|inform\w*|needed|required|necessary|indicated)\b|\bno (?:referral|order|plans?)\b",
    re.I,
)
SUPPOSED = compiled(r"\b(?:could|may|might|would|if|once she|once he)\b", re.I)
STUDY = compiled(
    r"\b(?:(?P<advanced>MRIs?|MR(?!\.)|CTs?|SPECT|[Bb]one [Ss]can|(?i:scintigra\w+|magnetic resonance|tomogra\w+))"
    r"|(?P<film>(?i:x-?rays?|radiogra\w+|plain films?|films?)|XR|DXA|DEXA))\b"
)
TITLE = 200  # characters in which the title of a report stands
BEFORE = 26  # characters before a phrase that may deny it
NOT_KEYS = ("says", "where", "beside", "imaged")


@dataclass(frozen=True, slots=True)
class Phrase:
    """What a sentence `says` of a concept, the words that say it, the sentence, and what else the pattern tells."""

    concept: str
    says: str
    start: int
    end: int
    quote: tuple[int, int]
    extra: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Reading:
    says: str
    beside: re.Pattern[str] | None
    imaged: bool  # told only where a study with sections through the bone is named before it
    extra: Mapping[str, Any]


def phrases(parsed: Parsed, name: str, *, report: bool) -> Iterator[Phrase]:
    """One phrase for each sentence and concept of the lexicon `name` that a term of it opens and a pattern fits."""
    done: set[tuple[str, int]] = set()
    for hit in parsed.of(name):
        concept = lexicon(name).concepts[hit.concept]
        if not _wanted(concept, report) or not ("reads" in concept.extra or "otherwise" in concept.extra):
            continue
        sentence = parsed.sentence_at(hit.start)
        if (hit.concept, sentence.start) in done:
            continue
        found = list(_phrases(parsed, concept, hit, _bounds(parsed, concept, hit)))
        if found and concept.extra.get("across"):
            found = [_tight(parsed, phrase) for phrase in found if (phrase.concept, phrase.start) not in done]
            done |= {(phrase.concept, phrase.start) for phrase in found}
        if found or (
            "otherwise" not in concept.extra and max(hit.end - sentence.start, sentence.end - hit.start) < REACH
        ):
            done.add((hit.concept, sentence.start))  # the next term of a short sentence would find the same
            yield from found if concept.extra.get("many") else found[:1]


def _bounds(parsed: Parsed, concept: Concept, hit: Hit) -> tuple[int, int]:
    """The sentence of a term, with its neighbours where what the concept states may be told `across` them."""
    first, last = window(parsed, hit.start, hit.end)
    if not concept.extra.get("across"):
        return first, last
    index = parsed.sentence_index(hit.start)
    before, behind = parsed.sentences[max(index - 1, 0)], parsed.sentences[min(index + 1, len(parsed.sentences) - 1)]
    return max(min(before.start, first), first - REACH), min(max(behind.end, last), last + REACH)


def _tight(parsed: Parsed, phrase: Phrase) -> Phrase:
    """The phrase with the sentences that its words stand in, and no more, as its quote."""
    first, last = window(parsed, phrase.start, phrase.start)[0], window(parsed, phrase.end - 1, phrase.end)[1]
    return replace(phrase, quote=(first, last))


def _wanted(concept: Concept, report: bool) -> bool:
    reports = concept.extra.get("reports", True)
    return report if reports == "only" else bool(reports) or not report


def _phrases(parsed: Parsed, concept: Concept, hit: Hit, quote: tuple[int, int]) -> Iterator[Phrase]:
    first, last = max(quote[0], hit.start - REACH), min(quote[1], hit.end + REACH)
    for reading, where in _readings(concept.kind, concept.name).of(parsed.text):
        match = where.search(parsed.text, first, last)
        if match and match.end() > match.start() and _is_beside(parsed, reading, quote):
            if _is_hidden(parsed.text, concept, first, last):
                return
            says = _unless_denied(parsed, concept, reading.says, (first, *_trimmed(match)))
            if says is None:
                return
            if reading.imaged and not _is_imaged(parsed, match, quote):
                continue
            checked = says == "affirmed" and (reading.imaged or concept.extra.get("checked"))
            if checked and not _is_stated(parsed, concept, match, quote):
                continue
            if says == "affirmed" and concept.extra.get("otherwise") == "said" and _is_absent(parsed, match):
                says = "negated"
            yield Phrase(concept.name, says, *_trimmed(match), quote, {**reading.extra, **_captured(match)})
            if not concept.extra.get("many") or reading.says == "negated":
                return
    if concept.extra.get("otherwise") == "said" and hit.term not in concept.extra.get("opens", ()):
        says = _said(parsed, concept, hit, quote[0])
        if says and not _is_hidden(parsed.text, concept, first, last):
            yield Phrase(concept.name, says, hit.start, hit.end, quote)


def _is_stated(parsed: Parsed, concept: Concept, match: re.Match[str], quote: tuple[int, int]) -> bool:
    """Whether what a pattern of a `checked` concept found is neither denied nor feared nor past by the words around."""
    start, end = _trimmed(match)
    readings = _readings(concept.kind, concept.name).of(parsed.text)
    denials = [where for reading, where in readings if reading.says == "negated"]
    if (told_not := pattern_of(concept.extra.get("denied_where"))) is not None:
        denials.append(told_not)
    denied = (one.span() for where in denials for one in where.finditer(parsed.text, *quote))
    return not any(first < end and start < last for first, last in denied) and (
        status_of(parsed, start, end) == "present"
    )


def _is_imaged(parsed: Parsed, match: re.Match[str], quote: tuple[int, int]) -> bool:
    """Whether the study named last before the words, else behind them or in a report's title, is more than a film."""
    text = parsed.text
    title = (0, TITLE) if is_report(parsed.document) else (0, 0)
    for first, last in ((max(0, quote[0] - CITED), match.start()), (match.end(), quote[1]), title):
        studies = list(STUDY.finditer(text, first, last))
        if studies:
            return studies[-1].lastgroup == "advanced"
    return False


def _is_absent(parsed: Parsed, match: re.Match[str]) -> bool:
    """Whether the words around a match deny it, as in a list under 'negative:'."""
    return status_of(parsed, *_trimmed(match)) == "absent"


def _is_hidden(text: str, concept: Concept, first: int, last: int) -> bool:
    """Whether words stand there beside which a concept is not told; asked last, as most sentences tell nothing."""
    hidden = pattern_of(concept.extra.get("not_where"))
    return hidden is not None and hidden.search(text, first, last) is not None


def _unless_denied(parsed: Parsed, concept: Concept, says: str, bounds: tuple[int, int, int]) -> str | None:
    """What a pattern says; how its `deniable` concept is denied by a 'not' among the words; None if only supposed."""
    denial = concept.extra.get("deniable")
    if not denial or says in ("negated", "not_tried", "declined"):
        return says
    first, start, end = bounds
    near = re.split(r"[.;:\n]", parsed.text[max(first, start - BEFORE) : start])[-1]
    words = near + parsed.text[start:end]
    if UNDONE.search(words):
        return str(denial)
    return None if SUPPOSED.search(words) else says


def _is_beside(parsed: Parsed, reading: _Reading, quote: tuple[int, int]) -> bool:
    """Whether the sentence also says what a reading wants beside its own words; in a report it needs not."""
    return reading.beside is None or is_report(parsed.document) or bool(reading.beside.search(parsed.text, *quote))


def _said(parsed: Parsed, concept: Concept, hit: Hit, first: int) -> str | None:
    """What the cues around a term say, where no pattern decides."""
    status = status_of(parsed, hit.start, hit.end)
    says = concept.extra.get("suspected") if status == "suspected" else SAID.get(status or "")
    if says == "affirmed" and concept.extra.get("not_history") and _in_a_history(parsed, hit.start, first):
        return None
    return str(says) if says else None


def _in_a_history(parsed: Parsed, start: int, first: int) -> bool:
    """Whether a term stands in the list of past illnesses, under its heading or behind it in the line."""
    return parsed.section_at(start).name in PAST or bool(PAST_LIST.search(parsed.text, first, start))


def _trimmed(match: re.Match[str]) -> tuple[int, int]:
    """The bounds of a match without blanks around it."""
    words = match.group()
    return match.start() + len(words) - len(words.lstrip()), match.end() - len(words) + len(words.rstrip())


def _captured(match: re.Match[str]) -> dict[str, Any]:
    """Named groups as attributes; 'percent2' is another place for 'percent'."""
    return {name.rstrip("0123456789"): _number(value) for name, value in match.groupdict().items() if value is not None}


def _number(value: str) -> int | float | str:
    return int(value) if value.isdigit() else float(value) if re.fullmatch(r"\d+\.\d+", value) else value


@cache
def _readings(name: str, concept: str) -> Standing[_Reading]:
    readings = lexicon(name).concepts[concept].extra.get("reads", ())
    return Standing((_reading(reading), needing(spaced(reading["where"]), re.I)) for reading in readings)


def _reading(reading: Mapping[str, Any]) -> _Reading:
    extra = {key: value for key, value in reading.items() if key not in NOT_KEYS}
    beside = pattern_of(reading.get("beside"))
    return _Reading(str(reading["says"]), beside, bool(reading.get("imaged")), extra)


@cache
def pattern_of(where: str | None) -> re.Pattern[str] | None:
    """An expression of a lexicon, compiled; None where there is none."""
    return None if where is None else compiled(spaced(where), re.I)
