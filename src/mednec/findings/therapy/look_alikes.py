"""A term of the lexicon of treatments in, whether it means something else here out: a person, a clinic, a test."""

from __future__ import annotations

import re

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.findings.therapy.called_patient import is_the_patient
from mednec.findings.therapy.other_illness import is_of_another_illness

CREDENTIAL_BEFORE = compiled(r"[A-Z][\w'-]+,\s*$")
CREDENTIAL_AFTER = compiled(
    r"\s*(?:,\s*(?:DPT|MPT|OCS|MS|PhD|ATC|CSCS|COMT|PTA|[A-Z]{2,5}\b)|\n|$|\d|\(|e-?signed|;|\.|\s+Date\b)"
)
THERAPIST_NAMED = compiled(r":\s*(?:[A-Z][a-z]+\s+){1,2}[A-Z][a-z]+,\s*(?:PT|DPT)")
ARTERY = compiled(r"\s*(?:pulses?|arter|/DP|and DP|or DP)", re.I)
CHEMOTHERAPY = compiled(
    r"\b(?:chemo\w*|cyclophosphamide|vincristine|doxorubicin|rituxan|rituximab|cisplatin|pneumonia|bronchitis|"
    r"antibiotics|croup|lymphoma|leukemia|myeloma|carcinoma|transplant|asthma|COPD|lupus|adenopathy)\b",
    re.I,
)
PATIENT_LABEL = compiled(r":?\s+[A-Z][\w'-]+,?\s+[A-Z][^\n]{0,40}\b(?:DOB|MRN|Age|AGE)\b")
OPENS = compiled(r"(?:^|[\n.;])[ \t]*$")
SPEAKS = compiled(
    r":\s+(?:[\"']|(?:i|my|me)\b|(?:the |her |his |my )?(?:\w+\s+){1,2}(?:hurts?|aches?|burns?|is killing|throbs?)\b|"
    r"(?:says|states|c/o|complains|wants|asks|feels|reports|denies)\b)|\s+(?:was\s+|is\s+|were\s+|very\s+|not\s+|"
    r"un)*(?:helpful to|cooperative|talkative|tearful|late|pleasant|alert|awake|anxious|hostile|rude|crying)\b|"
    r"\s+(?:stopped (?:answering|talking)|fell|cried|slept|walked (?:in|out)|sat\b|lay\b|laughed|smokes|drinks|lives|"
    r"works|drove|forgot)\b",
    re.I,
)
TRIAGE = compiled(r"\b(?:triage|arrival|acuity|ED|ER|emergency|urgent care)\b", re.I)
CLOTTING = compiled(r"\b(?:INR|PTT|prothrombin)\b")
COAGULATION = compiled(r"\b(?:INR|PTT|prothrombin|coagulation)\b|\s+(?:of\s+|was\s+|is\s+)?\d{1,2}\.\d", re.I)
REHAB_LIST = r"(?:(?:and|or|both|PT|OT|physical|occupational|therapy)\b[\s,/&]*)*"
WITH_SPEECH = compiled(
    rf"[\s,/&]+{REHAB_LIST}(?:speech|SLP\b|swallow\w*)"
)  # the rehabilitation of a stroke, not of pain
SPEECH_WITH = compiled(rf"\b(?:speech(?:\s+therapy)?|SLP)[\s,/&]+{REHAB_LIST}$", re.I)
FACILITY_AFTER = compiled(
    r"\s*(?:,?\s*(?:PLLC|LLC|Inc\b|INC\b|P\.?C\.|PA\b)|&\s*(?:[A-Z]|Balance|Rehab|Wellness|Sports)|(?:Center|"
    r"CENTER|Clinic|CLINIC|Associates|Department|Services, |Specialists|Institute)\b)"
)
FACILITY_BEFORE = compiled(
    r"(?:\b(?:at|from|@|by)\s+(?:the\s+)?(?:[A-Z][\w'&.]+\s+){1,4}|(?:[A-Z][a-z'&.]+\s+)"
    r"+[A-Z][a-z'&]+\.?\s+(?<!Back\s)(?<!Neck\s)(?<!Lumbar\s))$"
)
ORDERED_BEFORE = compiled(
    r"\b(?:[Ff]ormal|[Oo]utpatient|[Ss]upervised|[Cc]ompleted|[Pp]rior|[Cc]ontinue|[Ss]tart|"
    r"[Rr]efer(?:red)?)\s+$"
)
PAINFUL = compiled(r"\bpain|analges|neuropath|neuralg|migraine|ache\b|headache|symptom|relief|discomfort", re.I)
OF_THE_HEAD = compiled(r"\bheadaches?\b|\bpain\b", re.I)
TAKEN_FOR_PAIN = compiled(
    r"[^.;\n]{0,60}?\b(?:p\.?r\.?n|as needed|pain|headaches?|aches?|arthritis|discomfort)\b", re.I
)
FOR_ANOTHER_ILLNESS = compiled(
    r"\s+(?:for|to control|to treat)\s+(?:his|her|the|their)?\s*(?:diabetes|hypertension|blood|high|"
    r"cholesterol|depression|anxiety|sleep|infection|cough|asthma|heart|thyroid|seizures?|fever|gout|bladder|"
    r"nausea|allerg)",
    re.I,
)
GIVEN_BY_NEEDLE = compiled(
    r"\bIV\b|intraven|inject|\bIM\b|epidural|ESI\b|anesthetic|\d\s*%|\bcc\b|\bmL\b|\bPF\b|fluoro", re.I
)
ANTIBIOTIC = compiled(
    r"\b(?:\w+(?:mycin|floxacin|cillin|cycline)|z-?pa[ck]k?|antibiotic|antiviral|"
    r"\w+clovir)\b[^.;\n]{0,24}\b(?:dose ?pa\w+|taper|burst)$",
    re.I,
)
SCREENED = compiled(
    r"\b(?:(?:drug|tox\w*|urine|opiate|substance)\s+(?:tox\w*\s+)?(?:screen\w*|test\w*)|toxicology|tox|UDS|UDT)\b"
    r"[^.;\n]{0,90}$|\bpositive (?:for|to)\s+(?:[\w-]+,?\s+){0,5}$",
    re.I,
)
SCREENED_AFTER = compiled(r"\s+(?:positive|negative|metabolites?|on (?:his|her|the) (?:drug|urine|UDS)\b)", re.I)
ABUSED = compiled(
    r"\b(?:abus(?:e|es|ed|ing)|addict(?:ed|ion) to|misus\w+|snort\w+|overdos\w+(?: (?:on|of|with))?|withdraw\w+ from|"
    r"detox\w* (?:from|off))\s+(?:(?:of|both|his|her|the)\s+)*(?:[\w-]+(?:,|\s+and|\s+or|,\s+and|/)\s*){0,5}$",
    re.I,
)
PRESCRIBED = compiled(r"\b(?:prescri\w+|takes|taking|continues?|refill\w*|started|stopped)\b", re.I)
MEASURED = compiled(r"\b(?:mL|cc|mg|mcg)\s+(?:of\s+)?$", re.I)  # a dose of what was injected
THERAPIST_TELLS = compiled(  # a therapist who tells something is no treatment
    r"\s+(?:would|will|also\s+)?\s*(?:contact\w*|call(?:ed|s)?|note[sd]?|report(?:ed|s)?|state[sd]?|felt|wrote|writes"
    r"|indicate[sd]?"
    r"|inform(?:ed|s)?|mention(?:ed|s)?|documented|documents|observed|communicat\w+)\b",
    re.I,
)
CHIROPRACTOR_S = compiled(r"\s+(?:Wellness|Center|Clinic|Case|Office|Health|Associates|Institute|Records?)\b")
OF_BREATH = needing(
    r"\b(?:pulmonary fibrosis|pneumonitis|sarcoid\w*|interstitial lung|oxygen[- ]dependent|inhalers?|albuterol|"
    r"nebuli[sz]\w+|wheez\w+|asthma\w*|COPD|bronchi\w+|sinus\w*|cough\w*|croup|congestion|"
    r"poison (?:ivy|oak))\b",
    re.I,
)
CANNABIS = compiled(r"(?:THC|cannabis|marijuana|edibles|hemp)\b", re.I)
OF_SEIZURES = compiled(r"\b(?:seizures?|epilep\w*|EEG|convulsi(?:ons?|ve)\b|spells?|blackouts?)", re.I)
OF_A_NUMBER = compiled(r"\d\s+$")
OF_THE_HEART = compiled(r"\b(?:heart|cardiac|catheteri\w+|coronary|angina|beta[- ]blocker|hypertension)\b", re.I)
LOW_DOSE = compiled(r"\s+to\s+81\b")
NOT_DONE = compiled(r"\bnot\s+$|n't\s+$", re.I)
AS_A_CLASS = compiled(r"\bas\s+(?:an?|his|her|the)\s+$", re.I)
EVACUATED = compiled(r"[^.;\n]{0,30}?\b(?:and|with|,)\s+(?:an?\s+|the\s+)?(?:evacuation|drainage)\b", re.I)
EVACUATION = compiled(r"\b(?:evacuation|drainage)\s+(?:of\s+[\w\s]{0,20})?(?:and|with)\s+(?:\w+\s+)?$", re.I)
BY_SURGEONS = compiled(
    r"\b(?:with|by|per|from|consult(?:ed)?|consultation (?:with|to)|(?:transferred|admitted) to)\s+$",
    re.I,
)
SHOULD_THEY_FAIL = compiled(r"\bif\b[^.;\n]{0,100}\bthese\s+$", re.I)  # 'if these conservative measures do not help'
GRAFTING = compiled(r"\b(?:harvest|graft)\w*\b[^.;\n]{0,80}$|\b(?:allo|auto)graft\w*\s+for\b[^.;\n]{0,60}$", re.I)


