"""The words of the policy language, and the attributes that questions may ask of each kind."""

from __future__ import annotations

from collections.abc import Mapping

TOP = {
    "required": ("policy", "payer", "title", "status", "sources", "services", "criteria"),
    "optional": ("not_covered", "definitions", "not_decided", "example_request", "steps", "partial"),
}
SOURCE = {
    "required": ("id", "seen", "read"),
    "optional": ("publisher", "version", "states", "states_seen", "effective", "ends", "url", "aliases", "by_name"),
}
NOT_DECIDED = {"required": ("section", "says", "why", "seen"), "optional": ("key", "sources")}
CRITERION = {
    "required": ("asks", "cites", "needs", "gap", "examples"),
    "optional": ("services", "sources", "strength", "applies", "against", "unless", "excludes", "otherwise"),
}
REST = "else"  # in the grades of a source: every section that none of the others begins
UNKNOWN_DAY = "unknown"  # where the day on which a text took effect was not found; it then counts as in force
CITES = ("section", "says", "seen")
STATES = ("draft", "retired")
STEP = ("contradicted_by", "warns")
STRENGTHS = ("required", "advisory")
OTHERWISE = ("insufficient", "met", "not_applicable")
STATUSES = ("met", "not_met", "insufficient", "conflicting", "exempt", "not_applicable")
EXAMPLE = ("chart", "request", "status", "near_miss")
DEFINITION = ("section", "says", "seen")
JOINING = ("all", "any", "not", "of", "request")
QUESTIONS = ("needs", "against", "unless", "excludes", "applies")
PATTERN = ("where", "except", "sure", "count", "each", "at_most", "apart")
CONDITIONS = ("within", "order", "recent", "about", "prefer", "in", "says", "after")
REQUEST = ("levels", "side", "regions", "procedure", "service", "region", "diagnoses")
VALUES = ("known", "unknown", "requested", "elsewhere", "covering", "beyond", "far", "counted", "onset")
KINDS = (
    "therapy",
    "pain_score",
    "function_score",
    "functional_limitation",
    "symptom_duration",
    "imaging",
    "electrodiagnostic",
    "exam",
    "diagnosis",
    "technique",
    "evaluation",
    "rationale",
    "statement",
)
# What the evidence room adds to the attributes of the lexicons.
EVERYWHERE = ("region", "side", "levels", "days_before", "status")
ADDED: Mapping[str, tuple[str, ...]] = {
    "therapy": (
        "pain_before",
        "pain_after",
        "relief_basis",
        "relief_stated",
        "shown_days",
        "function_before",
        "function_after",
        "function_percent",
        "same_scale",
        "injectate",
    ),
    "symptom_duration": ("longest",),
    "pain_score": ("scale", "named"),
    "function_score": ("scale", "named"),
    "imaging": ("age_days",),
    "electrodiagnostic": ("age_days",),
    "diagnosis": ("basis", "condition"),
    "technique": ("value", "celsius", "views"),
    "statement": ("sign", "modic_type"),
}
