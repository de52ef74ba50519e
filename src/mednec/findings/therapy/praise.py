"""A stretch of text in, the words that tell of success in their own way out, and whether a failure is itself denied."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled, spaced
from mednec.expressions.standing import Standing
from mednec.vocabulary import lexicon

GREAT = (
    r"(?:marked|sustained|considerable|substantial|significant|excellent|great|tremendous|dramatic|profound|major|"
    r"remarkable|huge|enormous|complete|total|full|near[- ]total|lasting|impressive|striking|wonderful|terrific|"
    r"fantastic|amazing|superb|outstanding|perfect|very good)"
)
GAIN = r"(?:relief|improvement|benefit|reduction|resolution|recovery|success)"
WHOLLY = r"(?:entirely|fully|completely|totally|wholly|quite|100 ?%|infinitely|hugely|vastly|so much|all)"
PRAISE = needing(
    rf"\b{GREAT}\b[\"'\u201d]\s+{GAIN}\b"
    rf"|\b{GREAT}\b(?:,?\s+(?:and\s+)?(?!lack|loss|absence|failure|no\b|side|pain\b|relief"
    rf"|improve)[\w\"'-]+){{1,2}},?\s+"
    rf"{GAIN}\b"
    rf"|\b{WHOLLY}\s+(?:better|recovered|well again|gone|cured|healed|relieved)\b(?!\s+(?:with rest|by rest))"
    r"|\bhelp(?:s|ed|ful)?\s+(?:(?:her|him|me|it|the pain)\s+)?so (?:much|well|greatly)\b"
    r"|\bso (?:well|helpful|effective|successful|good)\s+that\b"
    r"|\bnot without\s+(?:considerable|great|good|much|real|significant|substantial|notable|lasting|clear|marked)\s+"
    r"(?:benefit|relief|effect|success|improvement|help)\b"
    r"|\bno (?:more |further )?pain (?:since|now|any ?more|afterwards?|thereafter)\b"
    r"|\bno longer (?:hurts|in pain|painful|has (?:any )?pain|needs? (?:the |an? )?(?:block|injection|surgery))\b"
    r"|\bpain (?:is |was |has )?(?:now )?(?:all |completely )?"
    r"(?:gone(?!\s(?:up|down|from|to|back|on|into|higher|through|over)\b)|vanished|disappeared|ceased|cleared)\b"
    r"|\b(?:keep|keeps|kept|keeping|hold|holds|held|holding|has|have|had|got|gets|brings?|brought) (?:it|them|him"
    r"|her|things|(?:(?:his|her|the|this) )?"
    r"(?:back |leg |neck )?(?:pain|symptoms)) (?:well |nicely |fully |entirely |quite |pretty )?(?:under (?:good "
    r"|excellent |tight |full )?control|in check"
    r"|at bay)\b|\bserves? (?:him|her) (?:well|nicely)\b"
    r"|\b(?:relief|improvement|benefits?|gains?)\b(?:\s+(?!(?:only|never|not)\b)\w+){0,3}\s+(?:has|have)\s+"
    r"(?:so far\s+|now\s+|since\s+)?(?:lasted|held|endured|persisted|stuck|continued"
    r"|been (?:sustained|maintained|kept|durable))\b"
    r"(?!\s+(?:only|just|for\s+(?:only|just|an?|one|two|a few)|less|less than|at most))"
    r"|\bsymptom[- ]free\b|\b(?:back to|pain is back to) normal\b|\bgood as new\b|\blike new\b|\bdid the trick\b"
    r"|\bworked (?:like a charm|beautifully|perfectly|a treat)\b|\bvery satisfied\b"
    r"|\b(?:delighted|thrilled|(?:very|extremely|so|most) (?:pleased|happy)) with (?:the |her |his )?(?:result|relief|"
    r"outcome|progress|PT|therapy)",
    re.I,
)
NEARLY_GONE = needing(
    r"\b(?:pain|NRS|VAS|now|down to|only)\W{1,3}(?:is |now |only |at |of |a |down to |just )*(?:0|1|zero)"
    r"(?:\s*/\s*10|\s+out of\s+(?:10|ten))\b(?!\s*(?:at (?:rest|best)|sitting|lying|supine|-|to\s))",
    re.I,
)
FAILS = compiled(
    r"\b(?:no|not|without|w/o|never|lack|denie[sd]|nor|neither|hardly|barely|scarcely|if|hop(?:e|es|ing)|expect\w*"
    r"|less than|until|"
    r"wants?|would|will|should|may|might|could|to (?:provide|give|get|obtain|achieve|see)|goal|chance|"
    r"await\w*|than)\b|n't\b",
    re.I,
)
SAID = compiled(
    r"\b(?:(?:not|hardly|un|never)\s*(?:true|correct|the case|accurate|so|right|fair to say) that|"
    r"(?:in|un)(?:correct|true|fair) (?:that|to say)|false (?:that|to say)|wrong (?:that|to say)|(?:can|could|would"
    r"|did|does|do|will)(?:\s*not|"
    r"n't|not)\s+(?:\w+\s+)?(?:say|claim|state|maintain|complain|tell)\w*|never (?:said|says|claimed|stated|told)|"
    r"(?:nobody|no one) (?:(?:can|could|would|will) )?(?:says?|said|claims?|claimed)|(?:not|n't) agree that|"
    r"(?:disagrees?|disput\w+) that|far from the case)\b[^.;]{0,100}$",
    re.I,
)
NEGATED = compiled(
    r"(?:\b(?:not|never|hardly|far from|anything but|by no means)|n't)\s+(?:(?:been|entirely|at all|completely|wholly|"
    r"totally|altogether|quite|ever|an?|the)\s+){0,2}$",
    re.I,
)
DENIED = compiled(
    r"(?:\b(?:no|not|without|w/o|never|lack of|lacks|nor|denie[sd]|any)|n't)\s+(?:(?:any|such|so|been|really|very|had|"
    rf"got|gotten|have|get|provide|give)\s+|{GREAT}(?:,|\s+(?:and|or))\s+){{0,2}}$",
    re.I,
)
NO_SUBJECT = compiled(  # 'nothing that she takes [takes the edge off]', 'neither PT nor Mobic [brought relief]'
    r"\b(?:nothing|none|neither|not\s+one|not\s+a\s+single\s+one)\b(?:(?!\b(?:but|except|only|and|other|besides|else|until|save|apart|helped)\b)"
    r"[^.;:,])*$|\b(?:barely|hardly|scarcely)\s+(?:even\s+|ever\s+)?$",
    re.I,
)
FAILS_TO = compiled(r"fail(?:s|ed)?\s+to\s+(?:help|work|reliev|eas|improv|bring|give|provid)", re.I)
NONE_BEFORE = compiled(  # 'none of them failed to help'
    r"\b(?:none|neither|not\s+one|nothing)\b(?:(?!\b(?:help|work|reliev|eas)\w*)[^.;,:]){0,50}$", re.I
)
NOT_ONE = compiled(r"\s+(?:neither|none of|nothing)\b", re.I)
LACKING = compiled(
    r"without|w/o|ineffect|fail|unsuccess|useless|inadequa|unhelpful|unchanged|poor|a waste|waste|nothing", re.I
)


def praises(text: str, start: int, end: int, failed: bool) -> Iterator[tuple[int, int]]:
    """Where words between two offsets tell of success; a score near zero does so only where no failure is told."""
    for pattern in (PRAISE,) if failed else (PRAISE, NEARLY_GONE):
        for match in pattern.finditer(text, start, end):
            clause = max(text.rfind(sign, start, match.start()) for sign in ".;:,") + 1
            litotes = match.group().lower().startswith(("no ", "not ", "no\t"))
            if litotes or not FAILS.search(text, max(start, clause), match.start()):
                yield match.span()
    for _, told in _told().of(text):
        yield from (match.span() for match in told.finditer(text, start, end))


@cache
def _told() -> Standing[None]:
    """The expressions of the lexicon for success that is told as a denial: 'could not be happier with it'."""
    some = lexicon("failure").concepts["praised"].extra["where"]
    return Standing((None, needing(spaced(where), re.I)) for where in some)


def is_denied(text: str, start: int, first: int, last: int) -> bool:
    """Whether a failure told between `first` and `last` is itself denied: 'not true that PT gave no relief'."""
    if SAID.search(text, max(start, first - 140), first):
        return True
    if NOT_ONE.match(text, last):
        return True
    if FAILS_TO.match(text, first) and NONE_BEFORE.search(text, max(start, first - 60), first):
        return True
    return bool(NEGATED.search(text, max(start, first - 24), first)) and bool(LACKING.match(text, first, last))


def is_lacking(text: str, start: int, first: int) -> bool:
    """Whether what begins at `first` is denied by the words right before it: 'without any [great relief]'."""
    return bool(DENIED.search(text, max(start, first - 40), first))


def is_of_none(text: str, start: int, first: int) -> bool:
    """Whether what begins at `first` is said of nothing: 'nothing he does [eases it]'."""
    return bool(NO_SUBJECT.search(text, max(start, first - 60), first))
