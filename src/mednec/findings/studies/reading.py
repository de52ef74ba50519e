"""A mention of a study in, its status, result and quote out."""

from __future__ import annotations

import re
from dataclasses import dataclass

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.sentences import Sentence
from mednec.findings.studies.result import result_in
from mednec.findings.studies.shared import SECOND_REGION
from mednec.findings.terms import Hit

NOT_MADE_BEFORE = compiled(
    r"\b(?:(?:we|i|would|will|to|therefore|and)\s+(?:defer|forgo|forego|hold off on|postpone|"
    r"put off)\s+(?:[\w-]+\s+){0,3}"
    r"(?:with|by|on)?\s*(?:an?|the)?\s*$|"
    r"(?:cannot|can't|could not|unable to|not able to|not a candidate for)\s+(?:undergo|have|get|tolerate|"
    r"obtain|be|a|an)\s+(?:an?|the)?\s*$|(?:no|never|not|hasn't|haven't|without|denies|declin\w+|"
    r"refus\w+)\s+(?:(?:had|have|has|having|obtain|get|order|undergo|receive|need|been|done|any|an?|recent|prior|"
    r"previous|new|other|advanced|repeat|"
    r"needs?|needed|required?|requires|indication|reason|think|believe|feel|that|she|he|patient|"
    r"undergone|obtained|gotten|received|sent|for|the|of|further|spinal|spine|lumbar|cervical|imaging,?|studies|"
    r"history|head|injur(?:y|ies)|trauma|"
    r"or|x-?rays?|cts?|mris?|emg\S*|type|kind|sort|form|formal|imaging|plain|films?)\s+)*$)",
    re.I,
)
NOT_MADE_AFTER = compiled(
    r"\s*(?:scans?|studies|study|of [\w -]{1,30}?)?\s*(?:\b(?:was|were|is|has|have|had)\s+(?:not|"
    r"never)\s+(?:yet\s+)?(?:been\s+)?(?:done|performed|obtained|taken|made|ordered|completed|"
    r"needed|indicated|necessary|warranted|approved|required)|"
    r"\bnot (?:yet )?(?:done|performed|obtained|completed|needed|indicated|necessary|warranted|approved|required)\b|"
    r"\s*(?:(?:was|were|is|are)\s+)?ordered but (?:not|never) (?:approved|done|obtained|authorized)\b|"
    r"(?:(?:was|were|is|has been|had been)\s+)?(?:deferred|"
    r"denied|declined|refused|cancell?ed|contraindicated)\b"
    r"|[^.;]{0,45},?\s*\b(?:however|but),?\s(?:this |it |he |she |they )?(?:has not|did not|has never|was not|"
    r"was never|never)\s(?:yet )?"
    r"(?:been )?(?:undergo\w*|have|had|get|gotten|done|obtain\w*|complete\w*|perform\w*|approved|go)\b"
    r"|:\s*(?:none|not done|n/a)\b)",
    re.I,
)
UNCERTAIN = compiled(  # 'whether or not he had performed an EMG', 'suggesting that he may have obtained an MRI'
    r"\b(?:whether|if)\b(?:\s+or\s+not)?\s+(?:(?!(?:to|should|would|could|will|can|"
    r"needs?)\b)[\w.']+\s+){1,4}(?:ever\s+)?(?:had|has|have|was|were|ever|performed|"
    r"obtained|underwent|ordered)\s+(?:(?:ever|had|been|performed|obtained|undergone|done|received|an?|any|the|"
    r"another|prior)\s+)*$"
    r"|\b(?:may|might)\s+have\s+(?:performed|had|obtained|undergone|ordered|received|done)\s+(?:(?:an?|any|the|"
    r"another)\s+)*$",
    re.I,
)
SAID_OF_IT = compiled(r"\b(?:abnormal|normal|negative|positive|equivocal|unremarkable)\s+$", re.I)
NO_EVIDENCE = compiled(r"\b(?:no|without)\s+(?:\w+\s+){0,2}$", re.I)
EVIDENCE = compiled(r"\s*(?:\w+\s+)?(?:evidence|findings?|abnormalit\w*|signs?|correlat\w*|lesions?|changes?)\b", re.I)
PLAN_BEFORE = compiled(
    r"\b(?:(?:re)?order(?:ing)?|(?:will|would like to|want to|plan to|going to|need to|should|let's|we'll|i'll|to|"
    r"and|also|may|could|can|also like to|like to)\s+(?:go ahead and\s+)?(?:\w+\s+)?(?:obtain|get|send|schedule|"
    r"perform|have (?:an?|the|some|another|repeat|new|him|her|this)|request|set up|do|proceed|repeat|refer|check|"
    r"consider|try|undergo|x-?ray|plan|order|review|await|arrange|need)|recommend(?:ed|ing|s)?|suggest(?:ed|"
    r"ing)?(?! that)|requir\w+|schedul(?:e|ed|ing)|request(?:ed|ing)?|consider(?:ation)?|pending|await(?:ing)?|"
    r"candidate for|necessitat\w+|warrant(?:s|ing)|plan(?:ned|s)?(?: on| for)?|need(?:s|ed)?|referr(?:al|ed) for|"
    r"refer for|prescri\w+|"
    r"proceed with|set (?:him|her) up|return (?:after|with|for)|(?:follow[- ]?up|f/u|rtc|come back|see (?:him|her|"
    r"them)(?: back)?) (?:after|following|at)|prior to|authoriz\w+|approval for|advis\w+|will (?:be )?(?:undergo|"
    r"have)|awaiting|once|after (?:he|she|they|we) (?:gets?|has|have)|would (?:benefit|like)|asks? for|asking for|"
    r"wants?|obtain(?:ing)?\b(?!ed)|if(?:\s+\w+){1,4}|due for|(?:rule|ruling) out|f/u w/|"
    r"at the time of|"
    r"(?:months?'?|weeks?'?|years?'?)(?: time)? for (?:an? )?(?:repeat|new|follow-?up))\b(?:[^.;]{0,90})$",
    re.I,
)
PLAN_AFTER = compiled(
    r"^[^.;]{0,60}?\b(?:(?:will|shall|going to) (?:obtain|get|order|schedule|do) (?:one|it|these|this|them)|"
    r"to (?:be (?:done|obtained|performed|scheduled|taken)|evaluate|assess|rule out|look for|"
    r"exclude|r/o|find|further|better|see|determine|confirm|help|characteri[sz]e|tell|define|delineate)|"
    r"will be (?:done|obtained|taken|performed|ordered|scheduled)|is (?:ordered|recommended|pending|scheduled|"
    r"needed|indicated|warranted)|if (?:no|not|symptoms|pain|he|she|still|there)|scheduled|ordered|pending|"
    r"in (?:the )?(?:near )?future|r/o|is being|is to be|once|should be|would be|when (?:he|she) can|needed|"
    r"requested|has been (?:ordered|scheduled|requested)|at this (?:point|time) to)\b",
    re.I,
)
MADE_BEFORE = compiled(
    r"\b(?:had|underwent|undergone|obtained|reviewed|review of|showed|shows|revealed|on|by|per|performed|"
    r"brings?(?: in)?|brought|status post|s/p|did|was sent for|were|was|ordered and|reports?(?:ed)? of|"
    r"results? of|findings? of|(?:results?|reports?|copy|copies|findings) (?:of|from)|report of|evidence on|"
    r"seen on|noted on|have x-?rayed|after reviewing|discussed|evaluate (?:her|his|the)|looked at|looking at|"
    r"went over|go over|for|including|taken|got|interpret\w+|based on|repeat studies|demonstrated|"
    r"correlat\w+)\b(?:[^.;]{0,80})$",
    re.I,
)
MADE_AFTER = compiled(
    r"^[^.;]{0,90}?\b(?:show(?:s|ed|ing)?|reveal(?:s|ed|ing)?|demonstrat(?:es|ed|ing)|was|were|did|came back|"
    r"report(?:s|ed)?|results?|findings?|images?|review(?:ed)?|has been done|performed|taken|done|completed|dated|"
    r"personally|consistent|concordant|correlat\w*|confirm(?:s|ed)|indicat(?:es|ed)|suggest(?:s|ed)|read|negative|"
    r"neg|normal|unremarkable|positive|available|films|from|explain(?:s|ed)|"
    r"accounts?\sfor|matches|agrees?|correspond\w*|ago|today|last|on \d|"
    r"in (?:19|20)\d\d|of record|noted|with (?:evidence|findings))\b|^\s*(?:of [\w -]{1,30}|\([^)]{0,40}\))?\s*:",
    re.I,
)
TO_COME = compiled(
    r"\b(?:will|would|plan to|planning to|going to|should|scheduled (?:for|to)|recommend\w*|order(?:ing)?|let's|"
    r"consider\w*|if\b|await\w*|pending|needs?\b|to be|request\w*|would like|want)\b",
    re.I,
)
RESULTS_TO_COME = compiled(
    r"\b(?:(?:call|phone|ring|telephone|contact|notify|inform|message) (?:\w+ ){1,3}with|"
    r"once|until|when|as soon as|after|pending|awaiting) (?:we have |i have |the |his |her |their |we get |"
    r"we receive )*(?:results? of |report of )?(?:the |his |her |an? |their )*$",
    re.I,
)
TO_REVIEW = compiled(
    r"\b(?:follow[- ]?up|return|come back|see (?:him|her|them) back|rtc)\b[^.;]{0,40}\bto (?:review|discuss|go over)\s"
    r"(?:the |his |her |their |results of )*(?:\w+ )?$",
    re.I,
)
ONE_TO_COME = compiled(
    r"[^.;]{0,30}\bbut (?:we|i|she|he) (?:will|would) (?:still |like to )?(?:obtain|get|order) (?:one|it)\b", re.I
)
AT_HAND = compiled(
    r"\b(?:reports?|results?|findings?|cop(?:y|ies)|images|films|discs?|discuss(?:ed|ion)?|reviewed|review|"
    r"going over|go over) (?:of|from|on)?\s*(?:[\w'-]+\s+){0,5}$",
    re.I,
)
RECENT = compiled(
    r"\b(?:recent|previous|prior|last|old|earlier|outside|original|most recent|past)\s+(?:[\w-]+\s+){0,2}$", re.I
)
DATED = compiled(
    r"[^.;\n]{0,40}?\b(?:\d{1,2}/\d{1,2}/\d{2,4}\b(?!\s*(?:appt|at \d))"
    r"|(?:january|february|march|april|may|june|july|august|september|october|november|"
    r"december)\s+(?:\d{1,2},?\s+|of\s+)?(?:19|20)\d\d)",
    re.I,
)
SUPPOSED = compiled(r"\bif\b[^.;,]{0,12}$", re.I)
AWAITED = compiled(r"\b(?:order|schedul|pending|request|appt|appointment|plan)", re.I)
WAITED_FOR = compiled(
    r"\b(?:return|rtc|back|f/u|follow[- ]?up|seen?)\b[^.;,]{0,25}$|\b(?:after|pending)\b[^.;,]{0,12}$",
    re.I,
)
TOLD_AT_ONCE = compiled(
    r"\s*(?:(?:scan|study|films?)\s+)?(?:also |again |only |clearly )?(?:show\w*|demonstrat\w*|reveal\w*|"
    r"confirm(?:s|ed)"
    r"|indicat(?:es|ed))\b"
    r"|[^.;,]{0,45}?\b(?:was|were|has been|had been)\s+(?:also |then |again )?"
    r"(?:obtained|done|performed|taken|reviewed|negative|normal|unremarkable)\b",
    re.I,
)
EVIDENT = compiled(r"\s+of\b")  # 'radiographic evidence of arthritis'
IDLE_MADE = compiled(r"(?:for|on|by|per|was|were|including|discussed)\b", re.I)
SHOWN = compiled(r"\b(?:which|that|and)\s+(?:show|reveal|demonstrat|was|were)", re.I)
NOT_AT_HAND = compiled(r"\b(?:not|no)\s+(?:have|bring|brought|having)\b[^.;]{0,30}$", re.I)
RESULTS_OF_IT = compiled(
    r"\s*(?:scan|study|studies|film)?\s*(?:results?|reports?|findings?|images|evidence|films)\b", re.I
)
TELLS = compiled(
    r"^[\s\w,()/'.&#+>-]{0,110}?(?:\b(?:show\w*|reveal\w*|demonstrat\w*|was|were|is|are|came back|confirm\w*|"
    r"indicat\w*|suggest\w*|diagnos\w*|read|evidenc\w*|note\w*|neg|negative|normal|unremarkable|positive|did not|"
    r"consistent|"
    r"to have|matches|with(?!out)|without (?!contrast|gad)|appear\w*|has|had)\b|[:=\u2013\u2014]| - |\)|,|;)",
    re.I | re.S,
)
ON_IT = compiled(
    r"\b(?:on|by|per|via|with)\s+(?:(?:an?|the|his|her|recent|prior|previous|plain|lumbar|cervical)\s+)*$", re.I
)
GOES_ON = compiled(
    r"\s*(?:it|this|these|they|that|there|findings?|no|images?|independent|my|which|on (?:my )?review|"
    r"the (?:study|scan|images|x-?rays|films|mri|fracture|alignment|joint)|joint|right|left|mild|moderate|severe|"
    r"the radiologist|dr\.?\s+\w+\.?\s+(?:also\s+)?(?:noted|noticed|described|identified|reported|felt|read|commented)"
    r"|an?\s+(?:mild|moderate|small|large|focal|subtle|significant|slight|severe|minor|minimal)|some\b|increased|"
    r"small|large|at [ctl]\d|[ctl]\d|otherwise|impression|i agree|normal|degenerative|multilevel|disc|disk|they)\b",
    re.I,
)
REACH = 900
SECTION_OF_PLANS = frozenset(("plan", "goals", "education"))


