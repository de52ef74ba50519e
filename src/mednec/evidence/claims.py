"""Findings of therapy in, claims out: what each says of a treatment, with the days and regions it can mean."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TypeAlias

import yaml

from mednec.evidence.complaint import compatible
from mednec.evidence.dates import exact, hull, interval, on
from mednec.evidence.reading import Reading
from mednec.evidence.yearless import comes_after, told_beside
from mednec.model import Document, Finding, Interval

DRUGS = ("acetaminophen",)  # concepts that are one drug, whatever it is called
THERAPY_RECORDS = ("therapy_evaluation", "therapy_note", "therapy_discharge")
VISITS = ("therapy_evaluation", "therapy_note")
IMPLANTS = {"spinal_cord_stimulator", "intrathecal_pump"}
UNNAMED = "injection_unspecified"
DONE = ("past", "current", "performed")
PROCEDURES = frozenset(
    (
        "trigger_point_injection",
        "epidural_steroid_injection",
        "facet_joint_injection",
        "medial_branch_block",
        "radiofrequency_ablation",
        "sacroiliac_joint_injection",
        "peripheral_nerve_block",
        "joint_injection",
        "injection_unspecified",
        "spinal_cord_stimulator",
        "intrathecal_pump",
        "vertebral_augmentation",
        "spine_surgery",
        "joint_surgery",
    )
)
# what a patient goes on with alone, so that two mentions months apart are still one course
LASTING = frozenset(
    (
        "home_exercise",
        "activity_modification",
        "weight_loss",
        "bracing",
        "nsaid",
        "acetaminophen",
        "muscle_relaxant",
        "gabapentinoid",
        "antidepressant_for_pain",
        "opioid",
        "oral_steroid",
        "topical_analgesic",
        "analgesic_unspecified",
        "heat_cold",
        "tens",
    )
)

OTHER_SIDES = {"left": "right", "right": "left"}
SIDED = re.compile(
    r"\b(?P<side>left|right)(?:[ -]sided)?\s+(?:SI\b|SIJ\b|sacroiliac|buttock|sciatic\w*|radicul\w*|leg\b|lumbar"
    r"|low back|lower back|hip\b)",
    re.I,
)
BOTH = re.compile(r"\b(?:bilateral\w*|both|each side|either side|other side|contralateral|as well)\b", re.I)

Identity: TypeAlias = tuple[str | None, frozenset[str], str | None]  # agent, regions, side


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement about a treatment. `told` is the day on which it was made."""

    finding: Finding
    document: Document
    stage: str  # done | planned | declined | not_tried | contraindicated
    regions: frozenset[str]
    agent: str | None
    start: Interval | None
    end: Interval | None
    told: date | None

    @property
    def span(self) -> Interval | None:
        """All days that the treatment may have taken, as far as they are told."""
        return hull(self.start, self.end)

    @property
    def identity(self) -> Identity:
        """What may tell it apart from another claim of the same concept."""
        side = self.finding.get("side")
        return self.agent, self.regions, side if side in ("left", "right") else None

    @property
    def status(self) -> str | None:
        """The status as the finding states it."""
        value = self.finding.get("status")
        return value if isinstance(value, str) else None

    @property
    def is_visit(self) -> bool:
        """Whether it tells of a single day of a course, as an entry of a flowsheet does."""
        return self.start is not None and self.start == self.end and self.start.first == self.start.last

    @property
    def is_own_record(self) -> bool:
        """Whether its document is the record of the procedure, made on its day."""
        return self.status == "performed" and exact(self.start) in (None, self.document.dated)

    @property
    def order(self) -> tuple[str, str, int, int]:
        """A place in an order that does not depend on how the documents came."""
        return (str(self.told or date.max), self.finding.document_id, self.finding.start, self.finding.end)


def claims_of(reading: Reading) -> list[Claim]:
    """What the findings say of this patient's treatments."""
    visits = {name for name, one in reading.documents.items() if one.type in VISITS and reading.is_of_one_day(one)}
    return [
        claim(f, reading, f.document_id in visits)
        for f in reading.of("therapy")
        if f.get("status") != "other" and not is_of_other_side(f, reading.request.side)
    ]


