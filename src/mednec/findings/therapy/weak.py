"""A treatment in everyday words in ("ice", "exercise", "surgery"), whether it is told as a treatment out."""

from __future__ import annotations

import re
from itertools import pairwise

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed
from mednec.findings.terms import Hit
from mednec.findings.therapy.afterwards import PREPARED, is_technique, told_after
from mednec.findings.therapy.bidden import is_bidden
from mednec.findings.therapy.handed_out import is_handed_out
from mednec.findings.therapy.kinds import SPINE
from mednec.findings.therapy.look_alikes import about_pain
from mednec.findings.therapy.mention import Mention, is_back_reference
from mednec.findings.therapy.of_the_operation import belongs_to_it
from mednec.findings.therapy.other_illness import OF_PAIN
from mednec.findings.therapy.scope import Cue, Group, ahead, behind
from mednec.findings.therapy.setting import Setting
from mednec.findings.therapy.status import PLANNING
from mednec.findings.therapy.title import is_title
from mednec.findings.therapy.weak_active import exercise, is_aim, therapy, unloads
from mednec.findings.therapy.weak_injection import ablation, epidural, injection
from mednec.findings.therapy.weak_surgery import Seen, surgery

ELSEWHERE = ("exam", "imaging", "review_of_systems", "vitals", "past_medical", "social_history", "family_history")
OUTSIDE_TREATMENT = ("technique_description", "anesthesia")
REST_OF_RELIEF = compiled(
    r"\b(?:reliev|better|improv|alleviat|ease|help|ameliorat)\w*\s+(?:somewhat\s+|partially\s+)?(?:by|with|"
    r"factors?:?(?:\s+include:?)?)?\s*(?:\w+,\s*|\w+\s+and\s+){0,3}$",
    re.I,
)
ADDED = compiled(r"\b(?:as well as|along with|together with|in addition to|combined with)\s+$", re.I)
AT_RISK = compiled(r"\b(?:risks?|complications?|consent)\b", re.I)
OF_SLEEP = compiled(r"\b(?:sleep\w*|eating|nutrition|stress)\b", re.I)
OF_THE_CHEST = compiled(r"\b(?:chest pain|angina|dyspnea|shortness of breath|palpitations?)\b", re.I)
COUNTED_VISITS = compiled(r"(?:visits )?attend(?:ed|ance)\b", re.I)
FIGURES = compiled(r"[\s:]{0,6}\d{1,3}\s*(?:of|/)\s*\d{1,3}")
PLANNED_CARE = compiled(r"[\s:]{0,3}\d")
LED_BY = compiled(
    r"\b(?:injections?|inject\w*|blocks?|MBBs?|\w*ESIs?|epidurals?|SNRBs?|TPIs?|RFA|ablation|needle)\b[^.;\n]{0,30}"
    r"(?:\b(?:with|by|via|under|using)|,)\s*\Z",
    re.I,
)
NO_MORE = compiled(
    r"\b(?:additional|further|more|active|curative|specific|definitive|without|formal)\b[\w\s,]{0,16}$", re.I
)
NOT_NEEDED = compiled(r"[^.;]{0,40}\b(?:required|necessary|needed|indicated|warranted|effects?)\b", re.I)
AT_LEVELS = compiled(
    r"\b[CTLS]\d{1,2}(?:\s*(?:-|to|through)\s*[CTLS]?\d{1,2})?\s+"
    r"(?:(?:allograft|autograft|bilateral|left|right|posterior|anterior|interbody|posterolateral|instrumented|"
    r"decompressive|total|partial|complete)\s+){0,2}$",
    re.I,
)
LEVELS_BEHIND = compiled(
    r"\s+(?:(?:at|of)\s+)?(?:the\s+)?(?:(?:left|right|bilateral)(?:[- ]sided)?\s+)?[CTLS]\d{1,2}\b", re.I
)
NEXT_OPERATION = compiled(
    r",\s*(?:and\s+)?(?:(?:left|right|bilateral|partial|medial|lateral|total|posterior|anterior)\s+){0,3}$", re.I
)
THEN = compiled(r"\b(?:followed by|and then|then|subsequent(?:ly)?)\b", re.I)
FUSED = compiled(r"fusion|arthrodesis|\b[APTXODL]L?IF\b", re.I)
JOINED = 12  # characters between a decompression and a fusion that are told as one operation
PUT_ON = compiled(r"\s+on(?=\s*[.,;)]|\s+at all times|\s+while\b|\s+when\b)", re.I)  # 'walks with her brace on'
ALONE = compiled(r"(?:[\s,.;&/*\u2022\d)-]|\b(?:and|or|as needed|p\.?r\.?n\.?|for comfort|daily|with)\b)*", re.I)
IN_ITS_COURSE = compiled(r"\b(?:was|were) injected$", re.I)
FOUND_IN_IT = compiled(r"\s*(?:(?:gross|operative|intra-?operative|surgical)\s+)*findings?\b(?!\s+(?:and|&))", re.I)
STORY = compiled(r"\b(?:patient|was|were|had|has|we|she|he)\b", re.I)


