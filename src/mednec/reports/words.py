"""The words in which reports speak of outcomes: labels, marks and sentences for people who do not know our terms."""

from __future__ import annotations

from typing import Any

from mednec.model import Status

DETERMINATIONS = {
    "supported": "Supported by the record",
    "insufficient_documentation": "Documentation is insufficient",
    "conflicting": "The record contradicts itself",
    "not_supported": "Not supported by the record",
    "not_covered": "Not covered by this policy",
}
EXPLANATIONS = {
    "supported": "Every required criterion of the policy is documented in the record.",
    "insufficient_documentation": "The record leaves required criteria open. Nothing in it speaks against the service.",
    "conflicting": "Documents of the record state incompatible facts, and the outcome depends on which is believed.",
    "not_supported": "The record documents facts that fail a required criterion.",
    "not_covered": "The policy excludes this service, whatever the record says.",
}
STATUSES = {
    Status.MET: "met",
    Status.NOT_MET: "not met",
    Status.INSUFFICIENT: "insufficient",
    Status.CONFLICTING: "conflicting",
    Status.EXEMPT: "exempt",
    Status.NOT_APPLICABLE: "not applicable",
}
MARKS = {
    "met": "✓",
    "not_met": "✗",
    "insufficient": "?",
    "conflicting": "≠",
    "exempt": "✓",
    "not_applicable": "–",
    "partial": "◐",
    "missing": "○",
}
OPEN = (Status.NOT_MET, Status.CONFLICTING, Status.INSUFFICIENT)
ELEMENTS = {
    "attempts": ("Attempts", "Which conservative treatments were tried?"),
    "description": ("Description", "How often, how long, and with what response?"),
    "failure": ("Failure", "Why was each of them not enough?"),
    "justification": ("Justification", "Why this procedure, for this patient, now?"),
    "objective": ("Objective evidence", "Which measurements show it?"),
}
GRADES = {
    "primary": "read in the payer's own text",
    "excerpt": "read in an excerpt of the payer's text",
    "copy": "read in a third party's copy of the payer's text",
    "second-hand": "known second-hand only",
    "background": "background knowledge, not read in the payer's text",
    "unread": "not read in this payer's text; another's stands for it",
}
REASONS = {
    "letter_of_medical_necessity": "A letter of necessity is written for the payer; it is not part of the record.",
    "appeal_letter": "An appeal letter is written for the payer; it is not part of the record.",
    "attestation": "A statement made afterwards is not part of the contemporaneous record.",
    "authorization_form": "A request form is not part of the record.",
    "education_material": "Education material says nothing of this patient.",
    "improper_amendment": "An amendment that is not marked, dated and attributed to its author does not count.",
    "other_patient": "It bears another patient's name or birth date.",
    "payer_correspondence": "Correspondence of the payer is not part of the record.",
    "after_request_date": "It was written after the date of the request.",
    "unreadable": "It could not be read.",
    "not_clinical": "It is not a clinical document.",
}
WARNINGS = {
    "contradiction": "Contradiction",
    "cloned_note": "Copied text",
    "unsigned": "Not signed",
    "late_entry": "Late entry",
    "other_patient": "Another patient's page",
    "undated_document": "No date",
    "letter_only_fact": "Stated in a set-aside document only",
    "scale_changed": "Scale changed",
    "score_range": "Score out of range",
    "region_mismatch": "Another region",
    "side_mismatch": "Another side",
    "stale_imaging": "Old imaging",
    "low_ocr_confidence": "Hard to read",
    "unreadable_page": "Unreadable page",
}


def spoken(word: str) -> str:
    """A word of our vocabulary as people write it: underscores are blanks."""
    return word.replace("_", " ")


def counted(number: int, one: str, several: str | None = None) -> str:
    """'1 page', '2 pages'."""
    return f"{number} {one if number == 1 else several or one + 's'}"


def said(value: Any) -> str:
    """A value as people say it."""
    if isinstance(value, list | tuple):
        return ", ".join(said(item) for item in value)
    if isinstance(value, float) and value == int(value):
        value = int(value)
    return spoken(str(value))
