"""Treatments named in a sentence in, groups of them out: those told in one breath, with the cues that speak of them."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit
from mednec.findings.therapy.effect import effects
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.no_cue import is_no_status
from mednec.findings.therapy.praise import is_denied, is_lacking, is_of_none, praises
from mednec.vocabulary import lexicon

LINK = compiled(
    r"(?:[\s,/&+()\u2013#x-]|\b(?:[a-z]\.){2,4}|\b(?:and/or|and|or|nor|as well as|along with|together with|"
    r"with|plus|then|followed by|subsequently|subsequent|also|even|taking|using|applying|apply|trying|doing|other|"
    r"various|multiple|several|numerous|"
    r"different|regular|routine|additional|"
    r"an?|the|his|her|their|some|any|no|one|two|three|four|five|six|eight|ten|twelve|another|both|few|couple|of|"
    r"trials?|courses?|use|rounds?|"
    r"sessions?|visits?|treatments?|months?|weeks?|wks?|wk|mos?|years?|days?|for|over|about|approximately|"
    r"home|oral|prescription|otc|over the counter|over-the-counter|formal|outpatient|supervised|low dose|"
    r"high dose|short course|steroid|left|right|bilateral|lumbar|cervical|thoracic|neck|back|knee|shoulder|"
    r"hip|to|in|at|on|by|"
    r"daily|nightly|qhs|q\.?h\.?s\.?|bid|b\.i\.d\.?|tid|t\.i\.d\.?|qid|q\.i\.d\.?|qd|q\.d\.?|prn|p\.r\.n\.?|"
    r"po|p\.o\.?|q\.?\d\S*|hs|mg|mcg|ml|%|units?|tablets?|tabs?|caps?|capsules?|once|twice|three times|times|"
    r"time|a day|per day|every|hours?|hrs?|needed|as|each|bedtime|night|morning|mouth|up|"
    r"unit|machine|therapy|exercises?|program|medications?|medicines?|ointment|patch(?:es)?|per week|a week|"
    r"prior|previous|repeat|including|alternating|intermittent|occasional|continued|ongoing|adequate|warm|hot|"
    r"cold|moist|(?:from|since|until|till|through)\s+(?:the\s+)?(?:(?:early|late|mid)[\s-]+|(?:middle|beginning|end)\s+of\s+)?"
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december)|(?:the\s+)?(?:(?:early|late|mid)[\s-]+|(?:middle|beginning|end)\s+of\s+)(?:january|february|march|april|may|june|july|august|september|october|november|december))\b"
    r"|\d++(?:[./-]\d++)*+(?:st|nd|rd|th|wks?|weeks?|mos?|yrs?|mg|mcg|x)?|[CTLS]\d(?:-?[CTLS]?\d)?)*",
    re.I,
)
OTHER_NAMES = compiled(
    r",\s*(?:(?:and|another|some)\s+)?[A-Z][a-z]{3,}(?:,?\s+(?:(?:and|another|some)\s+)?[A-Z][a-z]{3,}){0,2}"
    r"\s*(?:,(?:\s+and)?|\band|\bas well as)\s+"
)  # names of other drugs in a list: 'morphine, Zofran, and Demerol'
DOSED = compiled(  # another drug with its dose in a list of doses: 'Norflex 60 mg, Zofran 8 mg and morphine'
    r"(?:[\s,]|\b(?:and|IV|IM|p\.?o\.?|x\s?1)(?=[\s,])|\d+(?:\.\d+)?\s*(?:mg|mcg|g|ml|mL|units)\b|"
    r"\b[A-Z][a-z]{3,}(?=(?: (?:IV|IM))? \d+(?:\.\d+)?\s*(?:mg|mcg|g|ml|mL|units)\b))+"
)
CLAUSE = compiled(
    r";|(?<=\S)[ \t]{3,}"
    r"|\s(?:(?:requiring|necessitating|but|however|although|though|whereas|while|except)\b"  # one choice for all blanks
    r"|(?:and|but) (?:(?:his|her|the) )?(?:mother|father|parents?|husband|wife|family|mom|dad)\b"
    r"|(?:and|who) (?:he|she|they|the patient|we|i|it|is now|is currently|has been|was|has|had|will|would|"
    r"continues|denies|reports|is taking|is on|takes|currently)\b|(?<!\d\s)-\s|--\s)"
    r"|,(?:\s(?:requiring|necessitating)\b|\s*(?:so|then|now|yet|he|she|they|the patient|pt|we|i|it|this|"
    r"and (?:he|she|they|the patient|we|i|it|is|has|was|had|are|have|will|would|continues|denies|reports|now|then|"
    r"takes|uses))\b)|\u2014|->|(?<!\bcont)(?<!\bincl)(?<!\bDr)(?<!\bMr)(?<!\bMs)(?<!\bMrs)(?<!\.\w)\.\s",
    re.I,
)
DEFAULT_REACH = 10
OBTAINED = compiled(
    r"(?:\s+(?:in|of) [\w\s]{1,24}?)?\s*(?:(?:has|have|had|was|were|is)\s+)?(?:been\s+)?(?:noted|obtained|"
    r"achieved|seen|reported|gained|found|provided)?\s*(?:with|from|after|by|following)\s+(?:(?:the|his|her|"
    r"use of|a|an|\d+|\w+ weeks of|months of|course of|regular|daily)\s+)*",
    re.I,
)
HELD = compiled(r"hold\b[^,;]*,[^,;]*,.*", re.I | re.S)  # 'hold aspirin, consult cardiology, bed rest'
OF_WHAT = compiled(
    r"\s+(?:with|of|for|in)\s+(?:(?:the|his|her|their|any|this)\s+)?(?:\w+\s+){0,2}(?:pain|symptoms?|headaches?|"
    r"discomfort)\s+"
    r"(?:from|with|after|by|despite)\b|"
    r",?\s+(?:including|not even)\b|\s+(?:much\s+|any\s+|at all\s+|whatsoever\s+|\w+ly\s+)?(?:with|w/|from|"
    r"after|despite|by|"
    r"following)(?!\s+(?:that|this|it|these|them|those|either|each|both|any(?=\s*[.,;]|\s*$))\b|"
    r"\s+(?:\w+\s+){0,3}?(?:pain|symptoms?|discomfort|headaches?|ache|numbness)\b)",
    re.I,
)
RESPONDED = compiled(r"respon", re.I)
HOPED = compiled(
    r"\b(?:if|whether|until|hop(?:e|es|ing)|intended to|in the hope|expects|anticipates|predicts)\b[^.;,]{0,30}$"
    r"|\b(?:should|will|may|might)\s+(?!not\b)(?:\w+\s+)?(?:have|get|give|provide|obtain|experience|"
    r"see|notice|bring|help|be)\s+"
    r"(?:\w+\s+){0,2}$"
    r"|(?<!\bof\s)(?<!\bin\s)(?<!last\s)(?<!this\s)(?<!\bby\s)\b(?:may|might|will|should|would(?!\s+not))\s+(?:(?:well|yet|still|also|even|likely|probably|not|never)\s+)*"
    r"(?:(?:prove|be|turn\s+out|become|remain|end\s+up)\s+(?:to\s+be\s+)?)?$",
    re.I,
)
INTENDED = compiled(  # 'an ablation to help alleviate the pain' is what it was meant to do
    r"\s+(?:(?:in|of|to) (?:his|her|the) (?:low )?(?:back|neck|knee|shoulder|hip)\s+|(?:which )?(?:was|"
    r"were) (?:given|done|performed|used|tried) )?"
    r"(?:in order )?to\s+(?:try to\s+)?(?:help\s+)?(?:help|alleviate|relieve|reduce|improve|control|decrease|ease)\b",
    re.I,
)
NOT_OF = compiled(r"\b(?:with|w/|from|for|to|in|on|about|pain|after|during)(?![A-Za-z])", re.I)
BECAUSE = compiled(r"\b(?:because(?!\s+of\b)|since\s+(?:the|his|her|their|s?he|they)\b)", re.I)
ASIDE = compiled(r"\([^()]*\)")
BRACKET = compiled(r"[^,;(\n]{0,16}\((?P<told>[^()\n]*)\)")
MORE = compiled(r"\s*[,;]\s*(?:and\s+)?\w")
CHANCE = compiled(r"\b(?:chances?|likelihood|odds|hope) (?:of|for) $", re.I)
OBJECT = compiled(
    r"\s+(?:(?:any|the|an?|his|her|their|this|that|formal|with|on|to|for|in|of|doing|going|attending|taking|supervised|"
    r"prescribed|recommended|ordered|back|neck|lumbar|cervical|low|home|\w+ing)\s+){0,4}",
    re.I,
)
FROM_IT = compiled(r"\s+(?:from|with|after|following)\s+(?:(?!and\b|or\b)[\w-]+\s+){0,3}", re.I)
TALLY = compiled(r"\b(?:visits?|sessions|treatments|appointments)\b|^(?:seen|treated|came|coming|come)$", re.I)
TOLD_ASIDE = compiled(
    r"relie[fv]|help|benefit|improv|fail|stop|effect|groggy|sedat|upset|nausea|dizz|rash|drows|constip|"
    r"heartburn|swelling|edema|reflux|dyspep|sleepy|\bGI\b|toler|worse|declin|allerg|side",
    re.I,
)
LOOKS_BACK = compiled(
    r"\s*(?:[,;.()]|and\b|but\b|except\b|so\b|while\b|for\b|in\b|with\b|because\b|due\b|at\b|on \d|last\b|after\b)|"
    r"[^:]*[,;]",
    re.I,
)


@dataclass(frozen=True, slots=True)
class Cue:
    """Words that tell something of a treatment: `says` maps an attribute to its value."""

    start: int
    end: int
    concept: str
    says: dict[str, str]
    scope: str
    reach: int


@dataclass(frozen=True, slots=True)
class Group:
    """Treatments told in one breath, with the part of the sentence that speaks of them.

    `before` and `after` bound the words between the neighboring groups, `first` and `last` the clause.
    """

    mentions: tuple[Mention, ...]
    sentence: Sentence
    before: int
    after: int
    first: int
    last: int

    @property
    def start(self) -> int:
        """Where the first of the treatments begins."""
        return self.mentions[0].start

    @property
    def end(self) -> int:
        """Where the last of the treatments ends."""
        return self.mentions[-1].end


@dataclass(frozen=True, slots=True)
class Around:
    """One treatment and the words that can speak of it alone: from the one before it to the one after it.

    `last` is where the words behind its whole list end, `lead` the words before that list; `followed` tells whether
    another treatment comes after it in the sentence.
    """

    text: str
    mention: Mention
    before: int
    after: int
    last: int
    lead: tuple[int, int]
    followed: bool


def around(text: str, group: Group, mention: Mention) -> Around:
    """One treatment of a group with the words that can speak of it alone."""
    index = group.mentions.index(mention)
    before = group.mentions[index - 1].end if index else group.before
    after = group.mentions[index + 1].start if index + 1 < len(group.mentions) else group.after
    lead = (max(group.before, group.first), group.start)
    return Around(text, mention, before, after, group.after, lead, after < group.sentence.end)


def is_tally(around: Around) -> bool:
    """Whether the mention counts the visits of a therapist's record, so that its whole sentence tells of them."""
    words = around.text[around.mention.start : around.mention.end]
    return around.mention.reading == "record" and bool(TALLY.search(words))