def counts(parsed: Parsed, group: Group, mention: Mention, every: list[Cue], where: Setting) -> bool:
    """Whether a mention is told as a treatment of this patient."""
    section = parsed.section_at(mention.start).name
    outside = where.procedure and not is_handed_out(parsed, mention)
    if outside and (belongs_to_it(parsed, mention) or not _in_procedure_note(parsed, group, mention, every, section)):
        return False
    if _is_ruled_out(parsed, mention, section):
        return False
    text = parsed.text
    if not mention.weak:
        return True
    if AT_RISK.search(parsed.text, group.sentence.start, mention.start):
        return False
    if section in ELSEWHERE and not where.record:
        return False
    strong = any(not other.weak for other in group.mentions) or (
        bool(ADDED.search(text, max(0, mention.start - 20), mention.start)) and group.before > group.sentence.start
    )
    if section in PLANNING and (_is_a_short_list(parsed, group) or is_bidden(parsed, mention)):
        return True
    status = ahead(parsed.text, group, every, "status") or next(iter(behind(parsed.text, group, every, "status")), None)
    response = ahead(parsed.text, group, every, "response") or next(
        iter(behind(parsed.text, group, every, "response")), None
    )
    return RULES.get(mention.concept, _as_treatment)(Seen(parsed, mention, strong, status, response))


def _is_ruled_out(parsed: Parsed, mention: Mention, section: str) -> bool:
    """Whether the words only look like a treatment: an entry of a list, the count of a form, the aim of therapy."""
    text = parsed.text
    listed = mention.concept == "joint_surgery" and section in ("past_surgical", "past_medical")
    if listed and CARPAL.match(text, mention.start):
        return True
    if mention.concept == "activity_modification" and re.search(
        r"\bno\s+$", text[max(0, mention.start - 4) : mention.start], re.I
    ):
        return True
    words = text[mention.start : mention.end]
    counted = any(map(str.isdigit, words)) or FIGURES.match(text, mention.end)
    if COUNTED_VISITS.match(text, mention.start) and not counted:
        return True
    if words == "Pain Medicine" or (words == "POC" and not PLANNED_CARE.match(text, mention.end)):
        return True
    return is_aim(parsed, mention)


def _is_a_short_list(parsed: Parsed, group: Group) -> bool:
    """Whether an item of a plan names treatments and nothing else: 'Ice and elevation.'"""
    start, end = max(group.sentence.start, parsed.section_at(group.start).body), group.sentence.end
    rest = parsed.text[start : group.start] + parsed.text[group.end : end]
    between = all(ALONE.fullmatch(parsed.text, one.end, other.start) for one, other in pairwise(group.mentions))
    return between and bool(ALONE.fullmatch(rest))