PRODUCT = compiled(
    r"\b(?:teas?|oils?|capsules?|supplements?|herbs?|herbals?|creams?|tinctures?|gummies|balms?|salves?|"
    r"powders?|drops|pills|tablets|magnets?|bracelets?"
    r"|pillows?|books?|insoles|turmeric|CBD|glucosamine|remed\w+)\b(?:\s(?:that|which|from|by|sold by|bought from"
    r"|recommended by|of))*\s(?:his|her|the|an?|their|my)\s"
    r"(?:\w+\s)?$",
    re.I,
)
PRACTITIONER = compiled(r"acupuncturist|chiropractor|massage therapist|therapist|massage|osteopath", re.I)
OCCUPIED = compiled(
    r"\b(?:(?:he|she|patient|who)\s+(?:is|was)|works?(?:ing)? as|worked as|employed as|job as|career as|"
    r"occupation:?|profession:?)\s+"
    r"(?:an?\s+)(?:(?:retired|licensed|practicing|registered|certified|former|full-time|part-time|physical|"
    r"massage)\s+)*$",
    re.I,
)
TO_EVALUATE = compiled(r"\b(?:eval\w*|assess\w*|diagnos\w*)\s*(?:and|&|/|or)\s*$", re.I)
ORALLY = compiled(r"\boral\s+$", re.I)
PLATELETS = compiled(r"\b(?:platelets?|thrombocytopeni\w+|purpura)\b", re.I)  # of which the other ITP is a lack
SIGNED = compiled(r"[ \t]*(?:[A-Z][\w.' ]{1,40},\s*)?(?:Chiropractor|Acupuncturist|Massage Therapist|Osteopath)[ \t.]*")
FRIEND = compiled(
    r"\s(?:friend|neighbor|brother|sister|cousin|uncle|aunt|colleague|coworker|sells|sold)(?:'s|\u2019s)?\b", re.I
)


