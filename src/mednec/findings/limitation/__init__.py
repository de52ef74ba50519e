"""A parsed document in, out the activities that the pain limits, or is said not to limit."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import zip_longest

from mednec.expressions.patterns import compiled
from mednec.findings.goals import reached
from mednec.findings.limitation.reach import BREAK, FINITE, is_complement, is_compound, reaches
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.scores import lines_of
from mednec.findings.terms import Hit
from mednec.model import Finding
from mednec.vocabulary import lexicon

LEFT_OUT = frozenset({"imaging", "family_history", "allergies", "education", "procedure"})
BACKGROUND = frozenset({"social_history", "past_medical", "medications"})
EXAMINED = frozenset({"exam"})
TESTED = compiled(
    r"\b(?:flexion|extension|flex|extend|ROM|range|strength|heel|toe|toes|tandem|Romberg|squeeze|resist\w*|"
    r"reflex\w*|palpation|passive\w*|actively|muscle|intact|tone|behind|grips?|grasp|writing|commands|naming|"
    r"repetition)\b",
    re.I,
)
AMOUNT = compiled(
    r"[\s:,=|-]*(?:(?:time|tol\w*|tolerance|still|is|was|now|about|only|for|up\sto|approximately|"
    r"approx\.?|around|no\smore\sthan|not\smore\sthan|no\slonger\sthan|less\sthan|limited\sto|maybe|"
    r"at\smost|barely|roughly|to|x|a|the|"
    r"<|\u2264|~|unchanged|w/|with|one|two|three|single|half|an?)\s*){0,6}(?:(?:1/2|1/4|3/4|\u00bd|\u00bc|"
    r"\d+)(?:\s?-\s?\d+|\sto\s\d+)?\s?-?(?:min\w*|hours?|hrs?|blocks?|feet|ft|yards?|yds?|miles?|"
    r"steps?|meters?|m)\b|(?:ten|fifteen|twenty|thirty|five|half\san)\s"
    r"(?:minutes|hour|feet|blocks)|in\s(?:two|three|short|small)\s\w+|with\sa\s(?:cart|cane|walker|"
    r"stool)|(?:a|one|two|half\sa)\s(?:few\s)?(?:blocks?|hour|mile|minutes)|few\sminutes|"
    r"short\sdistances?|to\s(?:the\s)?(?:mailbox|bathroom|corner|car))",
    re.I,
)
DISTANCE = compiled(r"\b(?:feet|ft|yards?|yds?|miles?|meters?|m)$", re.I)
LONG_ENOUGH = compiled(
    r"\b(?:daily|every\sday|a\sday|per\sday|x/w|times|exercise|HEP|program|\d\s?x|each\sday|d/wk|now|"
    r"again|improved|increased|walked|bike|week|without)\b",
    re.I,
)
WAKES = compiled(
    r"\s(?:up\s)?(?:about\s|roughly\s|approximately\s|~)?(?:\d|x\s?\d|several|multiple|once|twice|"
    r"nightly|from\s(?:the\s|his\s|her\s)?(?:\w+\s)?pain|with\s(?:\w+\s)?pain\s(?:at\snight|nightly)|"
    r"at\snight|during\sthe\snight|her\b|him\b|the\spatient|due|because|every|when|if|often|"
    r"frequently|throughout)",
    re.I,
)
SHORT_NIGHT = compiled(
    r"(?:\b(?:only|gets?|maybe|barely|just)\s(?:about\s|approximately\s)?(?:[1-5]|one|two|three|four|"
    r"five)(?:\s?-\s?\d|\sto\s"
    r"(?:\d|\w+))?\shours?\sof\ssleep\b|\bsleeping\s(?:only|about)\s(?:\w+\s)?(?:[1-5]|two|three|four|"
    r"five)\b[^.;]{0,8}\shours?"
    r"|\bsleeps?,?\s(?:[1-4]|one|two|three|four)(?:\s?-\s?\d|\sto\s\w+)?\s(?:hours?|hrs?|h)\b)",
    re.I,
)
WOKEN = compiled(r"a?wak", re.I)
EXERCISE = compiled(r"\b(?:HEP|exercises?|program|bike|gym|plus|goals?|walks?\sfor\sexercise)\b[^.;]{0,80}$", re.I)
AGGRAVATES = compiled(
    r"\b(?:worse|worsen\w*|aggravat\w*|agg|aggs|exacerbat\w*|increas\w*|provok\w*|pain\s(?:with|after|"
    r"when|while|on)|better|improv\w+\swhen|reliev\w*|eases?|eased|helps?|sore\safter|"
    r"symptoms?\swith)\b[^.;]{0,90}$",
    re.I,
)
LIMITING = frozenset({"unable", "stopped", "not_done", "left_behind", "difficult", "reduced", "helped"})
JOINT = compiled(
    r"\s(?:her|his|the|my)\s(?:right\s|left\s)?(?:knees?|elbows?|fingers?|thumb|wrists?|neck|head|"
    r"arms?|hips?|ankles?|toes?|leg)\b",
    re.I,
)
DENIED = compiled(
    r"\b(?:not|no|n't|never|without|denies|denied|doesn't|don't|didn't)\s"
    r"(?:(?:\w+\s){0,4}|[^.;]{0,40}\b(?:or|nor)\s(?:any\s)?)$"
    r"|\b(?:denies|denied)\s(?:(?!\b(?:but|has|have|had|reports?|is|was|does|admits?|notes?|complains?|states?|"
    r"however|although|except)\b)"
    r"[^.;:]){0,90},\s(?:\w+\s){0,2}$",
    re.I,
)
ABSENT = compiled(  # 'denies any chest, back or [neck pain]': a pain that the patient does not have
    r"\b(?:denie[sd]|denying|without|no(?:t (?:having|had|been having|complain\w+ of|report\w*))?|negative for|never)\b"
    r"(?:(?!\b(?:but|has|have|relief|improvement|change|better|help\w*|longer|control\w*)\b)[^.;:\n])*$",
    re.I,
)
NEGATIVE_FOR = compiled(r"\bnegative for\s[^.;:\n]*$", re.I)  # 'negative for back pain, stiffness, problems walking'
AGAIN = compiled(
    r"\s*(?:he|she|the patient)\s+(?:states?|says|reports?|adds|notes)\b[^.\n]*$", re.I
)  # the same, told once more
ANYMORE = compiled(r"\b(?:any\s?more|more\sthan|longer\sthan|since|because|due\sto|far|out\sof|through)\b", re.I)
ANSWERED_NO = compiled(r"\s*(?:\(no\)|[:=]\s*no\s*(?=[,;.\n]|$))", re.I)
MIGHT = compiled(r"\b(?:possib\w+|risks?|chance|potential)\b[^.;]{0,40}$", re.I)
UNTICKED = compiled(r"(?:\[[ _]?\]|\u2610|\([ _]\))\s*$")
SUPPOSED = compiled(r"\bsupposed to\s(?:be\s)?$", re.I)
ITEM = compiled(  # 'bathing - needs aide; cooking: stopped'
    r"\s?(?:-|\u2013|:)\s(?:needs?\s\w+|requires?\s\w+|stopped|given up|unable|dependent|cannot|impossible|(?:max"
    r"|mod|total)\w*\sassist\w*)\b",
    re.I,
)
BY_IT = compiled(
    r"\b(?:because of|due to|from|on account of|owing to|thanks to) (?:it|this|that"
    r"|(?:the|her|his|my|this|that) (?:\w+ )?(?:legs?|back|arms?|neck|nerve|disc|sciatica))\b",
    re.I,
)
TOES = compiled(r"\b(?:heels?|toes?|tiptoes?|tandem)\b", re.I)
POUNDS = compiled(
    r"\b(?:no\slifting\s(?:over|more|greater)"
    r"|(?:limit\w*|restrict\w*)\s(?:of|to)\s(?:\d+|five|ten|fifteen|twenty)\s?(?:lbs?|"
    r"pounds)(?!\s(?:by|due\sto|because\sof)\b))\b",
    re.I,
)
GOES_ON = compiled(r"[,\s/]*(?:\w+\s)?(?:(?:and|or|also)\s)?(?:\w+\s){0,2}")
HELPER = compiled(
    r"\b(?:husband|wife|spouse|son|daughter|family|mother|sister|neighbor|friend|aide)\s(?:now\s)?"
    r"(?:does|do|helps|hangs|carries|lifts|cooks|cleans|shops|mows|buys|brings|handles|"
    r"takes\sover)\s(?:\w+\s){0,3}$",
    re.I,
)
BEGUN = compiled(r"\b(?:prepped|draped|incisions?|sutures?|intubat\w+|needle|anesthesia was)\b", re.I)
AT_START = compiled(
    r"(?:^|[.,;:(\n>|]|\b(?:can|only|able\sto|she|he|pt|patient|now|still|and|back\sto|to|just|"
    r"tolerates?|about|or|I|her|his)\s)\s*$",
    re.I,
)
ENDS_ASKING = compiled(r"\?\s*$")
ASKED = compiled(r"\bcan't\syou|\byou\sno\slonger|\bunable\b|\bactivit\w+\s(?:are|is)\s(?:limited|affected)", re.I)
AROUND = 260  # how much of a long sentence is read around an activity
NEAR_PAIN = 700
BEGINNING = 1200  # characters of a note that tell what it is about
PAINS = ("symptom_duration", "pain_score")


@dataclass(frozen=True, slots=True)
class _Limit:
    """An activity and what is said of it: the words from `start` to `end` make the mention."""

    concept: str
    start: int
    end: int
    limited: bool


def find(parsed: Parsed) -> Iterator[Finding]:
    """The limitations of a document, one for each kind of activity that is spoken of together."""
    yield from _unmet(parsed)
    last: dict[str, tuple[Sentence, _Limit]] = {}
    hits = [hit for hit in parsed.of("functional_limitation") if not _is_left_out(parsed, hit)]
    for hit, following in zip_longest(hits, hits[1:]):
        if following and is_compound(parsed.text, hit, following):
            continue
        sentence = parsed.sentence_at(hit.start)
        around = Sentence(max(sentence.start, hit.start - AROUND), min(sentence.end, hit.end + AROUND))
        limit = _limit(parsed, around, hit)
        if limit and limit.concept == "bending_lifting" and JOINT.match(parsed.text, hit.end):
            limit = replace(limit, concept="other_activity")
        if limit is None or (limit.concept in last and _goes_with(parsed, *last[limit.concept], limit)):
            continue
        last[limit.concept] = sentence, limit
        quote = lines_of(parsed.text, sentence, limit.start, limit.end)
        quote = min(quote[0], limit.start), max(quote[1], limit.end)
        yield parsed.document.finding(
            "functional_limitation", limit.concept, limit.start, limit.end, quote=quote, limited=limit.limited
        )


def _is_left_out(parsed: Parsed, hit: Hit) -> bool:
    """Whether a section tells no limits of the patient: an image, a procedure, the account of an operation."""
    section = parsed.section_at(hit.start)
    if section.name in ("technique_description", "anesthesia"):
        return BEGUN.search(parsed.text, section.body, hit.start) is not None
    return section.name in LEFT_OUT


def _unmet(parsed: Parsed) -> Iterator[Finding]:
    """The activities of numbered goals that a later list tells not to be met."""
    for goal in reached(parsed):
        activity = next(iter(parsed.within(*goal.goal, "functional_limitation")), None)
        if goal.unmet and activity:
            quote = goal.goal[0], goal.status[1]
            yield parsed.document.finding(
                "functional_limitation", activity.concept, *goal.status, quote=quote, limited=True
            )


def _goes_with(parsed: Parsed, sentence: Sentence, earlier: _Limit, limit: _Limit) -> bool:
    """Whether a limit only goes on with an earlier one of its kind: the same cue, or the next item of its list."""
    if limit.start < sentence.start or limit.start >= sentence.end:
        return AGAIN.match(parsed.text, sentence.end, limit.start) is not None and limit.concept == "sleep"
    if limit.start < earlier.end or (limit.concept == "sleep" and limit.limited == earlier.limited):
        return True
    between = parsed.text[earlier.end : limit.start]
    others = parsed.within(earlier.end, limit.start, "functional_limitation")
    return (
        len(between) < 24 and all(hit.concept == limit.concept for hit in others) and bool(GOES_ON.fullmatch(between))
    )


def _limit(parsed: Parsed, sentence: Sentence, hit: Hit) -> _Limit | None:
    """What the sentence says of an activity, if it says that it is limited or that it is not."""
    if not _is_of_pain(parsed, sentence) or _is_question(parsed.text, sentence):
        return None
    if UNTICKED.search(parsed.text, max(sentence.start, hit.start - 6), hit.start) or ANSWERED_NO.match(
        parsed.text, hit.end
    ):
        return None
    if hit.term == "insomnia" and not _has_pain(parsed, sentence):
        return None
    cues = parsed.within(sentence.start, sentence.end, "limitation_cues")
    if _is_asked_for(parsed, sentence, hit, cues):
        return None if is_complement(parsed, sentence.start, hit) else _Limit(hit.concept, hit.start, hit.end, True)
    if any(_excludes(parsed, sentence, cue, hit) for cue in cues):
        return None
    if _is_statement(parsed, sentence, hit):
        return _Limit(hit.concept, hit.start, hit.end, limited=not _is_denied(parsed.text, sentence, hit))
    if TOES.search(parsed.text, sentence.start, sentence.end):
        return None
    if POUNDS.search(parsed.text, sentence.start, sentence.end):
        return None
    examined = parsed.section_at(hit.start).name in EXAMINED
    if examined and TESTED.search(parsed.text, sentence.start, sentence.end):
        return _measured(parsed, sentence, hit)
    well = None if examined else _well(parsed, sentence, hit, cues)
    return well or _cued(parsed, sentence, hit, cues) or _measured(parsed, sentence, hit)


def _is_question(text: str, sentence: Sentence) -> bool:
    """Whether the sentence asks, and not what the patient cannot do."""
    return bool(ENDS_ASKING.search(text, sentence.start, sentence.end)) and not ASKED.search(
        text, sentence.start, sentence.end
    )


def _is_statement(parsed: Parsed, sentence: Sentence, hit: Hit) -> bool:
    """Whether the words say by themselves that the activity is limited, or that somebody else now does it."""
    if SUPPOSED.search(parsed.text, max(sentence.start, hit.start - 30), hit.start):
        return False
    if hit.term in readings(hit.concept, "statement"):
        listed = parsed.section_at(hit.start).name in BACKGROUND and hit.concept in ("walking", "sleep")
        return not (listed or hit.term == "insomnia") or "pain" in parsed.text[sentence.start : sentence.end].lower()
    if hit.term in readings(hit.concept, "with_pain"):
        return _has_pain(parsed, sentence) or bool(BY_IT.search(parsed.text, sentence.start, sentence.end))
    return hit.concept == "adl" and bool(HELPER.search(parsed.text, max(sentence.start, hit.start - 40), hit.start))


def _is_asked_for(parsed: Parsed, sentence: Sentence, hit: Hit, cues: list[Hit]) -> bool:
    """Whether the activity is a goal that was not met, or answers 'What can't you do because of the pain?'."""
    if any(cue.concept == "unmet" for cue in cues):
        return parsed.section_at(hit.start).name == "goals" or any(cue.term in ("goal", "goals") for cue in cues)
    question = parsed.text[max(0, sentence.start - 90) : sentence.start].rstrip()
    return (
        question.endswith("?") and bool(ASKED.search(question)) and "\n" not in parsed.text[sentence.start : hit.start]
    )


