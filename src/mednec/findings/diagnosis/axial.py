"""Pain of the spine with the limbs spared is axial: a parsed document and the conditions found in it in, more out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis import place
from mednec.findings.diagnosis.status import status_of
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.findings.regions import side_in
from mednec.findings.statement.phrases import Phrase, phrases
from mednec.model import Finding
from mednec.vocabulary import lexicon

BEFORE = 260  # characters in front of a sentence in which the pain that it goes on about may be named
SPINAL_PAIN = compiled(
    r"\b(?P<one>back|neck|spine|spinal|cervical|lumbar|thoracic|lumbosacral|axial)\b(?:(?:[-/ ]|, )(?:\w+)){0,2}?[-/ ]"
    r"(?:pain|ache|aching|discomfort|hurts?|aches)\b"
    r"|\b(?P<lumbar>C?LBP|lumbago|backache|low back/buttock)\b|\b(?P<cervical>cervicalgia|neckache)\b"
    r"|\b(?:pain|aches?|aching|hurts?|sore\w*|discomfort|patch|location|site)\b(?:(?!\b(?:no|not|without|denies|to|into|never|toward)\b)"
    r"[^.;]){0,50}\b(?P<other>back|neck|spine|belt[- ]?line|paraspinals?|cervical|thoracic|lumbar)\b",
    re.I,
)
DENIED = compiled(r"\b(?:no|not|without|denies|denied|never|nor)\s+(?:\w+\s+){0,2}$", re.I)
PARTS = {"back": "lumbar", "neck": "cervical", "lumbar": "lumbar", "lumbosacral": "lumbar", "cervical": "cervical"}
PARTS |= {"thoracic": "thoracic"}
THORACIC = compiled(r"\b(?:mid(?:dle)?|upper)[- ]back|\bthoracic|\bbra\b", re.I)
LEG = compiled(
    r"\b(?:legs?|thighs?|cal(?:f|ves)|foot|feet|toes?|knees?|buttocks?|lower extremit\w+|(?-i:LEs?))\b", re.I
)
ARM = compiled(r"\b(?:arms?|hands?|fingers?|elbows?|shoulders?|upper extremit\w+|(?-i:UEs?))\b", re.I)
SYMPTOM = compiled(r"\s+(?:leg |arm |limb )?(?:pain|symptoms?|sx|s/s|complaints?)\b", re.I)
AT_TIMES = compiled(
    r",?\s+(?:at (?:night|rest|times)|when|while|with (?:sitting|rest|lying)|since|after|following|any ?more|any longer"
    r"|until|post)\b",
    re.I,
)
LIMB_HURTS = compiled(
    r"\b(?:legs?|cal(?:f|ves)|shins?|foot|feet|thighs?|arms?|forearms?|hands?)\s(?:pain|ache|aching|burning|numbness|tingling)"
    r"\b",
    re.I,
)
SCORED = compiled(r"[\s:,(]{1,3}(?:is |was |now )?(?:[1-9]|10)\s?/\s?10\b")
LIMBS = {"lumbar": LEG, "cervical": ARM}
NOT_SPREAD = compiled(r"(?:does not |doesn't |do not |not |without |no )?(?:radiate|radiation|radiating)", re.I)
UNTOLD = {"exam", "plan", "imaging", "rationale", "procedure", "past_medical", "past_surgical", "education", "goals"}
PRESENT = ("present", "suspected")


def told(parsed: Parsed, report: bool) -> Iterator[Finding]:
    """Limbs that are told to be spared, and pain that is told to stay in the spine or to be worse there."""
    if report:
        return
    for phrase in phrases(parsed, "diagnosis", report=False):
        says = status_of(parsed, phrase.start, phrase.end)
        if says not in ("present", "absent") or parsed.section_at(phrase.start).name in UNTOLD:
            continue
        concept = str(lexicon("diagnosis").concepts[phrase.concept].extra["concept"])
        if phrase.says == "affirmed" and not is_spinal(parsed, *phrase.quote):
            continue
        yield _told(parsed, phrase, concept)


def _told(parsed: Parsed, phrase: Phrase, concept: str) -> Finding:
    first, last = phrase.quote
    bounds = (first, phrase.start, phrase.end, last)
    return parsed.document.finding(
        "diagnosis",
        concept,
        phrase.start,
        phrase.end,
        quote=phrase.quote,
        status="present" if phrase.says == "affirmed" else "absent",
        region=_region_told(parsed, phrase)
        or place.region_of(parsed, bounds)
        or place.region_of_document(parsed, False),
        side=side_in(parsed.text, phrase.start, phrase.end),
        basis="clinical",
    )


def _region_told(parsed: Parsed, phrase: Phrase) -> str | None:
    """The region of the pain that is told of, where its limb is the one that is named."""
    words = parsed.text[phrase.start : phrase.end]
    pain = _spinal_pain(parsed, phrase.quote, words)
    return pain[1] if pain else None


def axial(parsed: Parsed, found: Sequence[Finding]) -> Iterator[Finding]:
    """'Low back pain, no leg pain': one finding for each sentence that spares the limb of a spine that hurts."""
    if _runs_into_a_limb(found):
        return
    done = {finding.quote_start for finding in found if finding.concept == "axial_pain"}
    for finding in found:
        if finding.quote_start in done or not _spares_a_limb(parsed, finding):
            continue
        named = bool(SYMPTOM.match(parsed.text, finding.end))
        pain = _spinal_pain(parsed, (finding.quote_start, finding.quote_end), None if named else finding.mention)
        if pain is None:
            continue
        start, region = pain
        if _limb_hurts(parsed, start, finding.quote_end):
            continue
        done.add(finding.quote_start)
        yield parsed.document.finding(
            "diagnosis",
            "axial_pain",
            finding.start,
            finding.end,
            quote=(min(finding.quote_start, start), finding.quote_end),
            status="present",
            region=region,
            basis="clinical",
        )


def without_spread(found: Sequence[Finding]) -> list[Finding]:
    """'Left arm pain and neck pain, no radiation to the right arm' is not axial: the limb hurts beside it."""
    limbs = [f for f in found if f.concept == "radiculopathy" and f.get("status") in PRESENT]
    return [
        finding
        for finding in found
        if not (NOT_SPREAD.fullmatch(finding.mention) and finding.concept == "axial_pain")
        or not any(-BEFORE < limb.start - finding.start < BEFORE for limb in limbs)
    ]


def is_spinal(parsed: Parsed, first: int, last: int) -> bool:
    """Whether a sentence names a limb, pain of the spine stands in it or near, or the document is about the spine."""
    section, text = parsed.section_at(first).start, parsed.text
    named = SPINAL_PAIN.search(text, max(section, first - BEFORE), last)
    return bool(named or LEG.search(text, first, last) or ARM.search(text, first, last)) or (
        place.region_of_document(parsed, False) is not None
    )


def names_spinal_pain(parsed: Parsed, first: int) -> bool:
    """Whether pain of the spine is named in the same section, shortly before a sentence."""
    section = parsed.section_at(first)
    if section.name in UNTOLD:
        return False
    return bool(SPINAL_PAIN.search(parsed.text, max(section.start, first - BEFORE), first))


def _spares_a_limb(parsed: Parsed, finding: Finding) -> bool:
    """A symptom of a limb is denied, not the name of a code nor a sign of the examination."""
    if finding.concept != "radiculopathy" or finding.get("status") != "absent" or finding.get("icd10"):
        return False
    if parsed.section_at(finding.start).name in UNTOLD or AT_TIMES.match(parsed.text, finding.end):
        return False
    limb = LEG.search(finding.mention) or ARM.search(finding.mention)
    return bool(limb) or bool(SYMPTOM.match(parsed.text, finding.end))


def _limb_hurts(parsed: Parsed, first: int, last: int) -> bool:
    """Between the two, pain of a limb is named that nothing denies ('usual calf pain 5/10')."""
    return any(
        SCORED.match(parsed.text, match.end()) or status_of(parsed, match.start(), match.end()) in PRESENT
        for match in LIMB_HURTS.finditer(parsed.text, first, last)
    )


def _runs_into_a_limb(found: Sequence[Finding]) -> bool:
    """The document also tells of pain in a limb, or that the limb is worse."""
    return any(
        (other.concept in ("radiculopathy", "neurogenic_claudication") and other.get("status") in PRESENT)
        or (other.concept == "axial_pain" and other.get("status") == "absent")
        for other in found
    )


def _spinal_pain(parsed: Parsed, quote: tuple[int, int], limb: str | None) -> tuple[int, str | None] | None:
    """Where the pain of the spine is named in a sentence or shortly before it, and its region, if the limb is its."""
    text, (first, last) = parsed.text, quote
    section, unplaced = parsed.section_at(first).start, None
    for begin, end in ((first, last), (max(section, first - BEFORE), first)):
        for match in SPINAL_PAIN.finditer(text, begin, end):
            if DENIED.search(text, max(begin, match.start() - 30), match.start()):
                continue
            region = _region(text, match)
            own = LIMBS.get(region or "")
            if limb is None or own is None or own.search(limb) or not (LEG.search(limb) or ARM.search(limb)):
                found = window(parsed, match.start(), match.end())[0], region
                if region:
                    return found
                unplaced = unplaced or found
    return unplaced


def _region(text: str, match: re.Match[str]) -> str | None:
    """The region of the spine that the words name; an unplaced 'spine' names none."""
    if THORACIC.search(text, max(0, match.start() - 8), match.end()):
        return "thoracic"
    if match.lastgroup in ("lumbar", "cervical"):
        return str(match.lastgroup)
    word = re.sub(r"[- ]", "", (match["one"] or match["other"] or "").lower())
    return "lumbar" if word == "beltline" else PARTS.get(word)