@dataclass(frozen=True, slots=True)
class Reading:
    """What a mention says: `told` where words about the result stand with it."""

    status: str
    result: str | None
    quote: tuple[int, int]
    told: bool


def sentence_of(parsed: Parsed, hit: Hit) -> Sentence:
    """The sentence of a mention; of an endless one the words around it, so that time stays linear."""
    sentence = parsed.sentence_at(hit.start)
    return Sentence(max(sentence.start, hit.start - REACH), max(min(sentence.end, hit.end + REACH), hit.end))


def read(parsed: Parsed, hit: Hit, phrase: tuple[int, int], stop: int) -> Reading | None:
    """Status, result and quote of a mention; None where it tells of no study of this patient."""
    sentence = sentence_of(parsed, hit)
    if NOT_AT_HAND.search(parsed.text, max(sentence.start, hit.start - 60), hit.start) and re.match(
        r"[^.;]{0,30}\b(?:for review|with (?:him|her|them)|available|today)\b", parsed.text[hit.end : hit.end + 60]
    ):
        return None
    if UNCERTAIN.search(parsed.text, max(sentence.start, hit.start - 110), hit.start):
        return None
    status = _status(parsed, hit, sentence)
    if status != "past":
        return Reading(status, None, (min(sentence.start, hit.start), max(sentence.end, hit.end)), False)
    spans = _telling(parsed, hit, phrase, sentence, stop)
    results = [(result_in(parsed.text, *span), span) for span in spans]
    told = next(((result, span) for result, span in results if result), None)
    if told and told[0] == "normal":
        told = next(
            ((result, span) for result, span in results if result == "abnormal" and span[0] >= sentence.end), told
        )
    end = max(sentence.end, told[1][1] if told else 0, hit.end)
    return Reading(status, told[0] if told else None, (min(sentence.start, hit.start), end), told is not None)


