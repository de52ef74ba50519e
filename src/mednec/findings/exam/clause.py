"""A test that was read as positive in, the same out as its clause has it: denied for all of a list, or of one side."""

from __future__ import annotations

import re
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.regions import side_in
from mednec.model import Finding

OF_A_JOINT = frozenset(("faber", "gaenslen", "thigh_thrust", "si_compression", "si_distraction"))
TESTS = OF_A_JOINT | {"spurling", "facet_loading", "straight_leg_raise", "other_sign"}
NONE_OF = compiled(
    r"\b(?:none|neither|not one|not any|no one|not a single one)\s+(?:of\s+)?\(?(?:[\w'\u2019-]+[\s,/]+)*$", re.I
)
NEITHER_NOR = compiled(r"\bneither\b[^.;:]*$", re.I)
UNDONE = compiled(
    r"\b(?:(?:could|can|was|were|is|are)(?: |n't |not )+(?:be )?(?:done|performed|tested|tolerated|completed"
    r"|attempted|assessed|examined)|not (?:done|tested|performed"
    r"|attempted|assessed|tolerated)|deferred|omitted|refused|declined)\b",
    re.I,
)
PLAIN_VERB = compiled(r"\b(?:not|negative|silent|unremarkable|normal|painless|but|except)\b", re.I)
PAINLESS = compiled(  # 'limited by hamstring tightness but causes no back pain or radiation'
    r"\b(?:(?:causes?|caused|produc\w+|elicit\w*|reproduc\w+|provok\w+|with|there (?:is|was))\s+no|"
    r"without(?:\s+any)?)\s+"
    r"(?:(?:expression|complaints?|reports?)\s+of\s+)?(?:\w+\s+){0,3}(?:pain|radiation|radicular\s\w+|leg"
    r" symptoms)\b",
    re.I,
)
BRACKETED = compiled(r"\((L|R)t?\)", re.I)
AND_NORMAL = compiled(  # 'no rigidity and normal tone'
    r"\b(?:no|without)\s+[\w\s,/-]{2,40}?\s(?:and|with|but)\s+(?:essential(?:ly)?\s+|grossly\s+|otherwise\s+"
    r"|overall\s+|has\s+|an?\s+)*"
    r"(?:normal|intact|full|good|symmetric\w*|equal|preserved)\s+$",
    re.I,
)
AT_END = compiled(
    r"\b(?:on|at|of) (?:the |her |his )?(?:L|R|Lt|Rt|left|right)(?: side| SIJ?| SI joint| sacroiliac joint"
    r"|buttock)?(?: today)?\W*\Z"
    r"|\((?:all |both )?(?:on (?:the )?)?(?:L|R|left|right)(?: side)?\)|\bon (?:the )?(?:left|right)(?: side)?,",
    re.I,
)
REQUIRED = compiled(  # 'policy: at least 3 of FABER, Gaenslen ... positive' tells of no patient
    r"\b(?:at least|minimum of|requires?|needs?|polic(?:y|ies)|criteri(?:a|on)|LCD|L\d{5}|guideline\w*)\b[^.;]*$", re.I
)
CIRCLED = compiled(r"\s*:?\s*(?:(?P<yes>\(Y(?:es)?\)\s*/?\s*N(?:o)?\b)|Y(?:es)?\s*/?\s*\(N(?:o)?\))", re.I)
LETTER = compiled(r"(?<![\w/.-])([LR])t?(?![\w/.-])")
LISTED = 6  # sentences, each with a test, that may follow the one that names the joint
A_SIDE = compiled(r"(?<![\w/.-])(left|right|Lt?|Rt?)(?![\w/-])", re.I)
THE_JOINT = compiled(r"\b(?:SIJs?|SI joints?|sacro-?iliac|SI|PSIS)\b")
BREAK = compiled(r"[;:]|\.\s|\n")


LED = compiled(  # 'Exam L: FABER +, Gaenslen +', 'SI joint left, pain with FABER', 'Left sided tests - FABER +'
    r"\s*(?:\d{1,2}/\d{1,2}/\d{2,4}\s+)?"
    r"(?:(?:exam\w*|PE|O|OE|objective|SIJ?s?|SI joints?|sacroiliac joints?|provocati\w+|tests?)\W{0,3}\s*){0,2}"
    r"(?:on (?:the )?)?(?P<side>left|right|L|R|Lt|Rt)(?:[- ]sided)?(?:\s*[:,\u2013-]\s*|\s+)"
    r"(?:(?:SIJs?|SI joint|sacroiliac joint|SI|provocati\w+|tests?|maneuvers?|signs?)\b[\s:,-]*){0,3}"
    r"(?:\d{1,2}/\d{1,2}/\d{2,4}[\s:,\u2013-]*)?"
    r"(?:(?:pain(?:ful)?|with|on|shows?|has|positive|pos\.?|\(?\+\)?)\s+)*"
    r"(?=(?:FABER|Patrick|Gaenslen|thigh|compression|distraction|Yeoman|sacral|posterior|P4|gapping|flexion))",
    re.I,
)


