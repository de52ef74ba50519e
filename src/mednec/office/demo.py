"""An empty practice in, one with synthetic cases out: planned over the coming weeks, for several people and payers."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from importlib.util import find_spec
from random import Random

from mednec import synthesis
from mednec.auditor import load_all
from mednec.errors import MednecError
from mednec.office import auditing
from mednec.office.cases import add_files, list_cases, open_case
from mednec.office.desk import Office, check
from mednec.office.fields import RefusedFields, checked
from mednec.requests import Fields
from mednec.requests.fields import LISTS
from mednec.roles import Permission
from mednec.store.accounts import Visitor

CASES, WEEKS, SEED = 12, 5, 6
CLINICIANS = ("Dr. Ines Caldwell", "Dr. Marcus Oyelaran", "Dr. Priya Venkataraman")
OTHER_POLICY = 0.5  # of the cases are judged by another payer's policy than the one that they were written for


def add_demo(office: Office, visitor: Visitor, today: date, count: int = CASES) -> tuple[str, ...]:
    """Open `count` synthetic cases and begin their audits; their ids. Raises MednecError where there are cases."""
    check(visitor, Permission.FILE)
    if list_cases(office, visitor) or list_cases(office, visitor, closed=True):
        raise MednecError("this practice has cases already; demo cases are only put into an empty one")
    return tuple(_added(office, visitor, today, count))


def _added(office: Office, visitor: Visitor, today: date, count: int) -> Iterator[str]:
    random = Random(SEED)
    mixed = find_spec("reportlab") is not None  # without it: text alone
    for case in synthesis.cases(count, SEED, first=today, days=7 * WEEKS):
        case_id = open_case(office, visitor, _fields(case, random), random.choice(CLINICIANS))
        add_files(office, visitor, case_id, synthesis.files(case, mixed=mixed))
        auditing.start_audit(office, visitor, case_id)
        yield case_id


def _fields(case: synthesis.Case, random: Random) -> Fields:
    told = {**case.request, **case.request["patient"]}
    texts = {name: str(value) for name, value in told.items() if name not in (*LISTS, "patient")}
    written = Fields(texts, {name: tuple(told[name]) for name in LISTS if told.get(name)})
    if random.random() >= OTHER_POLICY:
        return written
    others = sorted(
        {policy.source.id for policy in load_all() if texts["service"] in policy.services and not policy.source.by_name}
    )
    for policy in random.sample(others, len(others)):
        try:
            return checked(Fields({**texts, "policy": policy}, written.lists)).fields
        except RefusedFields:  # not in force any more, or not yet
            continue
    return written