def _is_a_source(text: str, hit: Hit) -> bool:
    """Whether a practitioner is named only as whom a product comes from, or as a friend."""
    if not PRACTITIONER.match(text, hit.start) and not text[hit.start : hit.end].lower().endswith("therapist"):
        return False
    if SIGNED.fullmatch(text, text.rfind("\n", 0, hit.start) + 1, (text + "\n").index("\n", hit.end)):
        return True
    if OCCUPIED.search(text, max(0, hit.start - 44), hit.start):
        return True
    return bool(PRODUCT.search(text, max(0, hit.start - 60), hit.start) or FRIEND.match(text, hit.end))


def means_another(parsed: Parsed, hit: Hit, reading: str, group: str) -> bool:
    """Whether the words mean something else here: a person, a clinic, a drug for another illness or given by needle."""
    text = parsed.text
    if _is_a_source(text, hit) or (hit.term == "ITP" and PLATELETS.search(text)):
        return True
    if hit.concept == "physical_therapy":
        return bool(hit.term.endswith("therapist") and THERAPIST_TELLS.match(text, hit.end)) or _is_no_therapy(
            parsed, hit
        )
    if group == "medication" and _is_screened(parsed, hit):
        return True
    if reading == "class" and AS_A_CLASS.search(text, max(0, hit.start - 8), hit.start):
        return _is_named_before(parsed, hit)
    if hit.concept == "epidural_steroid_injection" and re.match(
        r"[\s:]*(?:level\s*)?[1-5]\b", text[hit.end : hit.end + 10]
    ):
        return bool(TRIAGE.search(text, max(0, hit.start - 90), hit.end + 90))
    if _is_taken_otherwise(parsed, hit, reading):
        return True
    if _is_told_by_neighbors(text, hit) or (reading != "agent" and is_of_another_illness(parsed, hit)):
        return True
    if reading == "pain_only":
        return not _for_pain(parsed, hit)
    if hit.concept == "oral_steroid" and _is_for_breath(parsed, hit):
        return True
    if hit.concept == "oral_steroid" and parsed.section_at(hit.start).name not in ("allergies", "medications"):
        near = text[max(0, hit.start - 90) : hit.end + 90] if reading == "needle" else text[hit.end : hit.end + 30]
        sentence = parsed.sentence_at(hit.start)
        return bool(
            GIVEN_BY_NEEDLE.search(near) or CHEMOTHERAPY.search(text, sentence.start, sentence.end)
        ) or not _among_treatments(parsed, hit, sentence.start, sentence.end)
    if group == "medication" and FOR_ANOTHER_ILLNESS.match(text, hit.end):
        return True
    return hit.concept == "spine_surgery" and _is_no_pain_surgery(text, hit)


