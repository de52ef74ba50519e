"""Findings in, whether the number that they tell is only the least that it can be: 'more than 6 weeks', '>80%'."""

from __future__ import annotations

import re

from mednec.model import Finding

NUMBER = r"(?:about\s+|~\s*)?(?:\d+(?:\.\d+)?|one|two|three|four|five|six|seven|eight|nine|ten|twelve|a)"
# "over 8 weeks" alone may mean "in the course of"
LEAST = r"(?:>=?|\u2265|\b(?:more than|(?:for|well|just) over|greater than|at least|in excess of|exceed(?:s|ing)?))\s*"
TIME = r"\s*-?\s*(?:days?|weeks?|wks?|months?|mos?|years?|yrs?|hours?|hrs?|h)\b"
PERCENT = r"\s*(?:%|percent)"
SESSION = r"\s*(?:PT\s*)?(?:visits?|sessions?|treatments?)\b"
TIMES = re.compile(rf"{LEAST}{NUMBER}{TIME}|\b\d+\+{TIME}", re.I)
PARTS = r"(?:half|two[ -]thirds|three[ -]quarters|a third)\b"
PERCENTS = re.compile(
    rf"(?:{LEAST}|\b(?:over|better than|well over)\s+)(?:{NUMBER}{PERCENT}|{PARTS})|\b\d+\+{PERCENT}", re.I
)
VISITS = re.compile(rf"{LEAST}{NUMBER}{SESSION}|\b\d+\+{SESSION}", re.I)
PATTERNS = {
    "duration_days": TIMES,
    "relief_days": TIMES,
    "days": TIMES,
    "relief_percent": PERCENTS,
    "sessions": VISITS,
}


def is_least(name: str, finding: Finding) -> bool:
    """Whether a finding tells an attribute as a lower bound: a larger value does not contradict it."""
    pattern = PATTERNS.get(name)
    return bool(pattern and pattern.search(finding.quote))
