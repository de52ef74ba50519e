"""A parsed document in, out how long the pain has lasted or when it began."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.findings.dates import periods
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.quantities import durations
from mednec.findings.regions import one_or_list, regions_in
from mednec.findings.terms import Hit
from mednec.model import Finding

TIMED = re.compile(r"\d|\b(?:years?|months?|weeks?|days?|yesterday|since|ago|january|february|march|april|may|june|july|august|september|october|november|december)\b", re.I)
LENGTH = re.compile(r"(?:\b(?:day|week|wk|month|mo|year|yr|hour|hr)|\d\s?[dwmy]\b|\d-?(?:day|week|wk|month|mo|year|yr))", re.I)
DATE = re.compile(r"\d/\d|(?:19|20)\d\d")
AGO = re.compile(r"\s*(?:ago|prior|before|back|earlier)\b", re.I)
FOR = re.compile(
    r"(?:\b(?:for|x|times|over|during|since|throughout|(?:in|within|of)\sthe\s(?=past|last))|[x\u00d7>~<(,:-]|\bnow|\bso)\s*(?:(?:the|this|about|approximately|approx\.?|almost|nearly|around|over|more\sthan|greater\sthan|at\sleast|well|some|past|last|previous|"
    r"prior|now|roughly|up\sto|close\sto|under|less\sthan|a\slittle|just|only|\u2265|>|~|ca\.?|the)\s*)*$",
    re.I,
)
OPENS = re.compile(r"(?:for|over|during|in|within|since|throughout)\b", re.I)
HISTORY = re.compile(r"[\s-]*(?:long\s)?(?:(?:of|history|hx|h/o|duration|worth)\b[\s-]*(?:of\b|for\b)?)?[\s(]*", re.I)
DATE_LEAD = re.compile(
    r"(?:\b(?:since|from|in|on|of|around|about|approximately|circa|dated|until|onset|began|started|dating\sback\sto|as\sof|was|is|the|early|late|mid|beginning|end|year|month|or|fall|spring|summer|winter|injury|accident|DOI|MVA|MVC|"
    r"fall|crash|collision|date|thanksgiving|christmas|halloween|easter|labor\sday|memorial\sday|a|back)\b|[\s:,.(~=?-])*$",
    re.I,
)
VAGUE = re.compile(
    r"\b(?:(?:for|over|during|x)\s(?:the\s)?(?:past\s|last\s|about\s)?(?:many|several|a\sfew|few|a\scouple(?:\sof)?|couple\sof|some|multiple|numerous)\s(?:\w+\s)?(?:days|weeks|months|years|decades|time)"
    r"|for\s(?:years|months|weeks|decades|a\slong\stime|quite\ssome\stime|some\stime|a\swhile)|(?:a\sfew|several|many|a\scouple\sof|couple\sof)\s(?:days|weeks|months|years)\sago"
    r"|since\s(?:the|that|this|her|his|an?)\s(?:\w+\s)?(?:accident|injury|fall|collision|incident|time|crash|MVA|MVC)|since\sthen|ever\ssince|yesterday|last\snight|(?:back\s)?in\s(?:January|February|March|April|May|June|July|August|September|October|November|December)\b(?!,?\s\d)(?:\sof\s(?:this|last)\syear)?)",
    re.I,
)
NOT_TOLD = re.compile(r"\b(?:mother|father|sister|brother|wife'?s|husband'?s|aunt|uncle|family|people|patients|you|your|anyone|may|might|could|will|would|should)\b[^.;]{0,60}$", re.I)
NOT_HAD = re.compile(r"\b(?:denies|denied|no|without|never|not)\b[^.;,]{0,40}$", re.I)
POST = re.compile(
    r"\s*(?:post\b|s/p|out\sfrom|status\spost|(?:after|following|since)\s(?:the\s|her\s|his\s|a\s)?(?:last\s|first\s|second\s|diagnostic\s|left\s|right\s)?(?:RFA|blocks?|injections?|surgery|MBB|ablation|procedure|ESI|TFESI|visit|epidural|operation))", re.I
)
OFTEN = re.compile(r"(?:\d|\b(?:once|twice|times|thrice|one|two|three|four|five|several|x|tablets?|pills?|packs?))[\s-]*$", re.I)
THEN = re.compile(r"(?:ever\s)?since(?:\sthen|\sthat\stime)?\b|since\sthe", re.I)
RADIATES = re.compile(r"\b(?:radiat\w+|travel\w*|spread\w*|extend\w*|shoot\w*|going|goes|down|into|with\snumbness|referred|without|denies|no|to\s(?:the\s|his\s|her\s)?(?:\w+\s){0,3}(?:finger|foot|toe|hand|ankle|knee|elbow|calf|thigh)s?)\b|\[\s?\]", re.I)
CAUSE = re.compile(r"\b(?:when|after|while|following|as\she|as\sshe|because|due\sto)\b", re.I)
ANATOMY = frozenset({"si joint", "si joints", "sij", "facet", "facets", "facet joint", "facet joints", "medial branch", "rest", "ice", "heat"})
PAST_TIME = re.compile(r"[\s-]*(?:long\s)?(?:history|hx|h/o|duration)\b", re.I)
UNTIL = re.compile(r"\b(?:well|fine|asymptomatic|healthy|pain[\s-]free|good\shealth|no\sproblems?)\suntil\s(?:about\s|approximately\s)?$", re.I)
AIDE = re.compile(r",\s(?:the|she|he|patient|pt|we|I)\b", re.I)
LASTED = re.compile(r"(?:'s?|\u2019)?\s?(?:duration|standing)\b", re.I)
WORSENING = re.compile(r"wors|increas|progress", re.I)
EASED = re.compile(r"[\s-]*(?:relief|reduction|control|improvement|free|management|medication|medicine|pills|clinic)\b", re.I)
WHAT_FOR = re.compile(r"\bfor\s(?:[\w/-]+\s){0,5}$", re.I)
TELLS = re.compile(
    r"(?:(?:she|he|the|patient|pt|states?|reports?|notes?|says?|also|that|and|has|had|now|currently|HPI|history|of|present|illness|subjective|S|CC|(?:mr|ms|mrs|dr)\.?\s[A-Z][\w'-]+)[.:,]?\s*|[-*\u2022\d.]+\s*){0,7}", re.I
)
LEFT_OUT = frozenset({"family_history", "allergies", "medications", "education", "social_history", "past_surgical", "goals"})
CUES = frozenset({"symptom_duration", "duration_cues"})
MINUTES = ("minute", "hour")
NEAR_PAIN = 800  # how far an injury may stand from the pain that follows from it


@dataclass(frozen=True, slots=True)
class _Time:
    """A length of time, a date or a vague 'for years': what the words of one place say."""

    start: int
    end: int
    days: float | None = None
    onset: str | None = None
    ago: bool = False
    short: bool = False  # minutes or hours
    vague: bool = False


def find(parsed: Parsed) -> Iterator[Finding]:
    """One finding for each sentence that tells how long the pain has lasted or when it began."""
    for sentence in _sentences(parsed):
        times = [time for time in _times(parsed, sentence) if _is_of_pain(parsed, sentence, time)]
        if times:
            yield _finding(parsed, sentence, times)


def _sentences(parsed: Parsed) -> Iterator[Sentence]:
    """The sentences that speak of pain, its onset or an injury, and of time."""
    done = -1
    for hit in parsed.hits:
        if hit.lexicon not in CUES or hit.start < done or hit.concept == "other":
            continue
        sentence = parsed.sentence_at(hit.start)
        done = sentence.end
        if TIMED.search(parsed.text, sentence.start, sentence.end) and parsed.section_at(hit.start).name not in LEFT_OUT:
            yield sentence


def _times(parsed: Parsed, sentence: Sentence) -> list[_Time]:
    """The lengths of time and dates of a sentence, in order."""
    text, start, end = parsed.text, sentence.start, sentence.end
    found: list[_Time] = []
    if LENGTH.search(text, start, end):
        found += [
            _Time(length.start, length.end, days=length.value, ago=bool(AGO.match(text, length.end)), short=length.unit in MINUTES)
            for length in durations(text, start, end)
        ]
    if DATE.search(text, start, end):
        found += [_Time(period.start, period.end, onset=period.first or period.last) for period in periods(text, start, end)]
    found += [_vague(match) for match in VAGUE.finditer(text, start, end)]
    return sorted(found, key=lambda time: (time.start, time.end))


def _vague(match: re.Match[str]) -> _Time:
    words = match.group().lower()
    ago = words.endswith("ago") or "yesterday" in words or "night" in words or " in " in f" {words}"
    return _Time(match.start(), match.end(), days=1 if words == "yesterday" else None, ago=ago, vague=True)


def _is_of_pain(parsed: Parsed, sentence: Sentence, time: _Time) -> bool:
    """Whether a length or date tells of the pain, and not of its treatment, of relief or of something else."""
    text = parsed.text
    if NOT_TOLD.search(text, max(sentence.start, time.start - 80), time.start) or POST.match(text, time.end):
        return False
    if text[time.start] in "aA" and OFTEN.search(text, max(sentence.start, time.start - 12), time.start):
        return False
    if time.vague and THEN.match(text, time.start) and not _told_of_onset(parsed, sentence):
        return False
    if time.ago:
        return _is_onset(parsed, sentence, time)
    if time.onset:
        return _is_since(parsed, sentence, time) or _is_onset(parsed, sentence, time)
    if time.short:
        return False
    if time.vague:
        after = parsed.within(time.end, min(sentence.end, time.end + 90))
        return _governs(parsed, sentence, time) or _opens(text, sentence, time.start) and _first_is_pain(text, after, "of")
    return _is_length(parsed, sentence, time)


def _told_of_onset(parsed: Parsed, sentence: Sentence) -> bool:
    """Whether 'since then' goes back to an injury or an onset, and not to a treatment."""
    start = max(0, sentence.start - NEAR_PAIN // 2)
    told = any(hit.lexicon == "duration_cues" and hit.concept in ("onset", "injury") for hit in parsed.within(start, sentence.end))
    return told or bool(re.search(r"\bago\b", parsed.text[start : sentence.start]))


def _is_length(parsed: Parsed, sentence: Sentence, time: _Time) -> bool:
    """'for 8 months' behind the pain, '8 months of pain' before it."""
    text = parsed.text
    lead = FOR.search(text, max(sentence.start, time.start - 40), time.start)
    if LASTED.match(text, time.end) and _governs(parsed, sentence, time):
        return True
    history = HISTORY.match(text, time.end)
    after = parsed.within(time.end, min(sentence.end, time.end + 90))
    near = [hit for hit in after if hit.end <= time.end + (90 if PAST_TIME.match(text, time.end) else 50)]
    if history and history.end() > time.end and _first_is_pain(text, near, text[time.end : time.end + 12]):
        return True
    if lead is None or not lead.group().strip():
        return False
    if _governs(parsed, sentence, time):
        return True
    return _opens(text, sentence, lead.start()) and _first_is_pain(text, after, "of")


def _opens(text: str, sentence: Sentence, start: int) -> bool:
    """Whether 'for', 'over', 'since' at the offset opens the sentence, save for a few words such as 'he states that'."""
    return bool(OPENS.match(text, start)) and bool(TELLS.fullmatch(text, sentence.start, start))


def _first_is_pain(text: str, hits: list[Hit], joined: str) -> bool:
    """Whether pain is the first thing that the words behind a length of time speak of."""
    first = next((hit for hit in hits if hit.lexicon == "symptom_duration" or _is_other(hit) and not WORSENING.match(hit.term)), None)
    if first is None or first.lexicon != "symptom_duration" or EASED.match(text, first.end):
        return False
    return bool(re.search(r"of|hx|h/o|history|duration|worth", joined))


def _is_other(hit: Hit) -> bool:
    return hit.lexicon == "therapy" and hit.term.lower() not in ANATOMY or hit.lexicon == "duration_cues" and hit.concept == "other"


def _governs(parsed: Parsed, sentence: Sentence, time: _Time) -> bool:
    """Whether the last thing spoken of before a time is the pain; an empty 'Now 8 months' goes with the sentence before."""
    hits = parsed.within(max(sentence.start, time.start - 220), time.start)
    last = next((hit for hit in reversed(hits) if hit.lexicon == "symptom_duration" or _is_other(hit)), None)
    if last is not None and last.lexicon == "symptom_duration" and _is_what_for(parsed, sentence, last):
        return False
    if last is not None:
        return last.lexicon == "symptom_duration" and not NOT_HAD.search(parsed.text, max(sentence.start, last.start - 50), last.start)
    now = any(hit.lexicon == "duration_cues" and hit.concept == "now" for hit in hits)
    return now and sentence.end - sentence.start < 60 and _speaks_of_pain(parsed, sentence.start - 200, sentence.start)


def _is_what_for(parsed: Parsed, sentence: Sentence, pain: Hit) -> bool:
    """Whether the pain is only what a treatment is for: 'ibuprofen for the back pain for 3 months'."""
    lead = WHAT_FOR.search(parsed.text, max(sentence.start, pain.start - 40), pain.start)
    return lead is not None and any(_is_other(hit) for hit in parsed.within(max(sentence.start, lead.start() - 25), lead.start()))


def _speaks_of_pain(parsed: Parsed, start: int, end: int) -> bool:
    return any(hit.lexicon == "symptom_duration" for hit in parsed.within(max(0, start), min(end, len(parsed.text))))


def _is_since(parsed: Parsed, sentence: Sentence, time: _Time) -> bool:
    """'pain since 2023', 'since 2023 she has had pain'."""
    text = parsed.text
    lead = DATE_LEAD.search(text, max(sentence.start, time.start - 40), time.start)
    if lead is None or not re.search(r"\bsince\b|\bdating\b|\bonset\b", lead.group(), re.I):
        return False
    if _governs(parsed, sentence, time):
        return True
    after = [hit for hit in parsed.within(time.end, min(sentence.end, time.end + 90)) if hit.lexicon == "symptom_duration" or _is_other(hit)]
    return lead.start() - sentence.start < 25 and bool(after) and after[0].lexicon == "symptom_duration"


def _is_onset(parsed: Parsed, sentence: Sentence, time: _Time) -> bool:
    """'began 3 weeks ago', 'onset 10/27/2025', 'fell on 6/12/25'."""
    hits = [hit for hit in parsed.within(max(sentence.start, time.start - 120), min(sentence.end, time.end + 120)) if hit.lexicon in ("symptom_duration", "duration_cues", "therapy")]
    before = [hit for hit in hits if hit.end <= time.start]
    if UNTIL.search(parsed.text, max(sentence.start, time.start - 40), time.start):
        return _speaks_of_pain(parsed, time.end, sentence.end)
    cue = next((hit for hit in reversed(before) if hit.lexicon == "duration_cues" and hit.concept in ("onset", "injury")), None)
    if cue is None:
        return _begins_sentence(parsed, sentence, time, hits)
    between = [hit for hit in before if hit.start >= cue.end]
    if any(_is_other(hit) for hit in between) or not _leads_to(parsed.text, cue, time):
        return False
    if cue.concept == "injury":
        return _speaks_of_pain(parsed, time.start - NEAR_PAIN, time.end + NEAR_PAIN)
    return cue.term == "onset" or _subject_is_pain(parsed, sentence, cue, between)


def _leads_to(text: str, cue: Hit, time: _Time) -> bool:
    """Whether nothing ends the clause between a cue and a time."""
    return not re.search(r"[.;]\s|\bbut\b|\bhowever\b", text[cue.end : time.start]) and time.start - cue.end < 110


def _subject_is_pain(parsed: Parsed, sentence: Sentence, cue: Hit, between: list[Hit]) -> bool:
    """Whether it is pain that began: the pain stands before or behind the verb, or 'it', 'this', 'the problem' does."""
    if any(hit.lexicon == "symptom_duration" for hit in between):
        return True
    earlier = [hit for hit in parsed.within(max(sentence.start, cue.start - 120), cue.start) if hit.lexicon == "symptom_duration" or _is_other(hit)]
    if earlier:
        return earlier[-1].lexicon == "symptom_duration"
    if cue.start - sentence.start < 3 and AIDE.match(parsed.text, parsed.text.find(",", cue.end, cue.end + 40)):
        return False
    if re.search(r"\b(?:problems?|condition|complaints?|injury)\b", parsed.text[max(sentence.start, cue.start - 40) : cue.start], re.I):
        return _speaks_of_pain(parsed, sentence.start - NEAR_PAIN, sentence.end + NEAR_PAIN)
    if not re.search(r"\b(?:it|this|these|problems?|condition|complaints?|which|that|injury)\b|^\W*$", parsed.text[max(sentence.start, cue.start - 40) : cue.start], re.I):
        return False
    return _speaks_of_pain(parsed, sentence.start - 250, sentence.end)


def _begins_sentence(parsed: Parsed, sentence: Sentence, time: _Time, hits: list[Hit]) -> bool:
    """'Three weeks ago he fell', 'In 2019 she developed neck pain': the time stands first, what began behind it."""
    after = [hit for hit in hits if hit.start >= time.end]
    if time.start - sentence.start > 25 or not after or after[0].lexicon != "duration_cues" or after[0].concept == "other":
        return False
    if after[0].concept == "injury":
        return _speaks_of_pain(parsed, time.start - NEAR_PAIN, time.end + NEAR_PAIN)
    return len(after) > 1 and after[1].lexicon == "symptom_duration"


def _finding(parsed: Parsed, sentence: Sentence, times: list[_Time]) -> Finding:
    days = next((time.days for time in times if time.days is not None), None)
    onset = max((time.onset for time in times if time.onset), key=len, default=None)
    first, last = min(time.start for time in times), max(time.end for time in times)
    regions, begins = _regions(parsed, sentence, last)
    return parsed.document.finding(
        "symptom_duration", "pain_duration", first, last, quote=(begins, sentence.end), days=days, onset=onset, region=one_or_list(regions)
    )


def _regions(parsed: Parsed, sentence: Sentence, end: int) -> tuple[tuple[str, ...], int]:
    """The regions of the pain that a sentence names, or where it names none those of the sentence that it goes on from; and where the quote begins."""
    cause = CAUSE.search(parsed.text, end, sentence.end)
    own = _of_pain(parsed, sentence.start, cause.start() if cause else sentence.end)
    if own or _names_its_pain(parsed, sentence):
        return own, sentence.start
    if cause and (felt := _felt_then(parsed, cause.end(), sentence.end)):
        return felt, sentence.start
    start = sentence.start
    for _ in range(2):
        if start <= 1 or sentence.start - start > 300:
            break
        before = parsed.sentence_at(start - 1)
        if before.start >= start:
            break
        start = before.start
        if regions := _of_pain(parsed, before.start, before.end):
            return regions, start
    return (), sentence.start


def _felt_then(parsed: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The regions of a pain that is named with the event that began it: '... when he began to have left hip pain'."""
    pains = [hit for hit in parsed.within(start, end) if hit.lexicon == "symptom_duration"]
    return regions_in(parsed, max(start, pains[0].start - 25), min(pains[0].end + 20, end)) if pains else ()


def _names_its_pain(parsed: Parsed, sentence: Sentence) -> bool:
    """'9 months of pain' speaks for itself; 'the onset of his pain', 'it began' go on from what was said."""
    words = parsed.text[sentence.start : sentence.end]
    return bool(re.search(r"\bpain\b", words, re.I)) and not re.search(r"\bonset\b|\bbegan\b|\bstarted\b|\bthe injury\b", words, re.I)


def _of_pain(parsed: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The regions that the words name before they say where the pain goes to."""
    pain = next((hit for hit in parsed.within(start, end) if hit.lexicon in ("symptom_duration", "regions")), None)
    away = RADIATES.search(parsed.text, pain.end, end) if pain else None
    return regions_in(parsed, start, away.start()) if away and regions_in(parsed, start, away.start()) else regions_in(parsed, start, end)
