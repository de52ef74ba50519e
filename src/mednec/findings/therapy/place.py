"""A treatment and the words around it in, its place out: levels, side, ordinal and region."""

from __future__ import annotations

import re
from typing import Any

from mednec.expressions.patterns import compiled
from mednec.findings import regions
from mednec.findings.parse import Parsed
from mednec.findings.problems import regions_of_problem
from mednec.findings.terms import Hit
from mednec.findings.therapy.branches import branches
from mednec.findings.therapy.complaint import of_complaint
from mednec.findings.therapy.placed import of_bracket, of_levels
from mednec.findings.therapy.scope import Around

ORDINALS = {
    "first": 1,
    "1st": 1,
    "second": 2,
    "2nd": 2,
    "third": 3,
    "3rd": 3,
    "fourth": 4,
    "4th": 4,
    "fifth": 5,
    "5th": 5,
}
ORDINAL_BEFORE = compiled(
    r"\b(?P<word>first|second|third|fourth|fifth|1st|2nd|3rd|4th|5th)\b"
    r"(?:\s+(?!(?:and|had|has|was|were|for|after|before|with|two|three|four|few|couple|several|accident|injury|"
    r"visit|time|opinion|day|month|week|"
    r"year)\b)[\w/-]+){0,4}\s*$",
    re.I,
)
ORDINAL_AFTER = compiled(r"\s*(?:block\s*)?#\s*(?P<n>[1-9])\b")
ELSEWHERE = compiled(
    r"[;:]|\.\s|\b(?:pain|impingement|stenosis|herniations?|radiculopathy|confirmed by|before|considering|"
    r"x\d,? with|positive|with)\b",
    re.I,
)
ANOTHER_ITEM = compiled(
    r",\s*(?:and\s+)?(?:(?:(?:left|right|bilateral|partial|total)\s+)(?:[a-z]+\s+){0,3}?)?\w*(?:ectomy|otomy|plasty|"
    r"repair|"
    r"surgery|replacement|release|removal|resection|injections?)\b|,?\s+but\b",
    re.I,
)
OPERATION = compiled(
    r"\b(?:surger(?:y|ies)|\w+(?:ectomy|otomy|plasty)|repair|removal|release|replacements?|fractures?|bypass|"
    r"stent\w*|replaced|"
    r"fused|scoped|angioplasty|transplant\w*|c-sections?"
    r"|repaired|removed)\b",
    re.I,
)
LAST_ITEM = compiled(
    r",|\band\b(?=\s+(?:also|then|status post|s/p|had|has|an?|his|her|the|left|right|bilateral)\b)", re.I
)
OF_BRANCHES = ("medial_branch_block", "radiofrequency_ablation")
JOINTS_BEHIND = compiled(  # 'L2-L4 medial branch blocks (L3-4, L4-5)', 'L2-4 MB; L3-4, L4-5'
    r"\b(?:MBs?|MBBs?|DRs?|medial\s+branch(?:es)?|dorsal\s+ram\w+|nerves)(?:\s+(?:nerves?|blocks?|RFA|ablations?|neurotom\w+|denervation))*"
    r"\s*(?:[(;]|\s[-\u2013]\s)\s*(?=[LCT]\d{1,2}\s?[-/]\s?[LCTS]?\d)",
    re.I,
)
FOR_JOINTS = compiled(
    r"[CTL]\d[\w\s,/&+()-]{0,40}?\b(?:for|targeting|covering|to cover|innervating|supplying|serving|"
    r"corresponding to)\s+"
    r"(?:the\s+)?(?:left\s+|right\s+|bilateral\s+)?(?=[CTL]\d)",
    re.I,
)
DIRECTLY = compiled(r"[\s,:]*(?:(?:at|of|from|levels?|the)\s+)*[CTLS][- ]?\d", re.I)
FUSED_AT = compiled(  # 'surgery of the back with fusion at L5-S1'
    r"\s+with\s+(?:an?\s+)?(?:\w+\s+)?(?:fusion|decompression|discectomy|laminectomy)\s+(?:of|at|"
    r"from)\s+[CTL]\d[\w\s,/-]{1,24}",
    re.I,
)
LEADS_ON = compiled(
    r"(?:,|\band\b|\bthen\b|\bfollowed by\b|\bsubsequent(?:ly)?\b)(?:\s|and|then|subsequent|an?|the|"
    r"on)*(?:right|left|bilateral|[CTLS]\d|[LR]\s)(?:(?!\b(?:with|using|if|because|unless|when)\b)[^,;])*$",
    re.I,
)
OF_A_LIMB = (
    compiled(  # the side of the pain, not of the operation before it: 'right leg radiculopathy after laminectomy'
        r"\b(?:leg|arm|extremity|foot|hand|hip|knee|shoulder|sided)\s+(?:\w+\s+)?(?:radicul\w+|pain|weakness|numbness|"
        r"sciatica)\b",
        re.I,
    )
)
WHAT_FOR = compiled(r"\bfor\s+(?:[\w-]+\s+){0,2}$", re.I)
TRAINED = compiled(
    r"\s*(?:mobility|flexors?|abd\w*|adduct\w*|strength\w*|stretch\w*|ROM\b|hinge|rotators?|girdle|extensors?|"
    r"dominant)",
    re.I,
)
LISTED = compiled(
    r"(?:\s+(?:pain|joint|region|area|spine))?\s*(?:,|/|&|\band\b|\bor\b|\bas well as\b)+\s*(?:(?:and|the|his|"
    r"her|left|right|"
    r"bilateral|low|lower|upper)\s+)*",
    re.I,
)
LIST_FOR = compiled(r"[^,.;:]{0,24}\bfor\b")
DIAGNOSED = compiled(r"[^.;\n]{0,70}?\b(?:dx|diagnosis)\b:?\s*", re.I)
OF_THE_ONE_BEFORE = compiled(r"\s+(?:of|on|to|in|into|for)\s+(?:the\s+|his\s+|her\s+)?(?:left|right|bilateral)\b", re.I)
OPENS_LIST = compiled(r"(?:\s+(?:pain|symptoms))?\s*(?:\(|:)\s*", re.I)
OF_ANOTHER = compiled(
    r"\s*(?:(?:his|her|the|right|left|both|bilateral)\s+)*|[^,;]{0,40}\b(?:for|of|to|on|over)\s+(?:[\w-]+\s+){0,3}",
    re.I,
)
TURNS = compiled(
    r"\band (?:s?he|complains?|feels?|continues|reports|states|has|have|is|was)\b|\buntil\b|\b(?:can|may|will) help\b|"
    r"\bspecialist\b|\band (?:takes|taking|uses|using)\b",
    re.I,
)
OF_A_JOINT = compiled(r"\b(?:knees?|hips?|shoulders?|ankles?|foot|feet|wrists?|elbows?|hands?|carpal)\b", re.I)
GENERAL = compiled(r"surg|operation|procedure|arthroscop", re.I)
NEXT_ITEM = compiled(r"[^,.;]{0,20}(?:,|\band\b|\bor\b)\s*(?:\w+\s+){0,2}")
OF_THE_BACK = compiled(  # 'eight weeks of back PT', not 'went back to PT', 'upper back PT'
    r"(?<!\bupper )(?<!\bmid )(?<!\bmiddle )(?<!\b(?:go|be) )"
    r"(?<!\b(?:went|came|come|sent|call|hold|held|gave|give|goes|move) )"
    r"(?<!\b(?:going|moved|wants) )(?<!\b(?:called|coming) )\bback\s+$",
    re.I,
)
SPINE = frozenset(("cervical", "thoracic", "lumbar"))
OFF_THE_SPINE = frozenset(
    ("head", "shoulder", "elbow", "wrist_hand", "hip", "knee", "ankle_foot", "chest", "abdomen_pelvis")
)
LABEL_OF_LIST = compiled(r"(?:^|[.;]\s)(?P<what>[^.;:\n]{3,70})(?::|\s[-\u2013])\s*$")
NEARBY = 90  # characters
NO_LEVELS = (
    "sacroiliac_joint_injection",
    "joint_injection",
    "peripheral_nerve_block",
    "joint_surgery",
    "trigger_point_injection",
)
LEADS = ("spinal_cord_stimulator", "intrathecal_pump")  # their levels are where a lead lies, not where it hurts
LEVELS_WITHIN = 130  # characters behind a treatment


