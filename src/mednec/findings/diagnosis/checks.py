"""What a term's own sense adds to its status: symptoms, bare words, comparisons and things that are only wanted."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache

from mednec.expressions.patterns import compiled
from mednec.findings.diagnosis import place, precautions
from mednec.findings.diagnosis.axial import is_spinal, names_spinal_pain
from mednec.findings.diagnosis.mention import Mention
from mednec.findings.diagnosis.status import status_of
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

FEW = 40  # characters of a sentence that says no more than how the pain lies
PAIN = compiled(
    r"\b(?:pain|ach(?:e|es|ing)|radiat|burn|sharp|shoot|electric|lightning|zap|symptom|sx\b|numb|tingl|spread|travel|goes?\b|go\b|LBP)",
    re.I,
)
RADICULAR = compiled(
    r"\b(?:radiat\w*|shoot\w*|electric\w*|dermatom\w*|to the (?:foot|toes?|ankle|hand|fingers?)|(?:great|big"
    r"|little|fifth) toe|calf|shin|foot|below the knee|numb\w*|tingl\w*|pins|burning|[LCS]\d (?:distribution"
    r"|pattern)|straight leg|SLR)\b",
    re.I,
)
RUN = compiled(
    r"(?:(?!\b(?:not|no|without|above|but|denies|never|except|only)\b)[^.;:]){0,50}?"
    r"\b(?:legs?|arms?|cal(?:f|ves)|shins?|f(?:oo|ee)t|toes?|hands?|fingers?|thumb|forearm|(?:lower|upper) extremit\w+"
    r"|LEs?|UEs?|RLE|LLE|RUE|LUE|BLE)\b",
    re.I,
)
NAMED_WAY = compiled(
    r"\b(?:into|down) (?:both |the (?:left |right )?)?(?:legs?|arms?)\b"
    r"|\b(?:below|past) the (?:knees?|buttock|shoulder)\b",
    re.I,
)
FROM_A_LIMB = compiled(
    r"\bproximally\b|\bfrom (?:the |his |her |their )?(?:hands?|heels?|wrists?|elbows?|knees?|ankles?"
    r"|feet|foot|hips?)\b",
    re.I,
)
SPINAL_CONTEXT = compiled(
    r"\b(?:spin(?:e|al)|vertebra\w*|lumbar|thoracic|cervical|sacr\w*|back|epidural|paraspinal|marrow|osseous|LS|"
    r"[LCT]S?-?spine"
    r"|endplate|[LTC]\d{1,2})\b",
    re.I,
)
OTHER_ORGAN = compiled(
    r"\b(?:GU|genitourinary|yeast|urinary|conjunctiva\w*|lids|ears?|hearing|throat|sinus|respiratory|skin|wound|"
    r"incision"
    r"|eyes?|dental|calvarial|skull"
    r"|orbital|facial|nasal|ribs?|oropharynx|tube|catheter|port|head|brain|cerebral|breast|nasopharynx|liver|"
    r"bronch\w*|lymph|local)\b",
    re.I,
)
WORN = compiled(r"\b(?:implanted|has(?: an?)?|existing|indwelling|with an?|s/p|in situ)\s(?:\w+\s){0,3}$", re.I)
TRIED = compiled(r"\W{0,3}(?:trial|lead|leads|implant\w*|placement|evaluation|candidate|therapy|consult\w*)\b", re.I)
STOPPED = compiled(
    r"\b(?:stopp?ed|d/?c'?d|discontinued|off)\s+(?:\w+\s){0,2}$|^\W{0,3}(?:(?!be\b)\w+\W+){0,2}(?:stopped"
    r"|discontinued|was stopped|d/c'd)",
    re.I,
)
CLAUDICATION = (
    compiled(r"\b(?:walk\w*|stand\w*|ambulat\w*|(?:one|two|half a|1|2) blocks?\b)", re.I),
    compiled(
        r"\b(?:reliev\w*|eas\w+|better|improv\w*|resolv\w*)\b[^.;]{0,40}\b(?:sit\w*|lean\w*|bend\w*|flex\w*|lying|"
        r"rest\w*)",
        re.I,
    ),
    compiled(r"\b(?:legs?|buttocks?|thighs?|cal(?:f|ves)|groin|lower extremit)", re.I),
)
EASED = {"grocery cart", "leaning forward", "better with sitting"} | {
    f"relieved {how}"
    for how in (
        "by sitting",
        "with sitting",
        "by bending forward",
        "by leaning forward",
        "by flexion",
        "with forward flexion",
    )
}
NOT_OPEN = compiled(r"\b(?:not|no longer|never)\s+(?:\w+\s+)?$", re.I)
AGED = r"(?<!week[\s-])(?<!weeks[\s-])(?<!wks\s)(?<!day[\s-])(?<!days[\s-])(?<!month[\s-])(?<!months[\s-])old"
CHRONIC = compiled(rf"\b(?:chronic|{AGED}|remote|healed|longstanding|prior|previous|known)\b", re.I)
CHRONIC_BEHIND = compiled(
    rf"[^.;]{{0,30}}\b(?<!not )(?<!not yet )(?:unchanged|healed|chronic|{AGED})\b(?! from prior examination)"
    rf"|\s(?:is|was|appears?)\b[^.;,]{{0,60}}\b(?<!not )(?:chronic|{AGED}|healed)\b",
    re.I,
)
NOT = compiled(r"(?:does|do|no|not|doesn't|without)\b", re.I)
RATIO = compiled(
    r"(?:\s*pain)?(?:\s*ratio)?[\s:=(]*(?:is |of |about )?(?P<one>\d{1,3})\s?%?\s?[/:-]\s?(?P<other>\d{1,3})\b", re.I
)
RATIO_BEFORE = compiled(
    r"(?<![\d/.])(?P<one>\d{1,3})\s?%?\s?[/:-]\s?(?P<other>\d{1,3})\s*%?(?:\s+(?:split|ratio|between|of|is|the))*\s*$",
    re.I,
)
TO_THE_SPINE = compiled(r"\s+(?:to|into|in|through to) (?:the |her |his )?(?:back|neck|flank)\b", re.I)
WANTED = compiled(
    r"\b(?:consider\w*|need(?:s|ed)?|necessity|necessary|candidate|will be|plan\w*|put in|decided)\b", re.I
)
WANTED_BEHIND = compiled(
    r"\s+(?:placement\s+|implant\w*\s+)?(?:(?:is|was|may be|might be|will be|being|to be|if"
    r"|not)\s+)+(?:\w+\s)?(?:consider\w*|needed|necessary|recommended|planned"
    r"|placed|implanted|put in|indicated|discussed|warranted)\b|\s+(?:consider\w*|candidate|discussed|recommended|"
    r"declined|refused|never placed"
    r"|if needed|trial)\b",
    re.I,
)
WORN_BEHIND = compiled(
    r"(?:\s(?:system|device|unit|generator|battery|IPG|leads?))*[\s,:(]+(?:(?:is|was|has been|were"
    r"|been)\s)?(?:in situ|in place|implanted|present|placed|permanent"
    r"|(?:since|from) (?:19|20)\d\d|(?:19|20)\d\d|in (?:19|20)\d\d|in use|turned (?:on|off)|switched (?:on|off)|active"
    r"|functioning|working|battery|(?:s?he|patient|pt|rep) will (?:bring|turn|switch|come|attend)|to be (?:turned|"
    r"switched) off|programmed|reprogrammed|x ?\d+ (?:yrs?|years))\b",
    re.I,
)
CODED = compiled(r"(?:-?10)?(?:-CM)?\s*(?:codes?)?\s*[:#]?\s*[A-TV-Z]\d\d", re.I)
ACUTE_THEN = compiled(r"[^.;]{0,40}\b(?:19|20)\d\d\b")
PROPOSED = compiled(
    r"\b(?:inferior to|superior to|instead of|switch(?:ing)? to|consider(?:ed|ing)?|candidate for"
    r"|talked about|discussed|restrain from|refrain from|avoid)\s+(?:\w+\s){0,3}$"
    r"|^\s*(?:would be|may be|might be|could be|should be (?:considered|started)|is (?:contra)?indicated"
    r"|was contraindicated|to be started)\b",
    re.I,
)
ON_A_ROOT = compiled(r"\b(?:roots?|thecal sac)\b", re.I)
NAMED_BEFORE = compiled(r"\b[A-Z][a-z]{2,}\s$")
CLINIC = compiled(
    r"\s(?:clinic|residen\w+|physician|provider|office|associates|group|practice|center|doctor|MD|DO|NP)\b", re.I
)
GUARDED = compiled(r"\s*(?:prophylaxis|ppx|precautions|protection)\b", re.I)


def trait(concept: str, name: str) -> bool:
    """Whether the lexicon gives a concept a trait such as `sided`."""
    return bool(lexicon("diagnosis").concepts[concept].extra.get(name))


def mention_of(parsed: Parsed, hit: Hit) -> Mention:
    """The condition that a term names, with its reading and its sentence."""
    extra = lexicon("diagnosis").concepts[hit.concept].extra
    concept = str(extra.get("concept", hit.concept))
    reading = "absent" if extra.get("states") == "absent" else _readings(hit.concept).get(hit.term, "named")
    return Mention(concept, reading, hit.start, hit.end, *window(parsed, hit.start, hit.end), hit.term)


@cache
def _readings(concept: str) -> dict[str, str]:
    """How each term of a concept is read: `named`, a `symptom` of it, or `bare` (only where the spine is meant)."""
    readings = lexicon("diagnosis").concepts[concept].extra.get("readings", {})
    return {term: reading for reading, terms in readings.items() for term in terms}


def checked(parsed: Parsed, mention: Mention, report: bool) -> str | None:
    """The status that cues and the term\'s own sense give together; None where nothing is stated of this patient."""
    status = status_of(
        parsed, mention.start, mention.end, lasting=trait(mention.concept, "lasting") and mention.reading != "acute"
    )
    if status is None:
        return None
    if mention.reading == "absent":
        open_still = status == "absent" and not NOT_OPEN.search(parsed.text, mention.first, mention.start)
        return "absent" if status == "present" or open_still else None
    check = CHECKS.get((mention.concept, mention.reading)) or CHECKS.get((mention.concept, ""))
    return check(parsed, mention, status, report) if check else status


