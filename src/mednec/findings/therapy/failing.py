"""A treatment of which no plain word tells how it worked in, its failure out where the story tells that nothing came of it.

'Left where he had started', 'bought her nothing', 'the ache is what it was': what was done is told, then what did or did
not become of it. What is told of the treatment holds for that treatment; what is told of the patient afterwards for all
that the sentence tells before it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from mednec.findings.needs import needing
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.patterns import compiled, spaced
from mednec.findings.sentences import MARK
from mednec.findings.terms import Hit
from mednec.findings.therapy.case import Case
from mednec.findings.therapy.joined import JOINS
from mednec.findings.therapy.voids import HAPPENED
from mednec.vocabulary import lexicon

AFTER = compiled(  # what ties the state of the patient to a treatment named behind it: 'persisting pain after [PT]'
    r"[\s\"')]*(?:\w+\s+){0,2}?(?:even\s+)?(?:after|s/p|despite|following|since|notwithstanding|for\s+all|in\s+spite\s+of|through(?:out)?)"
    r"\b(?!\s+(?:that|this|it|them|which)\b)(?:\s+[\w/'-]+){0,9}?[\s(]*\Z",
    re.I,
)
LINK = compiled(
    r"[\s\"')]*(?:(?:at all|whatsoever|so far|either|much|in (?:the )?(?:back|neck|leg|pain|symptoms))\s+)*"
    r"(?:out\s+of|from|with|w/|by|after|s/p|despite|following|since|through|on|for\s+all|notwithstanding|under|of|to|even|in\s+spite\s+of)"
    r"\b(?!\s+(?:that|this|it|them|which)\b)(?:\s+[\w/'-]+){0,9}?[\s(]*\Z",
    re.I,
)
SUPPOSED = compiled(
    r"\b(?:if|may|might|would|will|should|could|hop(?:e|es|ed|ing)|until|unless|expect\w*|whether|goals?|target|aim\w*|risk|"
    r"in case|in order|so that|fear\w*|worr\w+|lest|likely|when|once|per|requires?|must|shall|to (?:be|see|prove|determine|assess))"
    r"\b[^.;:]{0,50}$",
    re.I,
)
NOT_THE_STATE = compiled(
    r"\b(?:medications?|meds|doses?|dosage|regimen|plan|exam\w*|weight|vitals?|vital signs|strength|reflexes|sensation|bowel|"
    r"bladder|mri|ct|imaging|x-?rays?|films?|history|pmh|ros|insurance|job|address|pharmacy|diabetes|a1c|bp|blood|"
    r"labs?|allergies|mood|smok\w+|scan|disc|cord|fracture|lesion|cyst|appetite|cough)\b[^.;:,]{0,30}$",
    re.I,
)
DENIED = compiled(
    r"(?:\b(?:not|never|far from|anything but|by no means|hardly|no longer|nor|denies (?:being|that|any))|n't)\s+(?:\w+ly\s+)?(?:(?:been|entirely|quite|at all|an?|the|be)\s+)*$",
    re.I,
)
OF_THE_PATIENT = compiled(  # 'she honestly [cannot tell any difference]', 'he has [got nowhere]'
    r"\b(?:s?he|patient|pt|I|who)\s+(?:(?:\w+ly|has|had|is|was|feels?|says?|that|s?he|still|just|also|reports?|states?|have|really)\s+)*$", re.I
)
EACH = compiled(
    r"\b(?:neither|none|nothing|both|all|each|either|any\s+of|together|everything|not\s+one|the\s+(?:two|three|lot)|these|those|they)\b",
    re.I,
)
DID_GOOD = compiled(
    r"(?<!not )(?<!no )\b(?:helped|better(?<!no better)(?<!any better)|relieved|resolved|pain[- ]?free|able\s+to|back\s+(?:to|at)\s+(?:work|golf|the|her|his)|doubled|resum\w+|"
    r"improved|well\s+controlled|eased|good\s+(?:relief|response|effect)|recover\w+|cured|subsided|tak(?:es|ing) the edge)\b",
    re.I,
)
NOT_GOOD = compiled(r"\b(?:no|not|never|without|nor|neither|none|hardly|barely|nothing|un|if|cannot)\b|n't\b", re.I)
JUST_BEGUN = compiled(
    r"\b(?:first|initial|1st)\s+(?:\w+\s+)?(?:visit|session|appointment|dose|treatment|day)(?:\s+(?:was|is|on))?\s*[:,]?\s*(?:\w+day\s+)?"
    r"(?:today|yesterday|this\s+(?:morning|week|afternoon)|last\s+(?:night|week)|tomorrow|next)"
    r"|\b(?:start(?:ed|s|ing)?|beg[au]n|begins|opened|eval\w*)\s+(?:(?:it|PT|therapy|\w+ly|on)\s+)*(?:only\s+)?(?:today|yesterday|this\s+(?:morning|week)|tomorrow|next)\b",
    re.I,
)
OF_TREATMENTS = compiled(
    r"\b(?:treat\w*|therap\w+|measures|care|modalit\w+|options|things|interventions|remedies|tri(?:ed|als?)|what|medic\w+|"
    r"everything|all|conservative|management|drugs|following|did)\b",
    re.I,
)
EXCEPT = compiled(r"\b(?:except(?:ing|ed)?(?:\s+for)?|other\s+than|save(?:\s+for)?|but|apart\s+from|aside\s+from|besides|barring)\b(?!\s+(?:none|no|not|nothing)\b)", re.I)
OF_ALL = compiled(  # 'None of it', 'His verdict on all of it', 'Result of both', 'All but the massage'
    r"\s*(?:[-*\u2022=>]+\s*)?(?:(?:his|her|the|my|their|patient'?s?|overall|net|end|in|and|so|as|to|says|states|reports|feels|that|s?he)\s+)*"
    r"(?:(?:verdict|results?|outcome|response|upshot|bottom\s+line|effect|benefit|relief|summary|sum|experience|view|opinion|impression)\s*(?:is|was|on|of|to|from|with|for)?\s*)?"
    r"[:,]?\s*(?:with\s+|of\s+|from\s+)?(?:all|none|neither|nothing|both|each|every\s?(?:one|thing)?|any|not\s+(?:a\s+single\s+)?one)\b",
    re.I,
)
NONE_BUT = compiled(r"\W*(?:none|nothing|neither|not\s+one)\b", re.I)
HELPED = compiled(r"\b(?:help\w*|work(?:ed|s)|eas\w+|relie\w+|touch\w*|made\s+(?:a|any)|g[ai]ve\w*|brought|did|lasted|benefit\w*|effective|useful|worth)\b", re.I)
FAILED = compiled(r"(?<!not )(?<!never )\bfail(?:ed|ure|ures|s)\b", re.I)
HAS_HELPED = compiled(
    r"(?<![.;])\s(?:has|have|had|did|was|were|is|are|could|seem\w*|prove\w*|g[ai]ve\w*|brought|made|does|do)?\s*(?:(?:been|able|to|managed|really|ever|"
    r"much|of|any|made|make|a|an|proven|had|in\s+the\s+least)\s+)*(?:help\w*|work(?:ed|s)|eas\w+|reliev\w+|relief|touch\w*|improv\w+|difference|dent|effective|useful|"
    r"benefit\w*|successful|good|worth\w*|last\w*|use|avail)\b",
    re.I,
)
TRIED = compiled(r"[.;]|\b(?:fail\w*|not|never|without|tried|tri(?:es|ed)|started|begun|attended|taken|filled|used|covered|approved|offered|but|ordered|done|available|given)\b", re.I)
ORDERED = r"(?:prescribed|ordered|recommended|advised|suggested|offered|discussed|proposed|arranged|requested|scheduled|set\s+up|encouraged|mentioned)"
ORDERED_AHEAD = compiled(
    rf"\b(?:{ORDERED}|referr(?:ed|al)|sent|told\s+to|asked\s+to|script|prescription|order|gave|given|talked|spoke|start|begin)\b[^.;:,]*$", re.I
)
ORDERED_BEHIND = compiled(rf"[^.;:,]{{0,30}}?\b(?:was|were|has\s+been|have\s+been|is|are|being)\s+(?:\w+ly\s+)?{ORDERED}\b", re.I)
LONGEST_LIST, LONGEST_HEAD, LISTED = 260, 100, 8
GROUPS = ("active", "passive", "medication", "self_care")
OPENING = 45  # characters with which a sentence that goes on from a treatment may begin, before what it tells
FOLLOWING = 2  # sentences behind that of a treatment in which may stand what came of it


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that tell a failure: whom they speak of, what they say, and where the treatment stands."""

    start: int
    end: int
    tells: str
    says: str
    scope: str