def place(around: Around) -> dict[str, Any]:
    """Levels and side, from the words before the treatment or, failing that, those behind it."""
    text, mention = around.text, around.mention
    inside = (mention.start, mention.end)
    ahead = (_cut(text, max(around.before, mention.start - 90), mention.start), mention.end)
    behind = (mention.end, _stop(around))
    close = (behind[0], min(behind[1], behind[0] + 60, _next_item(text, behind[0])))
    if mention.concept == "spine_surgery" and (fused := FUSED_AT.match(text, mention.end)):
        behind = (mention.end, max(behind[1], fused.end()))
    order = (inside, behind, ahead) if DIRECTLY.match(text, mention.end) else (inside, ahead, behind)
    named = [found for span in order if (found := regions.levels_in(text, *span))]
    if not named and mention.concept == "vertebral_augmentation":
        named = [found for found in [regions.levels_in(text, _line(text, around), mention.start)] if found]
    levels = next((found for found in named if "-" in found[0]), named[0] if named else ())
    beside = ahead
    if mention.concept.endswith("surgery"):
        item = max(_item(text, ahead[0], mention.start), _after_others(text, ahead[0], mention.start))
        beside = (item, mention.end)
    swapped = OF_THE_ONE_BEFORE.match(text, around.before)
    lead = around.lead
    if mention.concept.endswith("surgery"):
        lead = (_after_others(text, *lead), lead[1])
    if mention.concept == "spine_surgery" and (limb := OF_A_LIMB.search(text, *lead)):
        lead = (limb.end(), lead[1])
    if mention.concept == "spine_surgery" and OF_A_JOINT.search(text, lead[1], around.before):
        lead = (lead[1], lead[1])  # 'his right knee replaced and back surgery'
    spans = (inside, close, beside, lead) if swapped else (inside, beside, close, lead)
    sides = (regions.side_in(text, *span) for span in spans)
    if mention.concept in OF_BRANCHES and (joints := _joints(text, max(around.before, mention.start - 90), behind[1])):
        levels = joints
    elif mention.concept in OF_BRANCHES:
        first = max(text.rfind(".", 0, mention.start) + 1, around.before, mention.start - NEARBY)
        levels = branches(text, first, min(_stop(around), mention.end + NEARBY)) or levels
    told: dict[str, Any] = {"side": next((side for side in sides if side), None)}
    if levels and mention.concept not in NO_LEVELS:
        told["levels"] = list(levels)
    return {name: value for name, value in told.items() if value}


