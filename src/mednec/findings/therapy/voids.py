"""A treatment in, whether words suppose, refuse, put off or copy it or give it to another person or purpose out."""

from __future__ import annotations

import re
from functools import cache

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.assertion.copied import RENEWED
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit
from mednec.findings.therapy.excepted import is_excepted
from mednec.findings.therapy.mention import Mention
from mednec.findings.therapy.past_episode import is_of_past_episode
from mednec.findings.therapy.unkept import none_kept
from mednec.vocabulary import lexicon

BREAK = compiled(
    r";|\.\s|,?\s(?:but|however|although|whereas|while)\b|,\s*(?:and\s+)?(?:then|tried|took|takes|taking|used"
    r"|uses|using|"
    r"has|had|is|was|on|failed|completed|he|she)\b",
    re.I,
)
PURPOSE = compiled(
    r"\s*\(?,?\s*(?:(?!stopp|discont|held|quit|d/c|not\b)\w+\s+){0,2}?(?:for|to treat|to help with|against|to"
    r"|after)\s+"
    r"(?:(?:her|his|the|an?|some|chronic|known)\s+)?",
    re.I,
)
PAIN_TOO = compiled(
    r"(?:\s+(?:relief|control))?\s*,?\s*(?:as well as|and(?:\s+also)?|plus)\s+(?:for\s+)?"
    r"(?:(?:his|her|the|chronic|low|lower|"
    r"back|neck|knee|hip|shoulder|joint)\s+){0,4}(?:pains?|aches?|arthritis)\b",
    re.I,
)  # 'yoga for her mood as well as her back pain'
NAMED = compiled(r"\s*(?:physical\s+|rehab\w*\s+)?", re.I)
INVERTED = needing(
    r"(?:^|[.:;,(]\s+|\b(?:and|but|that)\s+)(?P<verb>should|were|had)\s+(?=[\w(])(?!\s*(?:been|be)\b)", re.I
)
UNREAL = compiled(r"\b(?:would|could|might|may|then|consider|next step|we can|will)\b", re.I)
FAILING = needing(r"\b(?:failing|should [^.;,]{1,60} fail)\b", re.I)
NOT_HELPED = compiled(r"\b(?:not|fail|prove|remain|no relief|turn out|bring no|give no)\b", re.I)
SINCE_THEN = compiled(r";|\b(?:since|but|now)\b", re.I)
YEAR = compiled(r"\b(?P<year>19[5-9]\d|20[0-4]\d)\b")
DENIED = compiled(
    r"(?:\s+for\s+(?:the\s+)?\w+(?:\s\w+)?)?\s*(?:(?:was|were|got|has been|is|have been)\s+)?(?:again\s+|twice\s+)?"
    r"(?:denied|not approved|not authori[sz]ed|not covered|rejected|turned down)\b(?=\s*(?:[;.,(]|by\b|again\b"
    r"|twice\b|"
    r"as\b|because\b|$))",
    re.I,
)
OPENS_LABEL = compiled(r"(?:^|[\n.;(*\u2022-])[ \t\"']*$")
OF_THE_PATIENT = compiled(
    r"\b(?:patient|pt|she|he|self)\s*:|\b(?:he|she|patient)\s+(?:has|had|did|tried)\b|\d/\d|\b20\d\d\b"
    r"|\b(?:was|were)\s+(?:tried|done|given|used)\b|\bcompleted\b",
    re.I,
)
ALL_BUT = needing(  # 'everything save PT', 'all but PT and naproxen': what follows is not among it
    r"\b(?:everything|all(?:\s(?:of\s)?(?:it|them|these|those|that|the\s(?:usual|above|measures|treatments"
    r"|options)))?|anything|every\s(?:treatment|measure|option))"
    r"(?:\s\w+){0,4}?,?\s(?:save(?:\sfor)?|but|except(?:ing)?(?:\sfor)?|other\sthan|apart\sfrom|aside\sfrom"
    r"|besides|barring|excluding|short\sof)\s"
    r"(?!for\b|(?:one|two|three|four|five|six|\d+)\b)"
    r"(?:(?!(?:has|have|had|is|was|were|took|takes|kept|did|does|then|helped|failed|tried|uses?d?|continue[sd]?)\b)"
    r"[\w'-]+(?:,\s(?:and\s)?|\s(?:and|or)\s|\s)){0,8}$",
    re.I,
)
NONE_SO_FAR = compiled(
    r"\b(?:did\snot|didn't|not|never|no|won't|cannot|can't|would\snot)\s(?:\w+\s){0,3}(?:everything|all|anything)\b",
    re.I,
)
TO_CHOOSE = needing(  # a template that nobody filled in
    r"\*{3}|\b(?:select(?:\s(?:one|all|from))?|choose(?:\s(?:one|all|from))?|pick\s(?:one|list|from)"
    r"|drop-?down|circle\sone|delete\sas\sapplicable|insert\s\w+)\s*[:)\]}>\-]"
    r"|[-:]\s(?:select|choose|pick)\b",
    re.I,
)
HAPPENED = compiled(  # signs that what was arranged came to pass
    r"(?<!\bnever )(?<!\bnot )(?<!n't )(?<!\bto )(?<!\bbe )(?<!\bno )\b(?:went|(?:has|had|have)\s(?:now\s"
    r"|since\s|already\s|indeed\s)?been(?!\s(?:booked|scheduled|arranged|ordered|set|made|denied|approved"
    r"|called|told|offered|advised|referred|asked|given|sent))|attend(?:ed|ing|s)|complet(?:ed|ing|ion|es)"
    r"|finish(?:ed|ing)"
    r"|did(?!\snot|n't)|had(?!\s(?:not|no|never|to|yet)\b)|done|underwent|tak(?:es|en|ing)|took|sat\sthrough"
    r"|tried|used|uses|using"
    r"|participat\w+|(?:was|were)\s(?:seeing|attending|going|doing|taking|getting|wearing)|discharged|made\sit|saw|"
    r"seen|fail(?:ed|s|ure)|performed|receiv(?:ed|ing)|s/p|visits?\s\d"
    r"|\d+\s(?:of\s\d+\s)?(?:visits|sessions)"
    r"|compliant|adherent|helped|helps|tolerated|stopped|relieved)\b",
    re.I,
)
GONE_THROUGH = compiled(
    r"\b(?:went|did(?!\s+not|n't)|attend(?:ed|s)|complet(?:ed|es|ing)|finish(?:ed|ing)|underwent|tried|done"
    r"|visits?\s+\d|\d+\s+(?:visits|sessions)|made\s+it|discharged)\b",
    re.I,
)
ARRANGED = compiled(
    r"\b(?:arranged|booked|scheduled|set up|ordered|prescribed|offered|authori[sz]ed|approved|referred"
    r"|referral|appointments?|script)\b",
    re.I,
)
BUT = compiled(r",?\s(?:but|however|although|though)\s", re.I)
FOLLOWING = 2  # sentences behind an arrangement in which may stand what became of it
LISTED = ("medications", "prescribed", "allergies")
FAR = 400  # characters in which a cue may stand before what it voids
RECENT = 1  # years: what was copied from a note of this year or the last is no old episode


