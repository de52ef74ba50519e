"""The determinations and the record in, what a reviewer has to look at out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from mednec.audit.answers import joined
from mednec.audit.citing import cited, most_exact
from mednec.audit.deciding import DECIDED, decide
from mednec.audit.elements import Trials
from mednec.audit.questions import ask
from mednec.audit.selection import Asked, holds
from mednec.model import Determination, Evidence, Record, SignatureState, Status, Warning

# What a letter, a form or another patient's page says may tempt; teaching material and later notes do not.
TEMPTING = (
    "letter_of_medical_necessity",
    "appeal_letter",
    "attestation",
    "authorization_form",
    "improper_amendment",
    "other_patient",
    "payer_correspondence",
)


def warnings(asked: Asked, record: Record, determinations: Sequence[Determination]) -> Iterator[Warning]:
    """The warnings that only the audit can give; those of the record stand beside them."""
    yield from _contradictions(determinations)
    yield from _unsigned(record, determinations)
    yield from _letter_only(asked, record, determinations)
    yield from _side(asked)
    yield from _step(asked)
    yield from _codes(asked)


def opposite_side(asked: Asked) -> tuple[Evidence, ...]:
    """What imaging reports show on the other side, where they show nothing on the requested one."""
    if asked.request.side not in ("left", "right"):
        return ()
    reported = [
        piece
        for piece in asked.by_kind.get("diagnosis", ())
        if piece.concept in ("disc_herniation", "spinal_stenosis", "facet_cyst")
        and holds(piece, "basis", "report", asked)
        and holds(piece, "status", "present", asked)
        and holds(piece, "levels", "requested", asked)
        and "side" in piece.facts
    ]
    fitting = [piece for piece in reported if holds(piece, "side", "requested", asked) is not False]
    return () if fitting else tuple(reported)


def _contradictions(determinations: Sequence[Determination]) -> Iterator[Warning]:
    for determination in determinations:
        if determination.status is Status.CONFLICTING:
            message = f"The documents disagree on this: {determination.criterion.asks}"
            yield Warning("contradiction", message, (*determination.findings[:3], *determination.against[:3]))


def _unsigned(record: Record, determinations: Sequence[Determination]) -> Iterator[Warning]:
    unsigned = {document.id for document in record.documents if document.signature is SignatureState.UNSIGNED}
    for determination in determinations:
        sources = {finding.document_id for finding in determination.findings}
        if sources and sources <= unsigned and determination.status in (*DECIDED, Status.NOT_MET):
            message = f"Only an unsigned document answers this: {determination.criterion.asks}"
            yield Warning("unsigned", message, determination.findings[:2])


def _letter_only(asked: Asked, record: Record, determinations: Sequence[Determination]) -> Iterator[Warning]:
    """Where a document that is no evidence alone states what a criterion or an element needs."""
    barred = {exclusion.document_id for exclusion in record.excluded if exclusion.reason in TEMPTING}
    tempting = tuple(p for p in record.barred if any(f.document_id in barred for f in p.findings))
    if not tempting:
        return
    believed = replace(asked, evidence=(*asked.evidence, *tempting), _expanded={})
    for determination in determinations:
        if determination.status is not Status.INSUFFICIENT:
            continue
        again = decide(determination.criterion, believed)
        stated = tuple(finding for finding in again.findings if finding.document_id in barred)
        if again.status in DECIDED and stated:
            message = f"Only a document that is no evidence answers this: {determination.criterion.asks}"
            yield Warning("letter_only_fact", message, cited(stated, determination.criterion)[:3])
    if not Trials(asked).all and (trials := Trials(believed).all):
        message = "Conservative treatment stands only in a document that is no evidence."
        yield Warning("letter_only_fact", message, most_exact(joined(p.findings for p in trials), ("status",), 3))


def _side(asked: Asked) -> Iterator[Warning]:
    opposite = opposite_side(asked)
    if opposite:
        message = f"The request is for the {asked.request.side} side; the imaging reports name the other side."
        yield Warning("side_mismatch", message, most_exact(joined(p.findings for p in opposite), ("side",), 3))


def _step(asked: Asked) -> Iterator[Warning]:
    """Where the history contradicts the step that is requested: the requester says which, codes do not tell."""
    step = asked.policy.steps.get(asked.request.service)
    if step and (answer := ask(step["contradicted_by"], asked)).status is Status.MET:
        yield Warning("contradiction", step["warns"], most_exact(answer.yes, ("started", "status"), 3))


def _codes(asked: Asked) -> Iterator[Warning]:
    """Procedure codes of the request that the policy does not list for the service."""
    request, known = asked.request, asked.policy.services.get(asked.request.service, ())
    for code in request.procedure if known else ():
        if code not in known:
            message = f"Code {code} is not among those of the policy for this service: {', '.join(known)}."
            yield Warning("contradiction", message, ())
