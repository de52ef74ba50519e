"""Who says a thing, of whom, and whether it holds: what stands between words that name a thing and a finding.

`context` reads the cues around a mention (denied, past, planned, supposed); `owners`, `whose` and `addressed` tell of
whom or to whom the words are said; `doubted` and `asked` what is only asked or doubted; `answers` and `boxes` how a
form answers; `taken_back` and `copied` what the text itself takes back or says to be of years ago. What only holds of
treatments (supposed, refused, put off, arranged) stands in `therapy/voids.py` and `therapy/unrealized.py`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from mednec.findings.assertion import answers, asked, copied_remark, doubted, owners, taken_back
from mednec.findings.parse import Parsed
from mednec.model import Finding


def as_asserted(parsed: Parsed, stated: Iterable[Finding]) -> Iterator[Finding]:
    """What the words state in, what the document asserts of its patient out.

    Left out is what is taken back or said of somebody else; what a form answers, only asks or doubts is marked so.
    """
    gone, others = taken_back.spans(parsed), owners.spans(parsed)
    old = list(copied_remark.spans(parsed))
    kept = (finding for finding in stated if not taken_back.is_taken_back(parsed, finding, gone, old))
    told = asked.without_questions(parsed, answers.as_answered(parsed, kept))
    return doubted.without_doubted(parsed, owners.of_the_patient(told, others))