def _symptom(parsed: Parsed, mention: Mention, status: str, report: bool) -> str | None:
    """Pain down a limb: present where it is told as radicular, else only suspected; a mere place name is nothing."""
    text = parsed.text
    if report or (" pain" not in mention.term and not PAIN.search(text, mention.first, mention.last)):
        return None
    if status != "present":
        return status
    if mention.term.startswith("past "):
        return None
    return "present" if RADICULAR.search(text, mention.first, mention.last) else "suspected"


def _running(parsed: Parsed, mention: Mention, status: str, report: bool) -> str | None:
    """Pain that runs into a limb, where no term of the lexicon names the way ('radiating to R arm')."""
    way = RUN.match(parsed.text, mention.end, mention.last)
    if report or not way or NAMED_WAY.search(way.group()) or FROM_A_LIMB.search(way.group()):
        return None
    if not PAIN.search(parsed.text, mention.first, mention.last):
        return None
    return status if status != "present" or place.is_of_the_spine(parsed, report) else "suspected"


def _claudicatory(parsed: Parsed, mention: Mention, status: str, report: bool) -> str | None:
    """Leg symptoms that come with walking and go with sitting are claudication; one of the two only suggests it."""
    if report:
        return None
    both = all(part.search(parsed.text, mention.first, mention.last) for part in CLAUDICATION)
    if mention.term in EASED and not both:
        return None
    return {"present": "present" if both else "suspected"}.get(status, status)