def _in_procedure_note(parsed: Parsed, group: Group, mention: Mention, every: list[Cue], section: str) -> bool:
    """In a procedure note technique, anesthesia and aftercare tell no treatments, nor a long procedure paragraph."""
    if told_after(parsed, mention, parsed.section_at(mention.start)):
        return True
    if section == "history" and is_technique(parsed.text, parsed.section_at(mention.start), mention.start):
        return False  # 'SUMMARY: She was brought into the operating room, prepped and draped ...'
    place = parsed.section_at(mention.start)
    if FOUND_IN_IT.match(parsed.text, place.start, place.body):
        return False  # 'findings: after traction the fragments stood well'
    if section in OUTSIDE_TREATMENT:
        return _is_the_title(parsed, mention) or (
            section == "technique_description"
            and bool(ahead(parsed.text, group, every, "status"))
            and not PREPARED.search(parsed.text, parsed.section_at(mention.start).body, mention.start)
            and not AT_RISK.search(parsed.text, group.sentence.start, mention.start)
        )
    if mention.weak and AT_RISK.search(parsed.text, group.sentence.start, mention.start):
        return False
    if (
        section == "other"
        and mention.weak
        and PREPARED.search(parsed.text, parsed.section_at(mention.start).body, mention.start)
    ):
        return False
    if IN_ITS_COURSE.search(parsed.text, mention.start, mention.end) and section in ("procedure", "other"):
        return False
    if section == "aftercare":
        return mention.group == "medication" or (mention.concept == "physical_therapy" and not mention.weak)
    return section != "procedure" or _is_of_the_title(parsed, group, mention)


def _is_of_the_title(parsed: Parsed, group: Group, mention: Mention) -> bool:
    """Whether a treatment under the heading of the procedure is one of its title, not of the account that follows."""
    text, body = parsed.text, parsed.section_at(mention.start).body
    listed = (mention.group == "injection" or mention.concept == "other_therapy") and (
        mention.start - body < 200
        or len(text[group.sentence.start : group.sentence.end].split()) <= 22
        or not STORY.search(text, body, parsed.sentence_at(mention.start).end)
    )
    again = mention.concept == "spine_surgery" and any(
        other.concept == mention.concept and not _is_another_item(text, other, mention)
        for other in _named_before(parsed, mention)
    )
    if mention.concept.endswith("surgery") and PREPARED.search(text, body, mention.start):
        return False
    placed = (
        mention.weak
        and mention.concept == "spine_surgery"
        and (
            AT_LEVELS.search(text, max(body, mention.start - 24), mention.start)
            or LEVELS_BEHIND.match(text, mention.end)
        )
    )
    return listed and (not mention.weak or bool(placed)) and not again


def _is_another_item(text: str, other: Hit, mention: Mention) -> bool:
    """Whether what stands between two operations of a line parts them: 'laminectomy L5-S1, discectomy L5-S1'.

    A fusion is another one than the decompression before it, 'followed by' leads to the next one.
    """
    gap = text[other.end : mention.start]
    if THEN.search(gap):
        return True
    fused = [bool(FUSED.search(text, one.start, one.end)) for one in (other, mention)]
    if fused == [False, True] and not mention.weak and len(gap) > JOINED:
        return True
    placed = AT_LEVELS.search(gap) and not gap.strip()[:1].isupper()  # 'discectomy, two levels, C5-6 [fusion]'
    return bool(NEXT_OPERATION.search(gap) or placed) and not re.search(r"\bwith\b", gap, re.I)


def _is_the_title(parsed: Parsed, mention: Mention) -> bool:
    """Whether the body of a procedure note is no more than the procedure's name: 'Left L5-S1 transforaminal ESI.'"""
    return mention.group == "injection" and not mention.weak and is_title(parsed, mention.start, mention.end)


def _named_before(parsed: Parsed, mention: Mention) -> list[Hit]:
    """What the same item of a procedure list names before."""
    start = max(parsed.sentence_at(mention.start).start, parsed.section_at(mention.start).body)
    return parsed.within(start, mention.start, "therapy")


def _brace(seen: Seen) -> bool:
    return _as_treatment(seen) or bool(
        PUT_ON.match(seen.parsed.text, seen.mention.end)
        or WAS_PUT.search(seen.parsed.text, max(0, seen.mention.start - 6), seen.mention.start)
    )


def _as_treatment(seen: Seen) -> bool:
    if seen.parsed.text[seen.mention.start : seen.mention.end].lower() in ("hot", "cold"):
        return seen.strong
    return seen.strong or bool(seen.status or seen.response)


