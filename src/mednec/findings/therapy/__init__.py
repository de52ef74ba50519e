"""A parsed document in, the treatments that it tells of out, each with what is told of it."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from operator import attrgetter

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.sentences import MARK
from mednec.findings.therapy import billed
from mednec.findings.therapy import place as therapy_place
from mednec.findings.therapy.absence import absences
from mednec.findings.therapy.amount import as_it_ended
from mednec.findings.therapy.attributes import attributes
from mednec.findings.therapy.carried_out import opens
from mednec.findings.therapy.case import Case, is_head
from mednec.findings.therapy.day_beside import with_its_day
from mednec.findings.therapy.echoed import echoed
from mednec.findings.therapy.held import with_its_length
from mednec.findings.therapy.interval import with_a_worded_day, with_the_first
from mednec.findings.therapy.kinds import resolved
from mednec.findings.therapy.labeled_place import with_its_labels
from mednec.findings.therapy.lasted import with_its_words
from mednec.findings.therapy.mention import Mention, is_back_reference
from mednec.findings.therapy.mentions import mentions
from mednec.findings.therapy.percent_told import with_its_percent
from mednec.findings.therapy.records import episode, visits_told
from mednec.findings.therapy.repeats import further_sessions, unless_undone
from mednec.findings.therapy.same import at_the_same_place
from mednec.findings.therapy.scope import ahead, around, behind, cues, groups
from mednec.findings.therapy.series import sessions_of
from mednec.findings.therapy.series_told import with_its_series
from mednec.findings.therapy.setting import Setting, setting
from mednec.findings.therapy.stretch_told import with_its_stretch
from mednec.findings.therapy.title_share import titled_together
from mednec.findings.therapy.until import with_its_end
from mednec.findings.therapy.weak import counts
from mednec.model import Finding

FOLLOWS_ON = compiled(
    r"(?:(?:the patient|s?he|patient|pt)\s+(?:\w+\s+)?(?:that\s+)?)?(?:after|despite|following|with|on|"
    r"in spite of)\s+(?:all\s+)?"
    r"(?:this|these|that|such)\s+(?:\w+\s+)?(?:treatments?|medications?|measures?|therap(?:y|ies)|injections?|care|"
    r"drugs?)\b|"
    r"(?:(?:his|her|the)\s+)?(?:NRS|VAS|VNRS|NPRS)\s+(?:fell|went|dropped|came|was|from|\d(?!\d?/(?!10\b)))|"
    r"(?:the|her|his|its|their|that|such|any)\s+(?:(?:pain|initial|good|resulting|beneficial)\s+)*"
    r"(?:relief|benefits?|effects?|improvement)\b(?! of (?:her|his|the) (?:fall|injury|accident))|pain relief\b|"
    r"(?:s?he|the patient|pt) (?:wants|would like|requests|asks for|is requesting)\b[^.;]{0,60}\b(?:another|"
    r"repeat(?:ed)?|"
    r"again|this as well)\b|"
    r"(?:by|per|on|from)\s(?:(?:his|her|the|their)\s)?(?:own\s|pain\s)?(?:sheet|diary|log|card|journal|calendar"
    r"|numbers|count|account|estimate|scores?)\b|"
    r"(?:his|her|the|pain|their)\s(?:pain\s)?(?:sheet|diary|log|card|journal|calendar)\b|(?:while it lasted"
    r"|during (?:that|this) (?:time|window))\b|"
    r"(?:gained|loosened|eased|dulled|dulls|eases|took\s(?:the|it|some)|gave|felt|quit|discontinued|plateaued"
    r"|marginal|pleasant"
    r"|(?:slight|modest|partial|poor)(?=\s(?:relief|benefit|help|improvement|response|effect|results?)|\s?[.,;])"
    r"|pain\s(?:itself\s|was\s)?(?:unaffected|untouched|unmoved)|back\sto\s(?:the\s)?(?:same|baseline)"
    r"|all\s(?:temporary|short))\b|"
    r"(?:and\s+)?(?:(?:could|unable|cannot|not able)\b|this|it|they|these|neither|none|nothing|both|no\b|not\b|did\b"
    r"|didn't|does|helped|only|some|"
    r"minimal|little|good|excellent|significant|temporary|pain (?:still|persist|unchanged|returned|recurred)|"
    r"(?:she|he|patient|the patient|pt) (?!(?:has|had) (?:also )?had (?![^.;]{0,50}\b(?:relief|reliev|improv|"
    r"benefit|help|better|"
    r"worse|respon|effect|pain|it|them|these|this|that|therap|treatment|sessions|visits|injection)))(?:had|has|got|"
    r"gets|did|does|felt|feels|believes|tells|admits|noted|"
    r"reports?|says?|claims?|"
    r"estimates?|recalls?|states?|noticed|"
    r"obtained|thinks)\b|initially|full|attend|complian|stopped|unfortunately|however|\"|relief|worked|"
    r"(?:results?|outcome|response|effect|status(?: at discharge)?|end result)(?:\s+(?:was|were|is)\s|\s*[:=])|"
    r"(?:the patient's|his|her|the)?\s*(?:(?:left|right|bilateral|[LR]|low|lower|upper|leg|arm|back|neck|knee"
    r"|shoulder|hip|"
    r"radicular|axial)\s+)*(?:symptoms?|pain)\s+(?:is unchanged|is no better|is the same|did not|not|no better|was not|"
    r"is not|remains?|the same|as before|is gone|is better|was gone|still|persist|continued|has|have|returned|"
    r"improved|resolved|unchanged)|(?:reports?|notes?|obtained|got|experienced|describes?|gives?|rates?|felt)\s+"
    r"(?:about\s+|~\s*|>\s*|an?\s+)?\d|diary|log\b|patient rates|reviewed:|[\d~>]+\s*%)",
    re.I,
)
MOMENT = compiled(r"\bbefore\s(?:the|that|this)\s$|\bprior\sto\sthe\s$", re.I)
LABELED_ANEW = compiled(r"[A-Z][\w /-]{1,30}:")
NUMBERED = compiled(r"\d{1,2}[.)]\s")
HOLDS = compiled(r"hold", re.I)  # 'hold oral medications, IV fluids, bed rest' holds the first alone
IN_AN_ITEM, IN_A_PARAGRAPH = 4, 3  # how many sentences may go on speaking of a treatment


def find(parsed: Parsed) -> Iterator[Finding]:
    """Every place where a treatment of this patient's pain is told of."""
    where = setting(parsed)
    named = list(visits_told(parsed, mentions(parsed, where), where))
    earlier: list[Mention] = []
    given: list[Finding] = []
    for _, some in groupby(named, key=lambda mention: parsed.sentence_index(mention.start)):
        found = _without_moments(parsed.text, list(some))
        limit = _limit(parsed, found, _next(parsed, named, found[-1]))
        told = [_finding(case, earlier) for case in _cases(parsed, _extended(parsed, found, limit), found, where)]
        for finding in titled_together(parsed, told):
            finding = echoed(parsed, at_the_same_place(parsed, finding, given), given)
            given.append(finding)
            sessions = sessions_of(parsed, as_it_ended(parsed, finding))
            yield from map(parsed.dated, (*sessions, *further_sessions(parsed, sessions)))
            yield from map(parsed.dated, with_the_first(parsed, finding))
    yield from absences(parsed)
    yield from map(parsed.dated, billed.find(parsed))