def as_its_clause_says(parsed: Parsed, finding: Finding) -> Finding:
    """'None of A, B and C was positive' denies all three; 'on the left, A and B reproduce the pain' is of the left."""
    if finding.get("result") == "positive" and _is_normal(parsed, finding):
        return replace(finding, attributes={**finding.attributes, "result": "negative"})
    if finding.concept not in TESTS:
        return finding
    first, last = _clause(parsed, finding)
    text, told = parsed.text, dict(finding.attributes)
    if (finding.concept in OF_A_JOINT or told.get("sign")) and "side" not in told:
        told["side"] = _side_of_label(parsed, first) or _side_of_all(parsed, first, last) or _side_before(parsed, first)
        told = {name: value for name, value in told.items() if value is not None}
    if UNDONE.search(text, finding.end, last) or REQUIRED.search(text, parsed.sentence_at(first).start, finding.start):
        told.pop("result", None)
    if circled := CIRCLED.match(text, finding.end):
        told["result"] = "positive" if circled["yes"] else "negative"
    if (
        finding.concept == "straight_leg_raise"
        and told.get("result") == "positive"
        and PAINLESS.search(text, finding.end, last)
    ):
        told["result"] = "negative"
    if told.get("result") != "positive":
        return finding if told == finding.attributes else replace(finding, attributes=told)
    denied = NONE_OF.search(text, first, finding.start) or NEITHER_NOR.search(text, first, finding.start)
    if denied and not PLAIN_VERB.search(text, finding.end, last):
        told["result"] = "negative"
    side = side_in(text, first, last)
    if finding.concept in OF_A_JOINT and side in ("left", "right") and told.get("side") in ("left", "right"):
        told["side"] = side
    return finding if told == finding.attributes else replace(finding, attributes=told)


def _side_of_label(parsed: Parsed, first: int) -> str | None:
    """The side of the label of a list in which a clause stands: 'Left SI: Gaenslen +; thigh thrust +'."""
    text, start = parsed.text, parsed.sentence_at(first).start
    if (led := LED.match(text, start)) and (led.end() >= first or not side_in(text, led.end(), first)):
        return "left" if led["side"][0] in "Ll" else "right"
    if (led := LED.match(text, first)) and not side_in(text, led.end(), parsed.sentence_at(first).end):
        return "left" if led["side"][0] in "Ll" else "right"
    colon = text.rfind(":", start, first)
    if colon < 0 or side_in(text, colon + 1, first):
        return None  # no label, or a side told since
    first = max(start, text.rfind(";", start, colon) + 1)
    if letter := BRACKETED.search(text, first, colon):
        return "left" if letter[1] in "Ll" else "right"
    return side_in(text, first, colon) or _letter_in(text, first, colon)


def _letter_in(text: str, first: int, last: int) -> str | None:
    """The side that the one letter of a label names: 'SIJ tests L'."""
    letters = set(LETTER.findall(text[first:last]))
    return {"L": "left", "R": "right"}[letters.pop()] if len(letters) == 1 else None


def _side_of_all(parsed: Parsed, first: int, last: int) -> str | None:
    """The one side that a list of tests ends with: '+ FABER, + Gaenslen on L', 'FABER yes, Gaenslen yes (left)'."""
    ended = AT_END.search(parsed.text, first, last)
    if ended is None or side_in(parsed.text, first, last) not in (None, "left", "right"):
        return None
    named = {match[1][0].lower() for match in A_SIDE.finditer(parsed.text, first, last)}
    return {"l": "left", "r": "right"}[named.pop()] if len(named) == 1 else None


def _side_before(parsed: Parsed, first: int) -> str | None:
    """The side of the joint that the sentence before is about: 'The left SI joint is tender. FABER and P4 pos.'"""
    text, sentence = parsed.text, parsed.sentence_at(first)
    index = parsed.sentence_index(first)
    if side_in(text, *sentence):
        return None
    for before in reversed(parsed.sentences[max(0, index - LISTED) : index]):
        if "\n\n" in text[before.end : sentence.start + 1]:
            return None
        side = side_in(text, *before)
        if THE_JOINT.search(text, before.start, before.end):
            return side if side in ("left", "right") else None
        if side or not any(hit.concept in OF_A_JOINT for hit in parsed.within(*before, "exam")):
            return None
    return None


def _clause(parsed: Parsed, finding: Finding) -> tuple[int, int]:
    """The part of the sentence between semicolons or colons in which a finding stands."""
    sentence = parsed.sentence_at(finding.start)
    before = [match.end() for match in BREAK.finditer(parsed.text, sentence.start, finding.start)]
    after = BREAK.search(parsed.text, finding.end, sentence.end)
    return (before[-1] if before else sentence.start), (after.start() if after else sentence.end)


def _is_normal(parsed: Parsed, finding: Finding) -> bool:
    """Whether it is called normal behind what is denied: 'no rigidity and normal tone' denies no normal tone."""
    start = parsed.sentence_at(finding.start).start
    return AND_NORMAL.search(parsed.text, max(start, finding.start - 90), finding.start) is not None
