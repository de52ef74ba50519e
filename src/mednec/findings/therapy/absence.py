"""A therapist's letter that the patient never came in, therapy that was not tried out."""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.model import Finding

SILENT = ("family_history", "education", "allergies")
LETTERHEAD = 260  # characters of a document that name its sender
THERAPY = "physical_therapy"
ABSENT = compiled(
    r"\b(?:did (?:not|n't) (?:attend|show|come|keep|present|appear)|didn't (?:attend|show|come|keep)"
    r"|no[- ]?show(?:ed|s)?|never (?:attended|came|showed|presented|scheduled|arrived)"
    r"|failed to (?:attend|appear|show|present|keep|schedule)|has not (?:attended|been seen|scheduled)"
    r"|was (?:never|not) (?:seen|evaluated|scheduled)|non-?attendance)\b",
    re.I,
)
NOT_BEGUN = compiled(
    r"\b(?:evaluation|eval|(?:initial|first|intake) (?:visit|appointment|appt|assessment)|not been seen"
    r"|no (?:treatment|therapy|visits?|care|services?) (?:was|were|has been|have been)"
    r"|never (?:been )?(?:seen|attended)|(?:0|zero) (?:of \d+ )?visits)\b",
    re.I,
)
CAME = compiled(
    r"\b(?:attended|completed|seen for|treated for|kept)\s+(?:\w+\s+)?[1-9]"
    r"|(?<!\bof )\b[1-9]\d? (?:of \d+ )?visits?\b|"
    r"\bdischarge (?:summary|note)\b",
    re.I,
)


NOTHING = needing(
    r"\b(?:(?:(?:has|have|had)\s+)?(?P<tried>tried|had|done|taken|used|took|takes|uses)\s+nothing|"
    r"never\s+(?P<never>took|tried|had|used|taken)\s+anything"
    r"|not\s+(?P<not>tried|had|done|taken|used)\s+anything|no\s+(?P<care>therapy|treatment|therapies|treatments"
    r"|conservative care|care)\s+(?:of any (?:kind|sort)|at all|so far"
    r"|to date|whatsoever|yet|has been (?:tried|given|done))|(?:takes?|took|taking|on"
    r"|used?)\s+no\s+(?P<drug>medications?|medicines?|pills|drugs|analgesics)"
    r"|no\s+(?P<drugs>medications?|medicines?|pills|drugs|analgesics)\s+(?:so far|at all|to date|tried|taken"
    r"|for (?:it|this|the pain)))\b"
    r"(?!\s+(?:but|except|other|besides|beyond|since|helped|worked|relieved|wrong))(?!\s+(?:for|against)\s+(?:his|"
    r"her|the)?\s*(?:blood|diabetes|heart|sleep|anxiety|allerg))",
    re.I,
)
BY_MOUTH = ("took", "takes", "taken")
FEW = compiled(
    r"\b(?:(?:attended|came (?:to|for|in for)|made|kept|completed|seen for|treated for|total visits(?: attended)?:?"
    r"|visits(?: attended| completed)?:)\s+(?:only\s+|just\s+|a\s+)?"
    r"(?P<n>1|one|single|2|two)\b(?!\s*(?:/|to|-|x|weeks?|wks?|months?|days?|hours?))|(?:seen|treated|came|"
    r"attended)\s+(?:only\s+|just\s+)?(?P<times>once|twice)\b(?!\s*(?:/|per|an?|weekly|each|every)\b)"
    r"|(?:seen|only|just|total(?: of)?:?|a)\s+(?P<seen>1|one|single|2|two)\s+(?:PT\s+|therapy\s+)?"
    r"(?:visits?|sessions?)\b"
    r"(?!\s*(?:/|per|an?|weekly|each|every|left|remain\w*|missed|short)\b)"
    r"|(?<![\w-] )(?P<alone>1|one|single|2|two)\s+(?:PT\s+|therapy\s+)?(?:visits?|sessions?)\b"
    r"(?=\s*(?:\((?:eval\w*|initial|intake)[^)\n]*\)|total|only|attended|kept|in all|altogether)))",
    re.I,
)
NOT_STARTED = compiled(  # in the record of a therapist who counts no visit
    r"\b(?:never (?:started|began|begun|commenced|attended|came|showed|appeared|initiated|engaged)"
    r"|did(?: not|n't) (?:start|begin|commence|attend any|come to any|keep any|show (?:up )?for any)"
    r"|(?:all|every|each)(?: of (?:the|her|his))? (?:scheduled |booked |PT )?(?:appointments?|visits?|sessions?)"
    r" (?:was |were |got |had been )?(?:cancell?ed|missed|skipped|no[- ]?show\w*|unattended|not kept)"
    r"|(?:failed to|did(?: not|n't)) (?:show|appear|come|attend|present|keep|turn up)\b[^.;\n]{0,20}"
    r"\b(?:first|initial|intake|evaluation)"
    r"|(?:no|without) (?:treatment|therapy|visits?|sessions?|care|services?) "
    r"(?:(?:was|were|has been|have been|being) )?(?:ever )?(?:given|provided|rendered"
    r"|delivered|kept|attended|started|done|carried out|billed|performed))\b",
    re.I,
)
COUNTED = compiled(
    r"\b(?:attended|completed|seen for|treated for|kept)\s+(?:\w+\s+)?[1-9]"
    r"|(?<!\bof )\b[1-9]\d? (?:of \d+ )?visits?\b",
    re.I,
)
BEGIN = (
    r"(?:(?:initial|intake|first)\s+)?(?:PT\s+)?(?:evaluation|eval|assessment|intake)\b"
    r"|(?:first|initial)\s+(?:visit|session)\b"
)
THE = r"(?:the|an?|his|her)?\s*"
CAME_TO = r"(?:seen|treated|came|attended|kept|presented)\s+(?:only\s+|just\s+)?(?:in\s+)?(?:for\s+|to\s+)?"
FIRST_ONLY = compiled(  # 'seen for the evaluation on 03/30 only', 'never returned after the first visit'
    rf"\b{CAME_TO}{THE}(?:{BEGIN})[^.;\n]{{0,24}}?\bonly\b|\b(?:only|just)\s+{CAME_TO}{THE}(?:{BEGIN})"
    rf"|\b(?:{BEGIN})\s+(?:visit\s+)?only\b|(?<!missed )(?<!skipped )\b(?:only|just|nothing but)\s+{THE}(?:{BEGIN})"
    rf"|\b(?:did(?: not|n't)|never|no|none|nothing)\b[^.;\n]{{0,44}}?\b(?:after|following|since|beyond|past)"
    rf"\s+{THE}(?:{BEGIN})"
    rf"|\b(?:dropped out|quit|stopped|withdrew|self-discharged|discontinued|left)\s+(?:right\s+)?(?:after|following)"
    rf"\s+{THE}(?:{BEGIN})|\b(?:did(?: not|n't)|never|not)\s+"
    rf"(?:c[ao]me(?:\s+(?:back|again|in))?|return(?:ed)?|seen(?:\s+again)?|attended|treated|kept\s+\w+)"
    rf"\s+(?:after|following|since)\s+{THE}(?:{BEGIN})",
    re.I,
)
OF_MANY = compiled(
    r"\b(?:[3-9]|[1-9]\d)\s+(?:\w+\s+)?(?:visits|sessions|treatments)\b"
    r"|\b(?:attended|completed|kept|seen|came (?:to|for))\s+(?:[3-9]|[1-9]\d)\s+(?:out\s+)?of\b",
    re.I,
)


