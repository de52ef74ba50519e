"""A therapist's letter that the patient never came in, therapy that was not tried out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.findings.parse import Parsed
from mednec.model import Finding

LETTERHEAD = 260  # characters of a document that name its sender
THERAPY = "physical_therapy"
ABSENT = re.compile(
    r"\b(?:did (?:not|n't) (?:attend|show|come|keep|present|appear)|didn't (?:attend|show|come|keep)"
    r"|no[- ]?show(?:ed|s)?|never (?:attended|came|showed|presented|scheduled|arrived)"
    r"|failed to (?:attend|appear|show|present|keep|schedule)|has not (?:attended|been seen|scheduled)"
    r"|was (?:never|not) (?:seen|evaluated|scheduled)|non-?attendance)\b",
    re.I,
)
NOT_BEGUN = re.compile(
    r"\b(?:evaluation|eval|(?:initial|first|intake) (?:visit|appointment|appt|assessment)|not been seen"
    r"|no (?:treatment|therapy|visits?|care|services?) (?:was|were|has been|have been)"
    r"|never (?:been )?(?:seen|attended)|(?:0|zero) (?:of \d+ )?visits)\b",
    re.I,
)
CAME = re.compile(
    r"\b(?:attended|completed|seen for|treated for|kept)\s+(?:\w+\s+)?[1-9]|\b[1-9]\d? (?:of \d+ )?visits?\b|"
    r"\bdischarge (?:summary|note)\b",
    re.I,
)


def absences(parsed: Parsed) -> Iterator[Finding]:
    """The word that the patient missed the very first visits, in a letter that bears a therapist's name."""
    text = parsed.text
    if not parsed.within(0, LETTERHEAD, "therapy") or not _is_of_therapist(parsed):
        return
    absent = ABSENT.search(text)
    if absent is None or CAME.search(text) or not NOT_BEGUN.search(text):
        return
    sentence = parsed.sentence_at(absent.start())
    quote = (min(sentence.start, absent.start()), max(sentence.end, absent.end()))
    yield parsed.document.finding(
        "therapy", THERAPY, *absent.span(), quote=quote, status="not_tried", adherence="nonadherent"
    )


def _is_of_therapist(parsed: Parsed) -> bool:
    """Whether the first lines name a therapy clinic: the name stands alone in its line, not in a sentence."""
    for hit in parsed.within(0, LETTERHEAD, "therapy"):
        line = parsed.text[parsed.text.rfind("\n", 0, hit.start) + 1 : (parsed.text + "\n").find("\n", hit.end)]
        if hit.concept == THERAPY and len(line.split()) <= 9 and not line.rstrip().endswith((".", ":")):
            return True
    return False