def groups(text: str, sentence: Sentence, found: list[Mention]) -> list[Group]:
    """The treatments of a sentence, put together where only list words, doses and numbers stand between them."""
    runs: list[list[Mention]] = []
    for mention in found:
        if runs and _linked(text, runs[-1][-1], mention):
            runs[-1].append(mention)
        else:
            runs.append([mention])
    runs = _with_asides_apart(text, runs)
    breaks = [match.start() for match in CLAUSE.finditer(text, sentence.start, sentence.end)]
    result = []
    for index, run in enumerate(runs):
        before = runs[index - 1][-1].end if index else sentence.start
        after = runs[index + 1][0].start if index + 1 < len(runs) else sentence.end
        first = max([at for at in breaks if at < run[0].start], default=sentence.start)
        last = min([at for at in breaks if at >= run[-1].end], default=sentence.end)
        result.append(Group(tuple(run), sentence, before, after, first, last))
    return result


def _with_asides_apart(text: str, runs: list[list[Mention]]) -> list[list[Mention]]:
    """The runs, where a list tells item by item in brackets: 'chiropractic, [massage (helped)], TENS (no help)'."""
    told = [bool((aside := BRACKET.match(text, run[-1].end)) and TOLD_ASIDE.search(aside["told"])) for run in runs]
    parted: list[list[Mention]] = []
    for index, run in enumerate(runs):
        others = any(told[:index]) or (index + 1 < len(runs) and MORE.match(text, text.find(")", run[-1].end) + 1))
        if told[index] and len(run) > 1 and others:
            parted += [run[:-1], run[-1:]]
        else:
            parted.append(run)
    return parted


