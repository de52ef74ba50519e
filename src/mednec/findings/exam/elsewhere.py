"""A finding of an examination in, whether it is of another organ than the back, the joints and the nerves, out."""

from __future__ import annotations

import re

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.model import Finding

LOOKED_AT = ("other_sign", "spine_tenderness", "joint_tenderness")
REDNESS = compiled(r"\b(?:erythema\w*|swelling|swollen|edema|masses|lesions?|tender\w*|nontender)", re.I)
OF_THE_HEAD = needing(
    r"\b(?:eyes?|eyelids?|ears?|nose|nasal|nares|throat|pharyn\w*|oropharyn\w*|tympanic|TMs?|sclerae?|conjunctiv\w*|"
    r"tonsil\w*|mucosa|sinus(?:es)?|thyroid|tongue|gums?)\b",
    re.I,
)
OF_A_WOUND = needing(r"\b(?:\w*ostomy|tubes?|catheters?|drains?|stoma|port site|IV site|pacemaker)\b", re.I)
SWOLLEN = needing(r"\bedema\b", re.I)
OF_REFLEXES = compiled(r"reflex|DTR|jerk|tendon|babinski|clonus|plantar|hoffman", re.I)
OF_SPEECH = needing(r"\b(?:speech|voice|eye contact|psychomotor)\b", re.I)
NAMED_TEST = needing(r"\b(?:Developmental Test|Test of|Inventory|Questionnaire|Wechsler|Stanford|Intelligence Scale)\b")
BEFORE = 2  # sentences in front that may name the wound of which redness is denied


def is_elsewhere(parsed: Parsed, finding: Finding) -> bool:
    """Whether the words around a finding tell that it is of the eye, a wound, a voice, or the name of a test."""
    sentence = parsed.sentence_at(finding.start)
    if finding.concept == "reflex":
        told = OF_REFLEXES.search(parsed.text, *sentence)
        return bool(SWOLLEN.search(parsed.text, *sentence)) and told is None
    if finding.concept == "range_of_motion":
        return bool(OF_SPEECH.search(parsed.text, *sentence))
    if finding.concept == "motor":
        return bool(NAMED_TEST.search(parsed.text, *sentence))
    if finding.concept not in LOOKED_AT or not REDNESS.search(finding.mention):
        return False
    if parsed.within(*sentence, "regions"):
        return False
    if OF_THE_HEAD.search(parsed.text, *sentence):
        return True
    first = parsed.sentences[max(0, parsed.sentence_index(finding.start) - BEFORE)].start
    return bool(OF_A_WOUND.search(parsed.text, max(first, parsed.text.rfind("\n", 0, finding.start)), sentence.end))
