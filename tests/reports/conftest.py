"""A small audit made by hand: one of everything that a report has to show."""

from datetime import date

import pytest

from mednec.model import (
    Audit,
    Citation,
    Criterion,
    Determination,
    Document,
    Element,
    Evidence,
    Exclusion,
    Fact,
    Finding,
    Interval,
    Page,
    Person,
    Policy,
    PolicySource,
    ServiceRequest,
    SignatureState,
    Status,
    Warning,
)

NOTE = Document(
    id="2026-02-03 pain clinic.txt",
    text="Completed 6 weeks of PT\nwithout relief. Pain 7/10 <b>today</b> & worse. Left leg pain since November 2025.",
    type="office_visit",
    dated=date(2026, 2, 3),
    author="A. Example, MD",
    signature=SignatureState.SIGNED,
    pages=(Page(1, 0, 60), Page(2, 60, 104)),
)
THERAPY = Document(
    id="therapy.pdf",
    text="Seen twice, then no show. Discharged per attendance policy.",
    type="therapy_discharge",
    dated=date(2026, 1, 20),
    pages=(Page(1, 0, 59, confidence=81.5),),
)


def found(document: Document, kind: str, concept: str, mention: str, quote: str, **attributes: object) -> Finding:
    first = document.text.index(quote)
    start = document.text.index(mention, first)
    return document.finding(kind, concept, start, start + len(mention), quote=(first, first + len(quote)), **attributes)


FAILED = found(
    NOTE,
    "therapy",
    "physical_therapy",
    "PT",
    "Completed 6 weeks of PT\nwithout relief.",
    duration_days=42,
    response="none",
)
TWICE = found(THERAPY, "therapy", "physical_therapy", "Seen", "Seen twice, then no show.", sessions=2)
PAIN = found(NOTE, "pain_score", "nrs", "7/10", "Pain 7/10 <b>today</b> & worse.", low=7, high=7)
SINCE = found(
    NOTE,
    "symptom_duration",
    "pain_duration",
    "since November 2025",
    "Left leg pain since November 2025.",
    onset="2025-11",
)


def criterion(key: str, asks: str, strength: str = "required") -> Criterion:
    return Criterion(
        key=key,
        asks=asks,
        cites=Citation("Covered 1", "What the policy says, in our words.", "excerpt"),
        needs={},
        gap=f"What would answer {key}?",
        strength=strength,
    )


def determinations() -> tuple[Determination, ...]:
    return (
        Determination(criterion("x.duration", "Has the pain lasted four weeks?"), Status.MET, "It has.", (SINCE,)),
        Determination(
            criterion("x.conservative", "Was conservative care tried for four weeks?"),
            Status.CONFLICTING,
            "Two documents disagree on the therapy.",
            (FAILED,),
            (TWICE,),
            questions=("How many visits took place?",),
        ),
        Determination(
            criterion("x.scale", "Is function measured?"),
            Status.INSUFFICIENT,
            "No scale is named.",
            missing=("a score on a disability scale",),
        ),
        Determination(
            criterion("x.rehab", "Is rehabilitation under way?", "advisory"), Status.INSUFFICIENT, "Nothing is said."
        ),
        Determination(criterion("x.severe", "Is the pain severe?"), Status.NOT_MET, "It is mild.", against=(PAIN,)),
        Determination(criterion("x.limit", "Is the limit kept?"), Status.NOT_APPLICABLE, "Not asked here."),
        Determination(criterion("x.waived", "Was it waived?"), Status.EXEMPT, "The policy waives it.", (PAIN,)),
    )


@pytest.fixture
def audit() -> Audit:
    policy = Policy(
        id="cms/example",
        title="Example Policy",
        source=PolicySource(
            "L00001", "A Contractor", "7", ("AZ",), date(2024, 1, 1), None, "https://policy.example/L00001"
        ),
        payer="medicare",
        services={"esi.init": ("64483",)},
        criteria=(),
        not_decided=(
            {"section": "Provider", "says": "A trained provider.", "why": "Not found in a chart.", "seen": "primary"},
        ),
    )
    trial = Evidence(
        kind="therapy",
        concept="physical_therapy",
        findings=(FAILED, TWICE),
        facts={
            "duration_days": (Fact(42, (FAILED,)),),
            "response": (Fact("none", (FAILED,)), Fact("good", (TWICE,))),
            "region": (Fact(["lumbar"], (FAILED,)),),
        },
        start=Interval(date(2025, 11, 1), date(2025, 11, 30)),
        end=Interval(date(2026, 1, 20), date(2026, 1, 20)),
    )
    return Audit(
        request=ServiceRequest(
            "esi.init",
            date(2026, 3, 10),
            ("64483",),
            "left",
            ("L5-S1",),
            ("M54.17",),
            "lumbar",
            "L00001",
            patient=Person("Ada Example", date(1961, 4, 2)),
        ),
        policy=policy,
        determination="not_supported",
        elements=(
            Element("attempts", "met", (), (FAILED,)),
            Element(
                "description", "conflicting", ("Which of the two is right about physical therapy?",), (FAILED, TWICE)
            ),
            Element("failure", "partial", ("why physical therapy was stopped",), (FAILED,)),
            Element("justification", "missing", ("Why is this procedure chosen now?",)),
            Element("objective", "partial", (), (PAIN,)),
        ),
        determinations=determinations(),
        trials=(trial,),
        excluded=(
            Exclusion("zz letter.docx", "letter_of_medical_necessity", "It is addressed to the payer."),
            Exclusion("broken.pdf", "unreadable", "The file is damaged."),
        ),
        warnings=(
            Warning("unsigned", "The therapy note is not signed.", (TWICE,)),
            Warning("contradiction", "The visit note and the therapist disagree.", (FAILED, TWICE)),
        ),
        documents=(NOTE, THERAPY),
    )
