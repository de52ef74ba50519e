"""A bare 'therapy' or 'exercise' in, whether it is told as active care of this patient's pain out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.therapy.failing import phrases
from mednec.findings.therapy.kinds import JOINTS, SPINE
from mednec.findings.therapy.look_alikes import about_pain
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.other_illness import is_of_an_organ
from mednec.findings.therapy.status import PLANNING
from mednec.findings.therapy.weak_surgery import Seen

COUNSELED = compiled(r"\b(?:psychotherap\w+|counsel(?:or|ing)|psychiatr\w+|psycholog\w+)\b[^\n]*$", re.I)
OF_THE_HEART = compiled(r"\b(?:hypertension|blood pressure|diabet\w+|cholesterol|weight|cardi\w+|sugar)\b", re.I)
TRAINED = compiled(
    r"\b(?:at home|therap\w+|quad\w*|hamstrings?|core|strengthening|stretch\w*|rotator|pendulum)\b", re.I
)
HOUSED = compiled(
    r"\b(?:nursing|facility|SNF|acute rehab\w*|inpatient rehab\w*|discharged? to|transfer\w* to|admitted to)\b", re.I
)
OTHER_THERAPY = compiled(
    r"\b(?:hormon\w*|cancer|radiation|antiviral|fluid|wound|compression|thrombolytic|adjuvant|chemo\w*|drug|"
    r"medical|antibiotic|iron|estrogen|statin|anticoag\w*|insulin|"
    r"steroid|IV|specific|active|immun\w+|disease[- ]modifying|diuretic|topical|viral|form of|"
    r"definitive|suppressive|replacement|oxygen|current|dialysis|bridging|group|individual|play|"
    r"speech|art|music|intensive|curative|systemic|targeted|biologic|ongoing medical|nebulizer|vitamin|calcium|"
    r"lipid|ECT|aspirin|coumadin|warfarin|heparin|lithium|laser|photodynamic|sclero\w*|electroconvulsive|"
    r"testosterone|growth|"
    r"\w*(?:blocker|inhibitor|dilator|agonist|antagonist|tensive|coagulant|platelet|epileptic|depressant|psychotic|"
    r"fungal|emetic|convulsant|arrhythmic|knife|nutrition|oral intake))\s+$",
    re.I,
)
OF_THE_MIND = compiled(
    r"\b(?:depress\w+|anxiety|anxious|PTSD|bipolar|mood|counsel\w+|grief|psychiatr\w+|schizo\w+)\b", re.I
)
WITH_A_DRUG = compiled(
    r"\s+(?:with|of|using)\s+(?:[a-z]+\s+)?(?!acetone)[a-z]{3,}(?:arone|olol|pril|sartan|statin|mycin|cillin|"
    r"cycline|mab|parin|"
    r"azole|idine|exate|oquine|sone|olone|zepam|vir|platin|tinib)\b",
    re.I,
)
ADDED_TO = compiled(r"\badd(?:ed|ing|s)?\s+[\w\s,-]{3,40}\s+to\s+(?:his|her|the|current|this)\s+(?:current\s+)?$", re.I)
OF_SPORT = compiled(
    r"\b(?:used to|basketball|football|soccer|baseball|golf|tennis|skiing|hiking|bowling|volleyball|sports?)\b", re.I
)
SCHEDULED = compiled(r"\s+(?:twice|once|three times|\d\s*x|\d times)\s*(?:weekly|a week|per week|/\s*wk)", re.I)

AT_WORK = compiled(  # 'his therapist saw him twice a week', 'her therapist has been working on it'
    r"\s+(?:(?:has|have|had|also|been|then|has since)\s+)*(?:saw|seen|sees|seeing|work(?:ed|s|ing)|"
    r"treat(?:ed|s|ing)|mobili[sz]\w+|massag\w+"
    r"|manipulat\w+|stretch\w+|put\s(?:him|her)\sthrough|t(?:aught|ook)\s(?:him|her))\b",
    re.I,
)
COURSE_OF = compiled(  # 'six weeks of therapy', 'his ninth week of SI-directed therapy'
    r"\b(?:weeks?|wks?|months?|mos?|sessions?|visits?|rounds?|courses?|bouts?|stints?|"
    r"treatments)\s+of\s+(?:[\w-]+\s+){0,3}$",
    re.I,
)
BEGUN = compiled(
    r"\b(?:start(?:ed|s|ing)?|beg[aiu]n(?:s|ning)?|return(?:ed|ing|s)?\s+to|back\s+(?:to|in(?:to)?)|resum\w+|finish\w*"
    r"|complet\w+|attend\w*|scheduled\s+for|sent\s+(?:\w+\s+)?to)\s+(?:\w+\s+)?$",
    re.I,
)
BEGINS = compiled(
    r"\s+(?:(?:is|was|will|has|to|had)\s+)*(?:begin\w*|start\w*|began|begun|resum\w+|continu\w+|ended|finished)\b", re.I
)
AIM = compiled(  # 'physical therapy for quadriceps strengthening', 'a therapist to work on motion and strengthening'
    r"\b(?:PT|OT|therapy|therapist)\s+(?:for|to|with (?:an )?emphasis on|emphasizing|focus(?:ed|ing) on"
    r"|directed (?:at|toward)|aimed at|working on|in order to)\s+"
    r"(?:(?!\b(?:and (?:a|an|his|her|the)|home|program|then|also|as well)\b)[^.;:\n]){0,70}$",
    re.I,
)
AT_HOME = compiled(r"home|HEP|program|exercise", re.I)
FOR_THE = compiled(
    r"\s+(?:for|of|to|on|directed at|aimed at)\s+(?:(?:the|his|her|this|a|left|right|low|lower|upper|chronic|painful"
    r"|sore|stiff)\s+)*"
    r"(?:back|neck|spine|SI\b|SIJ\b|sacroiliac|lumbar|cervical|sciatica|radiculopathy|disc|LBP)",
    re.I,
)

NEXT_WORDS, FEW_WORDS = 60, 24  # characters behind a bare 'therapy' in which it may be told to have failed


def is_aim(parsed: Parsed, mention: Mention) -> bool:
    """Whether strengthening or stretching only tells what a course of physical therapy is for."""
    if mention.concept != "home_exercise" or AT_HOME.search(parsed.text, mention.start, mention.end):
        return False
    return AIM.search(parsed.text, parsed.sentence_at(mention.start).start, mention.start) is not None


def exercise(seen: Seen) -> bool:
    """Whether 'exercise' is told as one that treats: in a plan, with an effect, beside another treatment."""
    words = seen.parsed.text[seen.mention.start : seen.mention.end].lower()
    sentence = seen.parsed.sentence_at(seen.mention.start)
    if not seen.strong and OF_THE_HEART.search(seen.parsed.text, sentence.start, sentence.end):
        return False
    if not seen.strong and OF_SPORT.search(seen.parsed.text, sentence.start, sentence.end):
        return False
    if not seen.strong and words.startswith("exercis") and not _is_for_pain(seen):
        return False
    if words.startswith(("strength", "stretch")) or words == "exercise":
        return seen.strong or bool(seen.status and seen.status.says["status"] != "planned" and seen.response)
    return (
        seen.strong
        or bool(seen.status and seen.status.says["status"] in ("planned", "declined", "not_tried", "current"))
        or bool(seen.status and seen.response)
    )


def _is_for_pain(seen: Seen) -> bool:
    """Whether exercise is told as care of a pain, joint or the spine: in a plan, with an effect, or beside one."""
    parsed = seen.parsed
    if seen.response or parsed.section_at(seen.mention.start).name in PLANNING:
        return True
    if seen.status and seen.status.says["status"] in ("planned", "declined", "not_tried"):
        return True
    sentence = parsed.sentence_at(seen.mention.start)
    return unloads(seen) or bool(TRAINED.search(parsed.text, sentence.start, sentence.end))


def therapy(seen: Seen) -> bool:
    """Whether a bare 'therapy' or 'rehab' is physical therapy, not that of the mind or of another illness."""
    if SCHEDULED.match(seen.parsed.text, seen.mention.end):
        return True
    sentence = seen.parsed.sentence_at(seen.mention.start)
    if COUNSELED.search(seen.parsed.text, max(0, sentence.start - 200), seen.mention.start):
        return False
    told = any(
        "reason" in hit.concept or hit.concept in ("too_painful", "not_endured", "no_function")
        for hit in seen.parsed.within(sentence.start, sentence.end, "therapy_cues")
    )
    if OTHER_THERAPY.search(seen.parsed.text, max(0, seen.mention.start - 24), seen.mention.start):
        return False
    if _is_of_the_mind(seen) or _is_of_a_drug(seen):
        return False
    if seen.parsed.text[seen.mention.start : seen.mention.end].lower().startswith("rehab"):
        if HOUSED.search(seen.parsed.text, sentence.start, sentence.end):
            return False
        return seen.strong or bool(seen.status and not seen.status.concept.startswith("failed"))
    text, mention = seen.parsed.text, seen.mention
    if text[mention.start : mention.end].lower() == "therapist" and AT_WORK.match(text, mention.end):
        return True
    course = COURSE_OF.search(text, max(sentence.start, mention.start - 60), mention.start)
    bodily = bool(FOR_THE.match(text, mention.end) or course or BEGINS.match(text, mention.end))
    bodily = bodily or bool(BEGUN.search(text, max(sentence.start, mention.start - 40), mention.start))
    return seen.strong or bool(seen.status) or bool(seen.response) or told or bodily or _has_failed(seen)


def _has_failed(seen: Seen) -> bool:
    """Whether the next words behind a bare 'therapy' say that nothing came of it: 'therapy has not been worth it'."""
    text, end = seen.parsed.text, seen.mention.end
    told = phrases(text, end, min(seen.parsed.sentence_at(end - 1).end, end + NEXT_WORDS))
    return bool(told) and told[0].start - end <= FEW_WORDS


def _is_of_a_drug(seen: Seen) -> bool:
    """Whether a bare 'therapy' is one with a drug, or stands where an illness of another organ is told."""
    text, mention = seen.parsed.text, seen.mention
    if WITH_A_DRUG.match(text, mention.end) or ADDED_TO.search(text, max(0, mention.start - 70), mention.start):
        return True
    if seen.strong or any(hit.concept == "physical_therapy" and len(hit.term) > 8 for hit in seen.parsed.of("therapy")):
        return False
    first, last = _beside(seen.parsed, seen.parsed.sentence_at(mention.start).start)
    return is_of_an_organ(seen.parsed, first, last)


def _is_of_the_mind(seen: Seen) -> bool:
    """Whether a bare 'therapy' stands under a problem such as depression, not under pain."""
    text, start = seen.parsed.text, seen.parsed.sentence_at(seen.mention.start).start
    above = text[: text.rfind("\n", 0, start) + 1].rstrip().rpartition("\n")[2]
    problem = above if len(above.split()) <= 5 else ""
    if seen.strong or OF_THE_MIND.search(problem) or OF_THE_MIND.search(text, start, seen.mention.end):
        return not seen.strong
    sentence = seen.parsed.sentence_at(seen.mention.start)
    if OF_THE_MIND.search(text, seen.mention.end, sentence.end) and not about_pain(text, *sentence):
        return True
    first, last = _beside(seen.parsed, start)
    return bool(OF_THE_MIND.search(text, first, last)) and not about_pain(text, first, last)


def _beside(parsed: Parsed, start: int) -> tuple[int, int]:
    """Where the sentences before and after one begin and end, within its paragraph."""
    index = parsed.sentence_index(start)
    line, stop = parsed.text.rfind("\n", 0, start) + 1, parsed.text.find("\n", parsed.sentences[index].end)
    first = parsed.sentences[max(0, index - 1)].start
    last = parsed.sentences[min(len(parsed.sentences) - 1, index + 1)].end
    return max(first, line), min(last, stop) if stop >= 0 else last


def unloads(seen: Seen) -> bool:
    """Whether weight is to be lost for a pain, a joint or the spine, which the sentence or the one before names."""
    parsed = seen.parsed
    sentence = parsed.sentence_at(seen.mention.start)
    earlier = parsed.sentences[max(0, parsed.sentence_index(sentence.start) - 1)].start
    named = {hit.concept for hit in parsed.within(earlier, sentence.end, "regions")}
    return bool(named & (SPINE | JOINTS)) or about_pain(parsed.text, earlier, sentence.end)
