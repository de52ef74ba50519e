"""Treatments told together in one clause in, the failure told behind the last of them out: it is that of each."""

from __future__ import annotations

import re

from mednec.expressions.patterns import compiled
from mednec.findings.therapy.scope import CLAUSE, Cue, Group

JOINS = compiled(
    r"(?:[\s,/&+()\u2013x-]|\b(?:from(?=\s+\d)|through|until|(?:was|were)\s+(?:carried\s+on|continued|done|tried|"
    r"completed|used)|"
    r"and|with|plus|as well as|along with|together with|alongside|in addition to|combined "
    r"with|while on|on|took|taken|taking|takes|used|using|for|of|to|in|at|over|the|her|his|an?|low|lower|"
    r"upper|back|neck|"
    r"spine|joint|leg|arm|hip|knee|shoulder|lumbar|cervical|thoracic|lumbosacral|sacroiliac|SI|pain|sciatica|"
    r"radiculopathy|daily|"
    r"regular|scheduled|prescription|also|about|approximately|weekly|twice|once|times|visits|sessions|weeks?|wks?|"
    r"months?|"
    r"mos?|days?|a|per|each|home|formal|supervised|land|based|directed|by|therapist|LBP|CLBP|radiculitis|stenosis|"
    r"disc|herniation|"
    r"this|last|past|earlier|early|late|spring|summer|fall|autumn|winter|year|completed|consistent|dozen|half|"
    r"throughout|same|period|one|two|three|four|five|six|seven|eight|nine|ten|twelve)\b|"
    r"\d++(?:[/-]\d++)*+)*",
    re.I,
)
LEADS_TO = compiled(
    r"(?:[\s,:;()\"'-]|\b(?:and|so far|to date|thus far|all|both|each|for|over|the|past|last|daily|prn|"
    r"bid|tid|qid|po|mg|x|weeks?|wks?|"
    r"months?|days?|"
    r"has|have|had|been|brought|gave|yielded|produced|with|of|to|in|left|right|her|his|leg|arm|back|neck|low|pain|"
    r"symptoms?|were|was|is|are|did|also|one|two|three|four|five|six|seven|eight|ten|twelve)\b|\d++)*",
    re.I,
)
SET_APART = compiled(
    r"(?:[,;:=(\u2013]|\s-)\s*"
    r"(?:(?:and|so far|to date|thus far|all|each|both|with|has|have|had|been|is|are|were|there was|"
    r"overall|still)\s+)*\Z",
    re.I,
)
TOGETHER = compiled(  # 'PT six weeks ago together with naproxen', 'in PT for seven weeks while taking naproxen'
    r"[^.;:\n]{0,80}?\b(?:together with|along with|alongside|in combination with|combined with|"
    r"concurrent(?:ly)? with|in addition to|plus|with|"
    r"while (?:(?:also|still) )?(?:taking|on|using)|and (?:also )?(?:took|taking|used|using|on|was on|"
    r"has taken|had taken|a course of)|"
    r"and (?:he|she|I) (?:also )?(?:took|has taken|used|was on|had taken))\b[^.;:,\n]{0,24}",
    re.I,
)
TELLS = ("status", "response")
NEAR = 70  # characters between the next treatment and the failure that is told of both


def told_together(text: str, group: Group, every: list[Cue]) -> list[Cue]:
    """The failure told right behind the treatments that follow a group with nothing but joining words between."""
    if group.after >= group.sentence.end:
        return []
    between = any("response" in cue.says and group.end <= cue.start < group.after for cue in every)
    together = not between and TOGETHER.fullmatch(text, group.end, group.after)
    if not together and not JOINS.fullmatch(text, group.end, group.after):
        return []
    behind = [cue for cue in every if "response" in cue.says and cue.start > group.after and cue.scope != "forward"]
    if not behind or behind[0].says["response"] != "none" or behind[0].start - group.after > NEAR:
        return []
    named = re.match(r"\S+(?:\s\S+)??(?=[\s,:;])", text[group.after : behind[0].start])
    rest = group.after + (named.end() if named else 0)
    clear = LEADS_TO.fullmatch(text, rest, behind[0].start) or _is_set_apart(text, group, behind[0], every)
    return behind[:1] if clear and (together or not CLAUSE.search(text, group.end, group.after)) else []


def _is_set_apart(text: str, group: Group, verdict: Cue, every: list[Cue]) -> bool:
    """Whether a verdict stands by itself behind a list of which nothing else is told: 'PT, NSAIDs, ice, no relief'."""
    told = [cue for cue in every if group.after <= cue.start < verdict.start and not cue.says.keys().isdisjoint(TELLS)]
    apart = SET_APART.search(text, group.after, verdict.start)
    return not told and apart is not None and not CLAUSE.search(text, group.after, apart.start())
