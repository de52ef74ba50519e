"""Imaging and electrodiagnostic studies that a document names, with region, date, status and result."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.dates import periods
from mednec.findings.parse import Parsed
from mednec.findings.problems import regions_of_problem
from mednec.findings.regions import REGION_OF_LETTER, one_or_list, regions_in
from mednec.findings.sentences import Sentence
from mednec.findings.studies import views
from mednec.findings.studies.organs import ELSEWHERE, HEAD, is_elsewhere, is_of_an_organ
from mednec.findings.studies.phrase import phrase_of
from mednec.findings.studies.reading import Reading, read, sentence_of
from mednec.findings.studies.report import Report, report_of
from mednec.findings.studies.shared import SECOND_REGION, of_organ, shared_region, shared_result, with_second_regions
from mednec.findings.terms import Hit
from mednec.model import Finding

JOINED = compiled(r"\s*(?:,|/|&|\+|-|\band\b|\bor\b|\(|,\s*and\b)\s*(?:a\s+|an\s+|also\s+)?", re.I)
COORDINATED = compiled(
    r"\s*(?:,|/|&|\band\b|\bor\b|\bas well as\b|\s|\bknee|\bhip|\b(?:the|an?|lumbar|cervical|thoracic|spine|of|"
    r"right|left|also|both|her|his|repeat|shoulder|wrist|ankle|foot|hand)\b)+",
    re.I,
)
SAME_STUDY = compiled(r"[^.;\n]{0,40}\band\b[^.;,\n]{0,30}", re.I)
DOSE = compiled(r"\s*(?:\d+(?:\.\d+)?\s?(?:mg|mcg)|\d+\b(?!/)|q\.?|daily|tab)", re.I)
XR_BEFORE = compiled(
    r"(?:^|[.;:(\n]|\b(?:on|by|ordered|obtained|per|get|repeat|reviewed|and|today|outside|prior|lumbar|cervical|"
    r"hip|knee|shoulder))\s*$",
    re.I,
)
XR_AFTER = compiled(r"\s*(?:of\b|today|views?|AP\b|\d{1,2}/\d|:|[CTL][-/ ]?(?:spine|[CTL]\b))", re.I)
BACK = compiled(r"\bback\s+(?:x-?rays?|films?|MRI|CT)\b|\bof\s+(?:(?:the|his|her)\s+)?(?:low(?:er)?\s+)?back\b", re.I)
HEADACHE = needing(r"\b(?:headaches?|migraines?|head pain)\b(?![^.]{0,200}\bcontrol)", re.I)
NO_COMPLAINT = ("procedure", "review_of_systems", "education", "family_history", "past_medical")
SEVERAL_SPINES = compiled(
    r"\b[CTL](?:\s?[-/&+,]\s?|\s+and\s+)[CTL](?:(?:\s?[-/&+,]\s?|\s+and\s+)[CTL])?(?:[-/]S)?"
    r"(?=[- ]?spine\b|\b(?![-\d/]))"
)
FEMORAL = compiled(r"\bfem(?:oral|\.)?\s+neck\b", re.I)
NEEDLE_OF = compiled(r"-?[1-3X]\b(?!/)")
SCANNED = compiled(
    r"[,\s]*(?:\(?\d{1,2}/\d{1,2}(?:/\d{2,4})?\)?[,:\s]*|on admission[,:\s]*|scan\s+)?"
    r"(?:(?:was|were)\s+)?(?:reveal|show|demonstrat|normal|unremarkable|negative|performed|obtained|done|scan\b)"
)
WRONG_CASE = {
    "mr": "MR",
    "ct": "CT",
    "cts": "CTs",
    "xr": "XR",
    "xrs": "XRs",
    "bmd": "BMD",
    "spect": "SPECT",
    "ncs": "NCS",
    "ncv": "NCV",
    "edx": "EDX",
}
WITHIN_PROCEDURE = compiled(
    r"\b(?:intra-?operative|c-arm|fluoro\w*|locali[sz]\w+|needle|confirm\w*|cassette|marker|position\w*|placement|"
    r"level|postreduction|post-reduction|final x-?rays?|permanent|hardware|screws?|was brought in|saved|"
    r"spot films?|trajectory|retractor\w*|screws?|incision|clamp\w*|guide\s?wire|templat\w+)\b",
    re.I,
)
HISTORY_IN_PROCEDURE = compiled(
    r"\b(?:pre-?operative(?:ly)?|studies|in (?:january|february|march|april|may|june|july|august|september|"
    r"october|november|december)|previous|prior|presented|history|complain\w*|conservative\w*|underwent an?|"
    r"which (?:was|were|showed|revealed)|contrast,|reveal\w*|demonstrat\w+|will|scheduled|ordered)\b",
    re.I,
)
BEFOREHAND = ("history", "indication", "prior_treatment", "imaging")
BEGUN = compiled(
    r"\b(?:prepped|draped|incision|intubat\w+|under anesthesia|anesthesia was|operating (?:room|table|suite))\b", re.I
)
MONITORED = compiled(
    r"\b(?:SSEPs?|somatosensory|neurophysiolog\w+|monitor\w*|silent|stimulation|pedicle screws?)\b", re.I
)
HEADS_TESTS = compiled(
    r"[ \t]*(?:[A-Z]+\s){0,2}(?:TESTS?|LABS?|LABORATORY)\s(?:&|AND|/)\s(?:X-?RAY|IMAGING|MRI)S?(?:\s(?:RESULTS?|DATA|"
    r"STUDIES|FINDINGS))?:"
)
DATE_GAP = compiled(
    r"[\s,(:\u2013-]*(?:(?:&|[CTL]|BLE|BUE|[RL][LU]E|[LU]E|hospital|facility|clinic|emergency|room|of|from|for|on|"
    r"dated?|performed|done|taken|obtained|completed|report\w*|in|was|were|"
    r"the|her|his|w/o|without|with|contrast|scan|study|exam|images?|and|disc|both|all|which|that|spine|joint|"
    r"series|ap|lateral|flexion|extension|flexion/extension|flex/ext|flex|ext|obliques?|views?|early|late|mid|"
    r"spring|\d+ ?v(?:iews?|w)?|lumbosacral|arthrogram|back|of the|films?|extremity|extremities|upper|lower|index|"
    r"brain|head|gadolinium|gad|plain|iv|scans?|"
    r"finger|body|side|recent|this|date|is|by|at|\S{0,14}-spine|right|left|bilateral|lumbar|cervical|thoracic|"
    r"pelvis|knees?|hips?|shoulders?|wrists?|ankles?|elbows?|hands?|feet|foot|neck|sacrum|si|c/s|l/s|imaging|w/|"
    r"wo|w/out|again|here|outside|also|limited|magnetic|resonance|(?:[CTLS]\d{1,2}[-/]?(?:[CTLS]?\d{1,2})?)|"
    r"personally|reviewed|normal|negative|unremarkable|examination|an?|whole|new|repeat|follow-?up|"
    r"x)[\s,(:./\u2013-]*)*",
    re.I,
)
ENTRY_COLON = compiled(r"[ \t]*:[ \t]*(?=\w)")
LABEL_ENDS = compiled(r"(?:[ \t]+(?:results?|findings|studies|data|reports?))?[ \t]*:[ \t]*")


@dataclass(frozen=True, slots=True)
class Setting:
    """What is known of the document: the report it is, whether headache is a complaint, whether it is operative."""

    report: Report | None
    headache: bool
    operative: bool


def find(parsed: Parsed) -> Iterator[Finding]:
    """Imaging and electrodiagnostic studies of the spine, joints, limbs and nerves."""
    hits = with_second_regions(
        parsed, list(_merged(parsed, [hit for hit in _studies(parsed) if _is_meant(parsed, hit)]))
    )
    if not hits:
        return
    headache, stops = _has_headache(parsed), _stops(parsed, hits)
    setting = Setting(
        _report(parsed, hits, stops, headache), headache, any(s.name == "procedure" for s in parsed.sections)
    )
    before: Finding | None = None
    placed: set[str] = set()  # kinds of study of which one of a spine or joint was told
    for hit, stop in zip(hits, stops, strict=True):
        finding = _finding(parsed, hit, stop, setting, before)
        if finding is None or (not finding.get("region") and hit.concept not in placed and of_organ(parsed, hit)):
            continue
        placed |= {hit.concept} if finding.get("region") else set()
        before = finding
        yield finding


def _report(parsed: Parsed, hits: list[Hit], stops: list[int], headache: bool) -> Report | None:
    """The report that the document is, by its first study of a spine or joint: 'CT head and CT cervical spine'."""
    told = []
    for hit, stop in zip(hits, stops, strict=True):
        sentence = sentence_of(parsed, hit)
        if not is_elsewhere(parsed, hit, phrase_of(parsed, hit, sentence.start, min(stop, sentence.end)), headache):
            told.append(hit)
    return report_of(parsed, told)


def _stops(parsed: Parsed, hits: list[Hit]) -> list[int]:
    """How far the words about each study may reach: to the next one that is not coordinated with it."""
    stops = [len(parsed.text)] * len(hits)
    for index in range(len(hits) - 2, -1, -1):
        gap = parsed.text[hits[index].end : hits[index + 1].start]
        stops[index] = stops[index + 1] if len(gap) < 45 and COORDINATED.fullmatch(gap) else hits[index + 1].start
    return stops


def _studies(parsed: Parsed) -> list[Hit]:
    return sorted((*parsed.of("imaging"), *parsed.of("electrodiagnostic")), key=lambda hit: hit.start)


def _is_meant(parsed: Parsed, hit: Hit) -> bool:
    """Whether an abbreviation is written as one: 'MR' is a study, 'Mr' a title."""
    words = parsed.text[hit.start : hit.end]
    capitals = WRONG_CASE.get(words.lower())
    if capitals and words != capitals and not (words.isupper() and len(words) > 2):
        return False
    if words.startswith("XR") and not _is_radiograph(parsed, hit):
        return False
    if words == "MR" and parsed.text[hit.end : hit.end + 1] == ".":
        return False
    if words == "CT" and NEEDLE_OF.match(parsed.text, hit.end):
        return False  # 'closed with 3-0 Vicryl on a CT-1'
    if words == "CT" and re.match(r",?\s+\d{5}\b", parsed.text[hit.end : hit.end + 8]):
        return False
    if words.upper() == "HCT" and not (words.isupper() and SCANNED.match(parsed.text, hit.end)):
        return False  # a hematocrit
    return not words.lower().startswith("view") or views.counted(parsed.text, hit) is not None


def _is_radiograph(parsed: Parsed, hit: Hit) -> bool:
    """Whether 'XR' is a radiograph and not a drug's slow release."""
    before, after = parsed.text[max(0, hit.start - 14) : hit.start], parsed.text[hit.end : hit.end + 24]
    if before.endswith("-") or DOSE.match(after):
        return False
    return bool(
        regions_in(parsed, hit.end, min(hit.end + 30, len(parsed.text)))
        or XR_BEFORE.search(before)
        or XR_AFTER.match(after)
    )