def _adjustment(seen: Seen) -> bool:
    """'Adjustments' of the spine, not of a dose."""
    sentence = seen.parsed.sentence_at(seen.mention.start)
    named = {hit.concept for hit in seen.parsed.within(sentence.start, sentence.end, "regions")}
    return seen.strong or (bool(named & SPINE) and _as_treatment(seen))


def _beside_another(seen: Seen) -> bool:
    """Ultrasound as a therapist's modality, named beside others; not that by which a needle is led."""
    text, start = seen.parsed.text, seen.mention.start
    return seen.strong and not LED_BY.search(text, max(0, start - 60), start)


def _medication(seen: Seen) -> bool:
    sentence = seen.parsed.sentence_at(seen.mention.start)
    if seen.parsed.section_at(seen.mention.start).name in ("medications", "allergies", "prescribed") or (
        is_back_reference(seen.parsed.text, seen.mention) and not seen.response
    ):
        return False
    untried = seen.status if seen.status and seen.status.concept == "not_tried" else None
    if untried and WHEN.search(seen.parsed.text, sentence.start, untried.start):
        return False  # 'he notices when he does not take his medication'
    if untried and not seen.strong and NOTHING_TAKEN.match(seen.parsed.text, seen.mention.end):
        return len(seen.parsed.text[untried.end : seen.mention.start].split()) <= 1
    if seen.strong:
        return bool(seen.status or seen.response)
    return bool(seen.response) and (
        about_pain(seen.parsed.text, sentence.start, sentence.end) or _is_beside_a_treatment(seen)
    )


def _is_beside_a_treatment(seen: Seen) -> bool:
    """Whether an injection or therapy stands in the same list: 'injections and medication have not helped'."""
    text, mention = seen.parsed.text, seen.mention
    named = seen.parsed.within(max(0, mention.start - 40), mention.end + 40, "therapy")
    return any(
        JOINED_BY.fullmatch(text, one.end, mention.start) or JOINED_BY.fullmatch(text, mention.end, one.start)
        for one in named
        if one.concept in BESIDE_MEDICINE and not one.term.startswith("exercis")
    )


def _treatment(seen: Seen) -> bool:
    """'No treatment so far', 'did not wish any other treatments'; not what is no longer needed."""
    text, mention = seen.parsed.text, seen.mention
    words = text[mention.start : mention.end].lower()
    if is_back_reference(text, mention):
        return False
    if NO_MORE.search(text, max(0, mention.start - 30), mention.start) or NOT_NEEDED.match(text, mention.end):
        return False
    told = seen.status.says["status"] if seen.status else None
    return "treatment" in words and (told == "declined" or (told == "not_tried" and not words.startswith("other")))


def _rest(seen: Seen) -> bool:
    sentence = seen.parsed.sentence_at(seen.mention.start)
    if OF_THE_CHEST.search(seen.parsed.text, sentence.start, sentence.end) or (
        not seen.strong and OF_SLEEP.search(seen.parsed.text, sentence.start, sentence.end)
    ):
        return False
    before = seen.parsed.text[max(0, seen.mention.start - 60) : seen.mention.start]
    return (
        seen.strong
        or bool(seen.response and 0 <= seen.response.start - seen.mention.end <= 2)
        or bool(REST_OF_RELIEF.search(before))
        or bool(
            seen.status
            and seen.status.says["status"] in ("planned", "current", "past")
            and seen.status.end <= seen.mention.start
            and len(seen.parsed.text[seen.status.end : seen.mention.start].split()) <= 2
        )
    )


def _aid(seen: Seen) -> bool:
    sentence = seen.parsed.sentence_at(seen.mention.start)
    if OF_A_VALUE.search(seen.parsed.text, *sentence) and LIFTED.match(seen.parsed.text, seen.mention.start):
        return False
    if seen.parsed.text[seen.mention.start : seen.mention.end].lower().startswith("radiation"):
        return bool(seen.status) and bool(OF_PAIN.search(seen.parsed.text, *sentence))
    if FRAME.match(seen.parsed.text, seen.mention.start) and not (seen.status and seen.status.concept == "planned"):
        return False
    near = seen.status is not None and len(seen.parsed.text[seen.status.end : seen.mention.start].split())
    return bool(
        seen.status
        and ((near <= 2 and seen.status.concept != "planned_close") or (seen.status.concept == "planned" and near <= 6))
    ) or bool(seen.strong and (seen.response or seen.status))


