"""A judged case in, its report or its judgement out, to be taken along; what people changed is said to be theirs."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC

from mednec.auditor import Judged, page_images_of
from mednec.office.desk import NotFound, Office, check, own_case
from mednec.office.judging import judged_of, latest_judgement, reading_of
from mednec.office.pictures import contents, files_of_audit
from mednec.reports import Remark, cited_pages, quoted, to_html
from mednec.reports.words import DETERMINATIONS, counted
from mednec.roles import Permission
from mednec.store import trail
from mednec.store.accounts import Visitor
from mednec.store.tables import Audit

DONE = {"confirm": "confirmed", "change": "corrected", "reject": "rejected", "add": "added"}


def report_html(office: Office, visitor: Visitor, case_id: str) -> str:
    """The report of a case with people's corrections, as one page. Raises NotFound."""
    check(visitor, Permission.READ)
    with office.database.begin() as database:
        own_case(database, visitor, case_id)
        judgement = latest_judgement(database, case_id)
        if judgement is None:
            raise NotFound("this case has not been judged yet; start its audit, or wait until it is done")
        judged = judged_of(database, office, judgement.audit_id)
        audit = database.get_one(Audit, judgement.audit_id)
        documents = reading_of(office, audit).documents
        files = files_of_audit(database, audit)
        trail.write(database, visitor, "export report", ("case", case_id), judgement=judgement.number)
    wanted = cited_pages(quoted(judged.audit), documents)
    images = page_images_of(contents(office, files, wanted), wanted)
    return to_html(judged.audit, documents, images, tuple(remarks(judged)), tuple(said_of_words(judged)))


def judgement_json(office: Office, visitor: Visitor, case_id: str) -> bytes:
    """The latest judgement of a case as it is kept: the audit contract with the review beside it. Raises NotFound."""
    check(visitor, Permission.READ)
    with office.database.begin() as database:
        own_case(database, visitor, case_id)
        judgement = latest_judgement(database, case_id)
        if judgement is None:
            raise NotFound("this case has not been judged yet; start its audit, or wait until it is done")
        trail.write(database, visitor, "export judgement", ("case", case_id), judgement=judgement.number)
        return office.blobs.get(judgement.result)


def remarks(judged: Judged) -> Iterator[str]:
    """What people did to this audit, and what the program says without them."""
    findings = sum(one.state == "holds" and one.correction.action != "confirm" for one in judged.corrected.outcomes)
    overruled = sum(one.overruled for one in judged.standings)
    if not findings and not overruled:
        return
    parts = [f"{counted(findings, 'finding')} corrected"] if findings else []
    parts += [f"{counted(overruled, 'requirement')} overruled"] if overruled else []
    told = "each overruled requirement and each corrected quote says by whom and why"
    yield f"Reviewed by people: {' and '.join(parts)}; {told}."
    if judged.machine.determination != judged.audit.determination:
        yield f"The program alone says: {DETERMINATIONS[judged.machine.determination].lower()}."


def said_of_words(judged: Judged) -> Iterator[Remark]:
    """What people said of findings, and stands: at the words that it is about, by whom, when and why."""
    for outcome in judged.corrected.outcomes:
        one = outcome.correction
        if outcome.state != "holds":
            continue
        at = one.at.astimezone(UTC)
        why = f": {one.reason.rstrip('. ')}." if one.reason else "."
        for finding in outcome.said or outcome.read:
            told = f"“{finding.mention}” was {DONE[one.action]} by {one.by} on {at:%Y-%m-%d at %H:%M} UTC{why}"
            yield Remark(finding.document_id, finding.start, finding.end, told)
