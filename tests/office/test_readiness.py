"""The work queue and the dashboard: what needs somebody comes first, and numbers have their cases behind them."""

import time
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import event, insert

from mednec.office.desk import NotAllowed
from mednec.office.insights import insights
from mednec.office.readiness import queue
from mednec.store.tables import Audit, Case, File, Gap, Judgement, new_id

TODAY = date(2026, 3, 2)
THEN = datetime(2026, 3, 1, tzinfo=UTC)
NOTHING = "0" * 64
OPEN = {"not_met": "not_supported", "conflicting": "conflicting", "insufficient": "insufficient_documentation"}


@pytest.fixture
def filer(somebody):
    return somebody("reviewer", "manager")


@pytest.fixture
def planned(office, filer):
    """Makes a case with its latest audit and judgement; gives its id."""

    def made(days, *judgements, state="done", visitor=filer, files=1, **given):
        with office.database.begin() as database:
            told = {"clinician": "Dr. Lindqvist", "payer": "medicare", "patient": "Ana Poe", **given}
            case = Case(
                practice_id=visitor.practice_id,
                request={"texts": {}, "lists": {}},
                service="esi.init",
                planned=TODAY + timedelta(days=days),
                created_by=visitor.person_id,
                **told,
            )
            database.add(case)
            database.flush()
            database.add_all(
                File(case_id=case.id, name=f"{n}", sha256=NOTHING, size=1, added=THEN, added_by=visitor.person_id)
                for n in range(files)
            )
            if state is None:
                return case.id
            audit = Audit(case_id=case.id, inputs=NOTHING, state=state, created_by=visitor.person_id)
            audit.fault = "no policy fits" if state == "failed" else None
            database.add(audit)
            database.flush()
            for number, gaps in enumerate(judgements, 1):
                _judge(database, case, audit, number, gaps)
            return case.id

    return made


def _judge(database, case, audit, number, gaps):
    worst = next(
        (OPEN[status] for status in OPEN if status in [s for s, _, required in gaps.values() if required]), "supported"
    )
    judgement = Judgement(
        number=number,
        case_id=case.id,
        audit_id=audit.id,
        determination=worst,
        machine=worst,
        result=NOTHING,
        corrections=[],
    )
    database.add(judgement)
    database.flush()
    database.add(Gap(judgement_id=judgement.id, criterion="held", status="met", required=True, asks="held?"))
    database.add_all(
        Gap(
            judgement_id=judgement.id,
            criterion=key,
            status=status,
            required=required,
            asks=f"{key}?",
            question=f"What does the record say of {key}?",
            whose=whose,
        )
        for key, (status, whose, required) in gaps.items()
    )


def gap(status="insufficient", whose="clinician", required=True):
    return status, whose, required


def test_readiness_follows_the_latest_judgement_and_the_latest_audit(office, filer, planned):
    made = {
        "ready": planned(1, {"a": gap("insufficient", required=False)}),
        "gaps": planned(1, {"a": gap()}),
        "conflicting": planned(1, {"a": gap("conflicting"), "b": gap()}),
        "failing": planned(1, {"a": gap("not_met"), "b": gap("conflicting")}),
        "unread": planned(1, state="failed"),
        "running": planned(1, {"a": gap()}, state="running"),
    }
    rows = {row.case_id: row for row in queue(office, filer, today=TODAY)}
    assert {rows[case].readiness for case in made.values()} == set(made)
    assert all(rows[case].readiness == name for name, case in made.items())
    assert rows[made["unread"]].fault == "no policy fits"
    assert rows[made["ready"]].questions == ()
    assert [one.criterion for one in rows[made["failing"]].questions] == ["a", "b"]
    assert rows[made["failing"]].open_required == 2
    assert rows[made["gaps"]].days_left == 1


def test_what_was_put_right_is_ready(office, filer, planned):
    planned(1, {"a": gap("not_met")}, {})
    assert [row.readiness for row in queue(office, filer, today=TODAY)] == ["ready"]


def test_those_that_need_somebody_come_first_and_the_nearest_before_the_others(office, filer, planned):
    ready, far, near = planned(1, {}), planned(30, {"a": gap("not_met")}), planned(9, {"a": gap()})
    running, unread = planned(0, {}, state="queued"), planned(9, state=None)
    assert [row.case_id for row in queue(office, filer, today=TODAY)] == [near, unread, far, running, ready]


def test_days_clinicians_and_closed_cases_are_left_out_when_they_are_not_asked_for(office, filer, planned):
    planned(-1, {})
    mine, other = planned(5, {}), planned(5, {}, clinician="Dr. Abe")
    planned(60, {})
    planned(5, {}, closed=THEN)
    within = {"since": TODAY, "until": TODAY + timedelta(days=30), "today": TODAY}
    assert {row.case_id for row in queue(office, filer, **within)} == {mine, other}
    assert [row.case_id for row in queue(office, filer, clinician="Dr. Abe", **within)] == [other]