def is_of_other_side(finding: Finding, side: str | None) -> bool:
    """Whether care is told of the side alone that is not asked for: 'Right SI joint: six weeks of therapy'."""
    other = OTHER_SIDES.get(side or "")
    if other is None or is_procedure(finding.concept):
        return False
    told = {str(match["side"]).lower()[0] for match in SIDED.finditer(finding.quote)}
    return told == {other[0]} and not BOTH.search(finding.quote)


def claim(finding: Finding, reading: Reading, visit: bool) -> Claim:
    """What a finding of therapy says; `visit` where its document is a therapist's note of one day."""
    document, told, regions = reading.document(finding), reading.told(finding), reading.where(finding)
    start, end = _days(finding, document, visit)
    stage = _stage(finding)
    if stage == "done" and start and told and start.first > told:
        stage = "planned"  # whatever the words, what is to come is a plan
    home = reading.homes[document.id]
    if home and document.type in THERAPY_RECORDS and exact(start) and start == end:
        regions = frozenset([home])  # the stretch of another part of the body in a visit is of that visit
    agent = finding.concept if finding.concept in DRUGS else same_drug(finding.get("agent"))
    return Claim(finding, document, stage, regions, agent, start, end, told)


def _stage(finding: Finding) -> str:
    status = finding.get("status")
    if status == "current" and finding.concept in PROCEDURES - IMPLANTS:
        return "planned"  # an injection does not go on: it is being arranged
    return "done" if status in DONE or status is None else str(status)


def _days(finding: Finding, document: Document, visit: bool) -> tuple[Interval | None, Interval | None]:
    """When the treatment began and ended, as told, or as the entry of a record shows."""
    start, end = interval(finding.get("started")), interval(finding.get("ended"))
    born = document.patient.birth_date
    if born and start == on(born):
        start = end = None  # the birth date in a heading is not the date of what the heading names
    if finding.concept not in PROCEDURES and start == end and (finding.get("sessions") or 0) > 1:
        start = end = None  # a number of visits is not one day
    told, status = finding.dated, finding.get("status")
    total = any(finding.get(name) is not None for name in ("sessions", "duration_days"))
    row = document.type in THERAPY_RECORDS and told != document.dated
    entry = status == "past" and (row or (visit and not total))
    if start is None and end is None and told and (entry or status == "performed"):
        return on(told), on(told)
    if finding.concept in PROCEDURES:
        span = hull(start, end)  # one day, or some days of a series
        if told and status == "past" and (span is None or comes_after(finding, document, span)):
            span = told_beside(finding, document, told)
        return span, span
    return start, end


def may_be_one(one: Claim, other: Claim) -> bool:
    """Whether agent, region and side leave it open that two claims are about one treatment."""
    (agent, regions, side), (other_agent, other_regions, other_side) = one.identity, other.identity
    if (agent and other_agent and agent != other_agent) or (side and other_side and side != other_side):
        return False
    return compatible(regions, other_regions)


def same_drug(agent: object) -> str | None:
    """The drug that a name means: strengths and forms do not matter, brand names are other names of it."""
    if not isinstance(agent, str) or not agent.strip():
        return None
    name = " ".join(agent.lower().replace("-", " ").split()).strip(" .,;")
    known = _other_names()
    return known.get(name) or known.get(name.split()[0]) or name.split()[0]


def is_procedure(concept: str) -> bool:
    """Whether a concept is done on a day, not over weeks."""
    return concept in PROCEDURES


@cache
def _other_names() -> Mapping[str, str]:
    """The drug that each other name means, read from `drugs.yaml`."""
    text = (files("mednec.evidence") / "drugs.yaml").read_text(encoding="utf-8")
    drugs = yaml.load(text, Loader=yaml.CSafeLoader)["names"]
    return {str(other): str(drug) for drug, others in drugs.items() for other in others}
