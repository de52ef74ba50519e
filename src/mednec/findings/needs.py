"""The expressions of this room that are tried only where their words stand, as the shelf makes them."""

from mednec.expressions.needs import DIGIT, Needing, needed, needing

__all__ = ["DIGIT", "Needing", "needed", "needing"]