def _bare_finding(parsed: Parsed, mention: Mention, status: str, report: bool) -> str | None:
    """A bare 'fracture', 'infection' or 'tumor': denied at large or of the spine, affirmed only of the spine."""
    left, right = place.clause_of(parsed.text, mention.first, mention.start, mention.end, mention.last)
    if status == "absent":
        elsewhere = place.elsewhere(parsed, mention.first, mention.last) or not place.is_of_the_spine(parsed, report)
        examined = "mass" in mention.term and parsed.section_at(mention.start).name == "exam"
        other = OTHER_ORGAN.search(parsed.text, left, mention.end + 10)
        return None if elsewhere or examined or other else status
    near = SPINAL_CONTEXT.search(parsed.text, max(left, mention.start - 45), min(right, mention.end + 45))
    return status if near and not place.elsewhere(parsed, left, right) else None


def _bare_stenosis(parsed: Parsed, mention: Mention, status: str, report: bool) -> str | None:
    """A bare 'stenosis' is of the spine where the sentence or the whole document speaks of it."""
    named = SPINAL_CONTEXT.search(parsed.text, mention.first, mention.last)
    return status if named or place.region_of_document(parsed, report) else None


def _device(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """A stimulator counts where it is worn, not where a trial of one is spoken of."""
    if status == "absent":
        return status
    before = (max(mention.first, mention.start - 50), mention.start)
    worn = WORN.search(parsed.text, max(0, mention.start - 30), mention.start) or (
        WORN_BEHIND.match(parsed.text, mention.end, mention.last) and not WANTED.search(parsed.text, *before)
    )
    return status if worn and not TRIED.match(parsed.text, mention.end) else None


def _implant(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """A pacemaker that is only wanted is none."""
    if CODED.match(parsed.text, mention.end):
        return None  # 'ICD: M47.816' is a code
    wanted = WANTED.search(parsed.text, max(mention.first, mention.start - 50), mention.start) or WANTED_BEHIND.match(
        parsed.text, mention.end, mention.last
    )
    return None if status != "absent" and wanted else status


def _medication(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """A blood thinner that was stopped is history; one that is only thought of states nothing."""
    text = parsed.text
    if status == "absent" and mention.term[0].isupper():
        return None
    if PROPOSED.search(text[max(mention.first, mention.start - 40) : mention.start]) or PROPOSED.search(
        text[mention.end : min(mention.last, mention.end + 30)]
    ):
        return None
    stopped = STOPPED.search(text[max(mention.first, mention.start - 25) : mention.start]) or STOPPED.search(
        text[mention.end : mention.end + 25]
    )
    return "history" if status == "present" and stopped else status


def _guarded(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """Prophylaxis does not state the illness."""
    return None if GUARDED.match(parsed.text, mention.end) else status


def _inflamed(parsed: Parsed, mention: Mention, status: str, report: bool) -> str | None:
    """A joint that a study finds not inflamed may hurt all the same."""
    imaged = place.basis_of(parsed, mention.start, mention.first, report=report) != "clinical" or place.QUOTED.search(
        parsed.text, mention.first, mention.last
    )
    return None if status == "absent" and imaged else status


def _acute(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """An acute illness that a year stands beside is over."""
    over = status == "present" and ACUTE_THEN.match(parsed.text, mention.end)
    return "history" if over else status


def _ratio(text: str, mention: Mention) -> str | None:
    """'Back/leg ratio 70/30', 'leg to back 80:20': axial where the larger share is the spine's."""
    shares = RATIO.match(text, mention.end) or RATIO_BEFORE.search(
        text, max(mention.first, mention.start - 30), mention.start
    )
    if not shares or shares["one"] == shares["other"]:
        return None
    limb_first = mention.term.startswith(("leg", "arm"))
    return "present" if (int(shares["one"]) > int(shares["other"])) != limb_first else "absent"


def _axial(parsed: Parsed, mention: Mention, status: str, report: bool) -> str | None:
    """'Axial' of pain; 'does not radiate' says axial too, 'leg worse than back' that it is not."""
    compared = mention.reading in ("spine_worse", "limb_worse", "ratio")
    if report or not (compared or PAIN.search(parsed.text, mention.first, mention.last) or _goes_on(parsed, mention)):
        return None
    if place.elsewhere(parsed, mention.first, mention.last):
        return None
    if mention.reading == "ratio":
        return _ratio(parsed.text, mention)
    if mention.reading == "limb_worse":
        return "absent" if status == "present" else None
    if mention.reading == "not_radiating":
        if TO_THE_SPINE.match(parsed.text, mention.end) or not is_spinal(parsed, mention.first, mention.last):
            return None
        return "present" if status == "absent" or NOT.match(parsed.text, mention.start) else None
    return status if status != "history" else None


def _goes_on(parsed: Parsed, mention: Mention) -> bool:
    """Whether a short sentence goes on about the pain of the spine that was named before it: '... Purely axial.'"""
    return mention.last - mention.first <= FEW and names_spinal_pain(parsed, mention.first)


def _fracture(parsed: Parsed, mention: Mention, status: str, report: bool) -> str | None:
    """A fracture that is chronic, healed or unchanged is history."""
    checked_status = _bare_finding(parsed, mention, status, report) if mention.reading == "bare" else status
    if checked_status != "present":
        return checked_status
    left, _ = place.clause_of(parsed.text, mention.first, mention.start, mention.end, mention.last)
    old = CHRONIC.search(parsed.text, left, mention.start) or CHRONIC_BEHIND.match(
        parsed.text, mention.end, mention.last
    )
    return "history" if old else "present"


def _scar(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """A scar of the spinal canal counts where it touches a root; that there is none does not deny the syndrome."""
    return status if status == "present" and ON_A_ROOT.search(parsed.text, mention.first, mention.last) else None


def _initials(parsed: Parsed, mention: Mention, status: str, _: bool) -> str | None:
    """'FM for ten years' names the illness; 'records from Juniper FM' a practice of family medicine."""
    practice = NAMED_BEFORE.search(parsed.text, mention.first, mention.start) or CLINIC.match(parsed.text, mention.end)
    return None if practice else status


CHECKS: dict[tuple[str, str], Callable[[Parsed, Mention, str, bool], str | None]] = {
    ("radiculopathy", "symptom"): _symptom,
    ("radiculopathy", "running"): _running,
    ("neurogenic_claudication", "symptom"): _claudicatory,
    ("vertebral_fracture", ""): _fracture,
    ("spinal_infection", "bare"): _bare_finding,
    ("spinal_stenosis", "bare"): _bare_stenosis,
    ("spinal_tumor", "bare"): _bare_finding,
    ("spinal_instability", "bare"): _bare_finding,
    ("implanted_device", "bare"): _device,
    ("implanted_device", "named"): _implant,
    ("contrast_allergy", "bare"): precautions.allergy,
    ("contrast_allergy", "cause"): precautions.cause,
    ("contrast_allergy", "agent"): precautions.agent,
    ("anticoagulation", ""): _medication,
    ("substance_use_disorder", ""): precautions.use,
    ("gi_bleed_or_ulcer", ""): _guarded,
    ("sacroiliac_pain", "inflamed"): _inflamed,
    ("fibromyalgia_widespread_pain", "initials"): _initials,
    ("pregnancy", ""): precautions.pregnancy,
    ("axial_pain", ""): _axial,
    ("post_laminectomy_syndrome", "scar"): _scar,
    ("kidney_disease", "acute"): _acute,
}