def voided(parsed: Parsed, mention: Mention) -> str | None:
    """The status of a treatment that words around it say was not tried for this pain; None where none do."""
    sentence = parsed.sentence_at(mention.start)
    if DENIED.match(parsed.text, mention.end, sentence.end):
        return "not_tried"
    if none_kept(parsed, sentence, mention):
        return "not_tried"
    if _is_inverted(parsed.text, sentence, mention):
        return "other"
    if is_excepted(parsed, sentence, mention):
        return "not_tried"
    if _is_beside_all(parsed.text, sentence, mention) or _is_a_choice(parsed.text, sentence, mention):
        return "not_tried"
    start, end = _line(parsed.text, mention.start)
    for cue in parsed.within(start, end, "voids"):
        if FITS[_extra(cue.concept, "scope")](parsed, sentence, cue, mention):
            return _extra(cue.concept, "status")
    if mention.group != "injection" and is_of_past_episode(parsed, sentence, mention):
        return _extra("episode_over", "status")
    return None


def _is_beside_all(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether it is what a failure of all else leaves out: 'failed everything save PT and acupuncture'."""
    told = ALL_BUT.search(text, sentence.start, mention.start)
    return bool(told) and not NONE_SO_FAR.search(text, sentence.start, mention.start)


def _is_a_choice(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether it is among the choices of a template in which none was made: 'failed *** (PT, naproxen - select)'."""
    first = max(text.rfind("\n", sentence.start, mention.start) + 1, sentence.start)
    last = text.find("\n", mention.end, sentence.end)
    marks = [mark.group() for mark in TO_CHOOSE.finditer(text, first, last if last >= 0 else sentence.end)]
    return (
        mention.group != "injection"
        and bool(marks)
        and (any(mark != "***" for mark in marks) or text.rfind("(", first, mention.start) >= 0)
    )


def _line(text: str, at: int) -> tuple[int, int]:
    """The paragraph in which a treatment stands."""
    start, end = text.rfind("\n\n", max(0, at - FAR), at), text.find("\n\n", at, at + FAR)
    return (start if start >= 0 else max(0, at - FAR)), (end if end >= 0 else min(len(text), at + FAR))


def _forward(parsed: Parsed, sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """After the cue in the same sentence, within its reach and before the sentence turns."""
    between = parsed.text[cue.end : mention.start]
    if not (sentence.start <= cue.start and cue.end <= mention.start) or BREAK.search(between):
        return False
    return len(between.split()) <= int(_extra(cue.concept, "reach"))


def _arranged(parsed: Parsed, sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """Booked, signed or handed over as a script, and nothing here or in the next sentences tells that it took place."""
    if mention.group == "injection" or not _forward(parsed, sentence, cue, mention):
        return False
    index = parsed.sentence_index(mention.start)
    last = parsed.sentences[min(index + FOLLOWING, len(parsed.sentences) - 1)].end
    stop = parsed.text.find("\n\n", mention.end, last)
    return not HAPPENED.search(parsed.text, mention.end, stop if stop >= 0 else last)


def _reached(parsed: Parsed, sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """Care that somebody tries to reach, in the rest of the sentence of which nothing tells that it took place."""
    reach = mention.group in ("active", "passive") and _forward(parsed, sentence, cue, mention)
    return reach and not GONE_THROUGH.search(parsed.text, mention.end, sentence.end)


def _backward(parsed: Parsed, _sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """Before the cue on the same line: it says of what was just quoted that it is old."""
    return mention.end <= cue.start and "\n" not in parsed.text[mention.end : cue.start]


def _clause(parsed: Parsed, sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """In the same clause as the cue."""
    first, last = min(cue.end, mention.end), max(cue.start, mention.start)
    if mention.end <= cue.start < sentence.end and (was := ARRANGED.search(parsed.text, mention.end, cue.start)):
        first = was.end()  # 'PT was booked, but he kept missing it'
        return not BREAK.search(BUT.sub(" ", parsed.text[first:last]))
    return sentence.start <= cue.start < sentence.end and not BREAK.search(parsed.text, first, last)


def _sentence(parsed: Parsed, sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """Behind it in the same sentence, with no other treatment between."""
    behind = mention.end <= cue.start < sentence.end
    return behind and not parsed.within(mention.end, cue.start, "therapy")


def _line_after(parsed: Parsed, _sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """After the cue, to the end of its paragraph; nearer words may give it back to the patient."""
    text = parsed.text
    if cue.end > mention.start:
        return (
            cue.concept == "copied"
            and mention.end <= cue.start < parsed.sentence_at(mention.start).end
            and _is_old(parsed, cue)
        )
    between = text[cue.end : mention.start]
    if cue.concept == "copied":
        return not RENEWED.search(between) and _is_old(parsed, cue)
    if cue.concept == "untried_list":
        return not BREAK.search(between)
    if cue.concept == "coverage":
        stop = text.find("\n\n", mention.end)
        return not OF_THE_PATIENT.search(text, cue.end, stop if stop >= 0 else len(text))
    opens = OPENS_LABEL.search(text[max(0, cue.start - 4) : cue.start])
    return bool(opens) and "\n" not in between and not OF_THE_PATIENT.search(between)


def _is_old(parsed: Parsed, cue: Hit) -> bool:
    """Whether what was copied is not known to be of this year or the last."""
    written = parsed.dated_at(cue.start)
    stop = parsed.text.find("\n", cue.end)
    last = min(cue.end + 40, stop if stop >= 0 else len(parsed.text))
    sourced = parsed.text[cue.end - 4 : cue.end].lower() == "from"  # the year of the source stands behind it
    said = (sourced and list(YEAR.finditer(parsed.text, cue.end, last))) or list(
        YEAR.finditer(parsed.text, max(0, cue.start - 24), cue.end + 40)
    )
    nearest = min(said, key=lambda year: max(cue.start - year.end(), year.start() - cue.end), default=None)
    return not (nearest and written and int(nearest["year"]) >= written.year - RECENT)


def _purpose(parsed: Parsed, sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """Named right behind as what it was for: 'PT, for stress incontinence', 'acupuncture to stop smoking'."""
    if parsed.section_at(mention.start).name in LISTED or mention.group == "injection":
        return False
    near = mention.end <= cue.start < sentence.end and not PAIN_TOO.match(parsed.text, cue.end, sentence.end)
    return near and bool(PURPOSE.fullmatch(parsed.text, mention.end, cue.start))


def _field(parsed: Parsed, _sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """Named right before as its field: 'vestibular rehabilitation'."""
    if mention.group not in ("active", "passive"):
        return False
    within = mention.start <= cue.start and cue.end < mention.end
    return within or (cue.end < mention.start and bool(NAMED.fullmatch(parsed.text, cue.end, mention.start)))


def _opening(parsed: Parsed, sentence: Sentence, cue: Hit, mention: Mention) -> bool:
    """A time of life long past that opens the sentence or ends its clause."""
    if mention.group == "injection" or not sentence.start <= cue.start < sentence.end:
        return False
    opens = cue.end <= mention.start and not re.search(
        r";|\bsince\b|\bbut\b|\bnow\b", parsed.text[cue.end : mention.start]
    )
    return opens or (mention.end <= cue.start and not BREAK.search(parsed.text, mention.end, cue.start))


def _is_inverted(text: str, sentence: Sentence, mention: Mention) -> bool:
    """Whether a condition without 'if' holds the treatment: 'Should 8 weeks of PT not help', 'were PT not helpful'."""
    failing = FAILING.search(text, sentence.start, sentence.end)
    if failing and UNREAL.search(text, failing.end(), sentence.end) and mention.start < sentence.end:
        return True
    for match in INVERTED.finditer(text, sentence.start, mention.end):
        rest = text[mention.end : sentence.end]
        verb, opens = match["verb"].lower(), text[match.end() : max(match.end(), mention.start)]
        if BREAK.search(opens) or len(opens.split()) > 12:
            continue
        if verb == "should" or (NOT_HELPED.search(rest) and UNREAL.search(rest)):
            return True
    return False


@cache
def _extra(concept: str, name: str) -> str:
    return str(lexicon("voids").concepts[concept].extra[name])


FITS = {
    "forward": _forward,
    "arranged": _arranged,
    "reached": _reached,
    "back": _backward,
    "clause": _clause,
    "sentence": _sentence,
    "line": _line_after,
    "purpose": _purpose,
    "named": _field,
    "opening": _opening,
}