def _line(text: str, around: Around) -> int:
    """Where the item begins in which a treatment stands: 'Fracture reduction at T8 with kyphoplasty'."""
    return max(around.before, text.rfind("\n", 0, around.mention.start) + 1)


def _cut(text: str, start: int, end: int) -> int:
    """Where the words that place a treatment begin: after the last word that speaks of something else."""
    return max((match.end() for match in ELSEWHERE.finditer(text, start, end)), default=start)


def _item(text: str, start: int, end: int) -> int:
    """Where the item of a list begins in which an operation stands: 'bilateral hip fracture, [right tendon repair]'."""
    comma = text.rfind(",", start, end)
    return comma + 1 if comma >= 0 and text[comma + 1 : end].strip() else start


def _after_others(text: str, start: int, end: int) -> int:
    """Where the last item of a list begins that names other operations: 'right ear surgery in 1990, [disc surgery]'."""
    item = max((match.end() for match in LAST_ITEM.finditer(text, start, end)), default=start)
    return item if item > start and OPERATION.search(text, start, item) else start


def _joints(text: str, start: int, end: int) -> tuple[str, ...]:
    """The joints for which branches are blocked: 'L2-4 for L3-4 and L4-5' is at L3-4 and L4-5."""
    match = FOR_JOINTS.search(text, start, end) or JOINTS_BEHIND.search(text, start, end)
    return regions.levels_in(text, match.end(), end) if match else ()


def _next_item(text: str, start: int) -> int:
    """Where a comma leads on to something else that was done: 'knee surgery, appendectomy and right hernia repair'."""
    match = ANOTHER_ITEM.search(text, start, start + 60)
    return match.start() if match else start + 60


def _stop(around: Around) -> int:
    """Where they end: before a place that leads to the next treatment."""
    start = around.mention.end
    limit = min(around.after, start + LEVELS_WITHIN)
    if around.followed and around.after <= start + LEVELS_WITHIN:
        match = LEADS_ON.search(around.text, start, around.after)
        if match and WHAT_FOR.search(around.text, match.start(), around.after):
            return limit  # 'discectomy at C4-5 and C5-6 for decompression'
        return match.start() if match else limit
    return limit