def _is_taken_otherwise(parsed: Parsed, hit: Hit, reading: str) -> bool:
    """Whether a drug is one of leisure or against seizures, or a drug, not the feet, is to be stayed off."""
    text, sentence = parsed.text, parsed.sentence_at(hit.start)
    if hit.term == "stay off":
        return _stays_off_a_drug(parsed, hit)
    if hit.concept == "other_therapy" and CANNABIS.match(text, hit.start):
        listed = parsed.section_at(hit.start).name in ("medications", "prescribed", "plan")
        return not listed and not about_pain(text, *sentence)
    if hit.concept == "gabapentinoid" and reading == "class":
        return OF_SEIZURES.search(text, *sentence) is not None and not about_pain(text, *sentence)
    return False


def _stays_off_a_drug(parsed: Parsed, hit: Hit) -> bool:
    """Whether it is a drug, not the feet, that is to be stayed off: 'stay off ibuprofen'."""
    named = parsed.within(hit.end, min(hit.end + 40, len(parsed.text)), "therapy")
    return any(one.start <= hit.end + 12 and one.concept != hit.concept for one in named)


def _is_for_breath(parsed: Parsed, hit: Hit) -> bool:
    """Whether a steroid stands beside an inhaler or an illness of the chest, and no pain is named with it."""
    if parsed.section_at(hit.start).name in ("allergies", "medications"):
        return False
    sentence = parsed.sentence_at(hit.start)
    told = OF_BREATH.search(parsed.text, sentence.start, sentence.end)
    return bool(told) and not about_pain(parsed.text, sentence.start, sentence.end)