def test_a_case_without_files_is_the_front_office_s_question_and_later_files_make_an_audit_stale(
    office, filer, planned
):
    empty, whole = planned(1, state=None, files=0), planned(2, {})
    rows = {row.case_id: row for row in queue(office, filer, today=TODAY)}
    assert (rows[empty].readiness, rows[empty].questions[0].whose) == ("unread", "front office")
    assert not rows[whole].stale
    with office.database.begin() as database:
        later = datetime.now(UTC) + timedelta(minutes=1)
        database.add(File(case_id=whole, name="new", sha256=NOTHING, size=1, added=later, added_by=filer.person_id))
    assert {row.case_id: row.stale for row in queue(office, filer, today=TODAY)} == {empty: False, whole: True}


def test_another_practice_s_cases_are_not_there(office, somebody, planned):
    other = somebody("viewer", "manager", practice="Elsewhere")
    planned(1, {"a": gap()})
    own = planned(1, {"b": gap()}, visitor=other)
    assert [row.case_id for row in queue(office, other, today=TODAY)] == [own]
    assert [one.criterion for one in insights(office, other, today=TODAY).gaps] == ["b"]


def test_gaps_that_recur_are_counted_with_the_cases_behind_them(office, filer, planned):
    mended = planned(3, {"pt": gap(), "mri": gap("insufficient", "front office")}, {"mri": gap()})
    still = planned(40, {"pt": gap("not_met")}, clinician="Dr. Abe", payer=None)
    planned(3, {"weight": gap(required=False)})
    found = insights(office, filer, today=TODAY)
    assert found.judged == 3
    pt, mri = found.gaps
    assert (pt.criterion, pt.count, pt.still) == ("pt", 2, 1)
    assert [(case.id, case.is_open) for case in pt.cases] == [(still, True), (mended, False)]
    assert (mri.count, mri.still) == (1, 1)
    assert [(g.value, g.judged, g.with_gaps) for g in found.by_clinician] == [
        ("Dr. Lindqvist", 2, 1),
        ("Dr. Abe", 1, 1),
    ]
    assert [g.value for g in found.by_month] == ["2026-03", "2026-04"]
    assert {g.value for g in found.by_payer} == {"medicare", "not named"}
    assert found.by_service[0].label != "esi.init"
    assert {row.case_id for row in found.failing} == {mended, still}
    assert found.open_by_readiness == {"gaps": 1, "failing": 1, "ready": 1}


def test_the_dashboard_keeps_to_the_days_that_are_asked_for(office, filer, planned):
    planned(3, {"pt": gap()})
    planned(40, {"pt": gap()})
    found = insights(office, filer, since=TODAY, until=TODAY + timedelta(days=30), today=TODAY)
    assert (found.judged, found.gaps[0].count) == (1, 1)
    assert len(found.failing) == 2  # what would fail today is so whatever days are asked for


def test_an_empty_office_has_empty_lists(office, filer):
    assert queue(office, filer) == []
    found = insights(office, filer)
    assert (found.judged, found.gaps, found.by_clinician, found.failing) == (0, (), (), ())


def test_the_dashboard_is_the_manager_s(office, somebody):
    with pytest.raises(NotAllowed):
        insights(office, somebody("reviewer"))
    with pytest.raises(NotAllowed):
        queue(office, somebody("administrator"))


def test_a_thousand_cases_take_few_questions_to_the_database(office, filer):
    cases = [
        {
            "id": new_id(),
            "practice_id": filer.practice_id,
            "request": {},
            "service": "esi.init",
            "planned": TODAY + timedelta(days=n % 60),
            "clinician": f"Dr. {n % 9}",
            "payer": "medicare",
            "created_by": filer.person_id,
        }
        for n in range(1000)
    ]
    told = {"inputs": NOTHING, "state": "done", "created_by": filer.person_id}
    audits = [{"id": new_id(), "case_id": case["id"], **told} for case in cases]
    done = {"determination": "not_supported", "machine": "not_supported", "result": NOTHING, "corrections": []}
    judgements = [
        {"id": new_id(), "number": number, "case_id": audit["case_id"], "audit_id": audit["id"], **done}
        for audit in audits
        for number in (1, 2)
    ]
    gaps = [
        {
            "judgement_id": judgement["id"],
            "criterion": f"c{n}",
            "status": "not_met" if n < 5 else "met",
            "required": True,
            "asks": f"Is number {n} documented?",
            "whose": "clinician" if n < 5 else None,
        }
        for judgement in judgements
        for n in range(25)
    ]
    with office.database.begin() as database:
        for table, rows in ((Case, cases), (Audit, audits), (Judgement, judgements), (Gap, gaps)):
            database.execute(insert(table), rows)
    asked = []
    event.listen(office.database.engine, "after_cursor_execute", lambda *told: asked.append(told[2]))
    begun = time.process_time()
    assert len(queue(office, filer)) == 1000
    assert len([one for one in asked if one.startswith("SELECT")]) == 4
    assert insights(office, filer).gaps[0].count == 1000
    assert len([one for one in asked if one.startswith("SELECT")]) == 10
    print(f"queue and dashboard of 1,000 cases: {time.process_time() - begun:.2f} CPU seconds")
    assert time.process_time() - begun < 5