def _linked(text: str, one: Mention, other: Mention) -> bool:
    gap = text[one.end : other.start]
    if "   " in gap and "\n" not in gap:
        return False
    if len(gap) > 200 or LINK.fullmatch(gap):
        return len(gap) <= 140
    if one.group == other.group == "medication" and (OTHER_NAMES.fullmatch(gap) or DOSED.fullmatch(gap)):
        return True
    asides = ASIDE.findall(gap)
    return bool(asides) and not any(map(TOLD_ASIDE.search, asides)) and bool(LINK.fullmatch(ASIDE.sub(" ", gap)))


def cues(parsed: Parsed, sentence: Sentence, found: Iterable[Mention]) -> list[Cue]:
    """The cues of a sentence, without those that are part of a treatment's name."""
    names = list(found)
    hits = parsed.within(sentence.start, sentence.end, "therapy_cues")
    told = [_cue(hit) for hit in hits if not any(_names(hit, name) for name in names)]
    told = [
        _of_the_next(parsed.text, cue, names)
        for cue in told
        if not is_no_status(parsed, cue.start, cue.end, cue.concept, cue.says)
    ]
    return _composed(parsed.text, sentence, _weighed(parsed.text, sentence, told), names)


def _of_the_next(text: str, cue: Cue, names: list[Mention]) -> Cue:
    """A backward cue that the next words tie to the treatment behind it.

    'minimal benefit from [cortisone]', 'has not yet begun [PT]'.
    """
    if cue.concept == "not_tried_after":
        behind_it = next((name.start for name in names if name.start >= cue.end), None)
        governs = behind_it is not None and OBJECT.fullmatch(text, cue.end, behind_it)
        return replace(cue, scope="forward") if governs else cue
    if cue.scope != "backward" or "response" not in cue.says or CHANCE.search(text, max(0, cue.start - 16), cue.start):
        return cue
    behind_it = next((name.start for name in names if name.start >= cue.end), None)
    tied = behind_it is not None and behind_it - cue.end < 40 and FROM_IT.fullmatch(text, cue.end, behind_it)
    return replace(cue, scope="forward") if tied else cue