def _status(parsed: Parsed, hit: Hit, sentence: Sentence) -> str:
    """Whether the study was made, is planned or was not made: the surest words first, then the section."""
    text = parsed.text
    if hit.term == SECOND_REGION:
        return "past"
    section = parsed.section_at(hit.start)
    before = text[max(sentence.start, hit.start - 160, min(section.body, hit.start)) : hit.start]
    after = text[hit.end : min(sentence.end, hit.end + 160)]
    planning = section.name in SECTION_OF_PLANS
    if _is_waited_for(before, planning) or TO_REVIEW.search(before) or ONE_TO_COME.match(after):
        return "planned"
    if RECENT.search(before) and not TO_COME.search(before[-60:]) and not NOT_MADE_BEFORE.search(before):
        return "past"
    if (NO_EVIDENCE.search(before) and EVIDENCE.match(after)) or AT_HAND.search(before):
        return "past"
    if (NOT_MADE_BEFORE.search(before) and not RESULTS_OF_IT.match(after)) or NOT_MADE_AFTER.match(after):
        return "not_tried"
    if SUPPOSED.search(before):
        return "planned"
    if SAID_OF_IT.search(before) and not TO_COME.search(before[-60:]):
        return "past"
    dated = DATED.match(after)
    if TOLD_AT_ONCE.match(after) or (dated and not TO_COME.search(before[-80:]) and not AWAITED.search(dated.group())):
        return "past"
    if _is_ahead(before, after, planning):
        return "planned"
    if MADE_AFTER.match(after) or dated:
        return "past"
    ordered = planning and not MADE_BEFORE.search(before)
    return "planned" if ordered or parsed.document.type == "order" else "past"


