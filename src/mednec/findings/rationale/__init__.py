"""Passages that argue why a procedure is right for this patient: a parsed document in, `rationale` findings out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import takewhile

from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis import place
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.rationale.summed import summed, together
from mednec.findings.rationale.weighed import weighed
from mednec.findings.terms import Hit
from mednec.model import Finding

SILENT_SECTIONS = {"education", "family_history", "goals", "review_of_systems", "exam", "imaging"}
BACK = 3  # sentences before a conclusion that may hold its reasons
ERRAND = compiled(r"\b(?:call|calling|visit|appointment|refill|appt)\b", re.I)
SHORTEST = 40  # characters that a reason told in the line has at least
INLINE = {"reason", "rationale", "justification"}
MANY = 4  # pieces of evidence that argue for themselves before "fusion was suggested"
LONGEST = 12  # sentences of a headed passage that are taken
HEADING = compiled(r"[ \t]*(?:/[ \t]*\w+[ \t]*)?[:\n-]")
NEXT_HEADING = compiled(
    r"(?:^|\n)[ \t]*(?:PLAN|Plan|P|RECOMMENDATIONS?|Recommendations?|ORDERS|ASSESSMENT|IMPRESSION|PROCEDURE"
    r"|TECHNIQUE|Technique|ANESTHESIA|Anesthesia|DESCRIPTION|Description|CONSENT|Consent|FOLLOW[- ]?UP"
    r"|\d[.)])\s*[:.)\n ]"
)
INDICATIONS = {
    "indication",
    "indications",
    "indications for procedure",
    "indication for procedure",
    "indications for surgery",
    "indication for surgery",
    "indication for operation",
    "indications for operation",
    "operative indications",
    "surgical indications",
}
CARE = {
    "physical therapy",
    "therapy",
    "PT",
    "conservative",
    "conservative therapy",
    "conservative treatment",
    "conservative care",
}
CARE |= {
    "conservative management",
    "nonoperative",
    "nonoperative measures",
    "conservative measures",
    "conservatively",
    "NSAID",
    "NSAIDs",
    "medications",
    "medication",
    "anti inflammatories",
    "antiinflammatories",
    "activity modification",
    "bracing",
}
FAILED = {
    "despite",
    "persist",
    "persists",
    "persisted",
    "persistent",
    "not better",
    "exhausted",
    "refractory",
    "without relief",
    "without improvement",
    "without adequate relief",
    "inadequate response",
}
UNHELPED = FAILED | {  # with a conclusion for the procedure beside it
    "has not responded",
    "not responded",
    "not responding",
    "did not improve",
    "has not improved",
    "did not help",
    "has not helped",
    "have not helped",
    "no relief from",
    "no improvement with",
    "with minimal relief",
    "with little relief",
    "with no relief",
    "without success",
    "continued to have pain",
}
POINTS_BACK = {"for that reason", "for this reason", "therefore", "thus", "based on", "as a result", "given"}
GENERAL = compiled(
    r"^\s*if\b|\bwhether\b|\bif (?:she|he|they|the|no|not|this)\b|\boptions\b|\balternatives\b"
    r"|\bI (?:am writing)\b|call for|your doctor",
    re.I,
)
AGAINST = compiled(r"\b(?:do not|don't|does not|did not|not|never|might|whether)\s+(?:\w+\s+){0,6}$", re.I)
CONSENT = compiled(r"\brisks?\b|\bconsent|brought to|taken to the", re.I)
MET = {"has met", "meets criteria", "meets the criteria", "qualifies for", "qualify for"}
MEDICINAL = compiled(r"\b(?:refill|continue (?:\w+ )?medication|antibiotics?)\b", re.I)
OPENING = compiled(r"[\s:/-]*(?:rationale|reasoning)?[\s:-]*", re.I)


@dataclass(frozen=True, slots=True)
class _Passage:
    """Sentences that belong together, with the terms that they hold."""

    start: int
    end: int
    hits: tuple[Hit, ...]

    def of(self, concept: str) -> list[Hit]:
        return [hit for hit in self.hits if hit.concept == concept]


def find(parsed: Parsed) -> Iterator[Finding]:
    """One finding for each passage under a heading of reasoning, and for each argued conclusion elsewhere."""
    if place.is_report(parsed.document):
        return
    taken = -1
    found_at: list[tuple[int, int]] = []
    for hit in parsed.of("rationale"):
        if hit.start < taken or parsed.section_at(hit.start).name in SILENT_SECTIONS:
            continue
        read = READERS.get(hit.concept)
        found = read(parsed, hit) if read else None
        if found:
            mention, passage = found
            taken = passage.end
            found_at.append((passage.start, passage.end))
            yield parsed.document.finding(
                "rationale", "procedure_rationale", *mention, quote=(passage.start, passage.end)
            )

    for mention, quote in [*summed(parsed), *together(parsed), *weighed(parsed)]:
        if not any(first < quote[1] and quote[0] < last for first, last in found_at):
            found_at.append(quote)
            yield parsed.document.finding("rationale", "procedure_rationale", *mention, quote=quote)


def _headed(parsed: Parsed, heading: Hit) -> tuple[tuple[int, int], _Passage] | None:
    """The passage under a heading such as 'Rationale:', where it reasons from findings to a procedure."""
    text = parsed.text
    line = text.rfind("\n", 0, heading.start) + 1
    if not HEADING.match(text, heading.end):
        return None
    if heading.term in INLINE and text[line : heading.start].strip(" -*0123456789.)"):
        return _told_inline(parsed, heading)
    if heading.term == "reason" or heading.start - line > 40:
        return None
    opening = OPENING.match(text, heading.end)
    start = opening.end() if opening else heading.end
    last = NEXT_HEADING.search(text, start)
    stop = min(
        last.start() if last else len(text),
        parsed.section_at(start).end if parsed.section_at(start).start > line else len(text),
    )
    sentences = list(_sentences(parsed, start, stop))[:LONGEST]
    if heading.term in INDICATIONS:
        sentences = list(takewhile(lambda s: not CONSENT.search(parsed.text, s.start, s.end), sentences))
    if not sentences:
        return None
    passage = _passage(parsed, max(start, sentences[0].start), sentences[-1].end)
    if not _argues(passage, heading.term in INDICATIONS):
        return None
    main = (passage.of("conclusion") or passage.of("reason"))[0]
    sentence = parsed.sentence_at(main.start)
    return (max(sentence.start, passage.start), min(max(sentence.end, main.end), passage.end)), passage


def _told_inline(parsed: Parsed, heading: Hit) -> tuple[tuple[int, int], _Passage] | None:
    """'... kyphoplasty. Reason: worsening pain ...': the sentence with the reason and those before, with the plan."""
    sentence = parsed.sentence_at(heading.start)
    before = _before(parsed, sentence)
    passage = _passage(parsed, sentence.start if before is None else before, max(sentence.end, heading.end))
    if ERRAND.search(parsed.text, heading.end, heading.end + 40):
        return None
    long_enough = passage.end - heading.end >= SHORTEST
    return ((heading.start, passage.end), passage) if long_enough and passage.of("procedure_word") else None


def _persisting(parsed: Parsed, reason: Hit) -> tuple[tuple[int, int], _Passage] | None:
    """'Symptoms persist after therapy, MRI concordant. ...': failed care and findings, with the procedure after."""
    if (reason.term not in FAILED and "fail" not in reason.term) or parsed.section_at(reason.start).name not in (
        "plan",
        "assessment",
    ):
        return None
    sentence = parsed.sentence_at(reason.start)
    own = _passage(parsed, sentence.start, max(sentence.end, reason.end))
    evidence = {hit.term for hit in own.of("evidence")}
    if not (evidence & CARE and evidence - CARE):
        return None
    index = parsed.sentence_index(sentence.start)
    last = parsed.sentences[min(index + 2, len(parsed.sentences) - 1)]
    follows = parsed.within(own.start, last.end, "rationale")
    return ((own.start, own.end), own) if any(hit.concept == "procedure_word" for hit in follows) else None


def _argues(passage: _Passage, indication: bool) -> bool:
    """Whether a headed passage reasons; an indication does so only where it tells failed care beside findings."""
    evidence = {hit.term for hit in passage.of("evidence")}
    if indication:
        failed = any("fail" in hit.term or "respond" in hit.term or hit.term in FAILED for hit in passage.of("reason"))
        return failed and bool(evidence & CARE) and bool(evidence - CARE)
    met = any(hit.term in MET for hit in passage.of("conclusion"))
    concluded = passage.of("conclusion") or passage.of("reason")
    return len(evidence) >= 2 and (met or bool(concluded and passage.of("procedure_word")))


def _sentences(parsed: Parsed, first: int, last: int) -> Iterator[Sentence]:
    start = parsed.sentence_index(first)
    for sentence in parsed.sentences[start : start + LONGEST + 1]:
        if sentence.end > first and sentence.start < last:
            yield sentence


def _concluded(parsed: Parsed, conclusion: Hit) -> tuple[tuple[int, int], _Passage] | None:
    """A sentence that concludes for a procedure, with its reasons in it or right before it."""
    sentence = parsed.sentence_at(conclusion.start)
    own = _passage(parsed, sentence.start, max(sentence.end, conclusion.end))
    against = AGAINST.search(parsed.text, own.start, conclusion.start)
    if (
        not own.of("procedure_word")
        or (against and "exhausted" not in against.group())
        or GENERAL.search(parsed.text[own.start : own.end])
        or MEDICINAL.search(parsed.text, own.start, own.end)
    ):
        return None
    if own.of("reason") and own.of("evidence"):
        return (own.start, own.end), own
    before = _before(parsed, sentence)
    if before is None:
        return None
    wide = _passage(parsed, before, own.end)
    evidence = {hit.term for hit in wide.of("evidence")}
    points_back = any(hit.term in POINTS_BACK for hit in own.of("reason"))
    failed = any("fail" in hit.term or hit.term in UNHELPED for hit in wide.of("reason")) and bool(evidence & CARE)
    if parsed.section_at(conclusion.start).name == "technique_description":
        return ((own.start, own.end), wide) if points_back else None
    argued = points_back or failed or (evidence and own.of("reason")) or (wide.of("reason") and len(evidence) >= 2)
    argued = argued or len(evidence) >= MANY
    return ((own.start, own.end), wide) if argued else None


def _before(parsed: Parsed, sentence: Sentence) -> int | None:
    """Where the sentences begin that stand before one in its paragraph, at most BACK of them."""
    index = parsed.sentence_index(sentence.start)
    start = None
    for earlier in reversed(parsed.sentences[max(0, index - BACK) : index]):
        if (
            re.search(r"\n\s*\n", parsed.text[earlier.end : sentence.start])
            or earlier.end < parsed.section_at(sentence.start).start
        ):
            break
        start = earlier.start
    return start


def _passage(parsed: Parsed, first: int, last: int) -> _Passage:
    return _Passage(first, last, tuple(parsed.within(first, last, "rationale")))


READERS = {"heading": _headed, "conclusion": _concluded, "reason": _persisting}