def _names(hit: Hit, name: Mention) -> bool:
    """Whether a cue is part of a treatment's name: 'off' and 'to stay off' of 'stay off' your feet."""
    if name.start <= hit.start and hit.end <= name.end:
        return True
    return name.concept == "activity_modification" and hit.start < name.start and hit.end == name.end


def _composed(text: str, sentence: Sentence, told: list[Cue], names: list[Mention]) -> list[Cue]:
    """The cues, with the effects told in composed words in place of the shorter ones that these contain."""
    for start, end, answer in effects(text, sentence.start, sentence.end):
        near = [cue for cue in told if "response" in cue.says and cue.start < end and start < cue.end]
        if answer != "good" and is_denied(text, sentence.start, start, end):
            continue
        if any(cue.end - cue.start >= end - start for cue in near) or any(
            name.start < end and start < name.end for name in names
        ):
            continue
        forward = OF_WHAT.match(text, end) or (RESPONDED.match(text, start) and text.startswith(" to ", end))
        scope = "forward" if forward else "both" if answer == "none" else "backward"
        told = [cue for cue in told if cue not in near]
        told.append(Cue(start, end, "effect", {"response": answer}, scope, DEFAULT_REACH))
    return sorted(told, key=lambda cue: (cue.start, cue.end))


def _weighed(text: str, sentence: Sentence, told: list[Cue]) -> list[Cue]:
    """The cues without failures that are themselves denied, and with success told in other words."""
    kept = [cue for cue in told if not (_fails(cue) and is_denied(text, sentence.start, cue.start, cue.end))]
    kept = [_turned(cue) if is_lacking(text, sentence.start, cue.start) else cue for cue in kept]
    kept = [_of_none(text, sentence.start, cue) for cue in kept]
    spans = list(praises(text, sentence.start, sentence.end, any(map(_fails, kept))))
    kept = [
        cue
        for cue in kept
        if "response" not in cue.says or not any(start < cue.end and cue.start < end for start, end in spans)
    ]
    praise = [Cue(*span, "much_effect", {"response": "good"}, "both", DEFAULT_REACH) for span in spans]
    return sorted([*kept, *praise], key=lambda cue: (cue.start, cue.end)) if praise else kept


