"""Corrections and what the program says in, what holds out: findings corrected, statuses overruled, both kept apart."""

from mednec.reviews.asking import whose
from mednec.reviews.attributes import checked, kinds
from mednec.reviews.findings import Corrected, FindingOutcome, corrected
from mednec.reviews.statuses import Standing, StatusOutcome, in_force, standings
from mednec.reviews.written import reviewed

__all__ = [
    "Corrected",
    "FindingOutcome",
    "Standing",
    "StatusOutcome",
    "checked",
    "corrected",
    "in_force",
    "kinds",
    "reviewed",
    "standings",
    "whose",
]
