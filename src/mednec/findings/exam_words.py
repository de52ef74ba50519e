"""The words of an examination: a statement in, its tokens out (terms, results, sides, numbers, separators)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from mednec.findings.terms import Hit
from mednec.vocabulary import lexicon

SIDES = {
    "r": "right", "l": "left", "rt": "right", "lt": "left", "right": "right", "left": "left", "rue": "right", "rle": "right", "lue": "left", "lle": "left",
    "bue": "bilateral", "ble": "bilateral", "b": "bilateral", "b/l": "bilateral", "bil": "bilateral", "bilat": "bilateral", "bilaterally": "bilateral", "bilateral": "bilateral", "both": "bilateral",
    "bles": "bilateral", "bues": "bilateral", "either": "bilateral", "r>l": "bilateral", "l>r": "bilateral", "r/l": "bilateral", "l/r": "bilateral", "r=l": "bilateral", "l=r": "bilateral", "r = l": "bilateral", "l = r": "bilateral", "ls": "left", "rs": "right",
}  # fmt: skip
TOKEN = re.compile(
    r"""(?P<unchecked>(?:\[[ _]?\]|\u2610|\([ _]\))[ ]*(?:positive|negative|pos|neg|normal|abnormal|present|absent|right|left|bilateral|yes|no|intact|[RLB]|\w+)\b)
    |(?P<idle>\b(?:no[ ](?:longer|apparent[ ]distress)|not[ ](?:only|tested|done|examined|assessed|performed|checked|attempted|obtained|applicable|indicated)|deferred|untested|unable[ ]to[ ](?:test|assess|perform|obtain)|right[ ]hand(?:ed)?(?:[- ]dominant)?|left[ ]hand(?:ed)?(?:[- ]dominant)?|(?:left|right)[- ]handed|bilateral[ ]breath|well[- ]healed|in[ ]no[ ]acute|stands?[ ]up|rather[ ]than|(?:compared|relative)[ ](?:to|with)[ ](?:that[ ](?:of|on)[ ])?(?:the[ ])?(?:right|left|contralateral|other|[RL]\b)|(?:versus|vs\.?|than)[ ](?:on[ ])?(?:the[ ])?(?:right|left|[RL]\b)|difficult[ ]to[ ]assess|limited[ ](?:exam|by[ ]body)|history[ ]of|negative[ ]affect)\b)
    |(?P<all>\b(?:[RL]|right|left)[ ](?:side[ ])?(?:(?:are|is)[ ])?(?:all|side|entirely)[ ](?:(?:are|is|all)[ ])?(?:neg\w*|\(-\)|-|normal|nontender)(?:[ ]throughout)?)
    |(?P<count>\b\d[ ]?/[ ]?[3-9][ ]*(?:are[ ]|were[ ])?(?:pos(?:itive)?\b|\+)|\b\d[ ](?:of|out[ ]of)[ ]\d[ ](?:are[ ]|were[ ])?pos(?:itive)?\b)
    |(?P<grade>(?<![\d/.])(?:[+-]?[0-5][+-]?(?:[ ]?(?:to|-|\u2013)[ ]?[0-5][+-]?)?)[ ]?(?:/|[ ]out[ ]of[ ]|[ ]over[ ])[ ]?5(?![\d/+])(?!-\d)[+-]?|\b(?:five|four|three)[ ]out[ ]of[ ]five\b|\b[2-4][+-][ ]?(?:to|->|\u2192)[ ]?[2-5][+-]?(?![\w/%])|\b[2-4][ ]?(?:to|->|\u2192)[ ]?[2-5][+-](?![\w/%])|\bgrade[ ](?:5|4\+|4-|4|3|v|iv|iii)\b(?![ ]?/))
    |(?P<reflex>(?<![\w/.])(?:(?:\+[0-4]|[0-4]\+)(?:[ ]?/[ ]?[1-4]\+?)?|(?<!\d\s)[0-4][+]?[ ]?/[ ]?[24]\+?(?!"))(?![\d/]))
    |(?P<percent>\b\d{1,3}[ ]?(?:%|percent\b))
    |(?P<ratio>\b\d{1,3}[ ]?/[ ]?\d{2,3}\b(?!/))
    |(?P<degrees>-?\b\d{1,3}(?:\.\d)?[ ]?(?:deg(?:rees?|s)?\b|\u00b0|cm\b|in(?:ches)?\b|"|\u02da)|(?<=[a-zA-Z]\s)\d{2,3}(?=[\s,.;)]|$)(?![ ]?(?:min|lb|sec|ft|kg|year|y/o|yo\b)))
    |(?P<same>\bunchanged\b|\bsame\b|\bbrisk\b)
    |(?P<cross>\b(?:crossed|contralateral|opposite)\b)
    |(?P<no>\b(?:no|not|without|w/o|denies|denied|nor|never|neither|free[ ]of|lack[ ]of|absence[ ]of|negative[ ]for|neg[ ]for|did[ ]not|does[ ]not|doesn't|didn't|isn't|non|cannot[ ]appreciate|could[ ]not[ ]detect|nil)\b)
    |(?P<neg>\(\s?-\s?\)|\(\u2212\)|\u2296|\b-ve\b|\b(?:negatives?|neg|normal(?:ly)?|nl|nml|wnl|wfl|within[ ](?:the[ ])?(?:normal|functional)[ ]limits?|intact|full|fully|good|great|excellent|ok|okay|fine|benign|unremarkable|symmetric(?:al(?:ly)?)?|symm?|equal|painless|pain[- ]?free|non[- ]?painful|strong|stable|steady|functional|appropriate|preserved|down[- ]?going|down|present[ ]and[ ]equal|normoactive|physiologic|brisk[ ]and[ ]symmetric\w*|grossly[ ]normal|independent(?:ly)?|reciprocal|unrestricted|unlimited|satisfactory|adequate|smooth(?:ly)?|stabile|nontender|non[- ]tender|supple|healthy|easily|able[ ]to|well(?![- ](?:healed|developed|nourished))|well[- ](?:preserved|maintained)|none|flexor|freely|correct|within[ ]normal)\b|(?<=\d\+\s)=(?=[ ]*[.,;]|$)|(?<=[a-zA-Z])[ ]?=(?=[.,;\s]|$))
    |(?P<pos>\(\s?\+\s?\)|\u2295|\+ve\b|\b(?:positive|pos|abnormal\w*|decreas\w*|decr|dec|reduc\w+|diminish\w*|diminution|limit(?:ed|s|ation|ations)?|restrict\w*|impair\w*|weak\w*|poor|fair|loss|lost|lacks?|lacking|lag|absent|painful|tender|antalgic|reproduc\w+|elicit(?:s|ed|ing)?|provok\w+|provocative|caus(?:es|ed|ing)|increases|increas(?:ed|ing)|aggravat\w+|recreat\w+|exacerbat\w+|worsen\w*|hurts?|produc\w+|hyper-?reflexi\w*|hypo-?reflexi\w*|asymmetr\w*|unequal|unable|inability|cannot|can't|could[ ]not|difficult\w*|trouble|trace|unelicitable|unobtainable|slow(?:ed|ly)?|stiff(?:ness)?|unsteady|wide[- ]based|broad[- ]based|ataxic|spastic|shuffling|waddling|tight\w*|flat(?:tened)?|exaggerat\w+|depressed|numb|atroph\w+|wasted|present(?!ly)|noted|upgoing|extensor|blunted|sluggish|hypoactive|hyperactive|guarded|shortened|labored|deficits?|deficient|cogwheel\w*|cane|walker|crutch\w*|wheelchair|assist(?:ance|ive|ed)|favor(?:s|ing)|drags?|(?<=[-:]\s)(?:mild|moderate|severe|marked)|incr|altered|subjective(?:ly)?|less|down[ ]from|dec\.|hypomobile|hypermobile|lists?|sways?|off[ ]balance|imbalance|moderately|mod(?=[ ](?:loss|lim))|patchy|insensate|intolerant|give[- ]?way|breakaway|grimac\w+|winc\w+)\b)
    |(?P<pain>\bp!|\b(?:pain|discomfort|pains|LBP|ache|tenderness|paresthesias?|symptoms|soreness|radicular|tingling|numbness|shooting|concordant)\b)
    |(?P<side>(?<![\w/.-])(?:[RL]\s?[>=/]\s?[RL](?![\w/])|(?:RUE|RLE|LUE|LLE|BUE|BLE|BLEs|BUEs)\b|(?:[RLB]|Rt|Lt|RT|LT(?![ ]*(?:intact|dec|decr|decreased|diminished|normal|sensation|touch|over|reduced|absent|and[ ]|/|nl|wnl|now|down)))(?![\w'/]|-(?:[sS]pine|5|spine|S)|\.[A-Z]|[ ]?\d?-\d))|\b(?:right|left|bilateral(?:ly)?|bilat|bil|both|b/l|either)(?:[- ]sided|[- ]side)?\b|(?<=\s)B(?=[ .,;]|$))
    |(?P<sep>[,;]|\bas[ ]well[ ]as\b|\band\b|\bor\b|\bbut\b|\bwhile\b|\bwhereas\b|\bexcept\b|\bwith[ ]the[ ]exception\b|\botherwise\b|\bhowever\b|\balthough\b|\bthough\b|\bwith\b|\bw/(?!o)|/|&|\|)
    |(?P<plus>(?<![\d+])\+(?![\d/+]))
    |(?P<minus>(?<=[\sRLB(])[-\u2013\u2212](?=[ ]*(?:[.,;)|\n]|$|(?:[RLB]|right|left|bilat\w*|on[ ]the|both)\b|\x20{2})))
    |(?P<gap>\x20{3,}|\t+)"""
    .replace("[ ]?", r"\s?").replace("[ ]*", r"\s*").replace("[ ]", r"\s+"),  # lines are wrapped anywhere
    re.I | re.X,
)
BRACKET = re.compile(r"\s?\([^)\n]{2,45}\)")
CASED = frozenset(("r", "l", "b", "rt", "lt"))
STRONG_SEPARATORS = frozenset((",", ";", "but", "while", "whereas", "except", "with the exception", "however", "although", "though", "|", "otherwise"))


@dataclass(frozen=True, slots=True)
class Token:
    """A word that matters, where it stands: `what` is its class (term, neg, pos, no, side, sep, grade ...)."""

    start: int
    end: int
    what: str
    words: str
    concept: str = ""
    reading: str = ""
    side: str = ""


@cache
def reading_of(concept: str, term: str) -> str:
    """How a term is read: test, sign, property, motion or grade."""
    return _readings().get((concept, term), "test")


@cache
def _readings() -> dict[tuple[str, str], str]:
    return {
        (concept.name, term): reading
        for concept in lexicon("exam").concepts.values()
        for reading, terms in concept.extra.get("readings", {}).items()
        for term in terms
    }


def tokens(text: str, start: int, end: int, hits: list[Hit]) -> list[Token]:
    """The tokens of a statement in order; the lexicon's terms hide the words that they hold."""
    terms = {(hit.start, hit.end, hit.concept): _term(text, hit) for hit in hits if _is_meant(text, hit)}
    found = _explained(text, list(terms.values()))
    position = start
    for first, last in [*((token.start, token.end) for token in found), (end, end)]:
        found.extend(_plain(text, position, first))
        position = max(position, last)
    return _columns(sorted(found, key=lambda token: token.start))


def _columns(found: list[Token]) -> list[Token]:
    """A wide gap parts the columns of a row, but not a test from its result."""
    kept: list[Token] = []
    for index, token in enumerate(found):
        if token.what != "gap":
            kept.append(token)
        elif kept and kept[-1].what != "term" and index + 1 < len(found) and found[index + 1].what in ("term", "side"):
            kept.append(replace(token, what="sep", words="|"))
    return kept


def _explained(text: str, terms: list[Token]) -> list[Token]:
    """The terms, with what stands in brackets behind a test made part of it: 'Facet loading (extension + R rotation)'."""
    kept: list[Token] = []
    for term in terms:
        if kept and term.end <= kept[-1].end:
            continue
        bracket = BRACKET.match(text, term.end) if term.reading == "test" else None
        if bracket and any(bracket.start() <= other.start < bracket.end() for other in terms):
            term = replace(term, end=bracket.end())
        kept.append(term)
    return kept


def _is_meant(text: str, hit: Hit) -> bool:
    """Whether an abbreviation that is also a word is written as one: 'FROM' is full range of motion, 'from' is not."""
    words = text[hit.start : hit.end]
    if words.lower() in ("from", "si", "lt", "ta", "we", "br", "sb", "er", "ir", "ram", "rams"):
        return words.isupper()
    return True


def _term(text: str, hit: Hit) -> Token:
    return Token(hit.start, hit.end, "term", text[hit.start : hit.end].lower(), hit.concept, reading_of(hit.concept, hit.term))


def _plain(text: str, start: int, end: int) -> list[Token]:
    found = []
    for match in TOKEN.finditer(text, start, end):
        what = match.lastgroup or ""
        words = match.group().lower()
        if what == "side":
            if words in CASED and match.group() not in ("R", "L", "B", "Rt", "Lt", "RT", "LT"):
                continue
            side = SIDES.get(words) or SIDES.get(words.replace("-", " ").split()[0]) or "bilateral"
            found.append(Token(match.start(), match.end(), "side", words, side=side))
        elif what == "count":
            found.append(Token(match.start(), match.end(), "neg" if words[0] == "0" else "pos", words))
        elif what not in ("unchecked", "idle", "all"):
            found.append(Token(match.start(), match.end(), {"plus": "pos", "minus": "neg"}.get(what, what), words))
        elif what == "idle":
            found.append(Token(match.start(), match.end(), "idle", words))
    return found
