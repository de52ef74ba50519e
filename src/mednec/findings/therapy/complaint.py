"""A treatment in, the region of the complaint for which its sentence tells it: 'for her chronic neck pain she "
"takes it'."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit

LISTED = compiled(
    r"(?:\s+(?:pain|joint|region|area|spine))?\s*(?:,|/|&|\band\b|\bor\b|\bas well as\b)+\s*(?:(?:and|the|his|"
    r"her|left|right|bilateral|low|lower|upper|radiating)\s+)*|\s*",
    re.I,
)
COMPLAINED = compiled(
    r"\s*(?:pains?|aches?|symptoms?|complaints?|problems?|discomfort|spasms?|strain|sprain|injury|arthritis)\b", re.I
)
ACHING = compiled(r"pain|ache|spasm|strain|sprain|discomfort|problem|symptom|complaint|algia|lbp|sciatica", re.I)
TREATED = compiled(
    r"(?:\s+(?:which|that|for which|and|,|has|have|had|is|are|was|were|been|being|also|currently|she|he|"
    r"the patient|now|"
    r"only|just|previously|usually|often|sometimes|mostly|chronically))*"
    r"[\s,]*\b(?:managed|treated|takes?|taking|took|uses?|using|used|on|put on|given|prescribed|controlled|helped|"
    r"relieved|"
    r"started on|eased|alleviated|underwent|undergone|tried|gets?|got|receiv\w+|saw|seen)\b"
    r"(?:\s+(?:by|with|on|a|an|the|her|his|some|for|daily|occasional|regular|to|take|several|multiple|various|"
    r"many|and|in)"
    r"|\s+[\w-]+){0,4}\s*",
    re.I,
)
OPENED = compiled(
    r"[-*\u2022\d.)\s]*(?:(?:in|with) (?:regards?|respect|reference) to|regarding|as far as|as for|for|concerning|"
    r"because of|"
    r"due to)\s+[^,.;:]{0,70},"
    r"|[-*\u2022\d.)\s]*for (?:his|her|the|this) (?:[\w-]+ ){1,3}(?=(?:she|he|the patient|i|we) )",
    re.I,
)
LABELED = compiled(r"\s*[-*\u2022\d.)\s]*(?:[\w/'-]+\s+){0,4}[\w/'-]+(?::|\s[-\u2013])\s")
ONWARD = compiled(
    r"[-*\u2022\s]*(?:for (?:treatment|relief|this|these|it|the pain|that)\b|as far as treatment|to (?:treat|"
    r"relieve) (?:this|it))",
    re.I,
)
BACK = 3  # sentences in which the complaint may stand before 'for treatment he has iced it'


def of_complaint(parsed: Parsed, start: int) -> list[str]:
    """The regions of the complaint for which the treatment at `start` is told, where its sentence says so."""
    sentence = _without_heading(parsed, parsed.sentence_at(start))
    return _opened(parsed, sentence, start) or _treated(parsed, sentence, start) or _onward(parsed, sentence)


def _without_heading(parsed: Parsed, sentence: Sentence) -> Sentence:
    """The sentence without the heading that stands in front of it on the same line: 'PLAN: [for her neck, ...]'."""
    body = parsed.section_at(sentence.end - 1).body
    return Sentence(body, sentence.end) if sentence.start < body < sentence.end else sentence


def _opened(parsed: Parsed, sentence: Sentence, start: int) -> list[str]:
    """The regions that open the sentence: 'in regard to her shoulder pain, I recommend'."""
    opening = OPENED.match(parsed.text, sentence.start, start)
    if opening is None and parsed.section_at(start).name in ("plan", "assessment", "treatment"):
        opening = LABELED.match(parsed.text, sentence.start, start)
    return [hit.concept for hit in parsed.within(sentence.start, opening.end(), "regions")] if opening else []


def _treated(parsed: Parsed, sentence: Sentence, start: int) -> list[str]:
    """The regions of a pain that the sentence tells to be treated: 'his neck and back pain is managed with'."""
    hits = parsed.within(sentence.start, start, "regions")
    listed = _last_list(parsed.text, hits)
    if not listed:
        return []
    last = listed[-1]
    tail = COMPLAINED.match(parsed.text, last.end, start)
    if not tail and not ACHING.search(last.term):
        return []
    told = TREATED.fullmatch(parsed.text, tail.end() if tail else last.end, start)
    return [hit.concept for hit in listed] if told else []


def _onward(parsed: Parsed, sentence: Sentence) -> list[str]:
    """The regions of the complaint told just before: 'She has ankle pain. For treatment, she iced it.'"""
    if not ONWARD.match(parsed.text, sentence.start, sentence.end):
        return []
    index = parsed.sentence_index(sentence.start)
    for earlier in reversed(parsed.sentences[max(0, index - BACK) : index]):
        if "\n" in parsed.text[earlier.start : sentence.start].strip():
            break
        if hits := parsed.within(earlier.start, earlier.end, "regions"):
            return [hit.concept for hit in _last_list(parsed.text, hits)] if _is_one_list(parsed.text, hits) else []
    return []


def _last_list(text: str, hits: list[Hit]) -> list[Hit]:
    """The regions that are listed together last."""
    found: list[Hit] = []
    for hit in reversed(hits):
        if found and hit.end <= found[0].start and not LISTED.fullmatch(text, hit.end, found[0].start):
            break
        found.insert(0, hit)
    return found


def _is_one_list(text: str, hits: list[Hit]) -> bool:
    return len(_last_list(text, hits)) == len(hits)
