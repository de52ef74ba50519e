"""The record does not depend on the order of documents, nor on a document that comes twice."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from mednec.evidence import gather
from mednec.model import Document, Evidence, ServiceRequest

REQUEST = ServiceRequest(service="facet.rfa1", dated=date(2026, 3, 1), side="left", region="lumbar")
TEXT = "Back pain. PT block SLR NRS 8 then 1.\n\nNeck: naproxen MRI since spring; ODI."
DAYS = st.integers(0, 400).map(lambda n: (REQUEST.dated - timedelta(days=n)).isoformat())
PARTIAL = st.one_of(DAYS, DAYS.map(lambda day: day[:7]), DAYS.map(lambda day: day[:4]))


def optional(**values: Any) -> st.SearchStrategy[dict[str, Any]]:
    """Mappings that hold any of the values."""
    return st.fixed_dictionaries(
        {},
        optional={
            name: value if isinstance(value, st.SearchStrategy) else st.sampled_from(value)
            for name, value in values.items()
        },
    )


THERAPY = st.tuples(
    st.just("therapy"),
    st.sampled_from(["physical_therapy", "nsaid", "medial_branch_block", "injection_unspecified"]),
    optional(
        status=["past", "current", "planned", "performed", "declined", "not_tried"],
        response=["none", "partial", "good"],
        started=PARTIAL,
        ended=PARTIAL,
        sessions=[1, 2, 3, 14],
        duration_days=[10, 42, 45, 56],
        relief_percent=[50, 80, 90],
        relief_days=[0.2, 90],
        agent=["naproxen", "meloxicam"],
        region=["lumbar", "cervical"],
        ordinal=[1, 2],
        side=["left", "right", "bilateral"],
    ),
)
OTHER = st.one_of(
    st.tuples(
        st.just("pain_score"),
        st.just("nrs"),
        st.fixed_dictionaries({"low": st.integers(0, 10), "when": st.sampled_from(["before", "after", "current"])}),
    ),
    st.tuples(
        st.just("imaging"),
        st.sampled_from(["mri", "ct"]),
        optional(date=PARTIAL, status=["past", "planned"], region=["lumbar", "cervical"]),
    ),
    st.tuples(st.just("symptom_duration"), st.just("pain_duration"), optional(days=[30, 400], onset=PARTIAL)),
    st.tuples(
        st.just("exam"),
        st.just("straight_leg_raise"),
        optional(result=["positive", "negative"], side=["left", "right"]),
    ),
)
FINDINGS = st.lists(st.tuples(st.integers(0, len(TEXT) - 6), st.one_of(THERAPY, OTHER)), max_size=8)
DOCUMENTS = st.lists(
    st.tuples(
        DAYS,
        st.sampled_from(["office_visit", "procedure_note", "therapy_note", "pain_diary", "imaging_report"]),
        FINDINGS,
    ),
    min_size=1,
    max_size=4,
)


def chart(described: list[Any]) -> tuple[list[Document], dict[str, list[Any]]]:
    """Documents and findings as described."""
    documents, findings = [], {}
    for index, (day, type, several) in enumerate(described):
        document = Document(id=f"d{index}", text=f"{TEXT} {index}", type=type, dated=date.fromisoformat(day))
        documents.append(document)
        findings[document.id] = [
            document.finding(
                kind,
                concept,
                start,
                start + 4,
                quote=(0, len(TEXT)),
                **{**attributes, **({"high": attributes["low"], "of": 10} if "low" in attributes else {})},
            )
            for start, (kind, concept, attributes) in several
        ]
    return documents, findings


def told(evidence: tuple[Evidence, ...]) -> list[Any]:
    """What evidence says, without who says it."""
    return [
        (
            e.kind,
            e.concept,
            e.start,
            e.end,
            e.distinct,
            {name: [fact.value for fact in facts] for name, facts in e.facts.items()},
        )
        for e in evidence
    ]


@settings(max_examples=150, deadline=None)
@given(DOCUMENTS, st.randoms(use_true_random=False))
def test_every_order_gives_the_same_record(described, random):
    documents, findings = chart(described)
    before = gather(documents, findings, REQUEST)
    shuffled = random.sample(documents, len(documents))
    mixed = {name: random.sample(several, len(several)) for name, several in reversed(findings.items())}
    assert gather(shuffled, mixed, REQUEST) == before


@settings(max_examples=100, deadline=None)
@given(DOCUMENTS)
def test_a_document_that_comes_twice_changes_no_trial(described):
    documents, findings = chart(described)
    copy = replace(documents[0], id="d0 copy")
    copied = [replace(finding, document_id=copy.id) for finding in findings["d0"]]
    before = gather(documents, findings, REQUEST)
    after = gather([*documents, copy], {**findings, copy.id: copied}, REQUEST)
    assert told(after.evidence) == told(before.evidence)
