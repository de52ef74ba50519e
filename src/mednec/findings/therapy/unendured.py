"""The sentences of a therapy in, out whether it was given up because doing it brought pain that could not be borne.

Told so where three things stand together: that it ended, that the exercises, visits or positions did it, and what they
did to the pain. What else made the pain worse (a fall, a drive, the next treatment) is no reason of the therapy.
"""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed

BODILY = {"physical_therapy", "home_exercise"}
DO = r"(?:done|borne|bear|continue\w*|go on|tolerat\w+|endur\w+|perform\w*|complet\w+|finish\w*)"
ENDED = compiled(
    r"\b(?:stopp?(?:ed)?|quit|quitting|discontinu\w+|d/?c'?d|abort\w*|abandon\w*|g[ai]ven? up|gave up|give up"
    r"|broke(?:n)? off|cut short|called off|halted|terminated|dropp?ed(?: out)?|discharged|intoleran\w+|withdr[ae]w\w*"
    rf"|(?:could|can|did|was) ?n[o']t (?:be )?{DO}|cannot (?:be )?{DO}|unable to {DO}|tolerated (?:neither|none|no)\b"
    r"|not tolerated|end(?:ed|s)? (?:on|after|at|with|early)|advises? against)",
    re.I,
)
DOING = (
    r"(?:it|they|which|that|this|therapy|each|every one|all of them"
    r"|(?:the |any |all |each |every |each of the |all of the |most |even )?"
    r"(?:gentle |simple |basic |prescribed |home |lumbar |neck |back |pool )?"
    r"(?:exercis\w+|stretch\w*|movements?|motions?|sessions?|visits?|programs?|attempts?|positions?(?: but [\w-]+)?"
    r"|maneuvers?|extension|flexion|manual (?:work|therapy)|treatments?|workouts?|drills?|repetitions?))"
)
HURT = r"(?:pain|numbness|tingling|spasms?|weakness|paresthesias?|symptoms)"
WORSE = (
    r"(?:severe|excruciating|intolerable|unbearable|agonizing|new|more|intense|worse|increased|sharp|increasing"
    rf"|hours of|days of|a flare of|marked) (?:\w+ ){{0,4}}{HURT}"
)
BROUGHT = (
    r"(?:brought on|brings? on|set off|sets off|provok\w+|trigger\w*|caus\w+|aggravat\w+|flar\w+(?: up)?|increas\w+"
    r"|worsen\w*|exacerbat\w+|drove|sent|shot|sharpen\w*|stirr?ed(?: up)?|heighten\w*|ramped up|rais\w+|spik\w+"
    r"|lit(?: up)?"
    r"|fired up|kicked up|whipped up|wors\w+|set|produc\w+|inflam\w+|intensif\w+|reproduc\w+)"
)
WORD = r"(?!(?:no|less|little|mild|minimal|slight|milder|any|initial)\b)\w+"
UNBEARABLE = r"(?:unbearable|intolerable|excruciating|agony)"
DID = compiled(
    rf"\b{DOING}\W+(?:(?:had|have|has|only|always|just|so|badly|severely|consistently)\s+){{0,2}}"
    rf"(?:{BROUGHT} (?:{WORD} ){{0,4}}(?:{HURT}|sciatica|leg|arm|back|neck)\b"
    rf"|made (?:\w+ ){{0,4}}(?:{UNBEARABLE}|worse|severe)|(?:was|were) (?:(?:too|so) painful|{UNBEARABLE}))"
    rf"|\b{HURT}\W+(?:\w+\W+){{0,2}}(?:flared|rose|mounted|climbed|grew|soared|escalated|built|increased|worsened"
    rf"|shot up|spiked|went (?:up )?from \d+ to \d+"
    rf"|(?:became|was|got) (?:{UNBEARABLE}|severe|much worse))\W+(?:\w+\W+){{0,5}}?"
    r"(?:each|every|all|any|exercis\w+|stretch\w*|sessions?|visits?|therapy|attempts?|movements?)\b"
    rf"|\b{HURT}(?: (?:at|of) \d+/10| \d+/10)? (?:at|with|on|during|after) (?:each|every|any|all) \w+"
    rf"|\b{DOING}\W+(?:(?:all|just|only|always)\s+)?hurts? (?:\w+ ){{0,2}}(?:too|so) (?:much|badly)"
    rf"|\b(?:fainted|passed out|blacked out|collapsed|vomited|syncope|near-syncope)\W+(?:\w+\W+){{0,3}}?"
    r"(?:during|while|with|doing|in|at)\W+(?:\w+\W+){0,2}?(?:exercis\w+|stretch\w*|sessions?|visits?|therapy|treatments?)\b"
    rf"|\b{WORSE} (?:with|at|after|on|during) (?:each|every|any|all|the)\b"
    r"|\bso painful\b[^.;]{0,20}\b(?:had to|could not|couldn't|that)\b"
    r"|\b(?:cried out|doubled over|in tears) (?:at|with|after|during) (?:each|every|the)\b",
    re.I,
)
NOT_SO = compiled(r"\b(?:no|not|never|without|denies|denied|didn't|if|may|might|would)\b[^.;:,]{0,15}\Z", re.I)
GOES_ON = compiled(
    r"\s*[\"\u201d]?\s*(?:unable|could|couldn't|cannot|can't|she|he|it|they|each|every|all|both|had to|this|these"
    r"|therap\w+|stopped|discontinued|intoleran\w+|tolerated|exercises?"
    r"|the (?:exercises?|sessions?|visits?|therapist|program|stretch\w*))\b",
    re.I,
)


def was_unendured(parsed: Parsed, start: int) -> bool:
    """Whether what is told of the therapy named at an offset says that it ended because it hurt too much to do."""
    told = parsed.text[_since(parsed, start) : _until(parsed, start)]
    if not ENDED.search(told):
        return False
    return any(not NOT_SO.search(told, 0, did.start()) for did in DID.finditer(told))


def _since(parsed: Parsed, start: int) -> int:
    """The treatment of another kind before, else the beginning of the sentence: 'he quit PT'."""
    first = parsed.sentence_at(start).start
    others = [hit.end for hit in parsed.within(first, start, "therapy") if hit.concept not in BODILY]
    return max(others, default=first)


def _until(parsed: Parsed, start: int) -> int:
    """The next treatment of another kind, else the end of the sentence, or of the next one where that goes on."""
    index = parsed.sentence_index(start)
    sentence = parsed.sentences[index]
    others = [hit.start for hit in parsed.within(start, sentence.end, "therapy") if hit.concept not in BODILY]
    if others or index + 1 >= len(parsed.sentences):
        return min(others, default=sentence.end)
    after = parsed.sentences[index + 1]
    named = {hit.concept for hit in parsed.within(after.start, after.end, "therapy")} - BODILY
    return after.end if not named and GOES_ON.match(parsed.text, after.start, after.end) else sentence.end