def _without_moments(text: str, found: list[Mention]) -> list[Mention]:
    """The treatments of a sentence, save for those that only tell when: 'after the ESI, 8 before the injection'."""
    return [
        mention
        for mention in found
        if not (
            mention.concept == "injection_unspecified"
            and any(one.group == "injection" and one.end < mention.start for one in found)
            and MOMENT.search(text, max(0, mention.start - 14), mention.start)
        )
    ]


def _cases(parsed: Parsed, sentence: Sentence, found: list[Mention], where: Setting) -> Iterator[Case]:
    """The treatments of a sentence that count, each with its group, the cues and what it inherits."""
    every = cues(parsed, sentence, found)
    inherited: Mapping[str, str] = {}
    for group in groups(parsed.text, sentence, found):
        before = ahead(parsed.text, group, every, "status")
        if before or group.first >= group.before:
            inherited = {}
        for mention in group.mentions:
            if counts(parsed, group, mention, every, where):
                yield Case(parsed, group, mention, every, where, inherited)
        passed = before and not HOLDS.match(parsed.text, before.start)
        inherited = (
            before.says if before and passed and not behind(parsed.text, group, every, "response") else inherited
        )


def _finding(case: Case, earlier: list[Mention]) -> Finding:
    """The finding of one treatment; `earlier` are the treatments named before it, to which it is added."""
    told = attributes(case)
    near = around(case.parsed.text, case.group, case.mention)
    near = replace(near, before=max(near.before, case.group.first))
    region = therapy_place.region(case.parsed, near, told.get("levels", []), case.group.end)
    region = region or therapy_place.region_of_label(
        case.parsed, case.group.sentence.start, case.group.mentions[0].start
    )
    mention, sentence = resolved(case.parsed, case.mention, earlier, region), case.group.sentence
    earlier.append(mention)
    quote = (min(sentence.start, mention.start), max(sentence.end, mention.end))
    if "started" not in told and (whole := episode(case.parsed, mention, case.where)):
        quote = (min(quote[0], whole[0]), max(quote[1], whole[1]))
        told |= whole[2]
    found = case.parsed.document.finding(
        "therapy", mention.concept, mention.start, mention.end, quote=quote, **told, agent=mention.agent, region=region
    )
    if mention.group != "injection" or mention.concept.endswith("surgery"):
        return found
    found = with_its_percent(case.parsed, with_a_worded_day(case.parsed, with_its_day(case.parsed, found)))
    found = with_its_series(case.parsed, with_its_length(case.parsed, with_its_end(case.parsed, found)))
    found = with_its_stretch(case.parsed, with_its_words(case.parsed, found))
    return with_its_labels(case.parsed, unless_undone(case.parsed, found))


