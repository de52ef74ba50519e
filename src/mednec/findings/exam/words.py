"""The words of an examination that are no findings themselves: results, sides, denials, separators, figures."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled

ALL_OF_IT = (
    r"_(?:side_)?(?:(?:are|is)_)?(?:all|side|entirely)_(?:(?:are|is|all)_)?"
    r"(?:neg\w*|\(-\)|-|normal|nontender)(?:_throughout)?"
)
COUNTERPART = (
    r"_(?:\w+_)?(?:to|with|of|on)_(?:that_|the_|its_|his_|her_)?(?:counterpart_|side_|part_)?(?:of_|on_)?(?:the_)?"
    r"(?:right|left|contralateral|other|opposite)"
)
LIGHT_TOUCH = (
    r"(?:intact|dec|decr|decreased|diminished|normal|sensation|touch|over|reduced|absent|and\s|/|nl|wnl|now|down)"
)
# Alternatives; `_` stands for blanks, which may be a line break. The first class that fits a place wins.
WORDS = {
    "idle": r"""no_longer no_apparent_distress
        not_(?:only|tested|done|examined|assessed|performed|checked|attempted|obtained|applicable|indicated)
        no_(?:spontaneous|voluntary|purposeful)_movements? no_movements?(?=_(?:to|on_(?:command|request))) no_tested
        deferred untested unable_to_(?:test|assess|perform|obtain) right[-_]hand(?:ed|[-_]dominant)
        left[-_]hand(?:ed|[-_]dominant) bilateral_breath well[-_]healed
        in_no_acute as_well(?!_as) stands?_up rather_than
        symmetric(?:al)?_(?:to|with)_(?:the_)?(?:right|left|contralateral|other|opposite)
        equal_(?:to|with)_(?:the_)?(?:right|left|contralateral|other|opposite)
        similar_to_(?:the_)?(?:right|left|contralateral|other|opposite)
        same_as_(?:the_)?(?:right|left|contralateral|other|opposite)
        compared_(?:to|with)_(?:that_(?:of|on)_)?(?:the_)?(?:right|left|contralateral|other|[RL]\b)
        relative_to_(?:that_(?:of|on)_)?(?:the_)?(?:right|left|contralateral|other|[RL]\b)
        in_(?:either|both|all)_(?:directions?|planes?|positions?)
        to_(?:either|both|all)_(?:directions?|planes?|positions?)
        in_comparison_(?:to|with)_(?:that_(?:of|on)_)?(?:the_)?(?:right|left|contralateral|other|[RL]\b)
        versus_(?:on_)?(?:the_)?(?:right|left|[RL]\b) vs\.?_(?:on_)?(?:the_)?(?:right|left|[RL]\b)
        than_(?:on_)?(?:the_)?(?:right|left|[RL]\b)
        could_not_be_(?:assessed|tested|performed|evaluated|examined)
        cannot_be_(?:assessed|tested|performed|evaluated) difficult_to_assess limited_(?:exam|by_body)
        history_of negative_affect """
    + " ".join(f"{word}{COUNTERPART}" for word in ("compared", "in_comparison", "by_comparison")),
    "all": " ".join(f"{side}{ALL_OF_IT}" for side in ("r", "l", "right", "left")),
    "grade": r"""five_of_five four_of_five five_out_of_five four_out_of_five three_out_of_five
        grade_(?:5|4\+|4-|4|3|v|iv|iii)(?!_?/)""",
    "same": "unchanged same brisk",
    "cross": "crossed contralateral opposite",
    "alike": r"""so_(?:did|does|do|were|was|are|is|has|have) as_(?:did|does|do|were|was|are|is)
        (?:did|does|do|were|was|are|is)_too
        (?:did|does|do|was|were)_(?:as_well|likewise|also|the_same) likewise ditto the_same_(?:with|for)
        same_(?:with|for)""",
    "no": r"""none(?=_(?:of_(?:them|which)_)?(?:re(?:produc|creat)|provok|elicit|caus|hurt|was|were|gave|brought)\w*)
        caus(?:es?|ed|s)_no(?:thing|ne)? produc(?:es?|ed|s)_no(?:thing|ne)? elicit(?:es?|ed|s)_no(?:thing|ne)?
        reproduc(?:es?|ed|s)_no(?:thing|ne)? provok(?:es?|ed|s)_no(?:thing|ne)? evok(?:es?|ed|s)_no(?:thing|ne)?
        trigger(?:es?|ed|s)_no(?:thing|ne)? yield(?:es?|ed|s)_no(?:thing|ne)? recreat(?:es?|ed|s)_no(?:thing|ne)?
        replicat(?:es?|ed|s)_no(?:thing|ne)? exacerbat(?:es?|ed|s)_no(?:thing|ne)?
        aggravat(?:es?|ed|s)_no(?:thing|ne)? gave_no(?:thing)? gives?_no(?:thing)? brought_on_no(?:thing)?
        brings?_on_no(?:thing)?
        fail(?:s|ed)?(?:_to)? no not without w/o denies denied nor never neither
        free_of lack_of absence_of resolution_of
        (?:complete|excellent)_(?:resolution|reduction)_(?:of|in) negative_for neg_for
        did_not does_not doesn't didn't isn't non cannot_appreciate could_not_detect nil""",
    "neg": r"""negatives? neg normal(?:ly)? nl nml wnl wfl within_(?:the_)?(?:normal|functional)_limits?
        intact narrow[-_]based nonantalgic non[-_]antalgic full
        fully good great(?!_toe) excellent ok okay fine benign unremarkable symmetric(?:al(?:ly)?)? symm? equal painless
        pain[-_]?free non[-_]?painful strong decent stable steady functional appropriate preserved down[-_]?going down
        present_and_equal normoactive physiologic brisk_and_symmetric\w* grossly_normal independent(?:ly)?
        reciprocal unrestricted unlimited satisfactory adequate smooth(?:ly)? stabile nontender non[-_]tender
        supple healthy solid easily able_to
        can(?=_(?:(?:also|\w+ly)_)?$) well(?![-\s](?:healed|developed|nourished))
        well[-_](?:preserved|maintained) none flexor freely correct within_normal
        is_neutral are_neutral was_neutral were_neutral""",
    "pos": r"""positive pos abnormal\w* decreas\w* decr dec reduc\w+ diminish\w* diminution
        limit(?:ed|s|ation|ations)?
        restrict\w* impair\w* weak\w* poor fair loss lost lacks? lacking lag absent painful tender antalgic
        reproduc\w+ elicit(?:s|ed|ing)? provok\w+ provocative caus(?:es|ed|ing) increases increas(?:ed|ing)
        aggravat\w+ recreat\w+ exacerbat\w+ worsen\w* hurts? produc\w+
        evok\w+ replicat\w+ brings?_(?:it_)?on brought_(?:it_)?on gave yes hyper-?reflexi\w* hypo-?reflexi\w*
        asymmetr\w* unequal unable inability cannot can_not can't could_not difficult\w* trouble trace unelicitable
        unobtainable slow(?:ed|ly)? stiff(?:ness)? unsteady wide[-_]based broad[-_]based ataxic spastic
        shuffling waddling tight\w* flat(?:tened)? exaggerat\w+ depressed numb atroph\w+ wasted present noted
        upgoing upward extensor blunted sluggish hypoactive hyperactive guarded shortened labored deficits? deficient
        cogwheel\w* cane walker crutch\w* wheelchair assist(?:ance|ive|ed)? favor(?:s|ing) drags? incr altered
        subjective(?:ly)? less down_from hypomobile hypermobile lists? sways? off_balance imbalance moderately
        mod(?=_(?:loss|lim)) moderate(?=_(?:ROM|range|AROM|PROM)) patchy insensate
        intolerant mute loss(?:es) give[-_]?way breakaway grimac\w+ winc\w+""",
    "degree": "mild moderate severe marked",
    "has": "has_an? had_an? exhibits demonstrates_an?",
    "pain": r"""p! pain discomfort pains lbp ache tenderness paresthesias? symptoms soreness radicular tingling
        numbness
        shooting concordant""",
    "side": "".join(
        rf" {more}_(?:on_)?(?:the_)?(?:right|left)(?:_side)?_than_(?:on_)?(?:the_)?(?:right|left)"
        rf" right_{more}_than_(?:on_)?(?:the_)?left left_{more}_than_(?:on_)?(?:the_)?right"
        for more in ("more", "more_so", "worse", "greater")
    )
    + r""" [rl]_?[>=/]_?[rl](?![\w/]) rue rle lue lle bue ble bles bues right(?:[-_]sided|-side)?
        left(?:[-_]sided|-side)? bilateral(?:ly)? bilat bil both b/l either
        """
    + rf"(?:[rlb]|rt|lt(?!_*{LIGHT_TOUCH}))(?![\w'/]|-(?:spine|5|s)|\.[a-z]|_?\d?-\d)",
    "sep": r"""as_well_as indicating suggesting consistent_with and or but while whereas except
        with_the_exception otherwise however although though with
        w/(?!o)""",
}
FIGURES = compiled(
    r"""(?P<unchecked>(?:\[[ _]?\]|\u2610|\([ _]\))[ ]*\w+)
    |(?P<pair>(?<![\w+-])[+\u2212-]\s?/\s?[+\u2212-](?![\w+-]))
    |(?P<count>\d\s?/\s?[3-9]\s*(?:are\s|were\s)?(?:pos(?:itive)?\b|\+)
      |\d\s(?:of|out\sof)\s\d\s(?:are\s|were\s)?pos(?:itive)?\b)
    |(?P<grade>(?<![\w/.])(?:[+-]?[0-5](?:[+-]|\s(?:plus|minus))?(?:\s?(?:to|-|\u2013)\s?[0-5][+-]?)?)
      \s?(?:/|\sout\sof\s|\sover\s)\s?5(?![\d/+])(?!-\d)[+-]?
      |[2-4][+-]\s?(?:to|->|\u2192)\s?[2-5][+-]?(?![\w/%])|[2-4]\s?(?:to|->|\u2192)\s?[2-5][+-](?![\w/%]))
    |(?P<reflex>(?<![\w/.])(?:(?:\+[0-4]|[0-4]\+)(?:\s?/\s?[1-4]\+?)?|(?<!\d[\s-])[0-4]\+?\s?/\s?[0-4]\+?(?!["\u201d]|[-\s]?(?:inch|cm\b)))(?![\d/])
      |(?<![\w/.+-])[0-4]\+?/IV\b
      |(?<![\w/.+-])(?<!\d\s)[0-5][+-]?/[0-4][+-]?(?![\d/%"]|[-\s]?(?:inch|cm\b))
      |(?<![\w/.+-])[0-4](?:\splus\b|(?=\s(?:throughout|bilaterally|and\s|(?:at|in)\s))))
    |(?P<percent>(?<!\w)\d{1,3}\s?(?:%|percent\b))
    |(?P<ratio>(?<!\w)\d{1,3}\s?/\s?\d{2,3}\b(?!/))
    |(?P<span>(?<![\w/.])-?\d{1,3}\s?(?:to|-|\u2013)\s?\d{2,3}(?![\w/%]|\.\d)(?!\s?(?:min|week|day|month|year|lb|pound|x|times|mm|sec)))
    |(?P<degrees>(?<!\w)-?\d{1,3}(?:\.\d)?\s?(?:deg(?:rees?|s)?\b|\u00b0|cm\b|in(?:ches)?\b|"|\u02da)
      |(?<=[a-zA-Z]\s)\d{2,3}(?=[\s,.;)]|$)(?!\s?(?:min|lb|sec|ft|kg|year|y/o|yo\b)))
    |(?P<neg>\(\s?-\s?\)|\(\u2212\)|\u2296|-ve\b
      |(?<=\d\+\s)=(?=\s*[.,;]|$)|(?<=[a-zA-Z]\s)=(?=[.,;\s]|$)|(?<=[a-zA-Z])=(?=[.,;\s]|$))
    |(?P<pos>\(\s?\+\s?\)|\u2295|\+ve\b)
    |(?P<sep>[,;/&|])
    |(?P<plus>(?<![\d+])\+(?![\d/+]))
    |(?P<minus>(?<=[\sRLB(])[-\u2013\u2212](?=[ ]*(?:[.,;)|\n]|$|(?:[RLB]|right|left|bilat\w*|on\sthe|both)\b|\x20{2})))
    |(?P<gap>\x20{3,}|\t+)""",
    re.I | re.X,
)
SCAN = compiled(r"[A-Za-z]+|\d+|[^\sA-Za-z\d_]|[ ]{3,}|\t+")
LIMBS = frozenset(("BUE", "BLE", "RUE", "LUE", "RLE", "LLE", "BUES", "BLES"))
ENDING = {"sep": r"(?![\w])", "pain": r"(?!\w)", "side": r"(?!\w)"}