def ordinal(around: Around) -> dict[str, Any]:
    """Which of a series: 'MBB #2', 'second block'."""
    text, mention = around.text, around.mention
    inside = re.search(r"#\s*(?P<n>[1-9])$", text[mention.start : mention.end])
    if match := ORDINAL_AFTER.match(text, mention.end) or inside:
        return {"ordinal": int(match["n"])}
    if mention.concept == "joint_surgery" and not GENERAL.search(text, mention.start, mention.end):
        return {}  # 'fifth tendon repair' is of the fifth finger
    if match := ORDINAL_BEFORE.search(text, max(around.before, mention.start - 50), mention.start):
        return {"ordinal": ORDINALS[match["word"].lower()]}
    return {}


def region_of_label(parsed: Parsed, start: int, first: int) -> str | list[str] | None:
    """The region of a condition under which a list of treatments stands: 'plantar fasciitis: PT, massage failed'."""
    label = LABEL_OF_LIST.search(parsed.text, start, first)
    named = regions.regions_in(parsed, label.start("what"), label.end("what")) if label else ()
    return regions.one_or_list(named) if named and set(named) <= OFF_THE_SPINE else None


def region(parsed: Parsed, around: Around, levels: list[str], listed: int) -> str | list[str] | None:
    """The region that the text ties to the treatment: by its name, its levels or the words directly around it.

    `listed` is where the list of treatments ends in which it stands.
    """
    mention = around.mention
    if mention.concept == "sacroiliac_joint_injection":
        return "sacroiliac"
    exercise = mention.reading in ("drill", "record")
    inside = regions.regions_in(parsed, mention.start, mention.end)
    if (
        inside
        and levels
        and set(inside) <= SPINE
        and not set(inside) & {regions.REGION_OF_LETTER[one[0]] for one in levels}
    ):
        return regions.REGION_OF_LETTER[levels[0][0]]  # 'lumbar laminectomy C4-5': a slip of the pen
    if inside and not (exercise and "lumbar" not in inside):
        return regions.one_or_list([*_joined_ahead(parsed, around), *inside])
    if levels and mention.concept not in LEADS:
        return of_levels(levels) if mention.concept == "spine_surgery" else regions.REGION_OF_LETTER[levels[0][0]]
    if exercise:
        named = regions.levels_in(parsed.text, mention.end, min(around.after, mention.end + 24))
        return regions.REGION_OF_LETTER[named[0][0]] if named else None
    tied = _tied(parsed, around) or _tied_to_list(parsed, around, listed) or _diagnosed(parsed, around)
    tied = tied or of_bracket(parsed, mention)
    tied = tied or _heading_list(parsed, around) or of_complaint(parsed, around.lead[1])
    if tied or parsed.section_at(mention.start).name in ("medications", "allergies"):
        return regions.one_or_list(tied)
    return _nearby(parsed, around)


def _diagnosed(parsed: Parsed, around: Around) -> list[str]:
    """The region of the diagnosis for which a record tells the treatment: 'PT record 3/2-4/9: dx knee pain, 8 "
    "visits'."""
    match = DIAGNOSED.match(parsed.text, around.mention.end, around.after)
    return [hit.concept for hit in parsed.within(match.end(), match.end() + 30, "regions")] if match else []


def _tied(parsed: Parsed, around: Around) -> list[str]:
    """The regions that stand directly before a treatment, else those that a preposition ties to it."""
    text, mention = parsed.text, around.mention
    ahead = parsed.within(max(around.before, mention.start - 40), mention.start, "regions")
    before = [hit for hit in ahead if not _is_of_the_one_before(parsed, around, hit)]
    reach = 160 if mention.concept == "activity_modification" else 70
    behind = parsed.within(mention.end, min(around.after, mention.end + reach), "regions")
    near = [hit.concept for hit in before if _named(text, hit) and _is_next_to(text[hit.end : mention.start])]
    bodily = mention.group in ("active", "passive")
    if not near and bodily and OF_THE_BACK.search(text, max(around.before, mention.start - 16), mention.start):
        return ["lumbar"]
    return near or _with_those_listed(text, [hit for hit in behind if _named(text, hit)], mention.end)


