"""A place in a plan in, the regions of the problem under which it stands out: '1. Left knee pain.', '- X-ray.'"""

from __future__ import annotations

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed

BULLET = compiled(r"[ \t]*[-*\u2022\u00b7]\s")
PROBLEM = compiled(r"[ \t]*(?:\d{1,2}[.)]\s*)?(?:[\w/'-]+,?[ \t]+){0,7}[\w/'-]+[.:]?[ \t]*")  # a line of few words


def regions_of_problem(parsed: Parsed, start: int) -> list[str]:
    """The regions named by the problem under which a bulleted plan stands: '1. Neck strain', '- NSAIDs'."""
    text, line = parsed.text, parsed.text.rfind("\n", 0, start) + 1
    while line and BULLET.match(text, line):
        end, line = line - 1, text.rfind("\n", 0, line - 1) + 1
        if not BULLET.match(text, line):
            problem = PROBLEM.fullmatch(text, line, end)
            return [hit.concept for hit in parsed.within(line, end, "regions")] if problem else []
    return []