def _next(parsed: Parsed, named: list[Mention], last: Mention) -> int:
    """Where the next treatment is named; a loose word for what was gone through is none: 'He had 10 adjustments.'"""
    later = named[bisect_right(named, last.start, key=attrgetter("start")) :]
    others = (one.start for one in later if not (one.weak and _points_back(parsed, one, last)))
    return next(others, len(parsed.text))


def _points_back(parsed: Parsed, loose: Mention, last: Mention) -> bool:
    """Whether a loose word only means what was named before: 'after this treatment', 'He had 10 adjustments.'"""
    alike = loose.group == last.group or (loose.concept.endswith("unspecified") and loose.group != "injection")
    return (alike and is_back_reference(parsed.text, loose)) or (
        loose.concept == last.concept and _opens(parsed, loose)
    )


def _opens(parsed: Parsed, mention: Mention) -> bool:
    return opens(parsed.text, parsed.sentence_at(mention.start).start)


def _limit(parsed: Parsed, found: list[Mention], following: int) -> int:
    """How far what follows may speak of these treatments: to the next one, or to the end of the item that one heads."""
    first = parsed.sentence_at(found[0].start)
    return _item_end(parsed, first) if is_head(parsed.text, first, found[0]) else following


def _item_end(parsed: Parsed, first: Sentence) -> int:
    """Where the list item or paragraph that a sentence begins ends."""
    end = first.end
    for following in parsed.sentences[parsed.sentence_index(first.start) + 1 :][:6]:
        if _begins_item(parsed, end, following) or LABELED_ANEW.match(parsed.text, following.start):
            break
        end = following.end
    return end


def _begins_item(parsed: Parsed, end: int, following: Sentence) -> bool:
    """Whether a sentence begins a new list item or paragraph after one that ends at `end`."""
    lines = parsed.text.count("\n", end, following.start)
    marked = NUMBERED.match(parsed.text, following.start) or (
        lines and MARK.match(parsed.text, following.start, following.end)
    )
    return lines > 1 or bool(marked)


def _extended(parsed: Parsed, found: list[Mention], limit: int) -> Sentence:
    """The sentence, with those after it that go on speaking of its treatments ('This did not help.')."""
    index = parsed.sentence_index(found[0].start)
    first = last = parsed.sentences[index]
    item = bool(MARK.match(parsed.text, first.start, first.end))
    for following in parsed.sentences[index + 1 : index + 1 + (IN_AN_ITEM if item else IN_A_PARAGRAPH)]:
        if following.end > limit or _begins_item(parsed, last.end, following):
            break
        if parsed.section_at(following.start) != parsed.section_at(first.start):
            break
        goes_on = FOLLOWS_ON.match(parsed.text, following.start) or opens(parsed.text, following.start)
        if not item and not goes_on:
            break
        last = following
    return Sentence(first.start, last.end)