def absences(parsed: Parsed) -> Iterator[Finding]:
    """That nothing was tried, that a therapist saw the patient once or twice, or never."""
    yield from _nothing(parsed)
    yield from _hardly_seen(parsed)
    yield from _never_seen(parsed)


def _nothing(parsed: Parsed) -> Iterator[Finding]:
    """'Has tried nothing for it', 'no therapy of any kind', 'takes no medication'."""
    for match in NOTHING.finditer(parsed.text):
        sentence, told = parsed.sentence_at(match.start()), match.groupdict()
        verb = str(told["tried"] or told["never"] or told["not"] or "").lower()
        by_mouth = verb in BY_MOUTH or bool(told["drug"] or told["drugs"])
        concept = "analgesic_unspecified" if by_mouth else "conservative_unspecified"
        if parsed.section_at(match.start()).name in SILENT or any(
            match.start() <= hit.start < match.end()
            for hit in parsed.within(sentence.start, sentence.end, "therapy")
            if hit.concept == concept
        ):
            continue
        yield parsed.document.finding(
            "therapy", concept, *match.span(), quote=(sentence.start, sentence.end), status="not_tried"
        )


def _hardly_seen(parsed: Parsed) -> Iterator[Finding]:
    """A therapist's record that counts one or two visits in all."""
    text = parsed.text
    if parsed.document.type != "therapy_discharge" or OF_MANY.search(text):
        return
    first, match = FIRST_ONLY.search(text), FEW.search(text)
    if (match := first or match) is None or any(
        hit.concept == THERAPY and hit.end > match.end() - 2
        for hit in parsed.within(match.start(), match.end(), "therapy")
    ):
        return
    sentence = parsed.sentence_at(match.start())
    told = match.groupdict()
    counted = next((told[name] for name in ("n", "times", "seen", "alone") if told.get(name)), "")
    number = 1 if first or counted.lower() in ("1", "one", "single", "once") else 2
    yield parsed.document.finding(
        "therapy", THERAPY, *match.span(), quote=(sentence.start, max(sentence.end, match.end())),
        status="past", sessions=number, adherence="nonadherent",
    )  # fmt: skip


def _never_seen(parsed: Parsed) -> Iterator[Finding]:
    """The word that the patient missed the very first visits, in a letter that bears a therapist's name."""
    text = parsed.text
    of_course = parsed.document.type == "therapy_discharge" and not COUNTED.search(text)
    absent = NOT_STARTED.search(text) if of_course and not FIRST_ONLY.search(text) else None
    if absent is None:
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
