"""A criterion that is open in, whose question it is out: the clinician's, the front office's or a reviewer's."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from mednec.model import Determination
from mednec.reviews.statuses import DECIDED

CLINICIAN, FRONT_OFFICE, REVIEWER = "clinician", "front office", "reviewer"
REPORTS = frozenset({"imaging", "electrodiagnostic", "evaluation"})  # made elsewhere: they are sent for, not dictated
JOINED = ("all", "any", "of")


def whose(determination: Determination) -> str | None:
    """Who can answer it: none where it is decided; what no chart can tell is for whoever knows the policy."""
    if determination.status in DECIDED:
        return None
    asked = set(_asked(determination.criterion.needs))
    if "unread" in asked:
        return REVIEWER
    lacks = determination.gap
    if any(lack.about == "the request" for lack in lacks) or (asked == {"request"} and not lacks):
        return FRONT_OFFICE
    unheard = not determination.findings and not determination.against
    return FRONT_OFFICE if unheard and asked <= REPORTS else CLINICIAN


def _asked(question: Mapping[str, Any]) -> Iterator[str]:
    """The kinds that a question is about, with `request` and `unread`."""
    name = next(iter(question))
    if name in JOINED:
        for part in question[name]:
            yield from _asked(part)
    elif name == "not":
        yield from _asked(question["not"])
    else:
        yield name