def _turned(cue: Cue) -> Cue:
    """Great success that is denied is none: 'no marked improvement'."""
    return replace(cue, says={"response": "none"}) if cue.says.get("response") == "good" else cue


def _of_none(text: str, start: int, cue: Cue) -> Cue:
    """Some success that is told of nothing is none: 'nothing takes the edge off'."""
    some = cue.says.get("response") in ("good", "partial") and is_of_none(text, start, cue.start)
    return replace(cue, says={"response": "none"}) if some else cue


def _fails(cue: Cue) -> bool:
    return cue.says.get("response") == "none"


def ahead(text: str, group: Group, every: list[Cue], attribute: str) -> Cue | None:
    """The nearest cue before a group that speaks of what follows it."""
    fitting = [
        cue
        for cue in every
        if attribute in cue.says
        and cue.scope != "none"
        and (cue.scope != "backward" or (attribute == "response" and OBTAINED.fullmatch(text, cue.end, group.start)))
        and group.first <= cue.start
        and max(group.before, group.first) <= cue.start
        and (cue.end <= group.start or _covers(cue, group))
        and len(text[cue.end : group.start].split()) <= cue.reach
        and not (cue.concept.endswith("_close") and ":" in text[cue.end : group.start])
        and not (cue.concept == "ended" and HELD.fullmatch(text, cue.start, group.start))
        and not (cue.says[attribute] == "planned" and BECAUSE.search(text, cue.end, group.start))
        and not (cue.concept == "not_tried_close" and NOT_OF.search(text, cue.end, group.start))
        and not (cue.scope == "both" and group.before > group.sentence.start and _looks_back(text, cue, group))
    ]
    return max(fitting, key=lambda cue: (cue.end, -cue.start), default=None)


def behind(text: str, group: Group, every: list[Cue], attribute: str, upto: int | None = None) -> list[Cue]:
    """The cues after a group that speak of what stands before them, in order."""
    limit = min(group.after, group.sentence.end) if upto is None else upto
    following = group.after < group.sentence.end
    intended = INTENDED.match(text, group.end)
    meant = intended.end() if intended else group.end
    return [
        cue
        for cue in every
        if attribute in cue.says
        and cue.scope not in ("forward", "none")
        and group.end <= cue.start
        and not (attribute == "response" and HOPED.search(text, max(group.end, cue.start - 40), cue.start))
        and not (attribute == "response" and cue.start < meant)
        and cue.end <= limit
        and not (cue.scope == "both" and following and not _looks_back_from(text, cue, group))
    ]


def _covers(cue: Cue, group: Group) -> bool:
    """Whether the name of the treatment is part of the cue: 'unable to tolerate therapy'."""
    return cue.start < group.start and group.mentions[0].end <= cue.end


def _looks_back(text: str, cue: Cue, group: Group) -> bool:
    """Whether a cue between two groups speaks of the former: 'PT failed and NSAIDs helped'."""
    gap = text[cue.end : group.start]
    return bool(LOOKS_BACK.match(gap)) or len(gap.split()) > 4


def _looks_back_from(text: str, cue: Cue, group: Group) -> bool:
    gap = text[cue.end : group.after]
    return bool(LOOKS_BACK.match(gap)) or len(gap.split()) > 4


def _cue(hit: Hit) -> Cue:
    says, scope, reach = _told(hit.concept)
    return Cue(hit.start, hit.end, hit.concept, says, scope, reach)


@cache
def _told(concept: str) -> tuple[dict[str, str], str, int]:
    extra = lexicon("therapy_cues").concepts[concept].extra
    return dict(extra["says"]), str(extra["scope"]), int(extra.get("reach", DEFAULT_REACH))
