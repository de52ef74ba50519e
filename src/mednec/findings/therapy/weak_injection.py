"""A word such as 'shot', 'block' or 'ablation' in, whether it is told as an injection of this patient's pain out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings import dates
from mednec.findings.therapy.kinds import block_of_document
from mednec.findings.therapy.mention import is_back_reference
from mednec.findings.therapy.weak_surgery import AFTERWARDS, Seen

NO_OTHER = compiled(r"\b(?:no other|no additional|single|one|an?)\s+(?:injection or\s+)?$", re.I)
OF_THAT_SESSION = compiled(
    r"s?\s*(?:or block\s*)?(?:,\s*(?:not? (?:a )?series|reassess)|(?:at|on|in|during)\s+(?:that|the same|this)\b|"
    r"(?:the\s+)?same (?:day|session)|that day)|\s*or (?:block|injection)\b",
    re.I,
)
NUMBERED = compiled(r"\s*(?:#|no\.\s|number\s)\s?\d\b", re.I)
ANOTHER = compiled(r"\b(?:second|third|another|repeat|additional|2nd|3rd)\s+$", re.I)
NO_INJECTION = compiled(
    r"\b(?:lymph|sentinel|dye|mL|cc|aspiration|catheter|mixture|foramen|foramina|solution|walk\w*|blocks? [A-Z]\d|"
    r"hybridization|cement|mCi|technetium|\w*sestamibi|cardiolite|thallium|isotope|radiotracer|tracer|gadolinium|FDG|"
    r"gauge|needle|vaccin\w*|hepatitis|flu|tetanus|immuni[sz]\w*|subconjunctival|botulinum|neupogen|neulasta|"
    r"epogen|procrit|aranesp|lovenox|heparin|B-?12|testosterone)\b",
    re.I,
)
GIVEN_BEFORE = compiled(
    r"s?\s+(?:that\s+)?(?:(?:she|he|the patient|i|we)\s+(?:had|received|got|gave)|given|done|performed|(?:to|in|"
    r"into|of)\s)",
    re.I,
)
NO_ABLATION = compiled(
    r"\b(?:atrial|cardiac|fibrillation|flutter|A-?fib|SVT|tachycardia|vein|venous|endometrial|thyroid|liver|renal|"
    r"tumou?r|"
    r"tonsil\w*)\b",
    re.I,
)
OF_TISSUE = compiled(
    r"(?:\s+[\w/-]+){0,3}\s+(?:lipomatosis|fat|fibrosis|scar\w*|abscess\w*|h(?:a)?ematoma|mass|tumou?r|collection|fluid|space|vein\w*|enhancement|an(?:a)?esth\w+)\b",
    re.I,
)
FOR_ANESTHESIA = compiled(  # one that is placed for a delivery or an operation
    r"[^.;]{0,40}\b(?:placed|inserted|managed|removed)\b[^.;]{0,20}\b(?:by|per)\s+(?:the\s+)?an(?:a)?esthesi\w+"
    r"|\s+(?:catheter|PCA|infusion|drip|an(?:a)?esthe\w+|analgesia)\b|[^.;]{0,30}\b(?:labou?r|delivery)\b",
    re.I,
)
SHOT_OF = compiled(r"\s+of\s+(?:(?:intramuscular|IM|IV)\s+)?", re.I)
SYSTEMIC = frozenset({"nsaid", "opioid", "muscle_relaxant"})
DAY_BEHIND = 24  # signs in which the day of an injection stands behind its name
DATED = compiled(r"s?\s+(?:(?:of|on|from|in)\s+)?(?=\d|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|last\s)", re.I)
WORKED = compiled(
    r"\b(?:relief|reliev\w+|response|respond\w*|held|holds?|lasted|helped|better|improve\w*|benefit\w*|wore|effect)\b|\d\s?%",
    re.I,
)
DAY_OF_IT = compiled(r"[\s:(]*(?:(?:on|in)\s+)?", re.I)
BACK_FROM = compiled(  # 'her back pain stayed away for four months after the ablation'
    r"\bpain\b[^.;?]{0,30}\b(?:gone|away|better|free|relieved|controlled|under control|improved|down|less)\b"
    r"[^.;?]{0,40}\b(?:after|following|since|from)\s+(?:the|her|his|that|last)\s+(?:\w+\s+){0,2}$",
    re.I,
)
SPINAL = (  # words of the same name: 'the bilateral L4-5, L5-S1 ablation', 'ablation L4-5 both sides'
    r"[CTLS]\d{1,2}(?:[-/ ]?[CTLS]?\d{1,2})*|lumbar|cervical|thoracic|lumbosacral|facets?|medial\s+branch(?:es)?"
    r"|transforaminal|interlaminar|caudal"
)
AT_SPINE = compiled(
    rf"\b(?:{SPINAL})\b(?:[\s,/&-]|\b(?:and|to|through|left|right|bilateral(?:ly)?|both|sides?|level|nerve|joint|{SPINAL})\b)*$",
    re.I,
)
OF_SPINE = compiled(
    rf"s?\s*(?:[,(-]|\b(?:of|at|for|to|in|the|left|right|bilateral(?:ly)?|both\s+sides|her|his|on)\s)*\s*\b(?:{SPINAL}|low(?:er)?\s+back|neck)\b",
    re.I,
)
RELIEVED = compiled(r"\b(?:relief|relieved|helped|better|improve\w*)\b|%", re.I)


def injection(seen: Seen) -> bool:
    """Whether a general word for an injection is told as one that was, is or will be given."""
    text, before = seen.parsed.text, max(0, seen.mention.start - 24)
    sentence = seen.parsed.sentence_at(seen.mention.start)
    if _names_a_drug(seen):
        return False
    if NO_INJECTION.search(text, sentence.start, sentence.end) and not _is_of_steroid(seen):
        return False
    if text[seen.mention.start : seen.mention.end].lower().startswith("block") and not block_of_document(seen.parsed):
        return False
    if _is_of_a_day(seen):
        return True
    if (
        (is_back_reference(text, seen.mention) and not _tells_effect(seen))
        or AFTERWARDS.search(text, before, seen.mention.start)
        or (NO_OTHER.search(text, before, seen.mention.start) and OF_THAT_SESSION.match(text, seen.mention.end))
    ):
        return False
    if seen.parsed.section_at(seen.mention.start).name in ("plan", "instructions") and re.search(
        r"\bno other\s+(?:injection or\s+)?$", text[before : seen.mention.start], re.I
    ):
        return False
    if _is_named_by_title(seen):
        return True
    return bool(ANOTHER.search(text, before, seen.mention.start) or NUMBERED.match(text, seen.mention.end)) or (
        seen.strong
        or bool(seen.status or seen.response)
        or seen.parsed.section_at(seen.mention.start).name
        in ("plan", "prior_treatment", "history", "procedure", "rationale")
    )


def _names_a_drug(seen: Seen) -> bool:
    """Whether the shot is one of a drug for the whole body, which is a finding itself: 'a shot of ketorolac'."""
    text, mention = seen.parsed.text, seen.mention
    of = SHOT_OF.match(text, mention.end)
    named = seen.parsed.within(max(0, mention.start - 24), mention.end + 40, "therapy")
    return any(
        hit.concept in SYSTEMIC
        and ((of is not None and hit.start == of.end()) or text[hit.end : mention.start] in (" ", " IM "))
        for hit in named
    )


def _is_of_steroid(seen: Seen) -> bool:
    """Whether the sentence of a plan names what is injected: 'injection into the heel using 1 cc of ...'."""
    sentence = seen.parsed.sentence_at(seen.mention.start)
    named = seen.parsed.within(seen.mention.end, sentence.end, "technique")
    planned = seen.parsed.section_at(seen.mention.start).name in ("plan", "treatment", "procedure")
    return planned and any(hit.concept == "injectate" for hit in named)


def _is_named_by_title(seen: Seen) -> bool:
    """Whether the first line of a note, in capitals, is the injection's name."""
    text, mention = seen.parsed.text, seen.mention
    first = not text[: text.rfind("\n", 0, mention.start) + 1].strip()
    return first and text[: mention.end].isupper()