def failing(case: Case) -> str | None:
    """`none`, `partial` or `worse` where the words around a treatment tell that nothing came of it."""
    if headed := _headed(case):
        return headed
    if case.mention.group not in GROUPS:
        return None
    if JUST_BEGUN.search(case.parsed.text, case.group.sentence.start, case.group.sentence.end):
        return None
    return _ahead(case) or _behind(case) or _below(case)


def none_helped(case: Case) -> bool:
    """Whether what 'neither ... nor' denies of the treatments is that they helped, not that they were tried."""
    text, sentence = case.parsed.text, case.group.sentence
    told = HAS_HELPED.search(text, case.group.end, min(sentence.end, case.group.end + 160))
    return bool(told) and not TRIED.search(text, case.group.end, told.start())


def _headed(case: Case) -> str | None:
    """What the head of the list says of all that it lists: 'Treatments that have not worked: PT, naproxen'."""
    text, start = case.parsed.text, case.group.start
    first = max(case.group.sentence.start, start - LONGEST_LIST)
    colon = text.rfind(":", first, start)
    if colon < 0:
        line = text.rfind("\n", 0, start)
        above = text.rfind("\n", 0, max(0, line)) + 1
        if line < 0 or not text[above:line].rstrip().endswith(":") or not MARK.match(text, line + 1):
            return None
        first, colon = above, line
    first = max(first, text.rfind(".", first, colon) + 1)
    if colon - first > LONGEST_HEAD or not OF_TREATMENTS.search(text, first, colon):
        return None
    told = [one for one in phrases(text, first, colon) if one.tells == "it"]
    return told[0].says if told and not EXCEPT.search(text, colon, case.group.sentence.end) else None