def _antidepressant(seen: Seen) -> bool:
    sentence = seen.parsed.sentence_at(seen.mention.start)
    return seen.strong or (
        bool(seen.status or seen.response) and about_pain(seen.parsed.text, sentence.start, sentence.end)
    )


def _weight(seen: Seen) -> bool:
    if is_back_reference(seen.parsed.text, seen.mention):
        return False
    if not seen.strong and not unloads(seen):
        return False
    return (
        seen.strong
        or bool(
            seen.status
            and seen.status.says["status"] == "planned"
            and seen.status.end <= seen.mention.start
            and len(seen.parsed.text[seen.status.end : seen.mention.start].split()) <= 4
        )
        or bool(seen.response and seen.response.says["response"] != "none")
        or bool(LOST.search(seen.parsed.text, max(0, seen.mention.start - 40), seen.mention.start))
    )


def _topical(seen: Seen) -> bool:
    told = any(
        hit.concept == "topical_analgesic" and hit.start < seen.mention.start and len(hit.term) > 5
        for hit in seen.parsed.of("therapy")
    )
    return told and (seen.strong or bool(seen.status or seen.response))


def _steroids(seen: Seen) -> bool:
    return bool(seen.status and seen.status.says["status"] in ("past", "current")) and not re.search(
        r"inject|epidural", seen.parsed.text[seen.mention.start - 30 : seen.mention.end + 30], re.I
    )


WAS_PUT = compiled(r"\b(?:was|were|been)\s+$", re.I)
WHEN = compiled(r"\b(?:when|whenever|if|unless)\b", re.I)
NOTHING_TAKEN = compiled(
    r"(?:\s+(?:for (?:this|it|the pain|(?:his|her|the) symptoms|relief)|to (?:help|treat|relieve) \w+|so far|yet))?"
    r"\s*(?:[.,;]|and\b|but\b|$)",
    re.I,
)
BESIDE_MEDICINE = frozenset(
    {
        "injection_unspecified",
        "joint_injection",
        "epidural_steroid_injection",
        "physical_therapy",
        "chiropractic",
        "bracing",
    }
)
JOINED_BY = compiled(r"(?:,\s*|\s+)(?:and|or|&)?\s*", re.I)
FRAME = compiled(r"walker|wheelchair", re.I)
LIFTED = compiled(r"elevat", re.I)
OF_A_VALUE = compiled(
    r"\b(?:enzymes?|function tests?|LFTs?|AST|ALT|bilirubin|troponins?|creatinine|glucose|sugars?|blood pressure|"
    r"temperature|"
    r"white (?:blood )?(?:cell )?count|lactate|CPK|lipase|segments?|pressures?)\b",
    re.I,
)
LOST = compiled(r"\blost\s+(?:\w+\s+)?\d+\s*(?:pounds|lbs?|kg|kilos)\b[^.;]*$", re.I)
CARPAL = compiled(r"(?:carpal tunnel|ganglion|trigger (?:finger|thumb)|CTR)", re.I)
RULES = {
    "epidural_steroid_injection": epidural,
    "radiofrequency_ablation": ablation,
    "bracing": _brace,
    "chiropractic": _adjustment,
    "therapeutic_ultrasound": _beside_another,
    "home_exercise": exercise,
    "physical_therapy": therapy,
    "spine_surgery": surgery,
    "joint_surgery": surgery,
    "injection_unspecified": injection,
    "analgesic_unspecified": _medication,
    "conservative_unspecified": _treatment,
    "activity_modification": _rest,
    "other_therapy": _aid,
    "antidepressant_for_pain": _antidepressant,
    "weight_loss": _weight,
    "topical_analgesic": _topical,
    "oral_steroid": _steroids,
}
