"""The times of a sentence in, out those since which the pain is there: none from before it went away and came back."""

from __future__ import annotations

import re

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.duration.times import Time, times_in
from mednec.findings.parse import Parsed, Sentence

GONE = (
    r"(?:went\saway|gone\saway|(?:was|were|had\sbeen|became|been)\s(?:all\s|completely\s|entirely\s|totally\s)?gone"
    r"|(?:symptom|pain)[\s-]free|without\s(?:any\s)?(?:pain|symptoms)|no\s(?:pain|symptoms)|asymptomatic|resolved"
    r"|cleared"
    r"|subsided|settled|remitted|in\sremission|disappeared|vanished|ceased|abated|healed|(?:quit|stopped)\s(?:hurting|aching|bothering)|let\s(?:go|up))"
)
BACK = (
    r"(?:reappear\w*|return(?:ed|s|ing)|(?:came|comes?|is|was|now|then)\sback|back\s(?:since|again|for|as\sof"
    r"|from|on|in|with)"
    r"|recur(?:red|s|ring)|re-?started|(?:started|began|begun|flared|struck|set\sin)\s(?:up\s)?(?:again|anew)|resum\w+"
    r"|(?:(?:hurt|ach|throb)\w*|pain\w*|sore|bad)\s(?:again|anew|afresh)|anew|afresh"
    r"|(?:new|fresh|present|current|latest|today['\u2019]?s)\s(?:onset|episode|attack|bout|spell|pain|"
    r"trouble|flare|one|symptoms?|complaint)|relapsed?)"
)
SPELL = (  # 'lasted a week and has not been back until May'
    r"(?:last(?:ed|ing)\s(?:only\s|just\s|for\s|about\s|but\s|some\s)*(?:an?|one|two|three|four|five|six|"
    r"ten|\d{1,2}|a\sfew|several|a\scouple\sof)"
    r"\s(?:days?|weeks?)|over\s(?:with\s)?(?:in|within)\s(?:an?|one|two|three|\d{1,2}|a\sfew)\s(?:days?|weeks?))"
)
UNTIL = r"(?:until|till|before\s(?:this|the\s(?:present|current))|again|anew|afresh)"
RELAPSE = needing(rf"\b{GONE}\b[^.\n]{{0,90}}?\b(?P<back>{BACK})\b", re.I)
SPELL_AND_BACK = needing(rf"\b{SPELL}\b[^.\n]{{0,90}}?\b(?P<back>{UNTIL}|{BACK})\b", re.I)
STAYED = compiled(r"(?:\b(?:never|not|hardly)|n't)\s(?:\w+\s){0,3}$", re.I)
BRIEF = compiled(
    r"\b(?:days?|hours?|overnight|after each|every time|each time|off and on|on and off|intermittent\w*)\b", re.I
)


def since_return(parsed: Parsed, sentence: Sentence, times: list[Time]) -> list[Time]:
    """The times as they are; where the pain was gone and came back, those alone that tell since when it is back."""
    spell = SPELL_AND_BACK.search(parsed.text, sentence.start, sentence.end)
    told = RELAPSE.search(parsed.text, sentence.start, sentence.end)
    if spell and not told:
        return [time for time in times_in(parsed, sentence) if time.start >= spell.end("back") - 6]
    if told is None or BRIEF.search(parsed.text, told.start(), told.start("back")):
        return times
    if STAYED.search(parsed.text, max(sentence.start, told.start() - 30), told.start()):
        return times
    if times and all(time.start > told.start("back") for time in times):
        return times
    return [time for time in times_in(parsed, sentence) if time.start >= told.end("back") - 6]
