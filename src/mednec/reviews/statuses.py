"""What the program says of each criterion and what people say of it in, the status in force out, and by whom."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from operator import attrgetter

from mednec.corrections import StatusCorrection
from mednec.model import Determination, Status
from mednec.reviews.findings import HOLDS, SUPERSEDED, UNPLACED

DECIDED = (Status.MET, Status.EXEMPT, Status.NOT_APPLICABLE)
MACHINE, FINDINGS, PERSON = "machine", "findings", "person"


@dataclass(frozen=True, slots=True)
class Standing:
    """One criterion: as the program decides it, as it does with findings corrected, and what a person says last.

    `correction` is the latest that was said of it; it decides where it overrules.
    """

    machine: Determination
    corrected: Determination
    correction: StatusCorrection | None = None

    @property
    def overruled(self) -> bool:
        """Whether a person's status is in force."""
        return self.correction is not None and self.correction.action == "overrule"

    @property
    def status(self) -> Status:
        """The status in force."""
        return self.correction.status if self.correction and self.overruled else self.corrected.status

    @property
    def by(self) -> str:
        """Whence the status in force comes: the machine, the rules on corrected findings, or a person."""
        if self.overruled:
            return PERSON
        return MACHINE if self.corrected.status is self.machine.status else FINDINGS

    @property
    def look_again(self) -> bool:
        """Whether the program now says otherwise than when the person spoke of it."""
        return self.correction is not None and self.correction.machine is not self.corrected.status


@dataclass(frozen=True, slots=True)
class StatusOutcome:
    """One correction of a status: holds, superseded by a later one, or unplaced: there is no such criterion here."""

    correction: StatusCorrection
    state: str


def standings(
    machine: Sequence[Determination], findings_corrected: Sequence[Determination], said: Iterable[StatusCorrection]
) -> tuple[tuple[Standing, ...], tuple[StatusOutcome, ...]]:
    """How each criterion stands, in the order of the policy, and the outcome of every correction."""
    ordered = sorted(said, key=attrgetter("at", "id"))
    latest = {correction.criterion: correction for correction in ordered}
    decided = {one.criterion.key: one for one in machine}
    stand = tuple(
        Standing(decided[one.criterion.key], one, latest.get(one.criterion.key)) for one in findings_corrected
    )
    return stand, tuple(StatusOutcome(one, _state(one, latest, decided)) for one in ordered)


def _state(correction: StatusCorrection, latest: dict[str, StatusCorrection], decided: dict[str, Determination]) -> str:
    if correction.criterion not in decided:
        return UNPLACED
    return HOLDS if latest[correction.criterion] is correction else SUPERSEDED


def in_force(standing: Standing) -> Determination:
    """The determination as it is in force; where people have changed it, its reason says so."""
    said, own = standing.correction, standing.machine.status.replace("_", " ")
    if said is None or not standing.overruled:
        if standing.by == MACHINE:
            return standing.corrected
        told = f"{standing.corrected.reason} This rests on findings that people corrected; without that: {own}."
        return replace(standing.corrected, reason=told)
    open_ = said.status not in DECIDED
    reason = f"Overruled by {said.by}: {said.reason.rstrip('. ')}. The program's own status: {own}."
    return replace(
        standing.corrected,
        status=said.status,
        reason=reason,
        missing=standing.corrected.missing if open_ else (),
        questions=(standing.corrected.questions or (standing.corrected.criterion.gap,)) if open_ else (),
        gap=standing.corrected.gap if open_ else (),
    )