def _below(case: Case) -> str | None:
    """What a sentence further down says of all that was listed: 'None of it has been worth the trouble'."""
    parsed = case.parsed
    text, index = parsed.text, parsed.sentence_index(case.mention.start)
    before = parsed.sentences[index]
    for sentence in parsed.sentences[index + 1 : index + 1 + LISTED]:
        if text.count("\n", before.end, sentence.start) > 1:
            return None
        if OF_ALL.match(text, sentence.start, sentence.end):
            return _of_all(case, sentence)
        if not parsed.within(sentence.start, sentence.end, "therapy"):
            return None
        before = sentence
    return None


def _of_all(case: Case, sentence: Sentence) -> str | None:
    """What is said of all, unless this treatment is what is excepted: 'All but the massage left him unchanged'."""
    text, end = case.parsed.text, sentence.end
    but = EXCEPT.search(text, sentence.start, end)
    first = sentence.start
    if but:
        named = case.parsed.within(but.end(), end, "therapy")
        if not named or any(hit.concept == case.mention.concept for hit in named):
            return None
        first = named[-1].end
        if NONE_BUT.match(text, sentence.start):
            return "none" if HELPED.search(text, first, end) else None
    told = phrases(text, first, end)
    failed = FAILED.search(text, first, end)
    return told[0].says if told else "none" if failed else None


def _ahead(case: Case) -> str | None:
    """What is told before the treatment and tied to it: 'got no mileage out of [PT]'."""
    text, group = case.parsed.text, case.group
    first = max(group.sentence.start, group.before)
    for phrase in phrases(text, first, group.sentence.end):
        if phrase.scope == "among" and phrase.start < group.start and group.end < phrase.end:
            return phrase.says
        if phrase.end <= group.start and phrase.scope != "among" and _tied(text, phrase, group.start):
            return phrase.says
    return None


def _tied(text: str, phrase: Phrase, start: int) -> bool:
    """Whether the words between a phrase and the treatment behind it tie the one to the other."""
    link = AFTER if phrase.tells == "state" else LINK
    return link.match(text, phrase.end, start) is not None


def _behind(case: Case) -> str | None:
    """What is told behind the treatment, in its sentence or in one that goes on from it."""
    parsed, group = case.parsed, case.group
    for number, stretch in enumerate(_stretches(parsed, group.end)):
        if number and OF_ALL.match(parsed.text, stretch.start, stretch.end):
            return _of_all(case, stretch)
        found = [
            one
            for one in phrases(parsed.text, stretch.start, stretch.end)
            if one.scope == "before"
            and not (one.tells == "it" and LINKED_ON.match(parsed.text, one.end))
            and (not number or one.start - stretch.start <= OPENING)
        ]
        if found:
            return found[0].says if _reaches(case, found[0]) and not _is_only_ordered(case, found[0]) else None
        if _good(parsed.text, stretch.start, stretch.end):
            return None
    return None


