"""Where on the body a statement of an examination is: spine, facets, sacroiliac joint, another joint, or elsewhere."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled

FACET = compiled(r"\bfacet\w*|\barticular pillars?|\bz-?joints?|\bzygapophys\w+|\bapophyseal", re.I)
SACROILIAC = compiled(
    r"\bS\.?I\.?\b(?:\s*joints?|\s*J\b)?|\bSIJs?\b|\bsacroilia\w*|\bPSIS\b|\bposterior superior iliac|"
    r"\bsacral sulc\w+|\blong dorsal lig",
    re.I,
)
SPINE = compiled(
    r"\bmid-?line\b|\bpara-?spin\w*|\bparavertebral\w*|\bparalumbar\w*|\bspin(?:e|al|ous)\b|\bvertebra\w*|"
    r"\blumb(?:ar|osacral)\w*|\bL/?S\b|\bcervical\w*|\bthoracic\w*|\blow(?:er)? back|\bback\b|\bneck\b|"
    r"\b[CTL]\d{1,2}\b|\btrapez\w+|\bsuboccipit\w+|\berector|\bquadratus|\binterspin\w+|\bsacr(?:um|al)\b|"
    r"\bcoccyx|\b[CTL]-?spine|\brhomboid\w*|\bscapula\w*|\bocciput|\boccipital|\bparacervical\w*|\bLx\b|\bC/S\b|"
    r"\bL/S\b|\bsternocleidomastoid|\bscalene\w*|\blevator\w*|\bupper trap\w*|\bUT\b|\btailbone|\bflank|"
    r"\bdis[ck] space",
    re.I,
)
JOINT = compiled(
    r"\bjoint lines?|\bjoints?\b|\bknees?\b|\bpatell\w*|\bshoulders?\b|\bacromi\w*|\bAC\b|\bglenohum\w*|"
    r"\bbicip\w*|\bbiceps (?:tendon|groove)|\brotator|\btuberosit\w*|\bcoracoid|\bclavic\w*|\bsternoclav\w*|"
    r"\belbows?\b|\bepicondyl\w*|\bolecranon|\bwrists?\b|\bhands?\b|\bfingers?\b|\bthumbs?\b|\bsnuff\s?box|"
    r"\bcarp\w*|\bmetacarp\w*|\bPIP\b|\bDIP\b|\bMCP\b|\bMTP\b|\bCMC\b|\bradi(?:us|al)\b|\buln(?:a|ar)\b|\bhips?\b|"
    r"\btrochant\w*|\bgroin|\biliac crest|\bischi\w*|\bIT band|\biliotib\w*|\bankles?\b|\bmalleol\w*|\bfoot\b|"
    r"\bfeet\b|\btoes?\b|\bheels?\b|\bplantar\b|\bcalcan\w*|\bmetatars\w*|\btibia\w*|\bfibula\w*|\bpes\b|"
    r"\bpopliteal|\bmenisc\w*|\bcollateral|\bachilles|\bbursa\w*|\bhumer\w*|\bdeltoid|\bsubacromial|"
    r"\bsupraspinatus|\bTMJ|\bfemur|\bfemoral cond\w*|\bquadriceps tendon|\bnavicular|\btalus|\btalofib\w*|\bATFL|"
    r"\bphalan\w*|\bforearm|\bA1 pulley|\bindex\b|\b(?:mid|fore|hind|rear)-?foot|\bsesamoid\w*|\bsyndesmo\w*|\barch\b|"
    r"\bretinacul\w*|\bligaments?\b|\btendons?\b|\bcondyles?|\btubercle|\binterphalang\w*|\bknuckles?|\bpulley|"
    r"\bgroove\b|"
    r"\b(?:medial|lateral) compartment|\bcuff\b|\bscapho\w*|\blunat\w*|\bTFCC|\bDRUJ|\bpisiform|\bhamate|\bcuboid|"
    r"\bperoneal\b|\bfascia\b|\bquadriceps\b|\blong bones?\b|\bextremit(?:y|ies)\b|\blimbs?\b|\bbiceps\b|\btriceps\b",
    re.I,
)
GIRDLE = compiled(r"\btrapez\w+|\brhomboid\w*|\bscapula\w*|\blevator\w*", re.I)  # muscles that spine and shoulder share
SHOULDER = compiled(r"\bshoulders?\b", re.I)
OF_SPINE = compiled(
    r"\bmid-?line|\bpara\w+|\bspin(?:e|al|ous)|\bcervical|\bneck\b|\bthoracic|\bback\b|\bsuboccipit\w+", re.I
)
OF_NERVE = compiled(r"\bnerves?\b", re.I)
SCAR = compiled(r"\b(?:over|along|at|around|of)\s[^,;]{0,50}\b(?:scars?|incision)\b", re.I)
NERVE = compiled(
    r"\bsciatic notch|\bnotch\b|\bbuttocks?\b|\bglute\w*|\bpiriformis|\bthighs?\b|\bhamstring\w*|\bmuscles? bell|"
    r"\barea\b",
    re.I,
)
ABOVE_CLAVICLE = compiled(r"\bsupraclavicular\b", re.I)
AREA = compiled(r"\s*(?:the|that|this)\s+area\s+(?:is|was|remains)\b|\s*(?:the|that|this)\s+area\s*$", re.I)
ELSEWHERE = compiled(
    r"\babd\w*|\bbelly|\bstomach|\bbowel|\bCVA\b|\bcostovert\w*|\bchest\b|\bthorax|\bbreasts?\b|\bsinus\w*|"
    r"\btemporal arter\w*|\bcal(?:f|ves)\b|\bthyroid|\buter\w*|\badnex\w*|\btest(?:es|is|icle\w*|icular)\b|"
    r"\bprostat\w*|\bscrot\w*|\bliver|\bspleen|\bkidney|\bbladder|\bsuprapubic|\bquadrants?\b|\bsoft,?\s+non|"
    r"\bperine\w*|\blymph\w*|\bnodes?\b|\bears?\b|\bpinna|\btragus|\bnasal|\borbit\w*|\beyes?\b|\bface\b|\bfacial|"
    r"\bscalp|\bepigastr\w*|\bguarding|\brebound|\bhepat\w*|\borganomeg\w*|\bmass(?:es)?\b|\bparotid|\bgenit\w*|"
    r"\brectal|\bvagin\w*|\btooth|\bteeth|\bgums?\b|\bcervix|\bribs?\b",
    re.I,
)
UNKNOWN = compiled(
    r"\b(?:at|over|in|along|of|around|near)\s+(?:the|his|her|both|right|left)\s+\w+|\bstern\w*|\bxiphoid|"
    r"\bchondr\w*|\bcostochond\w*",
    re.I,
)
NOT_MUSCULOSKELETAL = compiled(
    r"^(?:.*\b)?(?:abd\w*|gi|gu|g/u|chest|thorax|lungs?|heart|cardi\w*|cv|cvs|resp\w*|pulm\w*|heent|eyes?|ent|"
    r"ears?|nose|throat|mouth|oral\w*|skin|integ\w*|derm\w*|vitals?|vital signs?|genit\w*|rectal|pelvic|breasts?|"
    r"lymph\w*|hem\w*|psych\w*|mental\w*|mood|const\w*|general|gen|gastro\w*|vascular|pulses?|face|appearance|"
    r"seminal|epididym\w*|scrotum|testes|testicles|penis|urethra\w*|prostate|sphincter|anus|perineum|bladder|hernias?|"
    r"endocrine|peripheral vasc\w*|thyroid|heme\w*|speech|airway)\b",
    re.I,
)
JOINT_LABEL = compiled(
    r"\b(?:knees?|shoulders?|hips?|elbows?|wrists?|hands?|fingers?|thumbs?|ankles?|foot|feet|toes?|heel|leg|arm|"
    r"thigh|forearm|upper extremity|lower extremity|extremity|extremities|UE|LE|RUE|LUE|RLE|LLE|index|joint|"
    r"patella)\b",
    re.I,
)
SPINE_LABEL = compiled(
    r"\b(?:back|spine|lumb\w*|cervic\w*|neck|thorac\w*|[CTL]-?spine|C/S|L/S|LS|L-S|trunk|sacr\w*|SI|SIJ|spinal|Lx|"
    r"low back|paraspinals?)\b",
    re.I,
)


def tenderness_in(words: str, label: str) -> str | None:
    """The concept of tenderness at the place that the words name, else the label; None outside the locomotor system."""
    if (found := SCAR.search(words)) and ("scar" in found.group() or not JOINT_LABEL.search(label)):
        return "other_sign"
    if GIRDLE.search(words) and SHOULDER.search(f"{label} {words}") and not OF_SPINE.search(words):
        return "joint_tenderness"
    if ABOVE_CLAVICLE.search(words):
        return "other_sign"
    for pattern, concept in (
        (FACET, "facet_tenderness"),
        (SACROILIAC, "si_tenderness"),
        (SPINE, "spine_tenderness"),
        (OF_NERVE, "other_sign"),
        (JOINT, "joint_tenderness"),
    ):
        if pattern.search(words):
            return concept
    if ELSEWHERE.search(words):
        return None
    if found := NERVE.search(words):
        as_subject = found.group() == "area" and AREA.match(words) and JOINT_LABEL.search(label)
        return "joint_tenderness" if as_subject else "other_sign"
    if UNKNOWN.search(words) and not SPINE_LABEL.search(label) and not JOINT_LABEL.search(label):
        return None
    if NOT_MUSCULOSKELETAL.match(label):
        return None
    if SPINE_LABEL.search(label):
        return "spine_tenderness"
    return "joint_tenderness" if JOINT_LABEL.search(label) or label.lower().startswith("ext") else "spine_tenderness"


def is_of_joint(words: str, label: str) -> bool:
    """Whether a movement is that of a limb's joint, by its own words, else by its label."""
    if JOINT_LABEL.search(words):
        return True
    return not SPINE_LABEL.search(words) and bool(JOINT_LABEL.search(label)) and not SPINE_LABEL.search(label)
