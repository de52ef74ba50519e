"""When two numbers that a chart gives for the same thing are the same for an auditor."""

from __future__ import annotations

ROUNDING = {  # attribute -> how far two tellings may lie apart: absolute, and as a share of the larger
    "duration_days": (7.0, 0.15),
    "sessions": (1.0, 0.10),
    "relief_percent": (15.0, 0.0),
    "relief_days": (0.05, 0.34),
    "pain_before": (1.0, 0.0),
    "pain_after": (1.0, 0.0),
    "function_before": (4.0, 0.0),
    "function_after": (4.0, 0.0),
    "function_percent": (10.0, 0.0),
    "days": (21.0, 0.20),
    "per_week": (1.0, 0.0),
}


def near(name: str, one: object, other: object) -> bool:
    """Whether two values of an attribute say the same, given how charts round."""
    if (
        isinstance(one, bool)
        or isinstance(other, bool)
        or not isinstance(one, int | float)
        or not isinstance(other, int | float)
    ):
        return one == other
    absolute, share = ROUNDING.get(name, (0.0, 0.0))
    return abs(one - other) <= max(absolute, share * max(abs(one), abs(other)))
