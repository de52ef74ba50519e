"""A therapist's record or a log in, its course with the remark out that sums it up: 'pain is where it was in March'."""

from __future__ import annotations

from mednec.findings.parse import Parsed, Sentence
from mednec.findings.structure.amending import HAD, amended
from mednec.findings.structure.words import expression, verdict
from mednec.model import Finding

THERAPIES = ("physical_therapy", "home_exercise", "chiropractic", "acupuncture", "osteopathic_manipulation")
LONGEST = 220


def summed_up(parsed: Parsed, found: list[Finding], *, logged: bool) -> list[Finding]:
    """The findings; the course that the document records with what a remark says of it, where nothing else does."""
    if not (logged or parsed.document.type.startswith("therapy_")):
        return found
    course = [f for f in found if f.concept in THERAPIES and f.get("status") in HAD]
    if not course or any(f.get("response") for f in course):
        return found
    for sentence in reversed(parsed.sentences):
        if any(sentence.start <= f.start < sentence.end and f.concept not in THERAPIES for f in found):
            continue
        if (told := _remark(parsed, sentence, logged=logged)) is not None:
            changed = amended(parsed, course[0], {"response": told}, (sentence.start, sentence.end))
            return [changed if finding is course[0] else finding for finding in found]
    return found


def _remark(parsed: Parsed, sentence: Sentence, *, logged: bool) -> str | None:
    """What a sentence says of the whole course; None where it speaks of one visit, of something else, or of a wish."""
    words = parsed.text[sentence.start : sentence.end]
    if len(words) > LONGEST or not expression("remark_on").search(words) or expression("not_of_course").search(words):
        return None
    whole = parsed.document.type == "therapy_discharge" or logged
    if not whole and not expression("course_told").search(words):
        return None
    return verdict(words.partition(": ")[2] or words)
