"""Words about a study in, its result out: abnormal where something wrong is seen, normal where it is denied."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled

WRONG = (
    r"herniat\w*|bulg\w*|protru\w*|extru\w*|stenos\w*|stenotic|degenerat\w*|arthr(?!o(?:gram|scop|plast))\w*|"
    r"osteoarthr\w*|spondyl\w*|spondyloli\w*|fractur\w*|fx|tears?|torn|tore|imping\w*|compress\w*"
    r"|edema|effusions?|listhesis|anterolisthesis|retrolisthesis|narrow\w*|desiccat\w*|dessicat\w*|DJD|DDD|HNP|"
    r"osteophyt\w*|spurs?|spurring|lesions?|mass(?:es)?|abnormal\w*|tendin\w+|tendinopath\w*|tendonitis"
    r"|chondromalacia|syrinx|cysts?|radiculopath\w*|(?:poly|mono)?neuropath\w*|plexopath\w*|"
    r"carpal tunnel|denervat\w*|positive|hypertroph\w*|"
    r"displac\w*|dislocat\w*|sublux\w*|encroach\w*|scoliosis|kyphosis|deformit\w*|collapse\w*"
    r"|blunting|effac\w*|sclero\w*|erosi\w*|swelling|inflamm\w*|sprain|infarct\w*|ventriculomegaly|annular|"
    r"fissur\w*|loss of (?:\w+ )?(?:disc|disk|height|joint|lordosis)|straightening|(?:height|space) loss|"
    r"pathology|tumou?r|neoplas\w*|"
    r"metasta\w*"
    r"|infection|osteomyelitis|discitis|signal change|cord changes|osteopeni\w*|osteopor\w*|nonunion|non-union|"
    r"pseudo\s?arthro\w*|not (?:fully |completely )?(?:solid|healed|fused)|impaction|bone-on-bone|bone on bone|"
    r"avulsion"
    r"|instability|neuroma|ganglion|bursitis|fasciitis|spondylolysis|loosening|calcifi\w*|contus\w*|disease|"
    r"disorder|changes|worse\w*|progress\w*|abscess|hematoma|"
    r"remarkable|anything (?:of note|significant|acute|concerning|worrisome|unusual)|conduction block|"
    r"axonal (?:loss|degeneration)|"
    r"(?:increased|high|bright|decreased|low|altered|abnormal) (?:\w+ )?signals?|hyperintens\w*|hypointens\w*|"
    r"lucenc\w+|"
    r"fibrillations?|sharp waves?|sharps|fasciculations?|reinnervation|decreased (?:amplitudes?|recruitment)|"
    r"prolong\w*|slow\w*|entrapment|myelopath\w*|injur\w*|enlarg\w*|enhanc\w*|uptake|AVN|necrosis|reduced|delayed|"
    r"(?:acute|active|focal) (?:bony |osseous |disease )?process(?:es)?|denerv\w*|malalign\w*|T -[1-9]|(?<=-)\d\.\d\b"
)
RIGHT = (
    r"normal|neg\b|negative|unremarkable|wnl|within normal limits?|benign|intact|well preserved|well maintained|"
    r"solid|healed|no (?:acute |significant |other |obvious |bony |osseous |further |active |focal )*(?:findings?|"
    r"abnormalit\w*|problems?|pathology|issues)"
)
DENIAL = (
    r"(?:unremarkable|normal|negative|neg) for|no|not|without(?! (?:contrast|gad|iv|intravenous|and with))|"
    r"w/o(?! (?:contrast|gad|iv))|free of|absence of|nor|never|rul(?:e|ed|ing) out|r/o|evaluate for|denies|"
    r"nothing|(?<!cannot )(?<!can't )(?<!be )(?<!completely )exclude\w*|excluding"
)
WORDS = compiled(
    rf"\b(?P<wrong>{WRONG})(?![\w])|\b(?P<denial>{DENIAL})\b|\b(?P<right>{RIGHT})\b|(?P<stop>[.;](?=\s|$)|\bbut\b|"
    rf"\bhowever\b|\bexcept\b|,\s*then\b|\balthough\b|,\s*(?=(?:mild|moderate|severe|small|large|minimal|slight|"
    rf"there (?:is|are|was|were)|left|right|bilateral|with\b|degenerative|facet|disc|marked|some|multilevel|[CTLS]\d|"
    rf"and (?:mild|moderate|severe|a)\b)))",
    re.I,
)
ANOTHER_SUBJECT = compiled(r",\s*(?:i|we|he|she|it|this|my|our|his|her|the patient)\b", re.I)
OF_PATIENT = compiled(r",\s*(?:his|her|the patient's|these)\s+(?:symptoms|pain|exam\w*)\b", re.I)
IDLE = compiled(r"\b(?:no|not)\s+(?:longer|only|just|to)\b", re.I)


def result_in(text: str, start: int, end: int) -> str | None:
    """`abnormal` where something wrong is stated, `normal` where all of it is denied or called normal, else None."""
    denied = fine = False
    if turn := OF_PATIENT.search(text, start, end):
        end = turn.start()
    if (turn := ANOTHER_SUBJECT.search(text, start, end)) and WORDS.search(text, start, turn.start()):
        end = turn.start()
    for word in WORDS.finditer(text, start, end):
        if word["stop"]:
            denied = False
        elif word["denial"]:
            if word.group().lower() == "not" and re.match(
                r"\s+(?:appear to be |)(?:normal|intact|solid)", text[word.end() : word.end() + 30], re.I
            ):
                return "abnormal"
            denied = not IDLE.match(text, word.start(), end)
            fine = fine or word.group().lower().endswith(" for")
        elif word["right"] and word.group().lower() in ("neg", "negative"):
            fine = denied = True
        elif word["right"] or denied:
            fine = True
        elif not _denied_after(text, word.end(), end):
            return "abnormal"
    return "normal" if fine else None


def _denied_after(text: str, start: int, end: int) -> bool:
    return bool(
        re.match(
            r"\s*(?:is|are|was|were|:)?\s*(?:not (?:seen|identified|noted|present|evident)|absent|none\b|"
            r"ruled out|excluded)",
            text[start : min(end, start + 40)],
            re.I,
        )
    )
