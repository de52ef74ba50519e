"""Who looks at which chart: a line in the trail for each person and chart, once in a while."""

from __future__ import annotations

from datetime import timedelta

from mednec.office.desk import Office
from mednec.store import trail
from mednec.store.accounts import Visitor
from mednec.store.tables import now

AGAIN = timedelta(hours=1)  # after that, looking is told anew: a line for every click would bury the others
MOST = 10_000  # looks that are remembered


def looked_at(office: Office, visitor: Visitor, case_id: str) -> None:
    """Tell the trail that the visitor sees a case's chart; nothing where it was told within the hour.

    What was told is remembered by the running server alone: after a restart a line comes again, none is left out.
    """
    seen, key, at = office.looks, (visitor.person_id, case_id), now()
    if (last := seen.get(key)) is not None and at - last < AGAIN:
        return
    with office.database.begin() as database:
        trail.write(database, visitor, "see chart", ("case", case_id))
    if len(seen) >= MOST:
        seen.clear()
    seen[key] = at