def _is_waited_for(before: str, planning: bool) -> bool:
    """Whether something is to follow once the results are there; what came 'after an MRI' came later than that one."""
    told = RESULTS_TO_COME.search(before)
    if told is None:
        return False
    bare = told.group().lower().startswith("after") and "result" not in told.group().lower()
    return not bare or planning or TO_COME.search(before) is not None


def _is_ahead(before: str, after: str, planning: bool) -> bool:
    """Whether the words around a study tell of it as still to come."""
    results = RESULTS_OF_IT.match(after)
    if planning and not results and WAITED_FOR.search(before):
        return True
    planned, made = PLAN_BEFORE.search(before), MADE_BEFORE.search(before)
    if planned and not results and not SHOWN.search(after):
        later = made and made.start() > planned.start() and not IDLE_MADE.match(made.group())
        if not later:
            return True
    made_after, planned_after = MADE_AFTER.match(after), PLAN_AFTER.match(after)
    if planned_after is None or (made and not TO_COME.search(before)):
        return False
    return not (made_after and made_after.end() < planned_after.end())


def _telling(parsed: Parsed, hit: Hit, phrase: tuple[int, int], sentence: Sentence, stop: int) -> list[tuple[int, int]]:
    """The stretches that may tell the result: after the name, the sentences that go on, the words before 'on MRI'."""
    text, last = parsed.text, min(sentence.end, stop)
    spans = (
        [(max(phrase[0], sentence.start), hit.start)]
        if re.search(
            r"\b(?:normal|negative|abnormal|unremarkable|positive)\W+(?:\w+\W+){0,2}$",
            text[phrase[0] : hit.start],
            re.I,
        )
        else []
    )
    if EVIDENCE.match(text, hit.end) and NO_EVIDENCE.search(text, sentence.start, hit.start):
        spans.append((sentence.start, min(sentence.end, hit.end + 120)))
    if (
        hit.concept == "dexa"
        or DATED.match(text[hit.end : min(sentence.end, hit.end + 80)])
        or TELLS.match(text[hit.end : min(sentence.end, hit.end + 200)])
    ):
        spans.append((hit.end, last if result_in(text, hit.end, last) else sentence.end))
    if EVIDENT.match(text, hit.end) and text[hit.start : hit.end].lower().endswith("evidence"):
        spans.append((hit.end, last))
    if ON_IT.search(text, sentence.start, hit.start):
        spans.append((max(sentence.start, text.rfind(";", sentence.start, hit.start) + 1), hit.start))
    if stop > sentence.end:
        spans.extend(_going_on(parsed, sentence, stop))
    return spans


def _going_on(parsed: Parsed, sentence: Sentence, stop: int) -> list[tuple[int, int]]:
    """The next one or two sentences, where they go on about the study."""
    spans = []
    last = sentence
    reporting = parsed.section_at(sentence.start).name in ("imaging", "exam")
    for _ in range(2):
        follower = (
            parsed.sentence_at(min(last.end + 3, len(parsed.text) - 1)) if last.end + 3 < len(parsed.text) else None
        )
        if (
            follower is None
            or follower.start <= last.start
            or follower.start >= stop
            or parsed.text.count("\n", last.end, follower.start) > 1
        ):
            break
        if not (GOES_ON.match(parsed.text, follower.start, follower.end) or reporting):
            break
        spans.append((follower.start, min(follower.end, stop, follower.start + REACH)))
        last = follower
    return spans