def _merged(parsed: Parsed, hits: list[Hit]) -> Iterator[Hit]:
    """The hits, with neighbours that name one study ('EMG and nerve conduction study') made one."""
    held: Hit | None = None
    for hit in hits:
        if held and held.concept == hit.concept and _are_one(parsed, held, hit):
            held = Hit(
                held.start,
                hit.end if len(parsed.text[held.end : hit.start]) < 8 else held.end,
                held.lexicon,
                held.concept,
                held.term,
            )
            continue
        if held:
            yield held
        held = hit
    if held:
        yield held


def _are_one(parsed: Parsed, one: Hit, other: Hit) -> bool:
    gap = parsed.text[one.end : other.start]
    if one.concept == "emg_ncs":
        return bool(JOINED.fullmatch(gap)) or bool(SAME_STUDY.fullmatch(gap))
    viewed = "view" in parsed.text[other.start : other.end].lower()
    return (not gap.strip(" /(") and len(gap) < 3) or (viewed and len(gap) < 60 and not re.search(r"[.;\n]\s", gap))


def _finding(parsed: Parsed, hit: Hit, stop: int, setting: Setting, before: Finding | None) -> Finding | None:
    sentence, report = sentence_of(parsed, hit), setting.report
    alone = hit.term == SECOND_REGION
    phrase = (hit.start, hit.end) if alone else phrase_of(parsed, hit, sentence.start, min(stop, sentence.end))
    if (
        is_elsewhere(parsed, hit, phrase, setting.headache)
        or _in_procedure(parsed, hit, sentence, setting.operative)
        or _is_heading(parsed, hit)
    ):
        return None
    if report is not None:
        if not report.states(hit):
            return None
        if hit.start == report.title.start:
            return parsed.document.finding(
                hit.lexicon, hit.concept, *views.mention(parsed.text, hit), quote=report.quote, status="past",
                result=report.result,
                date=report.date, region=_region_of_report(parsed, hit, phrase, report),
            )  # fmt: skip
    advised = report is not None and hit.start in report.advised
    reading = Reading("planned", None, sentence, False) if advised else read(parsed, hit, phrase, stop)
    if reading is None:
        return None
    regions = _regions(parsed, *phrase) or _regions_of_result(parsed, hit, reading)
    if is_of_an_organ(parsed, hit, reading.quote, setting.headache, regions):
        return None
    regions = regions or shared_region(parsed, before, hit) or tuple(regions_of_problem(parsed, hit.start))
    date = _date(parsed, hit, reading, stop)
    return parsed.document.finding(
        hit.lexicon,
        hit.concept,
        *views.mention(parsed.text, hit),
        quote=reading.quote,
        status=reading.status,
        result=shared_result(parsed, before, hit, reading.result),
        date=date if reading.status == "past" else None,
        region=one_or_list(regions) if hit.lexicon == "imaging" else None,
    )


