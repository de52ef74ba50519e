"""A study in, whether it is of the head, the chest, the belly or another organ, and not of a pain, out."""

from __future__ import annotations

import re

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit

HEAD = ("head", "brain", "skull", "hct")
ELSEWHERE = compiled(
    r"\b(?:brain|head|hct|skull|chest|abdom\w+|thorax|sinus\w*|carotid|breast|renal|kidneys?|cardiac|heart|lungs?|"
    r"liver|orbits?|soft tissue neck|facial bones?|pulmonary|kub|iv contrast enhanced abdomen|pituitary|sella|"
    r"aort\w+|bowel|urinary)\b",
    re.I,
)
OF_ORGAN = compiled(
    r"\b(?:loops? of bowel|small bowel|bowel (?:loops|obstruction|wall)|appendic\w+|diverticul\w+|cricoid|laryn\w+|"
    r"tonsill?\w*|"
    r"peritonsillar|pharyng\w+|airway|lymphoma|interstitial (?:markings|disease)|chest x-?rays?|pneumon\w+|pleural|"
    r"mediastin\w+|"
    r"pulmonary embol\w+|kidney stones?|hydronephrosis|uret\w+|ovar\w+|gallstones?|cholecyst\w+|pancreat\w+|ascites|"
    r"hepat\w+|spleen|splen\w+|lymph nodes?|adenopathy|aneurysm)\b",
    re.I,
)
OF_BRAIN = compiled(
    r"\b(?:white matter|(?:cerebral|cortical|mild|brain|generalized) atrophy|intracranial|ventric\w+|infarct\w*|"
    r"ischemic|"
    r"ischemia|small vessel|sinusitis|stroke|adrenal|pulmonary|lungs?|liver|hepatic|renal|gallbladder|pancrea\w*|"
    r"hydrocephalus|cerebell\w+|brain ?stem|(?:hiatal|inguinal|ventral|incisional) hernia|stool|bowel|"
    r"ileus|appendic\w+|diverticul\w+|esophag\w+|lymph nodes?|lymphadenopathy|thyroid|tonsil\w*|airway)\b",
    re.I,
)
OF_THE_THROAT = needing(
    r"\b(?:lymph\w*|thyroid|submandibular|parotid|laryn\w+|pharyn\w+|tonsil\w*|airway|carotid|jugular|vocal cords?)\b",
    re.I,
)
SPINE_TOO = compiled(r"\b(?:spine|c-spine|t-spine|l-spine|cervical|thoracic|lumbar|pelvis|hips?|shoulder)\b", re.I)


def is_elsewhere(parsed: Parsed, hit: Hit, phrase: tuple[int, int], headache: bool) -> bool:
    """Whether the study is of the head, chest or belly: the head counts where headache is the complaint."""
    if hit.lexicon == "electrodiagnostic":
        return False
    named = ELSEWHERE.search(parsed.text, *phrase)
    if named is None or SPINE_TOO.search(parsed.text, *phrase):
        return False
    return not (named.group().lower() in HEAD and headache)


def is_of_an_organ(parsed: Parsed, hit: Hit, quote: tuple[int, int], headache: bool, regions: tuple[str, ...]) -> bool:
    """Whether the words about a study speak of an organ: 'the CT showed dilated loops of bowel'."""
    if regions:
        return regions == ("cervical",) and OF_THE_THROAT.search(parsed.text, hit.start, quote[1]) is not None
    if not headache and OF_BRAIN.search(parsed.text, hit.end, quote[1]):
        return True
    return hit.concept in ("ct", "mri") and OF_ORGAN.search(parsed.text, *quote) is not None