def ablation(seen: Seen) -> bool:
    """'The ablation gave 75% relief' where the note names radiofrequency too; that of the heart is another."""
    sentence = seen.parsed.sentence_at(seen.mention.start)
    if NO_ABLATION.search(seen.parsed.text, sentence.start, sentence.end):
        return False
    named = any(
        hit.concept == "radiofrequency_ablation" and hit.term.lower() not in ("ablation", "ablations", "rf")
        for hit in seen.parsed.of("therapy")
    )
    if _is_of_spine(seen):
        return True
    gave = RELIEVED.search(seen.parsed.text, seen.mention.end, min(sentence.end, seen.mention.end + 80))
    back = BACK_FROM.search(seen.parsed.text, sentence.start, seen.mention.start)
    return (seen.strong or bool(seen.status or seen.response)) or bool((named and gave) or back)


def epidural(seen: Seen) -> bool:
    """'An epidural helped', and 'epidural 07/2025' where nothing but its day is told."""
    told = seen.strong or bool(seen.status or seen.response)
    end = seen.mention.end
    if FOR_ANESTHESIA.match(seen.parsed.text, end) or OF_TISSUE.match(seen.parsed.text, end):
        return False
    days = dates.periods(seen.parsed.text, end, end + DAY_BEHIND, anchor=seen.parsed.dated_at(end))
    return told or _is_of_spine(seen) or any(DAY_OF_IT.fullmatch(seen.parsed.text, end, day.start) for day in days)


def _is_of_spine(seen: Seen) -> bool:
    """Whether levels or parts of the spine stand in its name."""
    text, mention = seen.parsed.text, seen.mention
    ahead = AT_SPINE.search(text, max(0, mention.start - 40), mention.start)
    return bool(ahead or OF_SPINE.match(text, mention.end, mention.end + 40))


def _is_of_a_day(seen: Seen) -> bool:
    """Whether its day stands behind it and the sentence tells what it did: 'relief after the injection of 3/5'."""
    text, mention = seen.parsed.text, seen.mention
    day = DATED.match(text, mention.end)
    if day is None or seen.parsed.document.type == "procedure_note":
        return False
    sentence = seen.parsed.sentence_at(mention.start)
    if not WORKED.search(text, sentence.start, sentence.end):
        return False
    days = dates.periods(text, day.end(), day.end() + DAY_BEHIND, anchor=seen.parsed.dated_at(mention.end))
    return any(one.start == day.end() for one in days)


def _tells_effect(seen: Seen) -> bool:
    """Whether it tells how an earlier injection worked: 'the injection to the knee helped for weeks'."""
    if seen.parsed.document.type == "procedure_note" or not seen.response:
        return False
    given = GIVEN_BEFORE.match(seen.parsed.text, seen.mention.end)
    return bool(given) and seen.response.start >= seen.mention.end