def _region_of_report(
    parsed: Parsed, hit: Hit, phrase: tuple[int, int], report: Report
) -> str | tuple[str, ...] | list[str] | None:
    """The region that a report's title names; a study of nerves has none."""
    if hit.lexicon != "imaging":
        return None
    return one_or_list(_regions(parsed, *phrase) or _regions(parsed, *report.quote))


def _is_heading(parsed: Parsed, hit: Hit) -> bool:
    """Whether the name stands as the heading over other studies ('PAST X-RAYS: MRI: ...')."""
    line = parsed.text.rfind("\n", 0, hit.start) + 1
    heads = HEADS_TESTS.match(parsed.text, line)
    if heads and hit.start < heads.end():
        return True
    follower = LABEL_ENDS.match(parsed.text, hit.end)
    return follower is not None and any(
        other.start == follower.end()
        for other in parsed.within(follower.end(), follower.end() + 40, ("imaging", "electrodiagnostic"))
    )


def _has_headache(parsed: Parsed) -> bool:
    """Whether headache is a complaint, not merely denied or a risk that was explained."""
    for match in HEADACHE.finditer(parsed.text):
        if parsed.section_at(match.start()).name in NO_COMPLAINT:
            continue
        if not re.search(
            r"\b(?:no|not|denie[sd]|without|negative|risks?|possibility|"
            r"control of|includ\w+|should|symptoms such)\b[^.]{0,160}$",
            parsed.text[max(0, match.start() - 160) : match.start()],
            re.I,
        ):
            return True
    return False