def _is_no_pain_surgery(text: str, hit: Hit) -> bool:
    """Whether it is the taking of a graft, or a decompression that lets out blood or pus."""
    if text[hit.start : hit.end] == "Surgery" and BY_SURGEONS.search(text, max(0, hit.start - 24), hit.start):
        return True  # the department
    grafted = GRAFTING.search(text, max(0, hit.start - 90), hit.start)
    return bool(grafted or EVACUATED.match(text, hit.end) or EVACUATION.search(text, max(0, hit.start - 40), hit.start))


def _is_told_by_neighbors(text: str, hit: Hit) -> bool:
    """Whether the words directly beside it give it another meaning: a dose, a clinic's name, what was not done."""
    if hit.concept == "injection_unspecified" and MEASURED.search(text, max(0, hit.start - 16), hit.start):
        return True
    if hit.term in ("pills", "medical therapy") and (
        OF_A_NUMBER.search(text, max(0, hit.start - 6), hit.start)
        or OF_THE_HEART.search(text, max(0, hit.start - 120), hit.end + 80)
    ):
        return True
    if hit.concept == "nsaid" and LOW_DOSE.match(text, hit.end):
        return True
    if hit.concept == "chiropractic" and CHIROPRACTOR_S.match(text, hit.end):
        return True
    if hit.concept == "activity_modification" and NOT_DONE.search(text, max(0, hit.start - 8), hit.start):
        return hit.term.startswith(("limited", "modified", "restricted"))
    if hit.concept == "bracing" and "postoperative course" in text[max(0, hit.start - 80) : hit.start]:
        return True
    if hit.concept == "conservative_unspecified" and (
        re.search(r"\babove\s+$", text[max(0, hit.start - 8) : hit.start])
        or TO_EVALUATE.search(text, max(0, hit.start - 24), hit.start)
        or SHOULD_THEY_FAIL.search(text, max(0, hit.start - 120), hit.start)
    ):
        return True
    return bool(hit.concept == "oral_steroid" and ANTIBIOTIC.search(text, max(0, hit.start - 40), hit.end))


def _is_screened(parsed: Parsed, hit: Hit) -> bool:
    """Whether a drug is what a urine screen found or what was abused: 'positive for opiates'."""
    text, start = parsed.text, parsed.sentence_at(hit.start).start
    if SCREENED_AFTER.match(text, hit.end) and SCREENED.search(text, max(0, hit.start - 160), hit.start):
        return True
    found = SCREENED.search(text, start, hit.start) or ABUSED.search(text, start, hit.start)
    return found is not None and not PRESCRIBED.search(text, found.start(), hit.start)


def _is_named_before(parsed: Parsed, hit: Hit) -> bool:
    """Whether a class only tells what the drug is that is named before it: 'Naprosyn as an anti-inflammatory'."""
    named = parsed.within(parsed.sentence_at(hit.start).start, hit.start, "therapy")
    return any(one.concept == hit.concept for one in named)