LINKED_ON = compiled(r"\s+(?:from|with|out of|to|by)\s+(?!(?:it|them|this|these|that|those|either|each|both|all|any|neither)\b)\w", re.I)


def _stretches(parsed: Parsed, end: int) -> Iterator[Sentence]:
    """The rest of the sentence of a treatment, and the sentences after it that may tell what came of it."""
    index = parsed.sentence_index(end - 1)
    section = parsed.section_at(end - 1)
    first = parsed.sentences[index]
    yield Sentence(end, first.end)
    before = first.end
    for sentence in parsed.sentences[index + 1 : index + 1 + FOLLOWING]:
        lines = parsed.text.count("\n", before, sentence.start)
        if lines > 1 or (lines and MARK.match(parsed.text, sentence.start, sentence.end)):
            return
        if parsed.section_at(sentence.start) != section:
            return
        yield sentence
        before = sentence.end


def _reaches(case: Case, phrase: Phrase) -> bool:
    """Whether a phrase behind a treatment speaks of it, over what else is named between."""
    parsed, end = case.parsed, case.group.end
    if _good(parsed.text, end, phrase.start):
        return False
    others = _others(case, phrase.start)
    if not others:
        return True
    if any(end <= cue.start < phrase.start and "response" in cue.says for cue in case.cues):
        return False
    if phrase.tells == "state":
        return True
    last = others[-1].end
    each = EACH.search(parsed.text, last, phrase.end)
    return bool(each) or bool(JOINS.fullmatch(parsed.text, end, others[-1].start))


def _is_only_ordered(case: Case, phrase: Phrase) -> bool:
    """Whether care is told as ordered, not as done, so that the patient's state says nothing of it."""
    if phrase.tells != "state" or case.mention.group not in ("active", "passive"):
        return False
    text, group = case.parsed.text, case.group
    first, last = group.sentence.start, min(group.after, group.sentence.end)
    ordered = ORDERED_AHEAD.search(text, max(first, group.start - 60), group.start) or ORDERED_BEHIND.match(text, group.end, last)
    return bool(ordered) and not HAPPENED.search(text, first, max(last, phrase.start))


def _others(case: Case, end: int) -> list[Hit]:
    """The treatments named between the group and an offset; loose words such as 'sessions' only point back at it."""
    parsed, group = case.parsed, case.group
    named = [] if end <= group.after else parsed.within(group.after, end, "therapy")
    return [hit for hit in named if hit.term not in _loose(hit.concept)]


@cache
def _loose(concept: str) -> tuple[str, ...]:
    readings = lexicon("therapy").concepts[concept].extra.get("readings", {})
    return tuple(readings.get("weak", ()))


def _good(text: str, start: int, end: int) -> bool:
    """Whether some good is told there."""
    return any(not NOT_GOOD.search(text, max(start, match.start() - 30), match.start()) for match in DID_GOOD.finditer(text, start, end))


def phrases(text: str, start: int, end: int) -> list[Phrase]:
    """The words between two offsets that tell a failure, in order; what is only feared, denied or another's is none."""
    found = []
    for concept, expressions in _expressions():
        tells, says, scope = concept
        for expression in expressions:
            for match in expression.finditer(text, start, end):
                if not _is_idle(text, start, match.start(), tells):
                    whom = "state" if OF_THE_PATIENT.search(text, max(start, match.start() - 40), match.start()) else tells
                    found.append(Phrase(match.start(), match.end(), whom, says, scope))
    return sorted(found, key=lambda one: (one.start, -one.end))


def _is_idle(text: str, start: int, first: int, tells: str) -> bool:
    """Whether the words are only supposed, are denied, or tell of something that is no pain."""
    if SUPPOSED.search(text, max(start, first - 60), first) or DENIED.search(text, max(start, first - 30), first):
        return True
    return tells == "state" and bool(NOT_THE_STATE.search(text, max(start, first - 40), first))


@cache
def _expressions() -> list[tuple[tuple[str, str, str], list[re.Pattern[str]]]]:
    return [
        (
            (concept.extra["tells"], concept.extra["says"], concept.extra.get("scope", "before")),
            [needing(spaced(where), re.I) for where in concept.extra["where"]],
        )
        for concept in lexicon("failure").concepts.values()
    ]