def _in_procedure(parsed: Parsed, hit: Hit, sentence: Sentence, operative: bool) -> bool:
    """Whether an image was taken to guide the procedure that the document records."""
    first, last = sentence.start, sentence.end
    if hit.lexicon == "electrodiagnostic":
        return bool(MONITORED.search(parsed.text, first, last))
    if hit.concept not in ("xray", "ct", "ct_myelogram"):
        return False
    if re.search(r"\bintra-?operativ|\bfluoroscop", parsed.text[first:last], re.I):
        return True
    section = parsed.section_at(hit.start)
    begun = operative and section.name == "technique_description" and BEGUN.search(parsed.text, section.body, hit.start)
    if (section.name == "procedure" or begun) and not HISTORY_IN_PROCEDURE.search(parsed.text, first, last):
        return True
    told = section.name in BEFOREHAND and not BEGUN.search(parsed.text, section.body, hit.start)
    return operative and not told and bool(WITHIN_PROCEDURE.search(parsed.text, first, last))


def _regions(parsed: Parsed, start: int, end: int) -> tuple[str, ...]:
    """The regions that a phrase names, with the head and 'T-L-spine' that the shared lexicon does not hold."""
    named = tuple(
        region
        for region in _with_back(parsed.text, regions_in(parsed, start, end), start, end)
        if not (region == "cervical" and FEMORAL.search(parsed.text, start, end))
    )
    if (letters := SEVERAL_SPINES.search(parsed.text, start, end)) is not None:
        named = tuple(REGION_OF_LETTER[letter] for letter in letters.group().upper() if letter in "CTL")
    elsewhere = ELSEWHERE.search(parsed.text, start, end)
    head = elsewhere is not None and elsewhere.group().lower() in HEAD
    return ("head", *(region for region in named if region != "head")) if head else named


def _with_back(text: str, named: tuple[str, ...], start: int, end: int) -> tuple[str, ...]:
    """The regions, with the lower spine where a phrase names the back: 'films of the back and hip'."""
    return named if "lumbar" in named or not BACK.search(text, start, end) else ("lumbar", *named)


def _regions_of_result(parsed: Parsed, hit: Hit, reading: Reading) -> tuple[str, ...]:
    return (
        regions_in(parsed, reading.quote[0], reading.quote[1])
        if reading.status == "past" and reading.told and hit.concept != "dexa"
        else ()
    )


def _date(parsed: Parsed, hit: Hit, reading: Reading, stop: int) -> str | None:
    """The date of the study: right after its name, or right before it."""
    text = parsed.text
    last = min(stop, hit.end + 110, max(reading.quote[1], hit.end))
    for period in periods(text, hit.end, last):
        if DATE_GAP.fullmatch(text, hit.end, period.start):
            return period.first or period.last
        break
    first = max(sentence_of(parsed, hit).start, hit.start - 60)
    before = [
        period
        for period in periods(text, first, hit.start)
        if not re.search(r"[.;:]\s", text[period.end : hit.start]) or _heads_entry(text, period.start, period.end)
    ]
    if before and DATE_GAP.fullmatch(text, before[-1].end, hit.start) and hit.start - before[-1].end < 30:
        return before[-1].first or before[-1].last
    return None


def _heads_entry(text: str, start: int, end: int) -> bool:
    """Whether a date begins a line and has a colon behind it: 'September 6, 2022: An MRI was completed'."""
    return not text[text.rfind("\n", 0, start) + 1 : start].strip() and ENTRY_COLON.match(text, end) is not None