def _pattern() -> re.Pattern[str]:
    """All words, to be tried where one begins."""
    classes = []
    for what, words in WORDS.items():
        alternatives = "|".join(
            word.replace("_", r"\s+").replace(r"\s+?", r"\s?").replace(r"\s+*", r"\s*") for word in words.split()
        )
        classes.append(f"(?P<{what}>(?:{alternatives.replace('[-' + chr(92) + 's+]', '[-' + chr(92) + 's]')})(?!\\w))")
    return compiled("|".join(classes), re.I)


def _beginnings() -> frozenset[str]:
    """The first three letters of every word, and the whole of shorter ones."""
    found = set()
    for word in " ".join(WORDS.values()).split():
        letters = re.match(r"(?:\(\?:)?([a-z]*)(?:\[)?", word)
        literal = letters[1] if letters else ""
        if len(literal) < len(word) and word[len(literal)] in "?*":
            literal = literal[:-1]
        found.add(literal[:3])
    return frozenset(found | {"r", "l", "b", "rt", "lt", "R", "L"})


PATTERN = _pattern()
BEGINNINGS = _beginnings()


def words_between(text: str, start: int, end: int) -> list[re.Match[str]]:
    """The words and figures that matter between two offsets, in order; `lastgroup` names their class."""
    found: list[re.Match[str]] = []
    position = start
    for place in SCAN.finditer(text, start, end):
        first = place.start()
        if first < position:
            continue
        letters = place.group()
        if letters[0].isalpha():
            if (letters[:3].lower() not in BEGINNINGS and letters[:2].lower() not in BEGINNINGS) or (
                first and text[first - 1].isalnum() and not (text[first - 1].isdigit() and letters in LIMBS)
            ):
                continue
            match = PATTERN.match(text, first, end)
        else:
            match = FIGURES.match(text, first, end)
        if match is not None:
            found.append(match)
            position = match.end()
    return found
