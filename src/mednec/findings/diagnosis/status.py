"""A condition where it is named, in; whether it is present, absent, suspected or over in this patient, out."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.assertion.context import meaning
from mednec.findings.diagnosis.window import window
from mednec.findings.parse import Parsed, Sentence
from mednec.findings.terms import Hit

FURTHEST = 1500  # characters that a list after "no" or "denies" may run
NEAR = 45  # characters that an uncertain or historical word reaches
UNSAID = {"declines", "declined", "refuses", "refused", "unable to", "cannot", "can't", "couldn't", "could not"}
UNSAID |= {"rather than", "instead of", "in lieu of", "won't", "wouldn't", "don't"}
UNABLE = {"don't", "can't", "cannot", "couldn't", "could not", "unable to"}
OF_ONE_VERB = {
    "not",
    "never",
    "doesn't",
    "didn't",
    "isn't",
    "wasn't",
    "aren't",
    "weren't",
    "hasn't",
    "haven't",
    "hadn't",
}
NEGATIVE = {"neg", "negative", "absent"}
LIST_AFTER_NEGATIVE = compiled(
    r"(?:[ \t]*[-:][ \t]*|[ \t]+|\n[ \t]*)(?!(?:bilat|[RLB]\b|at\b|to\b|seated|supine|right|left|on\b|SLR|x\b)"
    r"|\d)[A-Za-z]"
)
FRESH_START = compiled(
    r";|\(|\.\s|[:]\s*$|\n\s*\n"
    r"|(?:,|\band\b|\bwith\b)\s*(?:and |with |there is |a |an )?(?:(?:mild|moderate|moderately|severe|minimal"
    r"|slight|marked|advanced|small|large|positive|pos|probable"
    r"|likely|suspected|acute|chronic|degenerative|stable|known|extensive|persistent|worsening)\b|\+)"
    r"|[A-Z][A-Za-z/&' ]{0,24}:\s|\b[CTLS]\d{1,2}(?:-[CTLS]?\d{1,2})?:",
)
NOT_OF_THE_CONDITION = compiled(
    r"\b(?:chang\w*|effects?|affect\w*|relie\w*|help\w*|improv\w*|respon\w*|better|difference|benefit\w*|touch\w*"
    r"|expected|address\w*|explain\w*|only|just|certain|much|until|sure|intended|meant|treat\w*|therap\w+|cure"
    r"|contribut\w*)\b",
    re.I,
)
CARRIED_ON = compiled(  # 'no sedation, apixaban continued': a drug of which this is told is taken
    r"\s(?:(?:is|was|has\sbeen|will\sbe|to\sbe|can\sbe)\s)?"
    r"(?:continu(?:ed|es|ing)|held|on\shold|paused|stopped|resumed|restarted|bridged|uninterrupted|managed)\b",
    re.I,
)
LIST_ITEM = compiled(r",|\bor\b|\band\b")
SHOWING = compiled(r"\b(?:support|consistent|suggest|show|reveal|demonstrat|evidence|indicat|have|history)", re.I)
ONE_VERB = 40  # characters that a plain "not" reaches
NEGATIVE_HEADING = compiled(r"(?:pertinent )?(?:neg|denie|no )", re.I)
DENIED_LIST = compiled(  # 'ROS neg: fever, cancer', 'PMH (-): ...': all that the label heads is denied
    r"\W*(?:[\w/&' ]{0,34}\s)?(?:neg(?:ative)?s?|\(\s?-\s?\)|denies|denied)(?:\sfor)?\s*[:\u2013-](?=\s)",
    re.I,
)
GOES_OVER = compiled(
    r"\b(?:pos(?:itive)?|but|except|however|has|reports|endorses|yes|other than)\b|[.;+]|\n\s*\n|:", re.I
)
OF_NONE = frozenset(("no", "without", "w/o", "no evidence of", "no signs of", "no sign of"))
AFRESH = compiled(  # 'no radiculopathy, [axial] pain': what characterizes the pain begins anew behind a comma
    r".*,\s*(?:(?:predominantly|purely|mainly|mostly|primarily|chronic)\s)*$", re.I | re.S
)
CHARACTER = compiled(r"(?:axial|mechanical|facet\w*[- ](?:mediated|driven)|facetogenic|non-?radicular)\b", re.I)
NEGATED_VERB = compiled(r"\b(?:not|no|nothing|without)\b[^.,;]{0,25}$", re.I)
UNCHANGED = compiled(
    r"\W*(?:any |a |an |CT |MRI? |definite |evidence of |signs? of )*(?:new|further|change|worsening|increase"
    r"|additional|progressive|progression|moderate|severe|high[- ]grade|critical|advanced|marked)\b",
    re.I,
)
UNSEEN = compiled(r"\s+(?:(?:really|clearly) )?(?:see|appreciate|find|identify|detect|visualize|note)\b", re.I)
ANSWERED_NO = compiled(
    r"(?:[ \t]+or[ \t]+(?:[a-z-]+[ \t]){0,2}?[a-z-]+(?=[ \t]*[|:?]))?"
    r"(?:[ \t]*(?:history|hx|ever|now|currently|today|present|/[a-z]+))*[ \t]*[:?=|-]*[ \t]*"
    r"(?:no(?=[\s.,;)]*(?:$|\n|[.,;)]|  |\b[A-Z]))|none\b|neg(?:ative|atives)?\b|-ve\b|denie[sd]\b|absent\b"
    r"|\[ ?\] ?yes|n/?k?\s*\[x\])",
    re.I,
)
MINUS = compiled(r"(?:\(\s?-\s?\)|\[-\]|\u2205|\u00d8)\s*(?:\w+\s){0,1}$")  # '(-) radiculopathy'
DASH = compiled(r"[:,;]\s*[-\u2013\u2212]\s?(?:(?:hx|h/o|history)\s(?:of\s)?)?$", re.I)
DASHES = compiled(r"[:,;]\s*[-\u2013\u2212]\s?(?=[A-Za-z])")
UNTICKED = compiled(r"\[[ _]?\]\s*(?:[A-Za-z]+ ){0,2}$|☐\s*$|\( \)\s*$")
TICKED_NO = compiled(r"\W{0,4}(?:ever|now)?\??\s*\[[ _]?\]\s*yes\s*\[[xX]\]\s*no", re.I)
TICKED_YES = compiled(r"\W{0,4}(?:ever|now)?\??\s*\[[xX]\]\s*yes", re.I)
BLANK_ANSWER = compiled(r"\W{0,4}(?:ever|now)?\??\s*\[[ _]?\]\s*yes\s*\[[ _]?\]\s*no", re.I)
LASTING_HISTORY = compiled(
    r"(?:\b(?:long|longstanding|known)|(?:days?|weeks?|months?|years?|yrs?|mos?|wks?))[\s-]+$", re.I
)
RESOLVED = compiled(
    r"[^.;\n]{0,60},\s*(?:now |since |fully )?(?:resolved|healed|in remission)\b"
    r"|\s+(?:has|have|had|is|was)\b(?! not| never)[^.;,\n]{0,50}\b(?:resolved|healed|eradicated)\b"
    r"|[^.;,\n]{0,22}(?<!once )(?<!until )\b(?:resolved|healed|in remission)\b"
    r"|(?:(?!\b(?:not|never|until|after|before)\b)[^.;\n]){0,60}?\b(?:cleared(?: up)?|gone away|went away|"
    r"settled|subsided|vanished"
    r"|disappeared|(?:(?:years?|months?|decades?) |long |well |now )?behind (?:him|her|them)|a thing of the past)\b"
    r"(?![^.;\n]{0,60}\b(?:but|back|return\w*|recur\w*|again|crept|until|then|when|with|after|knee)\b)"
    r"|[^.;,\n]{0,22}\b(?:which|that|and) (?:then |later )?went away\b"
    r"|[^.;\n]{0,80}\bbut (?:that )?(?:this|it|that|these)\b[^.;,\n]{0,20}\bresolved\b",
    re.I,
)
LAST_YEARS = compiled(r"\W{0,3}(?:in |\()?(?:19|20)\d\d\b(?!-)")
MAYBE_AFTER = compiled(
    r"[\s,-]{0,3}(?:is |are |was )?(?:suspected|likely|possible|probable)\b(?=\s*(?:[.,;:)]|$))"
    r"|\s+(?:pain\s+|symptoms\s+)?(?:vs\b|versus\b)"
    r"|\s+(?:could|can) ?not (?:yet )?be (?:ruled out|excluded)",
    re.I,
)
DOUBTED_AFTER = compiled(
    r"\s+(?:pain |symptoms )?(?:is|are|was|seems?|appears?)(?: (?:felt|thought|considered|to be|much|far))* "
    r"(?:less likely|doubtful|not likely)",
    re.I,
)
OVER_SECTIONS = {"past_medical", "past_surgical"}
SILENT_SECTIONS = {"family_history", "education", "goals"}


def status_of(parsed: Parsed, start: int, end: int, *, lasting: bool = False) -> str | None:
    """Whether the condition between two offsets is `present`, `absent`, `suspected` or `history`; None where the words
    state nothing of this patient. A lasting condition that is only told as history is present."""
    text, sentence = parsed.text, Sentence(*window(parsed, start, end))
    section = parsed.section_at(start).name
    if section in SILENT_SECTIONS or UNTICKED.search(text, max(sentence.start, start - 30), start):
        return None
    if answer := _answer(text, end):
        return answer if answer != "blank" else None
    cues = _Cues(parsed, sentence, start, end)
    if cues.of_another() or cues.only_feared() or cues.doubted():
        return None
    if cues.denied():
        return None if cues.only_unchanged() else "absent"
    if cues.looked_for():
        return None
    if cues.uncertain():
        return "suspected"
    over = cues.over() or _years_ago(parsed, end)
    return "history" if over and not lasting else "present"


def _years_ago(parsed: Parsed, end: int) -> bool:
    """A year before that of the document stands right behind ('disc herniation 2015')."""
    year, dated = LAST_YEARS.match(parsed.text, end), parsed.document.dated
    if not year:
        return False
    return int(year.group()[-4:]) < dated.year if dated else parsed.section_at(end).name in OVER_SECTIONS


def _answer(text: str, end: int) -> str | None:
    """What stands behind a question or heading: 'Pregnant? No', '[ ] Yes [x] No'."""
    if TICKED_NO.match(text, end):
        return "absent"
    if TICKED_YES.match(text, end):
        return "present"
    if BLANK_ANSWER.match(text, end):
        return "blank"
    return "absent" if ANSWERED_NO.match(text, end) else None


WOMEN = compiled(r"\b(?:wife|mother|mom|sister|daughter|aunt|niece|grandmother|girlfriend|granddaughter)\b", re.I)
TELLS_OF = compiled(
    r"(?:\s+(?:also|now|today|privately))?(?:\s+(?:says?|said|states?|stated|reports?|reported|tells|told|notes?|"
    r"noted|confirms?"
    r"|confirmed|adds|complains|worries|confides|admits|believes)(?:\s+(?:me|us))?(?:\s+that)?|,)\s+(?P<whom>s?he|"
    r"the patient|pt)\b",
    re.I,
)


class _Cues:
    """The cues of one sentence that reach a mention."""

    def __init__(self, parsed: Parsed, sentence: Sentence, start: int, end: int) -> None:
        self.text, self.start, self.end, self.sentence = parsed.text, start, end, sentence
        self.general = parsed.within(sentence.start, sentence.end, "cues")
        self.special = parsed.within(sentence.start, sentence.end, "diagnosis_cues")
        self.clause = self._clause()

    def _clause(self) -> int:
        """Where the scope of what stands before the mention begins."""
        first = self.sentence.start
        for match in FRESH_START.finditer(self.text, first, self.start):
            if not NEGATIVE_HEADING.match(match.group()):
                first = match.start() if match.group()[0] in ",aw" else match.end()
        ends = [
            hit.end
            for hit in self.general
            if hit.end <= self.start and meaning(hit) == "terminator" and not self._negated_verb(hit)
        ]
        return max(first, ends[-1] if ends else first)

    def _negated_verb(self, stop: Hit) -> bool:
        """'not clinically consistent with' denies what follows instead of ending the denial."""
        return stop.term in ("consistent with", "compatible with") and bool(
            NEGATED_VERB.search(self.text, max(self.sentence.start, stop.start - 30), stop.start)
        )

    def before(self, word: str) -> list[Hit]:
        """Special cues of one concept that stand before the mention in its clause."""
        return [
            hit for hit in self.special if hit.concept == word and self.clause <= hit.start and hit.end <= self.start
        ]

    def of_another(self) -> bool:
        """A relative or somebody else is spoken of."""
        first = max(self.sentence.start, self.text.rfind(". ", self.sentence.start, self.start), self._label())
        general = (hit for hit in self.general if meaning(hit) == "other_person" and not self._tells(hit))
        special = (hit for hit in self.special if hit.concept == "relative" and not self._tells(hit))
        return any(first <= hit.start and hit.end <= self.start for hit in (*general, *special))

    def _tells(self, relative: Hit) -> bool:
        """Whether a relative tells of the patient, who cannot be meant to be the relative: 'His wife says he "
        "drinks'."""
        told = TELLS_OF.match(self.text, relative.end, self.start)
        woman = bool(WOMEN.search(self.text[relative.start : relative.end]))
        if told is None or told["whom"].lower() not in ("he", "she"):
            return told is not None
        return (told["whom"].lower() == "he") == woman

    def _label(self) -> int:
        """The last heading within the line (PMH:, SH:) before the mention, or the last semicolon."""
        found = [
            match.start()
            for match in re.finditer(r"\b[A-Z][A-Za-z]{1,12}:|;", self.text[self.sentence.start : self.start])
        ]
        return self.sentence.start + found[-1] if found else self.sentence.start

    def only_feared(self) -> bool:
        """A risk, a warning or a question, not a statement."""
        feared = [hit for hit in self.special if hit.concept == "feared" and hit.end <= self.start]
        doubts = [
            hit
            for hit in self.general
            if meaning(hit) == "hypothetical"
            and hit.end <= self.start
            and (self.clause <= hit.start or self._opens_the_sentence(hit))
        ]
        certain = any(
            hit.term.startswith(("risk", "complication", "possible comp", "potential comp", "prevent"))
            for hit in feared
        )
        return certain or bool(doubts) or (bool(feared) and not self.denied())

    def _opens_the_sentence(self, hit: Hit) -> bool:
        """'If she does not ..., we will consider ...' is hypothetical to its end."""
        return self.text[self.sentence.start : hit.start].strip()[-1:] in ("", ":")

    def doubted(self) -> bool:
        """Held to be unlikely, which neither states nor denies it."""
        return bool(self.before("doubted")) or bool(DOUBTED_AFTER.match(self.text, self.end))

    def denied(self) -> bool:
        """A negation reaches the mention from before, or stands right behind it."""
        cued = any(self._denies(hit) for hit in self.general) or bool(self.before("denied"))
        return cued or self._signed() or self._excluded() or self._listed()

    def _listed(self) -> bool:
        """A label at the start of the sentence denies all that it heads."""
        label = DENIED_LIST.match(self.text, self.sentence.start, self.start)
        return label is not None and not GOES_OVER.search(self.text, label.end(), self.start)

    def _signed(self) -> bool:
        """A minus sign in brackets stands before the mention."""
        near = max(self.sentence.start, self.start - 20)
        return bool(MINUS.search(self.text, near, self.start)) or self._dashed(near)

    def _dashed(self, near: int) -> bool:
        """'- fever, - weight loss, - hx CA': a line in which dashes before its items tell that they are absent."""
        own = DASH.search(self.text, near, self.start)
        return own is not None and len(DASHES.findall(self.text, self.sentence.start, self.sentence.end)) > 1

    def _excluded(self) -> bool:
        """'has been excluded' stands right behind."""
        behind = (hit for hit in self.special if hit.concept == "denied_after" and hit.start >= self.end)
        return any(
            len(words := self.text[self.end : hit.start]) <= 25 and not re.search("[,;.]", words) for hit in behind
        )

    def _denies(self, hit: Hit) -> bool:
        unsaid = hit.term in UNSAID and not (hit.term in UNABLE and UNSEEN.match(self.text, hit.end))
        if meaning(hit) != "negated" or unsaid:
            return False
        if hit.start >= self.end:
            return self._denied_behind(hit)
        if hit.start < self.clause or hit.start >= self.start or "resolved" in hit.term:
            return False
        between = self.text[hit.end : self.start]
        if ")" in between and "(" not in between:
            return False
        if NOT_OF_THE_CONDITION.search(LIST_ITEM.split(between)[-1]):
            return False
        if "," in between and CARRIED_ON.match(self.text, self.end):
            return False
        if hit.term in OF_NONE and AFRESH.match(between) and CHARACTER.match(self.text, self.start):
            return False
        if hit.term in OF_ONE_VERB:
            listed = bool(SHOWING.search(between))
            return (listed or "," not in between) and len(between) <= (FURTHEST if listed else ONE_VERB)
        if hit.term in NEGATIVE:
            return bool(LIST_AFTER_NEGATIVE.match(self.text, hit.end)) and self._begins_a_list(hit)
        return True

    def _begins_a_list(self, hit: Hit) -> bool:
        """'ROS: neg fever, cancer' begins a list; 'SLR neg, sciatica' does not."""
        return (
            "," not in self.text[hit.end : self.start]
            or hit.start - self.sentence.start <= 20
            or self.text[hit.start - 2] in ":-;."
        )

    def _denied_behind(self, hit: Hit) -> bool:
        between = self.text[self.end : hit.start]
        return (
            hit.concept == "negated_after"
            and len(between) <= 25
            and not re.search(r"[,;.\n]|\b(?:and|with|but)\b", between)
            and "resolved" not in hit.term
        )

    def only_unchanged(self) -> bool:
        """'No new radiculopathy' does not say that there is none."""
        said = [
            hit
            for hit in self.general
            if meaning(hit) == "negated" and self.clause <= hit.start and hit.end <= self.start
        ]
        return bool(said) and bool(UNCHANGED.match(self.text, said[-1].end))

    def looked_for(self) -> bool:
        """The condition is to be looked for or excluded."""
        ruled_out = any(
            hit.term in ("r/o", "rule out") and self.clause <= hit.start and hit.end <= self.start
            for hit in self.general
        )
        return ruled_out or bool(self.before("looked_for"))

    def uncertain(self) -> bool:
        """Suspected, likely, a question."""
        if MAYBE_AFTER.match(self.text, self.end) or self.text[self.end : self.end + 1] == "?":
            return True
        if self.before("maybe") or any(
            hit.concept == "listed_as_possible" and hit.end <= self.start for hit in self.special
        ):
            return True
        return any(meaning(hit) == "suspected" and self._near(hit) for hit in self.general)

    def over(self) -> bool:
        """Told as past: old, healed, resolved, history of."""
        if RESOLVED.match(self.text, self.end):
            return True
        general = (hit for hit in self.general if meaning(hit) == "past" and hit.term != "past")
        special = (hit for hit in self.special if hit.concept == "over")
        return any(
            self._near(hit) and not LASTING_HISTORY.search(self.text[max(0, hit.start - 24) : hit.start])
            for hit in (*general, *special)
        )

    def _near(self, hit: Hit) -> bool:
        return (
            self.clause <= hit.end <= self.start
            and self.start - hit.end <= NEAR
            and not re.search("[,:]", self.text[hit.end : self.start])
        )