def _excludes(parsed: Parsed, sentence: Sentence, cue: Hit, hit: Hit) -> bool:
    """Whether a cue says that what follows is advice, a goal, or has another cause than pain."""
    if cue.concept == "never_pain":
        return True
    if cue.concept == "other_cause":
        return not _has_pain(parsed, _clause(parsed.text, sentence, hit)) and _bears_on(parsed.text, cue, hit)
    return cue.concept == "imposed" and _bears_on(parsed.text, cue, hit)


def _clause(text: str, sentence: Sentence, hit: Hit) -> Sentence:
    """The part of the sentence between semicolons in which an activity stands."""
    first = text.rfind(";", sentence.start, hit.start) + 1 or sentence.start
    last = text.find(";", hit.end, sentence.end)
    return Sentence(first, last if last >= 0 else sentence.end)


def _has_pain(parsed: Parsed, sentence: Sentence) -> bool:
    return bool(parsed.within(sentence.start, sentence.end, "symptom_duration"))


@cache
def readings(concept: str, name: str) -> frozenset[str]:
    """The terms of an activity that are read in one way: `statement` by itself, `with_pain` beside a word of pain."""
    return frozenset(lexicon("functional_limitation").concepts[concept].extra["readings"].get(name, ()))


def _is_of_pain(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether a pain is told of nearby; one that is only denied there counts where the note began with one."""
    start, end = max(0, sentence.start - NEAR_PAIN), min(len(parsed.text), sentence.end + NEAR_PAIN // 2)
    if not (near := parsed.within(start, end, PAINS)):
        return bool(BY_IT.search(parsed.text, sentence.start, sentence.end))
    if any(sentence.start <= hit.start < sentence.end or _is_there(parsed.text, hit) for hit in near):
        return True
    return any(_is_there(parsed.text, hit) for hit in parsed.within(0, BEGINNING, PAINS))


def _is_there(text: str, hit: Hit) -> bool:
    return not ABSENT.search(text, max(0, hit.start - 60), hit.start)


def _bears_on(text: str, cue: Hit, hit: Hit) -> bool:
    first, last = (cue.end, hit.start) if cue.end <= hit.start else (hit.end, cue.start)
    return last - first < 70 and not BREAK.search(text, first, last)


def _is_denied(text: str, sentence: Sentence, hit: Hit) -> bool:
    return bool(
        re.search(
            r"\b(?:denies|no|without|not|never|doesn't|does not)\s(?:\w+\s){0,3}$",
            text[max(sentence.start, hit.start - 40) : hit.start],
            re.I,
        )
    )


def _well(parsed: Parsed, sentence: Sentence, hit: Hit, cues: list[Hit]) -> _Limit | None:
    """The activity that is stated not to be limited, where that is told of a pain or in the patient's history."""
    told = _has_pain(parsed, sentence) or parsed.section_at(hit.start).name == "history"
    for cue in cues:
        again = cue.concept == "again" and (hit.concept == "recreation" or "squat" in hit.term)
        if again and reaches(parsed, cue, hit) and not DENIED.search(parsed.text, sentence.start, cue.start):
            return _Limit(hit.concept, min(cue.start, hit.start), max(cue.end, hit.end), limited=False)
        if cue.concept == "well" and (told or cue.term.startswith("denies")) and reaches(parsed, cue, hit):
            return _Limit(hit.concept, min(cue.start, hit.start), max(cue.end, hit.end), limited=False)
    return None


def _cued(parsed: Parsed, sentence: Sentence, hit: Hit, cues: list[Hit]) -> _Limit | None:
    """The activity with the cue nearest to it that reaches it; a denied cue says that it is not limited."""
    reaching = [
        cue
        for cue in cues
        if cue.concept in LIMITING and reaches(parsed, cue, hit) and _counts(parsed, sentence, cue, hit)
    ]
    if not reaching or (_is_old_illness(parsed, hit) and not _has_pain(parsed, sentence)):
        return None
    cue = min(reaching, key=lambda one: max(one.start - hit.end, hit.start - one.end))
    if NEGATIVE_FOR.search(parsed.text, max(sentence.start, cue.start - 200), cue.start):
        return None
    denied = cue.concept in ("reduced", "difficult") and DENIED.search(
        parsed.text, max(sentence.start, cue.start - 60), cue.start
    )
    if denied and not _has_pain(parsed, sentence):
        return None
    denied = denied or (cue.concept == "not_done" and WOKEN.match(hit.term))
    return _Limit(hit.concept, min(cue.start, hit.start), max(cue.end, hit.end), limited=not denied)


def _is_old_illness(parsed: Parsed, hit: Hit) -> bool:
    """Whether a list of past illnesses tells of the activity; a therapist's list of problems is none."""
    section = parsed.section_at(hit.start)
    return section.name == "past_medical" and "problem" not in parsed.text[section.start : section.body].lower()


def _counts(parsed: Parsed, sentence: Sentence, cue: Hit, hit: Hit) -> bool:
    """Whether a cue that can also tell of habits ('does not', 'stops') is here said of a limit."""
    if MIGHT.search(parsed.text, max(sentence.start, cue.start - 60), cue.start):
        return False
    if cue.concept not in ("stopped", "not_done"):
        return True
    if AGGRAVATES.search(parsed.text, sentence.start, cue.start):
        return False
    return (
        cue.concept == "stopped"
        or _has_pain(parsed, sentence)
        or bool(ANYMORE.search(parsed.text, hit.end, min(hit.end + 40, sentence.end)))
    )


def _measured(parsed: Parsed, sentence: Sentence, hit: Hit) -> _Limit | None:
    """An activity with the little that is left of it: 'sits 15 minutes', 'walks one block', 'sleeps 4 hours'."""
    text = parsed.text
    if item := ITEM.match(text, hit.end, sentence.end):
        return _Limit(hit.concept, hit.start, item.end(), limited=True)
    if hit.concept not in ("walking", "standing", "sitting", "sleep", "driving") and hit.term not in FINITE:
        return None
    if hit.concept == "sleep" and WAKES.match(text, hit.end):
        return _Limit(hit.concept, hit.start, hit.end, limited=True)
    if hit.concept == "sleep" and (
        hours := SHORT_NIGHT.search(text, max(sentence.start, hit.start - 30), hit.end + 30)
    ):
        return _Limit(hit.concept, min(hours.start(), hit.start), max(hours.end(), hit.end), limited=True)
    if hit.start > sentence.start and not AT_START.search(text[max(sentence.start - 1, hit.start - 24) : hit.start]):
        return None
    amount = AMOUNT.match(text, hit.end, min(hit.end + 80, len(text)))
    if amount and hit.concept in ("standing", "sitting") and DISTANCE.search(amount.group()):
        return None
    if amount is None or LONG_ENOUGH.search(text, amount.end(), min(amount.end() + 30, sentence.end)):
        return None
    if EXERCISE.search(text, sentence.start, hit.start) or AGGRAVATES.search(text, sentence.start, hit.start):
        return None
    return _Limit(hit.concept, hit.start, amount.end(), limited=True)
