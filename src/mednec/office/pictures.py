"""A case and the number of a page in, the page as it looks out: to hold what was read against it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from mednec.auditor import page_images_of
from mednec.office.desk import NotFound, Office, check, own_case
from mednec.office.judging import latest_judgement, reading_of
from mednec.office.looking import looked_at
from mednec.originals import PageImage
from mednec.roles import Permission
from mednec.store.accounts import Visitor
from mednec.store.tables import Audit, File


def page_picture(office: Office, visitor: Visitor, case_id: str, document: int, number: int) -> PageImage | None:
    """A page of a document (both counted from 1) of the chart as it was judged last; none where it cannot be drawn.

    Raises NotFound where there is no such document, or nothing was judged yet.
    """
    check(visitor, Permission.READ)
    with office.database.read() as database:
        own_case(database, visitor, case_id)
        judgement = latest_judgement(database, case_id)
        if judgement is None:
            raise NotFound("this case has not been judged yet; start its audit, or wait until it is done")
        audit = database.get_one(Audit, judgement.audit_id)
        documents = reading_of(office, audit).documents
        files = files_of_audit(database, audit)
    looked_at(office, visitor, case_id)
    if not 1 <= document <= len(documents):
        raise NotFound("the chart has no such document; open the audit again")
    wanted = {documents[document - 1].source: frozenset([number])}
    return page_images_of(contents(office, files, wanted), wanted).get((documents[document - 1].source, number))


def files_of_audit(database: Session, audit: Audit) -> Sequence[tuple[str, str]]:
    """Names and hashes of the files that an audit read: those that the case had when its reading began."""
    begun = audit.started or audit.created
    asked = select(File.name, File.sha256).where(
        File.case_id == audit.case_id,
        File.added <= begun,
        or_(File.removed.is_(None), File.removed > begun),
    )
    return [(name, sha256) for name, sha256 in database.execute(asked.order_by(File.name))]


def contents(office: Office, files: Iterable[tuple[str, str]], wanted: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """The bytes of the files that wanted names lie in, one after another; of all, where some lie in another file."""
    listed, names = list(files), set(wanted)
    if names <= {name for name, _ in listed}:
        listed = [(name, sha256) for name, sha256 in listed if name in names]
    return ((name, office.blobs.get(sha256)) for name, sha256 in listed)
