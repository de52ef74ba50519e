"""A date or '3 weeks ago' in, out whether the pain, or the injury from which it follows, began then."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.duration.length import is_treated
from mednec.findings.duration.nearby import is_other, speaks_of_pain, spoken_of
from mednec.findings.duration.times import Time
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit

MOVES = frozenset({"walking", "walk", "standing", "sitting", "exercise", "exercises"})
DIRECTLY = compiled(r"[\s,]*(?:(?:that|which|from|about|approximately|around|almost|nearly|some|roughly)\s)*", re.I)
ONSET_HEAD = compiled(r"\b(?:onset|since|began|start(?:ed)?)\b", re.I)
LONGEST_ROW, PROBLEMS = 300, 30
UNTIL = compiled(
    r"\b(?:well|fine|asymptomatic|healthy|pain[\s-]free|good\shealth|state\sof\shealth|"
    r"no\sproblems?)\suntil\s(?:about\s|approximately\s|the\s(?:\w+\s(?:week|half|part|days)\sof\s)?|early\s|late\s|mid[\s-])*$",
    re.I,
)
BETWEEN = compiled(r"[^.;\n]{0,30}")
IN_FORM = compiled(r"[^.;\n]{0,30}\n\s*(?:[-*\u2022]\s*)?")
PROBLEM, AFTERMATH = (
    80,
    70,
)  # characters before a field in which its problem stands; behind an injury in which its end does
HARMLESS = compiled(
    r"\bwithout\s(?:an?y?\s)?(?:\w+\s)?(?:injur\w+|harm|complaints?|pain|sequelae|consequences?|symptoms|incident|"
    r"hurting)\b|\bno\s(?:injur\w+|harm|ill\seffects?|"
    r"sequelae|lasting\s\w+|(?:pain|symptoms?|complaints?)\s(?:afterwards?|at\sthe\stime|then|from\s(?:it|that)|"
    r"after|came\sof))\b|\bun(?:hurt|injured|scathed|harmed)\b|"
    r"\bnone\sthe\sworse\b|\b(?:was|were|felt|did|came\saway|came\soff|walked\saway)\s(?:perfectly\s|just\s|"
    r"quite\s)?(?:fine|well|unhurt|unscathed|all\sright|alright|okay|ok)\b(?!\suntil)|"
    r"\bleft\s(?:no|not\sa|without)\s(?:trace|mark|\w+\smark|sequelae|damage)\b|\bnothing\scame\sof\b|\b(?:not|n['\u2019]t)\s(?:hurt|injured|harmed)\b|\brecovered\s(?:fully|completely|well|uneventfully|"
    r"without)\b|\b(?:fully|completely)\srecovered\b",
    re.I,
)
AGAIN = compiled(
    r"\b(?:new|present|current|this|latest|recent|fresh|second|another)\s(?:\w+\s)?(?:episode|bout|attack|spell|"
    r"flare|problem|pain)\s(?:has\s|had\s|only\s|then\s)*$",
    re.I,
)
TOOK_UP = compiled(
    r"\s(?!(?:hurt|ach|both|feel|hav|get|develop|notic|burn|throb|radiat|com|worsen)\w*ing\b)\w+ing\b", re.I
)
AIDE = compiled(r",\s(?:the|she|he|patient|pt|we|I)\b", re.I)
ENTRY_COLON = compiled(r"[ \t]*:[ \t]*[A-Z]")
AND_THEN = compiled(r",?\s(?:and|when)\s(?:(?:she|he)\s)?", re.I)  # 'was moving boxes yesterday and felt a pop'
DOING = compiled(
    r",?\s(?:(?:when|while|as)\s)?(?:s?he\s|the patient\s|pt\s)?(?:was|were)\s(?!tak|us|hav|be|receiv|feel|"
    r"complain)\w+ing\b[^\n]",
    re.I,
)
STORY = 220  # characters within which the story of an injury comes to it
NEAR_PAIN = 800  # how far an injury may stand from the pain that follows from it


def is_onset(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """'began 3 weeks ago', 'onset 10/27/2025', 'fell on 6/12/25'."""
    if _heads_entry(parsed.text, time):
        return False
    hits = spoken_of(parsed, max(sentence.start, time.start - 120), min(sentence.end, time.end + 120))
    before = [hit for hit in hits if hit.end <= time.start]
    if UNTIL.search(parsed.text, max(sentence.start, time.start - 40), time.start):
        return speaks_of_pain(parsed, time.end, sentence.end)
    cue = next(
        (hit for hit in reversed(before) if hit.lexicon == "duration_cues" and hit.concept in ("onset", "injury")), None
    )
    pain = next((hit for hit in reversed(before) if hit.lexicon == "symptom_duration"), None)
    if time.ago and pain and DIRECTLY.fullmatch(parsed.text, pain.end, time.start):
        return True
    if cue is None or _begins_sentence(parsed, sentence, time, hits):
        return _begins_sentence(parsed, sentence, time, hits)
    between = [hit for hit in before if hit.start >= cue.end]
    if any(is_other(hit) and hit.term not in MOVES for hit in between) or not _leads_to(parsed.text, cue, time):
        return False
    if cue.concept == "injury":
        hurt = not HARMLESS.search(parsed.text, sentence.start, min(len(parsed.text), sentence.end + AFTERMATH))
        return hurt and speaks_of_pain(parsed, time.start - NEAR_PAIN, time.end + NEAR_PAIN)
    if cue.term == "onset" and _is_of_another(parsed, sentence, cue):
        return False
    if cue.term == "onset":
        return speaks_of_pain(parsed, time.start - NEAR_PAIN // 2, time.end + NEAR_PAIN // 2)
    return _subject_is_pain(parsed, sentence, cue, between)


def _is_of_another(parsed: Parsed, sentence: Sentence, cue: Hit) -> bool:
    """Whether a disease that is no pain stands right before the onset: 'Hypertension, onset 2014'."""
    field = not parsed.text[sentence.start : cue.start].strip(" \t*-\u2022")
    named = spoken_of(parsed, max(0, sentence.start - PROBLEM) if field else sentence.start, cue.start)
    return (
        bool(named)
        and is_other(named[-1])
        and bool((IN_FORM if field else BETWEEN).fullmatch(parsed.text, named[-1].end, cue.start))
    )


def _heads_entry(text: str, time: Time) -> bool:
    """Whether a date opens a line and has a colon behind it, as in a review of records: '12/13/2020: A form ...'."""
    opens = not text[text.rfind("\n", 0, time.start) + 1 : time.start].strip()
    return opens and time.onset is not None and ENTRY_COLON.match(text, time.end) is not None


def _leads_to(text: str, cue: Hit, time: Time) -> bool:
    """Whether nothing ends the clause between a cue and a time."""
    return (
        not re.search(r"(?<![ap]\.m)[.;]\s|\bbut\b|\bhowever\b", text[cue.end : time.start])
        and time.start - cue.end < 110
    )


def _subject_is_pain(parsed: Parsed, sentence: Sentence, cue: Hit, between: list[Hit]) -> bool:
    """Whether it is pain that began: the pain stands before or behind the verb, or 'it', 'this', 'the problem' does."""
    if any(hit.lexicon == "symptom_duration" for hit in between):
        return True
    if AGAIN.search(parsed.text, max(sentence.start, cue.start - 60), cue.start):
        return speaks_of_pain(parsed, sentence.start - NEAR_PAIN, sentence.end + NEAR_PAIN)
    earlier = [
        hit
        for hit in spoken_of(parsed, max(sentence.start, cue.start - 120), cue.start)
        if hit.lexicon == "symptom_duration" or is_other(hit)
    ]
    if earlier:
        return earlier[-1].lexicon == "symptom_duration" and not is_treated(parsed, sentence, earlier[-1])
    if TOOK_UP.match(parsed.text, cue.end):
        return False
    if cue.start - sentence.start < 3 and AIDE.match(parsed.text, parsed.text.find(",", cue.end, cue.end + 40)):
        return False
    if re.search(
        r"\b(?:problems?|condition|complaints?|injury)\b",
        parsed.text[max(sentence.start, cue.start - 40) : cue.start],
        re.I,
    ):
        return speaks_of_pain(parsed, sentence.start - NEAR_PAIN, sentence.end + NEAR_PAIN)
    if not re.search(
        r"\b(?:it|this|these|problems?|condition|complaints?|which|that|injury)\b|^\W*$",
        parsed.text[max(sentence.start, cue.start - 40) : cue.start],
        re.I,
    ):
        return False
    return speaks_of_pain(parsed, sentence.start - 250, sentence.end)


def _begins_sentence(parsed: Parsed, sentence: Sentence, time: Time, hits: list[Hit]) -> bool:
    """'Three weeks ago he fell', 'In 2019 she developed neck pain': the time stands first, what began behind it."""
    after = [hit for hit in hits if hit.start >= time.end]
    opens = time.start - sentence.start < 45 or bool(
        re.search(
            r"(?:,|;|\band)\s(?:about\s|approximately\s|in\s|on\s)?$",
            parsed.text[max(sentence.start, time.start - 20) : time.start],
        )
    )
    if (
        time.vague
        and after
        and after[0].concept == "injury"
        and AND_THEN.fullmatch(parsed.text, time.end, after[0].start)
    ):
        return speaks_of_pain(parsed, time.start - NEAR_PAIN, time.end + NEAR_PAIN)
    if time.ago and opens and _is_followed_by_injury(parsed, time):
        return speaks_of_pain(parsed, time.start - NEAR_PAIN, time.end + NEAR_PAIN)
    if any(is_other(hit) for hit in hits if hit.end <= time.start):
        return False
    if not opens or not after or after[0].lexicon != "duration_cues" or after[0].concept == "other":
        return False
    if after[0].concept == "injury":
        hurt = not HARMLESS.search(parsed.text, sentence.start, min(len(parsed.text), sentence.end + AFTERMATH))
        return hurt and speaks_of_pain(parsed, time.start - NEAR_PAIN, time.end + NEAR_PAIN)
    return len(after) > 1 and after[1].lexicon == "symptom_duration"


def _is_followed_by_injury(parsed: Parsed, time: Time) -> bool:
    """'Two days ago he was walking on ice. He fell on his shoulder': the story leads to what happened."""
    story = DOING.match(parsed.text, time.end)
    if story is None:
        return False
    behind = spoken_of(parsed, time.end, min(len(parsed.text), time.end + STORY))
    injury = next((hit for hit in behind if hit.lexicon == "duration_cues" and hit.concept == "injury"), None)
    return injury is not None and parsed.text.count(". ", time.end, injury.start) <= 1


def is_onset_column(text: str, offset: int) -> bool:
    """Whether a date stands in the column of a list of problems that is headed 'Onset' or 'Since'."""
    start = text.rfind("\n", max(0, offset - LONGEST_ROW), offset) + 1
    if start == 0 or "|" not in text[start:offset]:
        return False
    index = text.count("|", start, offset)
    for _ in range(PROBLEMS):
        end = start - 1
        start = text.rfind("\n", max(0, end - LONGEST_ROW), end) + 1
        fields = text[start:end].split("|")
        if start == 0 or len(fields) <= index:
            return False
        if ONSET_HEAD.search(fields[index]):
            return True
    return False
