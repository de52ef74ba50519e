"""A treatment in general words in, whether it is that of an illness of another organ, not of a pain, out."""

from __future__ import annotations

import re

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

UNNAMED = ("conservative_unspecified", "analgesic_unspecified")
OF_PAIN = needing(
    r"\bpain|\b(?:back|head|tooth|ear)?aches?\b|\baching\b|algias?\b|\bsore(?:ness)?\b|\bdiscomfort|\bsciatica|"
    r"\bradicul|\barthri|\bspondyl|\b(?:spinal|lumbar|cervical|foraminal|canal) stenosis\b|"
    r"\bneuropath|\bmigraine|\btend[io]n|\bstrain|\bsprain|\bfracture",
    re.I,
)
SYMPTOM = compiled(r"\banalges|\bsymptom|\brelief\b", re.I)
ILLNESS = needing(
    r"\b(?:infections?|ulcers?|ulcerations?|\w*menorrhagia|\w*metrorrhagia|fibroids?|incontinence|varicose|hernias?|"
    r"bowel obstructions?|reflux|GERD|wounds?|asthma|anemia|lipids?|cholesterol|triglycerides|ADHD|attention deficit|"
    r"bipolar|schizo\w+|psychos[ei]s|seizures?|epilep\w+)\b",
    re.I,
)
ORGAN = needing(
    r"\b(?:cardi\w+|heart|coronary|hypertens\w+|dyspnea|orthopnea|shortness of breath|CHF|atrial|ventric\w+|pneumonia|"
    r"COPD|diabet\w+|hepatitis|HIV|thyroid\w*|cancer|carcinoma|lymphoma|leukemia|chemotherapy|tumou?rs?|cataracts?|"
    r"glaucoma|eyes?|eyelids?|lacrimal|visual|vision|sinusitis|tonsil\w*|hearing|otitis|diverticul\w+|colitis|"
    r"cholecyst\w+|gallstones?|pancreatitis|cirrhosis|renal|kidney|prostat\w+|urinary|uter\w+|acne|seizures?|"
    r"epilep\w+|strokes?)\b",
    re.I,
)
OF_ITS_KIND = {
    "massage": compiled(r"\b(?:fund(?:us|al)|uter(?:us|ine)|placenta\w*|perine\w+|lacrimal|eyelids?|carotid)\b", re.I),
    "radiofrequency_ablation": compiled(
        r"\b(?:nev(?:us|i)|moles?|warts?|turbinates?|palate|snoring|veins?|tonsils?)\b", re.I
    ),
    "injection_unspecified": compiled(
        r"\b(?:poison (?:ivy|oak)|rash|hives|urticaria|dermatitis|eczema|asthma|bee stings?)\b", re.I
    ),
    "other_therapy": compiled(
        r"\b(?:warts?|molluscum|genital|condylom\w+|stones?|lithotrip\w+|retin\w+|glaucoma|hair removal|tattoos?|"
        r"rosacea|acne)\b",
        re.I,
    ),
    "therapeutic_ultrasound": compiled(
        r"\b(?:warts?|molluscum|genital|condylom\w+|stones?|lithotrip\w+|retin\w+|glaucoma|hair removal|tattoos?|"
        r"rosacea|acne)\b",
        re.I,
    ),
    "topical_analgesic": compiled(
        r"\b(?:rash(?:es)?|hives|eczema|psoria\w+|dermatitis|acne|rosacea|itch\w*|pruritus|fungal|tinea|dry skin)\b",
        re.I,
    ),
    "activity_modification": compiled(
        r"\b(?:preterm|premature|labor|contractions?|gestation|pregnan\w+|preeclampsia|placenta)\b", re.I
    ),
    "traction": compiled(r"\b(?:eyelids?|lid|puncta|canalicul\w+|placenta|cervix|tongue)\b", re.I),
}
OF_BIRTH = compiled(
    r"(?<!manual )(?<!heavy )(?<!hard )\blabor\b(?!-)|\b(?:completely|fully|cm) dilated\b|\b(?:ces[ae]+rean|"
    r"c-section|vaginal|pitocin|"
    r"fetal|gestation\w*)\b",
    re.I,
)
UNPAINFUL = compiled(
    r"\b(?:depress\w+|anxiety|mood|panic|hypertension|blood pressure|diabetes|cholesterol|reflux|seizures?|insomnia|"
    r"tremors?|"
    r"mania|bipolar|fever|cough)\b",
    re.I,
)
ELSEWHERE = ("head", "chest", "abdomen_pelvis", "widespread")
FIRST = 6000  # characters of a document that tell what it is about


def is_of_another_illness(parsed: Parsed, hit: Hit) -> bool:
    """Whether the words around a treatment, or the whole document, tell that it is no care of a pain."""
    if hit.concept == "epidural_steroid_injection":
        return OF_BIRTH.search(parsed.text, *parsed.sentence_at(hit.start)) is not None
    own = OF_ITS_KIND.get(hit.concept)
    if own is None and hit.concept not in UNNAMED:
        return False
    text, sentence = parsed.text, parsed.sentence_at(hit.start)
    if OF_PAIN.search(text, *sentence):
        return False
    if hit.concept in UNNAMED and ILLNESS.search(text, *sentence) and not SYMPTOM.search(text, *sentence):
        return True
    if speaks_of_pain(parsed, *sentence):
        return False
    first, last = _beside(parsed, hit.start)
    if own:
        return bool(own.search(text, first, last))
    if hit.concept == "analgesic_unspecified" and not hit.term.startswith("medical"):
        return False
    if not hit.term.startswith(("medical", "treat")):
        first, last = sentence
    if is_of_an_organ(parsed, first, last):
        return True
    return bool(ORGAN.search(text, 0, FIRST)) and not speaks_of_pain(parsed, 0, FIRST)


def is_unpainful(parsed: Parsed, start: int) -> bool:
    """Whether a sentence tells of an illness without pain: 'her depression is well managed on Effexor'."""
    sentence = parsed.sentence_at(start)
    return UNPAINFUL.search(parsed.text, *sentence) is not None and not speaks_of_pain(parsed, *sentence)


def is_of_an_organ(parsed: Parsed, start: int, end: int) -> bool:
    """Whether a stretch of text names an illness of another organ and no pain."""
    named = ORGAN.search(parsed.text, start, end) or ILLNESS.search(parsed.text, start, end)
    return bool(named) and not speaks_of_pain(parsed, start, end)


def speaks_of_pain(parsed: Parsed, start: int, end: int) -> bool:
    """Whether a stretch of text names a pain, or the spine, a joint or a limb."""
    named = parsed.within(start, end, "regions")
    return any(hit.concept not in ELSEWHERE for hit in named) or bool(OF_PAIN.search(parsed.text, start, end))


def _beside(parsed: Parsed, start: int) -> tuple[int, int]:
    """Where the sentence before one begins and the sentence behind it ends."""
    index = parsed.sentence_index(start)
    earlier, later = parsed.sentences[max(0, index - 1)], parsed.sentences[min(len(parsed.sentences) - 1, index + 1)]
    return earlier.start, later.end
