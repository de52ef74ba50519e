"""Evidence, requests and policies made by hand, so that the logic is tested without any reading."""

from datetime import date

import pytest

from mednec.audit.selection import Asked
from mednec.model import (
    Document,
    Evidence,
    Fact,
    Interval,
    Policy,
    PolicySource,
    Record,
    ServiceRequest,
    SignatureState,
)

REQUESTED = date(2026, 3, 10)


class Chart:
    """Makes findings and evidence, each finding in a sentence of its own."""

    def __init__(self):
        self.documents = {}

    def document(
        self, name="visit.txt", *, type="office_visit", dated=date(2026, 3, 3), signature=SignatureState.SIGNED
    ):
        text = "".join(f"Statement number {number:04}.\n" for number in range(60))
        self.documents.setdefault(name, Document(name, text, type=type, dated=dated, signature=signature))
        return self.documents[name]

    def finding(self, kind, concept, *, document=None, place=0, **attributes):
        document = document or self.document()
        start = place * 23
        return document.finding(kind, concept, start, start + 9, quote=(start, start + 22), **attributes)

    def evidence(self, kind, concept, *, document=None, place=0, start=None, end=None, **attributes):
        """One piece of evidence; an attribute given as a set stands for documents that contradict each other."""
        facts, findings = {}, []
        for name, value in attributes.items():
            values = sorted(value, key=str) if isinstance(value, set) else [value]
            told_in = [
                document if len(values) == 1 else self.document(f"{name}-{number}.txt") for number in range(len(values))
            ]
            stated = [
                self.finding(kind, concept, document=source, place=place, **{name: each})
                for source, each in zip(told_in, values, strict=True)
            ]
            findings += stated
            facts[name] = tuple(Fact(each, (one,)) for each, one in zip(values, stated, strict=True))
        findings = findings or [self.finding(kind, concept, document=document, place=place)]
        return Evidence(kind, concept, tuple(findings), facts, _day(start), _day(end or start))

    def record(self, *evidence, **fields):
        return Record(tuple(self.documents.values()), tuple(evidence), **fields)


def _day(value):
    if value is None or isinstance(value, Interval):
        return value
    return Interval(value, value)


@pytest.fixture
def chart():
    return Chart()


@pytest.fixture
def request_made():
    return ServiceRequest("facet.dx1", REQUESTED, ("64493",), "left", ("L4-5", "L5-S1"), region="lumbar")


@pytest.fixture
def policy():
    definitions = {
        "regions": {"one": [["cervical", "thoracic"], ["lumbar", "sacroiliac"]]},
        "blocks": {"therapy": ["medial_branch_block", "facet_joint_injection"]},
    }
    return Policy("test", "Test", PolicySource("T1"), "medicare", {"facet.dx1": ("64493",)}, (), definitions)


@pytest.fixture
def ask(chart, request_made, policy):
    """Puts a question to pieces of evidence; gives the answer."""
    from mednec.audit.questions import ask as put

    def asking(question, *evidence, request=request_made):
        return put(question, Asked(request, policy, evidence, tuple(chart.documents.values())))

    return asking