def _for_pain(parsed: Parsed, hit: Hit) -> bool:
    """Whether a drug that is given for other illnesses too is taken for pain here."""
    sentence = parsed.sentence_at(hit.start)
    if hit.concept == "analgesic_unspecified" and not OF_THE_HEAD.search(
        parsed.text, _before(parsed, sentence.start), sentence.end
    ):
        return False  # what is taken for a migraine alone
    if TAKEN_FOR_PAIN.match(parsed.text, hit.end):
        return True
    listed = parsed.section_at(hit.start).name in ("medications", "prescribed")
    if parsed.section_at(hit.start).name == "allergies":
        return hit.concept == "nsaid"
    return not listed and about_pain(
        parsed.text, sentence.start if hit.concept == "nsaid" else _before(parsed, sentence.start), sentence.end
    )


def _before(parsed: Parsed, start: int) -> int:
    """Where the sentence begins that stands before in the same paragraph; the sentence itself where none does."""
    index = parsed.sentence_index(start)
    earlier = parsed.sentences[index - 1].start if index else start
    return start if "\n" in parsed.text[earlier:start].strip() else earlier


def _among_treatments(parsed: Parsed, hit: Hit, start: int, end: int) -> bool:
    """Whether a steroid is told beside other treatments or pain, not for another illness."""
    if re.search(r"pack|pak|burst|taper|oral", hit.term, re.I) or ORALLY.search(parsed.text, start, hit.start):
        return True
    others = [other for other in parsed.within(start, end, "therapy") if other.start != hit.start]
    return (
        bool(others)
        or re.search(r"\breaction|allerg|causes|intoleran", parsed.text[start:end]) is not None
        or about_pain(parsed.text, _before(parsed, start), end)
        or parsed.section_at(hit.start).name in ("plan", "prior_treatment", "prescribed")
    )


def _is_no_therapy(parsed: Parsed, hit: Hit) -> bool:
    """PT as the patient, as a credential, as a clotting time, or as part of a clinic's name."""
    text = parsed.text
    words, before = text[hit.start : hit.end], text[max(0, hit.start - 60) : hit.start]
    if re.search(r"\bper\s+$", before, re.I) or (
        words == "PT" and CLOTTING.search(text, max(0, hit.start - 30), hit.end + 30)
    ):
        return True  # 'activity: per PT'
    if WITH_SPEECH.match(text, hit.end) or SPEECH_WITH.search(before):
        return True
    if words == "PT" and (
        is_the_patient(text, hit.start, hit.end)
        or THERAPIST_NAMED.match(text, hit.end)
        or COAGULATION.match(text, hit.end)
    ):
        return True
    if words == "PT" and SPEAKS.match(text, hit.end) and OPENS.search(before):
        return True
    if words == "PT" and (PATIENT_LABEL.match(text, hit.end) or before.rfind("FROM:") > before.rfind("\n")):
        return True
    if words == "PT" and re.match(r"\s+(?:DPT\b|e-?sign)", text[hit.end : hit.end + 10]):
        return True
    if words == "PT" and (ARTERY.match(text, hit.end) or re.search(r"\bDP\s*(?:,|/|and|or)\s*$", before)):
        return True
    if words == "PT" and (
        (
            CREDENTIAL_BEFORE.search(before)
            and CREDENTIAL_AFTER.match(text, hit.end)
            and not _after_treatment(parsed, hit)
        )
        or before.endswith("supervision of ")
    ):
        return True
    if FACILITY_AFTER.match(text, hit.end) or (
        words.lower().endswith("therapist") and re.search(r"\b(?:her|his|their)\s+$", before)
    ):
        return True
    return bool(
        (words == "PT" or words.istitle()) and FACILITY_BEFORE.search(before) and not ORDERED_BEFORE.search(before)
    )


def _after_treatment(parsed: Parsed, hit: Hit) -> bool:
    """Whether the word before is a treatment too, so that no person is named: 'Robaxin, PT (6 wk)'."""
    near = parsed.within(max(0, hit.start - 40), hit.start, "therapy")
    return any(parsed.text[other.end : hit.start].strip() == "," for other in near)


def about_pain(text: str, start: int, end: int) -> bool:
    """Whether a stretch of text speaks of pain."""
    return bool(PAINFUL.search(text, start, end))
