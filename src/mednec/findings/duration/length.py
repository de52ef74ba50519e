"""A length of time or a date in, out whether the pain has lasted so long or since then."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.duration.nearby import is_other, is_pain, speaks_of_pain, spoken_of
from mednec.findings.duration.times import Time
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit

FOR = compiled(
    r"(?:\b(?:for|x|in\sexcess\sof|upwards?\sof|all\sof|going\son|times|over|during|since|throughout|"
    r"beyond|exceed(?:s|ed|"
    r"ing)|pass(?:ed|ing)|lasting|lasted|persisting|"
    r"(?:go(?:es|ing)|dat(?:es|ing)|reach(?:es|ing)|stretch(?:es|ing))\sback|duration(?:\s(?:of|is|put\sat|at))*|"
    r"these|this|those|"
    r"(?:(?:in|within|of)\s)?the\s(?=past|last))|"
    r"[x\u00d7>~<(\[\"\u201c,:\u2248\u2265-]|\bnow|\bso)\s*(?:(?:the|this|these|those|about|approximately|approx\.?|"
    r"almost|nearly|"
    r"around|over|(?:more|greater|longer)\sthan|at\s(?:the\svery\s)?least|(?:no|not)\s(?:less|fewer)\sthan|(?:a\s|"
    r"the\s)?minimum\sof|upwards?\sof|in\sexcess\sof|"
    r"beyond|fully|a\s(?:good|full|solid|matter\sof)|good|full|solid|well|some|past|last|previous|"
    r"prior|now|roughly|up\sto|close\sto|under|less\sthan|a\slittle|just|only|\u2265|\u2248|>|~|ca\.?|the|"
    r"already)\s*)*$",
    re.I,
)
OPENS = compiled(r"(?:for|over|during|in|within|since|throughout)\b", re.I)
HISTORY = compiled(
    r"['\u2019]?[\s-]*(?:long\s)?(?:(?:of|history|hx|h/o|duration|worth)\b[\s-]*(?:of\b|for\b)?)?[\s(]*", re.I
)
DATE_LEAD = compiled(
    r"(?:\b(?:since|from|in|on|of|around|about|approximately|approx\.?|circa|dated|until|onset|began|started|"
    r"dat(?:ing|es)\s(?:back\s)?to|as\sof|was|is|the|early|late|mid|beginning|end|year|month|or|fall|spring|"
    r"summer|winter|injury|accident|DOI|MVA|MVC|"
    r"fall|crash|collision|date|thanksgiving|christmas|halloween|easter|labor\sday|memorial\sday|a|"
    r"back)\b|[\s:,.(~=?-])*$",
    re.I,
)
NOT_HAD = compiled(r"\b(?:denies|denied|no|without|never|not)\b[^.;,]{0,40}$", re.I)
DOUBLY = compiled(  # 'not one day without pain' is pain every day
    r"\b(?:not|n['\u2019]t|never|no|hardly|without|rarely|scarcely|zero)\b[^.;]{0,45}\b(?:without|free\s(?:of|from)|"
    r"(?:rid|clear|shot|relieved)\sof|spared)\b[^.;,]{0,30}$|"
    r"n['\u2019]t\b[^.;]{0,45}\b(?:without|free\s(?:of|from)|rid\sof)\b[^.;,]{0,30}$",
    re.I,
)
ANAPHOR = compiled(
    r"(?:(?:it|this|these|that|they|she|he|has|have|had|been|is|are|was|the|pt|patient|symptoms?|problems?|which|"
    r"also|and|all|duration|condition|complaint|timing|onset|constant\w*|present|"
    r"unchanged|persistent|ongoing|steady|daily|worse|per|states?|reports?|says|ever|every|single|day|"
    r"night|still|not|never|now|in|its"
    r"|there|her|him|me|with|without|a|one|break|bad|I|for|simply|just|always)\b|[\s,.:;()'\"-]|[*\u2022])*",
    re.I,
)
BESIDES = compiled(
    r";[^;]*\b(?:numb\w*|tingl\w+|weakness|swelling|fatigue|dizz\w+|tremors?|rash|falls)\b", re.I
)  # another complaint
NO_PAIN = compiled(r"\b(?:numb\w*|tingl\w+|weakness|swelling|fatigue|dizz\w+|tremors?|rash|falls)\b", re.I)
PAST_TIME = compiled(r"[\s-]*(?:long\s)?(?:history|hx|h/o|duration)\b", re.I)
LASTED = compiled(r"(?:'s?|\u2019)?\s?(?:duration|standing)\b", re.I)
WORSENING = compiled(r"wors|increas|progress", re.I)
HAD_THIS = compiled(  # 'She has had this, on and off, for four months.'
    r"\b(?:s?he|the patient|pt)\s(?:has|have)\s(?:also\s)?(?:had|been\shaving|experienced)\s(?:this|it|these)\b", re.I
)
EASED = compiled(
    r"[\s,-]*(?:relief|reduction|control|improvement|free|management|medication|medicine|pills|"
    r"clinic|diary|log|journal|(?:(?:was|is|has\sbeen|well)\s)*(?:controlled|managed|gone|absent|tolerable)"
    r"|(?:(?:was|is|has\sbeen|kept)\s)?under\s(?:good\s)?control|(?:stayed|went|was|kept)\s(?:away|down|low|"
    r"in\scheck)|(?:in|by)\shalf|down\sto"
    r"|(?:(?:was|were|is|has\sbeen|had\sbeen|got)\s)?(?:cut|halved|gone|better|eased|relieved|reduced|improved|less)"
    r"|(?:from\s(?:an?\s)?\d{1,2}(?:/10)?\s)?to\s(?:an?\s)?\d{1,2}"
    r"|(?:10|9|8(?!\sto\s9)|7(?!\sto\s[89])|6(?!\sto\s[7-9])|5(?!\sto\s[6-9])|4(?!\sto\s[5-9]))\sto\s(?!10)\d)\b",
    re.I,
)
EASES = compiled(
    r"\b(?:relief|reliev|eas|improv|reduc|decreas|control|help|manag|cut|dropp|took|tak|lower(?=ed|ing|s)|halv|"
    r"lessen|diminish|"
    r"treat)(?:\w{0,4})\s(?:of\s)?(?:the\s|his\s|her\s|"
    r"my\s)?(?:\w+\s){0,2}$",
    re.I,
)
BESIDE = compiled(
    r"\s(?:of\s)?(?:(?:about|over|approximately|approx\.?|at\sleast|more\sthan|nearly|almost|roughly|>|~)\s?)?"
    r"(?:(?:unchanged|persistent|constant|bilat\w*|left|right|[LRB]|axial|chronic|now)[\s,]+)*",
    re.I,
)
TERSE_CLAUSE = compiled(r"[.,;:]\s|\bwith\s")
CLAUSE = compiled(r"[,;]\s(?:and\s|but\s)?|\b(?:and|but)\s")
JOINED = compiled(
    r"(?<=[,;]\s)(?:(?:and|but)\s)?(?:(?:it|this|they|which|that)\s)?(?:has|have|had|is|was)\s|\b(?:and|"
    r"but)\s(?:it\s|this\s)?(?:has|have|is)\s",
    re.I,
)
GOOD_SINCE = compiled(r"\b(?:good|fine|well|ok|okay|right|quiet|healthy|better|free|gone|normal|silent)[\s,]*$", re.I)
LABELED = compiled(
    r"\W*(?:pain\s|symptom\s)?duration(?:\sof\s(?:pain|symptoms))?\s*[:=-]\s*(?:about\s|>\s?|over\s|"
    r"~)?",
    re.I,
)
LASTING = compiled(
    r"(?:\sis\s(?:chronic|ongoing)|,\s(?:[\w'-]+\s?){1,5})?,?\s(?:lasting|that\shas\slasted|"
    r"has\slasted)\s(?:for\s)?(?:(?:more|longer|greater)\sthan\s|over\s|about\s|at\sleast\s|upwards\sof\s|some\s|"
    r"well\sover\s|>\s?)*",
    re.I,
)
HISTORY_LABEL = compiled(
    r"\b(?:location|onset|quality|severity|character|radiation|timing|context|intensity|"
    r"pain\sduration)\s*:",
    re.I,
)
ACTIVITIES = frozenset({"standing", "sitting", "walking", "walk", "lying"})
BROUGHT_ON = compiled(
    r",?\s(?:(?:that\sis\s|is\s)?(?:worse|worst|provoked|brought\son|aggravated|triggered)\s)?"
    r"(?:with|when|while|on|upon|during|by|after)\s[^.;:\n]{1,60}",
    re.I,
)
SHORT = 120  # characters of a sentence that may speak of the pain without naming it
OF_THIS = compiled(r"[\s-]*(?:long\s)?(?:history|hx|h/o|duration)\sof\s(?:this|it|the\ssame|same|these)\b", re.I)
SPELL = 28  # a shorter 'pain lasting 3 days' is one bout of it
TERSE = compiled(
    r"\s(?:(?:of|constant|severe|worsening|persistent|chronic|axial|radicular|right|left|bilat\w*|both|[LRB]|[LR]t|"
    r"low|lower|mid"
    r"|upper|neck|back|leg|arm|hip|buttock|SIJ?|thoracic|lumbar|cervical|and|to|/)[\s/,]+)*",
    re.I,
)  # '11 weeks right leg pain'
SINCE = compiled(r"\s+since\s(?:she|he|the|his|her|a|an|pt|patient)\b", re.I)
SINCE_WHEN = compiled(r"\bsince\b|\bdat(?:ing|es|ed)\b|\bonset\b|\bback\sto\b", re.I)
FROM, ON = compiled(r"\bfrom\b", re.I), compiled(r"\son(?:ward|wards)?\b(?!\s\w)", re.I)
BEGAN = compiled(r"\s(?:first\s)?(?:began|started|onset|appeared|came\son)\b", re.I)
BECAUSE = compiled(r"\s(?:because|due|on\saccount|owing|secondary|out)\b", re.I)
WHAT_FOR = compiled(r"\bfor\s(?:[\w/-]+\s){0,5}$", re.I)
TELLS = compiled(
    r"(?:(?:she|he|the|patient|pt|states?|reports?|notes?|says?|stated|reported|noted|said|adds?|added|"
    r"complain(?:s|ed)|also|that|and|has|had|now|currently|"
    r"HPI|history|of|present|illness|subjective|S|CC|(?:mr|ms|mrs|dr)\.?\s[A-Z][\w'-]+)[.:,]?\s*+|"
    r"[-*\u2022\d.]++\s*+){0,7}",
    re.I,
)


def is_length(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """'for 8 months' behind the pain, '8 months of pain' before it."""
    text = parsed.text
    lead = FOR.search(text, max(sentence.start, time.start - 40), time.start)
    if LASTED.match(text, time.end) and governs(parsed, sentence, time):
        return True
    if OF_THIS.match(text, time.end) and speaks_of_pain(parsed, sentence.start - 200, sentence.start):
        return True
    history = HISTORY.match(text, time.end)
    after = spoken_of(parsed, time.end, min(sentence.end, time.end + 90))
    near = [hit for hit in after if hit.end <= time.end + (90 if PAST_TIME.match(text, time.end) else 50)]
    if BECAUSE.match(text, time.end) and not (lead and _stands_before(parsed, sentence, lead.start())):
        return False
    if history and history.end() > time.end and first_is_pain(text, near, text[time.end : time.end + 12]):
        return True
    if _is_terse(parsed, sentence, time, near) or _is_beside(parsed, sentence, time) or _since(parsed, sentence, time):
        return True
    if lead is None or not lead.group().strip():
        return False
    if governs(parsed, sentence, time):
        return True
    return opens(text, sentence, lead.start()) and first_is_pain(text, after, "of")


def _stands_before(parsed: Parsed, sentence: Sentence, start: int) -> bool:
    """Whether the pain is named right before an offset: 'knee pain for two years secondary to an injury'."""
    told = spoken_of(parsed, max(sentence.start, start - 40), start)
    return bool(told) and is_pain(told[-1]) and len(parsed.text[told[-1].end : start].split()) <= 1


def _is_terse(parsed: Parsed, sentence: Sentence, time: Time, near: list[Hit]) -> bool:
    """'Eleven weeks right leg pain' at the beginning of a clause."""
    pain = next((hit for hit in near if is_pain(hit)), None)
    if pain is None or not TERSE.fullmatch(parsed.text, time.end, pain.start) or EASED.match(parsed.text, pain.end):
        return False
    marks = list(TERSE_CLAUSE.finditer(parsed.text, max(sentence.start, time.start - 60), time.start))
    return bool(TELLS.fullmatch(parsed.text, marks[-1].end() if marks else sentence.start, time.start))


def _is_beside(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """'Low back pain 8 months': nothing but a side or a word such as 'unchanged' between the pain and its length."""
    if LABELED.fullmatch(parsed.text, sentence.start, time.start):
        told = HISTORY_LABEL.search(
            parsed.text, max(0, sentence.start - 200), min(len(parsed.text), sentence.end + 200)
        )
        return told is not None and speaks_of_pain(parsed, sentence.start - 200, sentence.end + 200)
    pains = [hit for hit in spoken_of(parsed, max(sentence.start, time.start - 60), time.start) if is_pain(hit)]
    if pains and LASTING.fullmatch(parsed.text, pains[-1].end, time.start):
        return time.days is not None and time.days >= SPELL
    if not pains or not BESIDE.fullmatch(parsed.text, pains[-1].end, time.start):
        return False
    return governs(parsed, sentence, time)


def _since(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """'8 days since she lifted a box and had pain', 'two months since the back pain began'."""
    if not SINCE.match(parsed.text, time.end):
        return False
    behind = spoken_of(parsed, time.end, min(sentence.end, time.end + 60))
    injured = any(hit.lexicon == "duration_cues" and hit.concept == "injury" for hit in behind)
    if any(is_pain(hit) and BEGAN.match(parsed.text, hit.end) for hit in behind):
        return True
    return injured and speaks_of_pain(parsed, sentence.start - 100, sentence.end)


def opens(text: str, sentence: Sentence, start: int) -> bool:
    """Whether 'for', 'over' or 'since' at the offset opens the clause, save for words such as 'he states that'."""
    if not OPENS.match(text, start):
        return False
    marks = list(CLAUSE.finditer(text, max(sentence.start, start - 60), start))
    return bool(TELLS.fullmatch(text, marks[-1].end() if marks else sentence.start, start))


def first_is_pain(text: str, hits: list[Hit], joined: str) -> bool:
    """Whether pain is the first thing that the words behind a length of time speak of."""
    first = next(
        (hit for hit in hits if hit.lexicon == "symptom_duration" or (is_other(hit) and not WORSENING.match(hit.term))),
        None,
    )
    if first is None or first.lexicon != "symptom_duration" or EASED.match(text, first.end):
        return False
    return bool(re.search(r"of|hx|h/o|history|duration|worth", joined))


def governs(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """Whether the last thing spoken of before a time is the pain; a bare 'Now 8 months' goes with the words before."""
    hits = spoken_of(parsed, max(sentence.start, time.start - 220), time.start)
    last = next((hit for hit in reversed(hits) if hit.lexicon == "symptom_duration" or _is_rival(hit)), None)
    if last is not None and last.term in ACTIVITIES:
        last = _brought_on(parsed.text, hits, last) or last
    if last is not None and is_pain(last) and is_treated(parsed, sentence, last):
        return False
    if last is not None:
        first = max(sentence.start, last.start - 50)
        if BESIDES.search(parsed.text, last.end, time.start):
            return False
        denied = NOT_HAD.search(parsed.text, first, last.start) and not DOUBLY.search(
            parsed.text, sentence.start, last.start
        )
        return last.lexicon == "symptom_duration" and not denied
    if HAD_THIS.search(parsed.text, sentence.start, time.start):
        return speaks_of_pain(parsed, sentence.start - 90, sentence.start)
    told = [hit.start for hit in hits if hit.concept == "now"]
    if told and NO_PAIN.search(parsed.text, sentence.start, told[-1]):
        return False
    now = any(ANAPHOR.fullmatch(parsed.text, _clause(parsed, sentence, one), one) for one in told)
    return (
        now and sentence.end - sentence.start < SHORT and speaks_of_pain(parsed, sentence.start - 200, sentence.start)
    )


def _clause(parsed: Parsed, sentence: Sentence, end: int) -> int:
    """Where the last clause before an offset begins, or the sentence: '..., and has been going on since May'."""
    marks = list(JOINED.finditer(parsed.text, sentence.start, end))
    return marks[-1].start() if marks else sentence.start


def _brought_on(text: str, hits: list[Hit], activity: Hit) -> Hit | None:
    """The pain that activities only bring on: 'leg pain with standing and walking for 5 months'."""
    pain = next((hit for hit in reversed(hits) if is_pain(hit)), None)
    if pain is None or not BROUGHT_ON.fullmatch(text, pain.end, activity.end):
        return None
    between = [hit for hit in hits if hit.start >= pain.end and _is_rival(hit)]
    return pain if all(hit.term in ACTIVITIES for hit in between) else None


def _is_rival(hit: Hit) -> bool:
    """Whether a hit is what a time may belong to instead of the pain; that it worsens is told of the pain."""
    return is_other(hit) and not WORSENING.match(hit.term)


def is_treated(parsed: Parsed, sentence: Sentence, pain: Hit) -> bool:
    """Whether a treatment of the pain is told: 'relieved the pain for 3 months', 'ibuprofen for it for 3 months'."""
    eases = EASES.search(parsed.text, max(sentence.start, pain.start - 40), pain.start)
    if eases or EASED.match(parsed.text, pain.end):
        return True
    lead = WHAT_FOR.search(parsed.text, max(sentence.start, pain.start - 40), pain.start)
    return lead is not None and any(
        is_other(hit) for hit in spoken_of(parsed, max(sentence.start, lead.start() - 25), lead.start())
    )


def is_since(parsed: Parsed, sentence: Sentence, time: Time) -> bool:
    """'pain since 2023', 'since 2023 she has had pain'."""
    text = parsed.text
    lead = DATE_LEAD.search(text, max(sentence.start, time.start - 40), time.start)
    if lead is None or not (
        SINCE_WHEN.search(lead.group()) or (FROM.search(lead.group()) and ON.match(text, time.end))
    ):
        return False
    if GOOD_SINCE.search(text, max(sentence.start, lead.start() - 12), lead.start()):
        return False
    if governs(parsed, sentence, time):
        return True
    after = [
        hit
        for hit in spoken_of(parsed, time.end, min(sentence.end, time.end + 90))
        if hit.lexicon == "symptom_duration" or is_other(hit)
    ]
    return lead.start() - sentence.start < 25 and bool(after) and after[0].lexicon == "symptom_duration"