def _joined_ahead(parsed: Parsed, around: Around) -> list[str]:
    """The regions that are joined to the one in the treatment's name: '[neck] and back exercises'."""
    start = around.mention.start
    if not any(hit.start == start for hit in parsed.within(start, around.mention.end, "regions")):
        return []
    before = parsed.within(max(around.before, start - 40), start, "regions")
    return [hit.concept for hit in before if LISTED.fullmatch(parsed.text, hit.end, start)]


def _heading_list(parsed: Parsed, around: Around) -> list[str]:
    """The region that heads a list in brackets: 'on several drugs for his neck (Celebrex, tramadol)'."""
    start, end = around.lead
    ahead = parsed.within(max(start, end - 60), end, "regions")
    opened = [hit for hit in ahead if OPENS_LIST.fullmatch(parsed.text, hit.end, end)]
    return [hit.concept for hit in opened]


def _with_those_listed(text: str, behind: list[Hit], start: int) -> list[str]:
    """The regions tied to what ends at `start`, with those listed after them: 'for the right shoulder and neck'."""
    found: list[Hit] = []
    for hit in behind:
        listed = found and LISTED.fullmatch(text, found[-1].end, hit.start)
        if listed or _is_tied(text[start : hit.start]):
            found.append(hit)
    return [hit.concept for hit in found]


def _tied_to_list(parsed: Parsed, around: Around, end: int) -> list[str]:
    """The regions that a preposition behind a whole list ties to each of its items: 'PT and NSAIDs for neck pain'."""
    text = parsed.text
    behind = parsed.within(end, min(around.last, end + 70), "regions")
    near = [hit for hit in behind if _named(text, hit) and LIST_FOR.match(text, end, hit.start)]
    return _with_those_listed(text, near, end)


def _named(text: str, hit: Hit) -> bool:
    """Whether a term names the place that is treated, not a nerve's pain or a muscle that is trained."""
    return "sciatic" not in hit.term and not TRAINED.match(text, hit.end)


def _is_next_to(gap: str) -> bool:
    return len(gap.split()) <= 2 and not re.search(r"[,;.]", gap)


def _nearby(parsed: Parsed, around: Around) -> str | None:
    """The one region that the same stretch of words names, close to it; else the one that its heading names."""
    text, mention = parsed.text, around.mention
    stop = max(text.rfind(sign, around.before, mention.start) for sign in ".;:") + 1
    start = max(around.before, mention.start - NEARBY, stop)
    ends = [at for at in (text.find(sign, mention.end, around.after) for sign in ".;:") if at >= 0]
    end = min([around.after, mention.end + NEARBY, *ends])
    vague = ("abdomen_pelvis", "chest", "widespread")
    turns = [turn.span() for turn in TURNS.finditer(text, start, end)]
    start = max([last for _, last in turns if last <= mention.start], default=start)
    end = min([first for first, _ in turns if first >= mention.end], default=end)
    hits = [hit for hit in parsed.within(start, end, "regions") if not _is_of_the_one_before(parsed, around, hit)]
    named = [hit.concept for hit in hits if _named(text, hit) and hit.concept not in vague]
    section = parsed.section_at(mention.start)
    heading = () if section.name == "exam" else parsed.within(section.start, section.body, "regions")
    named = named or [hit.concept for hit in heading] or regions_of_problem(parsed, mention.start)
    return named[0] if len(set(named)) == 1 else None


def _is_of_the_one_before(parsed: Parsed, around: Around, hit: Hit) -> bool:
    """Whether a region belongs to the treatment named before: 'elevating [his knee] and taking Tylenol'."""
    first = parsed.sentence_at(around.mention.start).start
    if around.mention.concept == "heat_cold":
        return False  # 'rest the knee and apply ice'
    if hit.end > around.mention.start or around.before <= first:
        return False
    return bool(OF_ANOTHER.fullmatch(parsed.text, around.before, hit.start)) and bool(
        NEXT_ITEM.fullmatch(parsed.text, hit.end, around.mention.start)
    )


def _is_tied(gap: str) -> bool:
    """Whether only a preposition and few words stand between treatment and region: 'therapy for the right shoulder'."""
    if re.search(r"[.;:]|\b(?:pain|which|that|but|helped|relief|without|failed)\b", gap):
        return False
    return len(gap.split()) <= 6 and bool(
        re.match(
            r"[^,]{0,20}\b(?:for|of|to|in|into|on|over|at|around|her|his|both)\b|\s*$|\s+[RL]\b|\s*:\s*[RL]\b", gap
        )
    )
