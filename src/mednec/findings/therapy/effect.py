"""A stretch of text in, where it tells in composed words how a treatment worked out.

Clinicians put together a denial, a degree and a word of effect in endless ways ("nothing really seemed to help", "did
not give her much in the way of relief", "eased it only slightly"), so that no list of phrases holds them all.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled

VERB = (
    r"(?:help(?:s|ed|ing|ful)?|assist(?:s|ed)?(?! in\b)|"
    r"reliev(?:e|es|ed|ing)|improv(?:e|es|ed|ing)|benefit(?:s|ed|ted|ting)?|eas(?:e|es|"
    r"ed|ing)|"
    r"alleviat(?:e|es|ed|ing)|lessen(?:s|ed)?|diminish(?:es|ed)?|"
    r"respond(?:s|ed|ing)?|controls|effective|beneficial|successful|efficacious|useful|better|responsive)"
)
NOUN = (
    r"(?:(?:pain\s+|symptom(?:atic)?\s+)?(?:relief|improvement|reduction|control)|benefits?|effect|success|response|"
    r"difference(?! (?:in|between))|gains?|results?|efficacy|dent|comfort|help(?! from\b))"
)
OF_NO_EFFECT = r"(?!\s+(?:on|upon|of surgery|of the surgery)\b)"
FILLER = (
    r"(?:\w+ly|ever|at all|to|be|been|being|have|had|has|having|seem(?:s|ed)?|appear(?:s|ed)?|prove[dn]?|"
    r"provid(?:e|ed|ing)|"
    r"g[ai]ve[ns]?|giving|offer(?:ed)?|afford(?:ed)?|bring|brought|produc(?:e|ed)|yield(?:ed)?|result(?:ed)? in|led to|"
    r"g[eo]t(?:ten)?|getting|obtain(?:ed)?|achiev(?:e|ed)|receiv(?:e|ed)|experienc(?:e|ed)|notic(?:e|ed)|noted?|"
    r"f(?:eel|elt)|f(?:ind|ound)|seen?|made?|make|done|do|show(?:n|ed)?|which|him|her|them|me|it|this|that|these|"
    r"those|the|"
    r"his|their|patient|pain|symptoms?|with|in the way of|in terms of|of|for|any|an?|all that|so far|too|very|much|"
    r"many|more|enough|quite|long|such|sort|kind|terms|yet|either|and|or|great|good|significant|substantial|"
    r"meaningful|appreciable|real|true|noticeable|notable|discernible|clear|dramatic|considerable|marked|major|"
    r"adequate|sufficient|satisfactory|measurable|clinical|clinically|functional|overall|further|therapeutic|"
    r"able|managed|receiving|obtaining|achieving|experiencing|noticing|finding|feeling|reporting|objective|subjective|"
    r"lasting|long[- ]lasting|long[- ]term|sustained|durable|complete|permanent|prolonged|total|full|excellent|"
    r"additional|acceptable|demonstrable|symptom|symptomatic|pain[- ]relie\w+)"
)
AUXILIARY = r"(?:n't|\bnot|\bnever|\bnothing|\bneither|\bnone|\bhardly|\bbarely|\bcannot|\bfail(?:s|ed|ing)? to)"
OF_PAIN = (
    r"(?:pain|symptoms?|aches?|discomfort|walking(?: distance)?|standing|sitting|function\w*|scores?|ODI|NDI|NRS"
    r"|NPRS|VAS|disability|"
    r"complaints?|claudication|sciatica|knot|(?:back|leg|neck|arm|buttock|hip|shoulder|headache)s?(?: pain)?|it|them"
    r"|things|picture|situation)"
)
MOVED = (
    r"(?:restor|chang|alter|settl|fix|curb|quell|calm|quiet|tam|budg|touch|shift|dent|releas|solv|resolv|dull|damp|dimm"
    r"|tak)(?:e|es|ed|ing|en|s|ened)?"
)
SAME = (  # told of the pain itself: 'pain unaffected', 'the leg pain is exactly what it was'
    r"(?:unaffected|untouched|unmoved|unaltered|unabated|undiminished|unrelieved|unimproved|no different"
    r"|exactly what it was|what it was before"
    r"|where it was(?: before)?|as it was(?: before)?|much as before|as bad as (?:ever|before)|as before)"
)
NONE = needing(
    rf"(?:{AUXILIARY})\s+(?:{FILLER}\s+){{0,4}}?{MOVED}\s+(?:(?:her|his|the|their|my|this|that|low|right"
    rf"|left)\s+){{0,2}}{OF_PAIN}\b|"
    rf"\b(?:no|without|w/o|little|hardly any|not any|nor any"
    rf"|scarcely any)\s+(?:{FILLER}\s+){{0,3}}changes? in (?:(?:her|his|the|their|\w+ness|overall)\s+)?"
    rf"{OF_PAIN}\b|\b{OF_PAIN}\s+(?:(?:was|is|were|are|itself|remained|stayed|left|essentially|largely|quite|just"
    rf"|entirely)\s+){{0,3}}{SAME}\b|"
    r"\b(?:is|are|was|were)(?:n't| not) (?:really |quite )?doing (?:it|the (?:trick|job)|enough|much|anything)\b|"
    r"\b(?:did|does|do|has|have|had)(?:n't| not) (?:br[io]ng|brought|get|got|gotten|kept?) "
    r"(?:it|them|her pain|his pain|the pain|things) "
    r"(?:back )?(?:down|under control|in check)\b|"
    r"\b(?:disappointing|disappointed (?:with|in|by) (?:it|the)|a (?:real |great |complete )?(?:disappointment"
    r"|failure|washout|dud|bust|flop))\b|"
    r"\b(?:not|n't|never|poorly|inadequately)(?: \w+)? respond(?:s|ed|ing)?(?: \w+)? to\b"
    rf"|{AUXILIARY}\s+(?:{FILLER}\s+){{0,7}}?(?:{VERB}|{NOUN}{OF_NO_EFFECT})\b(?!\s+(?:by|than|to)\b)"
    rf"|\b(?:no|without|w/o|zero|little to no|little or no|little if any|little, if any,|lack of|hardly any|barely any|"
    rf"not? much|precious little|any)(?<!\bany)\s+(?:{FILLER}\s+){{0,4}}?{NOUN}{OF_NO_EFFECT}\b"
    rf"|\b(?:all |both )?(?:to|of|with) (?:no|little|zero) (?:avail|use|effect|benefit|success|help)\b"
    r"|\b(?:do|does|did)(?: not|n't) (?:really |seem to |ever )?work(?=\s*(?:[.,;)]|$|well\b|for (?:him|her|me|"
    r"the|his)\b|at all\b))"
    r"|\b(?:did|does|do|has|have|had)(?:n't| not) (?:really )?(?:do|done) (?:anything|a thing|much|a lot)\b"
    r"|\bno longer (?:works?|worked|helps?|helped|reliev\w+|effective|provid\w+|controls?|controlled)\b"
    r"|\b(?:nothing|none(?: of (?:it|this|these|them|which))?) (?:\w+ ){0,2}?work(?:s|ed|ing)?\b"
    r"|\b(?:neither|none)(?: of (?:which|these|them|those|it))?\s+(?:really |ever |has |have )*(?:did|done|does) "
    r"(?:much|anything|a thing|a lot)\b"
    r"|\bwhich (?:does|do|did|has|have)(?: not|n't)(?=\s*[.,;)])"
    rf"|\bfailed to (?:\w+ly )?(?:provide|"
    rf"give|bring|offer|achieve|produce|yield|result in|relieve|improve|alleviate|control|help|"
    rf"resolve|respond)\b",
    re.I,
)
LASTING = compiled(
    r"^(?!.*\b(?:significant|meaningful|appreciable|any|much|great|adequate|real)\b).*"
    r"\b(?:last|long(?!er\b)|sustain|complete|permanent|durable|endur|total|full|prolonged)",
    re.I | re.S,
)  # relief that only did not last was partial
SLIGHT = (
    r"(?:some|slight|mild|minimal|minor|partial|modest|limited|little|temporary|transient|moderate|marginal|brief|"
    r"short[- ](?:term|lived|"
    r"lasting)|variable|intermittent|fair|incomplete|questionable|small|certain|equivocal|mixed|initial|fleeting|"
    r"suboptimal|inconsistent|occasional)"
)
SLIGHTLY = (
    r"(?:a (?:little(?: bit)?|bit|tad|small amount|touch)|somewhat|slightly|some|minimally|partially|temporarily|"
    r"briefly|"
    r"marginally|modestly|mildly|transiently|initially|a small degree|to some (?:degree|extent)|for a (?:while|time|"
    r"short (?:time|while|period)|bit|few|couple|day|week)|for only|for about|only for|at first|at times|sometimes|"
    r"occasionally|only|in part|not completely|not entirely)"
)
OBJECT = (
    r"(?:(?:him|her|them|it|me|this|that|with|his|the|their|pain|symptoms?|back|neck|legs?|arms?|shoulders?|knees?"
    r"|hips?|ankles?|foot|feet|wrists?|hands?|elbows?|"
    r"headaches?|numbness|function|sleep|discomfort|but|"
    r"though|just|,)\s+)"
)
HOURS = (
    r"(?:an?|the|a few|a couple of|several|\d+|one|two|three|half an?|that|each|the rest of the)\s(?:hours?"
    r"|afternoon|days?|night|evening|while|bit|morning|minutes?)"
)
PARTIAL = needing(
    rf"\b(?:loosen|relax|sooth|limber|dull|numb)\w*\s+(?:\w+\s+){{0,4}}?(?:for|until|till|through)\s+{HOURS}\b|"
    r"\bback to (?:the )?(?:same|usual|baseline|square one) (?:by|the|within|in)\b|"
    r"\b(?:pleasant|nice|soothing|comforting|(?:felt|feels|feel) good)(?: \w+){0,3},? (?:but|though|yet|only)\b|"
    r"(?:[,:;(.-]\s*|\bwas |\bwere |\bis |\bare )(?:(?:all|only|just|both|at best|purely|very)\s)*(?:temporary"
    r"|temporarily|marginal|marginally|fleeting|transient|"
    r"short[- ]lived)(?:\sat best)?(?=\s*(?:[.,;)]|$))|"
    rf"\b{VERB}\s+{OBJECT}{{0,4}}{SLIGHTLY}\b"
    rf"|\b(?:a )?{SLIGHT}\s+(?:(?:degree|amount|measure|but|and|\w+)\s+(?:of\s+)?){{0,2}}?{NOUN}\b"
    rf"|\b{SLIGHTLY}\s+(?:of\s+)?(?:{VERB}|{NOUN})\b"
    r"|\b(?:made|makes?|making) (?:(?:much|any|some|a bit|enough)\s+)?(?:of\s+)?(?:an?\s+|"
    r"any\s+)?(?:\w+\s+)?difference\b"
    rf"|\b(?:seem|appear|tend)(?:s|ed)? to (?:\w+ )?(?:help|relieve|improve|ease|work|alleviate|benefit)\b",
    re.I,
)
GREATLY = (
    r"(?:a (?:lot|great deal|good deal|ton)|greatly|significantly|tremendously|considerably|dramatically|"
    r"immensely|very much|quite a "
    r"(?:bit|lot)|(?:quite |very |really |fairly |extremely )?well|markedly|substantially|enormously|completely|"
    r"totally|adequately|satisfactorily|"
    r"nicely|beautifully|remarkably|wonderfully|profoundly|entirely|fully|immediately and completely)"
)
GREAT = (
    r"(?:significant|great|excellent|substantial|considerable|marked|dramatic|tremendous|remarkable|complete|total|"
    r"profound|very good|good|wonderful|outstanding|lasting|long[- ]lasting|near[- ]complete|major)"
)
GOOD = needing(
    rf"\b{VERB}\s+{OBJECT}{{0,5}}{GREATLY}\b"
    rf"|\b{GREATLY}\s+(?:help(?:s|ed)|reliev(?:es|ed)|improv(?:es|ed)|benefit(?:s|t?ed)|eas(?:es|ed)|"
    rf"alleviat(?:es|ed)|better|reduced|decreased)\b"
    r"|\b(?:a )?(?:great|big|huge|tremendous|real|major|world of) (?:help|benefit|difference)\b"
    r"|\brespond(?:s|ed|ing)? (?:very |quite |really |extremely |\w+ly )?(?:well|nicely|favorably|beautifully|"
    r"wonderfully)\b"
    rf"|\b(?:very|quite|extremely|really|highly|most|so) (?:helpful|effective|beneficial|successful|useful)\b"
    rf"|\b{GREAT}\s+(?:and \w+ |pain |symptom\w* |overall |functional )*(?:relief|improvement|benefit|success|"
    rf"response|reduction|results?|effect|resolution|recovery|outcome)\b(?! (?:was|were) not)",
    re.I,
)
SUPPOSED = compiled(
    r"\b(?:if|whether|until|unless|hop(?:e|es|ed|ing|efully)|would|will|should|may|might|could|can|goal|expect\w*|"
    r"in order to|so as to|to see|try to|wants? to|designed to|likely to|aim\w*|risks?|potential|possible|"
    r"for(?!\s+(?:(?:the|his|her|my|this|low|lower|chronic|left|right|axial)\s+)+(?:back|neck|spine|leg|"
    r"arm|hip|joint|SI|SIJ|buttock|shoulder)"
    r"(?:\s+pain)?\s+(?:did|does|has|had|have|was|were|is|could|never|failed)\b|\s+(?:(?:over|about|"
    r"at least|nearly|almost|some|another|more than|the (?:past|last))\s+)*(?:\d|one|two"
    r"|three|four|five|six|seven|eight|nine|ten"
    r"|twelve|several|many|weeks|months|years|a (?:few|couple|week|month|year|while|time))\b)|chance|likelihood"
    r"|as long as|when|once|discussed|explained|understands?|increase|ll)\b[^.;:,]{0,36}$",
    re.I,
)
WORDS = needing(
    r"help|assist|relie|improv|benefit|\beas|allevi|lessen|dimini|respon|effect|efficac|succes|useful|better|"
    r"reduc|control|differen|dent\b|comfort|anything|a thing|do much|did much|done much|a lot\b|\bgain|result|"
    r"\bwork|avail|"
    r"\buse\b|resol|which d|which ha|chang|restor|settl|releas|not doing|n't doing|\bdown\b|under control"
    r"|in check|disappoint|unaffected|untouched|unmoved|unaltered|unabated"
    r"|unrelieved|no different|"
    r"it was|as before|failure|as bad|loosen|relax|sooth|limber|\bnumb|back to|pleasant|nice|good|temporar|marginal"
    r"|fleeting|transient|short[- ]lived",
    re.I,
)
LACKED = compiled(r"lack of\b", re.I)  # 'stopped for lack of benefit'
ON_REST = compiled(
    r"\s+(?:with|by|from|in|on|when|while)\s+(?:rest|lying|sitting|standing|walking|position|lean|bend|recumb|"
    r"heat and rest)",
    re.I,
)


def effects(text: str, start: int, end: int) -> Iterator[tuple[int, int, str]]:
    """Where words between two offsets tell of an effect, and which: `none`, `partial` or `good`; none overlap."""
    if not WORDS.search(text, start, end):
        return
    taken: list[tuple[int, int]] = []
    for pattern, answer in ((NONE, "none"), (GOOD, "good"), (PARTIAL, "partial")):
        for match in pattern.finditer(text, start, end):
            first, last = match.span()
            if any(one < last and first < other for one, other in taken) or _is_idle(text, start, first, last):
                continue
            taken.append((first, last))
            yield first, last, "partial" if answer == "none" and LASTING.search(match.group()) else answer


def _is_idle(text: str, start: int, first: int, last: int) -> bool:
    """Whether the words tell only what is hoped for, or what rest does."""
    if LACKED.match(text, first):
        return False
    return bool(SUPPOSED.search(text, max(start, first - 60), first)) or bool(ON_REST.match(text, last))
