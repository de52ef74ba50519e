"""A text in, the stretches out that are said to whoever, or whatever, reads the chart: commands, not facts."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled

NAMED = (
    r"reviewer|auditor|adjudicator|examiner|grader|llm|bot|chatbot|agent|assistant|language model|model|system"
    r"|algorithm|robot|computer|software|parser|engine|classifier|machine|automation"
)
SPOKEN_TO = rf"(?:ai|{NAMED})s?"
# Words to whoever reads the chart: a comment in markup, a role in front, a command to suppose or to write down.
COMMENT = needing(
    r"<!--.*?(?:-->|$)|/\*.*?(?:\*/|$)"
    r"|<(?P<tag>hidden|system|prompt|instructions?|secret|invisible|ai|llm|assistant|comment|note)\b[^>\n]*>.*?(?:</(?P=tag)>|$)",
    re.I | re.M | re.S,
)
ROLES = (  # the short one, whose letters stand in every note, is looked for by itself
    needing(rf"(?<![A-Za-z])(?:{NAMED})s?(?![A-Za-z])", re.I),
    compiled(r"(?<![A-Za-z])ais?(?![A-Za-z])", re.I),
)
TO_ROLE = compiled(
    r"(?:^|(?<=[.;]\s)|(?<=[\n\"\u201c*#>(]))[ \t]*[\[<({#*]*(?:(?:note|message|instructions?|to|attn"
    r"|attention|dear|for)\s(?:to\s|for\s)?(?:the\s|all\s|any\s)?)?"
    rf"(?:(?:automated|artificial|review|reviewing|parsing|reading|coding|{SPOKEN_TO})\s)?{SPOKEN_TO}(?:\s(?:prompt"
    rf"|message|instructions?"
    rf"|note|override|directive))?[\])}}>*]*\s?(?:[:,>\u2013]"
    rf"|(?<=[\])}}>])|-(?=\s))[^\n]*",
    re.I | re.M,
)
BEFORE_ROLE = 60  # characters of a line within which what is said to a role begins
SUPPOSED = needing(
    r"\b(?:(?:we |i |please |let us |just |you (?:may|can|should|must) )?(?:assume|suppose|pretend|presume"
    r"|imagine)|take it (?:as (?:given|read) )?)\sthat\b[^\n.;]*",
    re.I,
)
WRITTEN = needing(
    r"(?:^|(?<=[.:;]\s))(?:please\s|kindly\s)?(?:record|document|write(?:\sdown)?|enter|state|conclude|answer"
    r"|output|respond|declare|deem|confirm)\sthat\b[^\n.]*",
    re.I | re.M,
)
# 'Ignore the above and ...', 'For automated processing, ...', 'The model must say that ...': the sentence is no fact.
OVERRIDE = needing(
    r"(?:^|(?<=[.:;\]>]\s))[ \t]*(?:please\s|kindly\s)?(?:(?:ignore|disregard|forget|override|bypass)\s(?:all|any"
    r"|the|your|everything|previous|prior|earlier|whatever)\b|(?:for|to|by)\s(?:any\s|all\s|the\s)?(?:automated"
    r"|automatic|computer(?:ized)?|electronic|algorithmic)\s(?:processing|review\w*|read\w*|audit\w*|system\w*"
    r"|tools?|screening)\b|set\s(?:the\s)?(?:status|criteri\w+|verdict)\b)[^\n.]*",
    re.I | re.M,
)
TO_SAY = needing(
    r"\b(?:models?|systems?|software|algorithms?|computers?|reviewers?|auditors?|chatbots?|machines?|programs?)\s"
    r"(?:must|should|shall|is to|will|has to|needs to|are to|can|may)\s(?:say|state|report|answer|conclude|accept|find"
    r"|output|record|assume|take|count|treat|regard|mark|return|respond|consider|deem|read)\b[^\n.]*",
    re.I,
)
DEEMED = needing(
    r"\b(?:as|to be) (?:failed|failure|met|done|completed?|satisfied|proven|positive|documented|true|tried|unsuccessful"
    r"|fulfilled|given|present)\b",
    re.I,
)
TO_DEEM = compiled(
    r"(?:^|(?<=[.:;,]\s)|(?<=\band\s)|(?<=\bto\s))(?:please\s|kindly\s)?(?:treat|count|regard|score|mark|rate|code"
    r"|classify|take"
    r"|consider|deem|log|flag|grade)\s[^.;\n]{1,80}$"
    r"|\b(?:(?:is|are)\sto|should|must|shall|may|can)\sbe\s(?:treated|counted|regarded|scored|marked|rated|coded"
    r"|classified|taken|considered|deemed|logged|flagged|graded|read)\s$",
    re.I,
)


def commands(text: str) -> Iterator[tuple[int, int]]:
    """What is said to whoever reads the chart; a role is looked for first, since that alone is cheap."""
    for expression in (COMMENT, SUPPOSED, WRITTEN, OVERRIDE, TO_SAY):
        yield from (found.span() for found in expression.finditer(text))
    for found in DEEMED.finditer(text):
        first = max(text.rfind(sign, 0, found.start()) for sign in ".;\n") + 1
        first += len(text[first : found.start()]) - len(text[first : found.start()].lstrip())
        if TO_DEEM.search(text, first, found.start()):
            yield first, found.end()
    done = 0
    for role in sorted(chain.from_iterable(one.finditer(text) for one in ROLES), key=re.Match.start):
        last = text.find("\n", role.end())
        last = last if last >= 0 else len(text)
        told = TO_ROLE.search(text, max(done, role.start() - BEFORE_ROLE), last) if role.start() >= done else None
        if told and told.start() <= role.start():
            done = told.end()
            yield told.span()
