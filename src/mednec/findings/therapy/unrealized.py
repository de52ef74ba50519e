"""A group of treatments in, whether its clause tells that nothing came of it, or that no visit of it was kept, out.

'Eight weeks of PT did not get past the desk': what is denied of a course and is no word of its effect denies the course
itself. No list holds all that can keep a course from taking place, so that the denial is asked for, not its reason.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from mednec.expressions.needs import needing
from mednec.expressions.patterns import compiled
from mednec.findings.quantities import SPELLED
from mednec.findings.therapy.scope import Cue, Group

COURSES = ("active", "passive", "medication")
# What may stand before a treatment of which its sentence speaks: 'The eight weeks of supervised PT did not ...'.
LEAD = compiled(
    r"(?:(?:the|an?|his|her|their|these|this|that|all|some|any|another|about|of|for|to|in|with|full|whole|course"
    r"|program"
    r"|series|trial|round|prescribed|ordered|planned|proposed|recommended|supervised|formal|outpatient|daily|further"
    rf"|weeks?|wks?|months?|visits?|sessions?|days?|both|and|or|but|\d{{1,3}}|{SPELLED})[\s,-]+)*",
    re.I,
)
AUXILIARY = r"(?:(?:did|does|do|was|were|is|are|has|have|had|could|can|would)(?:\s+not|n't)|cannot|never)"
WITHIN = (  # a word between the treatment and what is denied of it: no other subject, verb or clause
    r"(?!(?:s?he|they|we|i|it|you|pain|patient|pt|symptoms?|which|that|who|and|but|or|so|did|does|was|were|is|are|has"
    r"|have|had|do|could|can|would|never|cannot|helped|failed|gave|brought|relie\w+)\b)[\w/'-]+"
)
DENIED = compiled(rf"(?:\s*\([^()\n]{{0,40}}\))?(?:\s+{WITHIN}){{0,7}}?\s+(?P<denial>{AUXILIARY})\s+(?P<of>\w+)", re.I)
NOT_BEGUN = compiled(  # read before 'did not get' is taken for no effect
    r"(?:did|does|do|has|have|had|could|can|would)(?:\s+not|n't)\s+(?:ever\s+|even\s+)?(?:get|got|gotten|make\s+it"
    r"|made\s+it|come|go)"
    r"\s+(?:past|through|off\s+the|under\s*way|started|going|approved|scheduled|beyond|into|onto|to\s+pass|about|ahead"
    r"|forward|covered)\b",
    re.I,
)
# What is denied of a course that took place: that it had an effect, went on, or did harm.
OF_A_COURSE = compiled(
    r"(?:help|miss|skip|cancel|omit|neglect|interrupt|reliev|eas|work|chang|touch|cut|mov|do\b|done|doing|stop|"
    r"prevent|bring|brought|giv|yield|prov|reduc"
    r"|mak|made"
    r"|reach|keep|kept|caus|aggravat|worsen|hurt|succe|solv|resolv|answer|restor|return|put|leav|left|let|allow|enabl"
    r"|lead|led|result|amount|last|hold|held|suffic|enough|continu|improv|benefi|alter|shift|budge|affect|effect|lift"
    r"|lessen|dimin|control|calm|settle|bother|seem|appear|much|any|really|fully|quite|very|adequa|satisf|toler|produc"
    r"|offer|afford|achiev|add|hav|had|been|free|fix|cure|turn|slow|pay|paid|count|quiet|lower|g[eo]t(?:ten)?\s+(?:him|her|them"
    r"|me|rid|us|anywhere|far|very)|get\s+the"
    r"|take\s+(?:the|any|her|his|away|care))",
    re.I,
)
VISIT = r"(?:visits?|sessions?|appointments?|slots?|treatments?|one|ones|time|class(?:es)?)"
UNKEPT = r"(?:no[- ]?shows?|missed|cancell?ed|skipped|not\s+kept|unkept|unattended|unused|forfeited|not\s+attended)"
KEPT = r"(?:kept|made|attended|used|done(?!\s+(?:any|much|a|him|her|the|it)\b)|completed|taken|came|went|shown?|showed)"
NONE = r"(?:none|nil|zero|0|not\s+(?:one|a\s+single\s+one|a\s+single|any))"
NO_VISIT = needing(
    rf"\b(?:every|each|all)(?:\s+of)?(?:\s+(?:the|his|her|these|those))?(?:\s+\w+)?\s+{VISIT}[\s,:]+(?:(?:was|were"
    rf"|is|are|been"
    rf"|has|have|had|an?)\s+)*{UNKEPT}\b"
    rf"|\b{NONE}\s+(?:{VISIT}\s+)?(?:of\s+(?:which|them|these|those|it|the\s+(?:\w+\s+)?{VISIT})\s+)?(?:(?:s?he|they"
    rf"|the\s+patient|pt|was"
    rf"|were|has|had|have|been|ever|actually)\s+){{0,4}}{KEPT}\b"
    rf"|\b{KEPT}\s+(?:(?:to|for|up|in)\s+)*(?:not\s+(?:a\s+single|one|any)|none|zero|0|no)\s+(?:(?:single|scheduled"
    rf"|\w+ed)\s+)?(?:{VISIT}|of)\b"
    rf"|\b(?:failed\s+to\s+(?:turn|show)\s+up|did\s+not\s+(?:turn|show)\s+up|didn't\s+(?:turn"
    rf"|show)\s+up)\s+(?:even\s+)?once\b"
    rf"|\bat\s+(?:no|none\s+of\s+(?:the|its|his|her|their))\s+(?:single\s+)?{VISIT}\b"
    rf"|\battendance[\s:,]+(?:(?:was|is|of|at)\s+)*(?:nil|zero|0|none)\b(?!\s*\.\d)",
    re.I,
)


def unrealized(text: str, group: Group, every: Sequence[Cue]) -> str | None:
    """The status of a course of which nothing came: `not_tried` where no visit was kept, `other` where it is denied."""
    if group.mentions[0].group not in COURSES:
        return None
    if group.mentions[0].group != "medication" and NO_VISIT.search(text, group.sentence.start, group.sentence.end):
        return "not_tried"
    return "other" if _is_denied(text, group, every) else None


def _is_denied(text: str, group: Group, every: Sequence[Cue]) -> bool:
    """Whether the course is what its clause speaks of, and something is denied of it that is no effect."""
    if not LEAD.fullmatch(text, max(group.first, group.before), group.start):
        return False
    denied = DENIED.match(text, group.end, group.sentence.end)
    if denied and NOT_BEGUN.match(text, denied.start("denial")):
        return True
    if denied is None or OF_A_COURSE.match(text, denied.start("of")):
        return False
    return not any(
        (
            not cue.says.keys().isdisjoint(("response", "failure_reason"))
            or ("status" in cue.says and cue.scope != "forward")
        )
        and cue.start < denied.end() + 1
        and denied.start("denial") - 1 <= cue.end
        for cue in every
    )
