"""People's corrections in an office: kept beside the program's reading, judged at once, found again, taken back."""

import json
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy import func, select

from mednec.auditor import read_and_find
from mednec.errors import CorrectionError, MednecError
from mednec.exchange import text_hash, to_bytes
from mednec.office.auditing import lock_case
from mednec.office.cases import add_files, change_request, close_case, open_case
from mednec.office.desk import NotAllowed, NotFound
from mednec.office.gold import export_gold
from mednec.office.judging import judge, latest_judgement, reading_of
from mednec.office.opening import open_office
from mednec.office.readiness import queue
from mednec.office.reviewing import (
    FindingPlace,
    Said,
    add_finding,
    change_finding,
    confirm_finding,
    confirm_status,
    corrections_in,
    overrule,
    reject_finding,
    withdraw,
)
from mednec.requests import read_fields
from mednec.store import trail
from mednec.store.tables import Audit, Entry, Gap, Judgement, now

EXAMPLE = Path(__file__).parents[2] / "examples" / "esi-supported"
FILES = [(file.name, file.read_bytes()) for file in sorted((EXAMPLE / "chart").iterdir())]
SEDATION = "esi.lim.sedation"


@pytest.fixture(scope="module")
def read():
    return to_bytes(read_and_find(FILES))


def audited(office, visitor, case_id, data, inputs="1"):
    """What a worker leaves: a done audit with its reading, and the first judgement."""
    with office.database.begin() as database:
        audit = Audit(
            case_id=case_id,
            inputs=inputs * 64,
            state="done",
            created_by=visitor.person_id,
            finished=now(),
            reading=office.blobs.put(data),
        )
        database.add(audit)
        database.flush()
        judge(database, office, audit.id)
        return audit.id


@pytest.fixture
def reviewer(somebody):
    return somebody("reviewer")


@pytest.fixture
def case_id(office, reviewer, read):
    case_id = open_case(office, reviewer, read_fields(EXAMPLE / "request.yaml"))
    add_files(office, reviewer, case_id, FILES)
    audited(office, reviewer, case_id, read)
    return case_id


def reading(office, case_id):
    with office.database.read() as database:
        return reading_of(office, database.get(Audit, latest_judgement(database, case_id).audit_id))


def place_of(office, case_id, concept="physical_therapy", part="discharge"):
    """Where a finding stands, as a page would name it."""
    whole = reading(office, case_id)
    one = next(f for n, found in whole.findings.items() if part in n for f in found if f.concept == concept)
    return FindingPlace(text_hash(whole.document(one.document_id)), one.kind, one.concept, one.start, one.end)


def shown(office, case_id):
    """The judgement in force, as data."""
    with office.database.read() as database:
        judgement = latest_judgement(database, case_id)
    return judgement, json.loads(office.blobs.get(judgement.result))


def test_an_audit_is_judged_and_its_gaps_are_listed(office, case_id):
    judgement, data = shown(office, case_id)
    assert (judgement.number, judgement.determination, judgement.machine) == (1, "supported", "supported")
    with office.database.read() as database:
        gaps = database.scalars(select(Gap).where(Gap.judgement_id == judgement.id)).all()
    assert {gap.criterion: gap.status for gap in gaps} == {one["key"]: one["status"] for one in data["criteria"]}
    assert {gap.whose for gap in gaps} == {None}


def test_overruling_judges_at_once_and_withdrawing_brings_the_machine_s_status_back(office, reviewer, case_id):
    done = overrule(office, reviewer, case_id, SEDATION, "not_met", "deep sedation was planned by phone")
    assert done.determination == "not_supported"
    judgement, data = shown(office, case_id)
    assert (judgement.number, judgement.machine, judgement.corrections) == (2, "supported", [done.correction_id])
    assert data["review"]["determination"]["machine"] == "supported"
    with office.database.read() as database:
        gap = database.get(Gap, (judgement.id, SEDATION))
        assert (gap.status, gap.whose) == ("not_met", "clinician")
    assert withdraw(office, reviewer, done.correction_id).determination == "supported"
    judgement, data = shown(office, case_id)
    assert (judgement.number, judgement.corrections, data["review"]["statuses"]) == (3, [], [])
    (line,) = corrections_in(office, reviewer, case_id)
    assert line.withdrawn
    with pytest.raises(CorrectionError, match="withdrawn before"):
        withdraw(office, reviewer, done.correction_id)


def test_findings_are_confirmed_changed_rejected_and_added(office, reviewer, case_id):
    place = place_of(office, case_id)
    confirm_finding(office, reviewer, case_id, place)
    change_finding(office, reviewer, case_id, place, Said({"status": "declined"}), "he refused it")
    _, data = shown(office, case_id)
    confirmed, changed = data["review"]["findings"]
    assert (confirmed["state"], changed["state"]) == ("superseded", "holds")
    assert changed["said"][0]["attributes"] == {**changed["read"][0]["attributes"], "status": "declined"}
    reject_finding(office, reviewer, case_id, place, "another patient's page")
    new = FindingPlace(place.document, "therapy", "massage", 0, 5)
    add_finding(office, reviewer, case_id, new, Said({"status": "past"}, quote=(0, 9)), "told in the margin")
    change_finding(office, reviewer, case_id, new, Said({"status": "planned"}), "only planned")
    _, data = shown(office, case_id)
    assert [one["state"] for one in data["review"]["findings"]] == ["superseded"] * 2 + ["holds"] + [
        "superseded",
        "holds",
    ]
    assert data["review"]["findings"][-1]["said"][0]["attributes"] == {"status": "planned"}
    assert data["review"]["findings"][-1]["said"][0]["read_by"] == "person"


def test_a_second_change_stands_on_the_first(office, reviewer, case_id):
    place = place_of(office, case_id)
    first = change_finding(office, reviewer, case_id, place, Said({"status": "declined"}, "massage"), "he refused")
    change_finding(office, reviewer, case_id, place, Said({"response": None, "adherence": "nonadherent"}), "no shows")
    said = shown(office, case_id)[1]["review"]["findings"][-1]["said"][0]["attributes"]
    assert (said["status"], said["adherence"], said.get("response")) == ("declined", "nonadherent", None)
    withdraw(office, reviewer, first.correction_id)
    assert shown(office, case_id)[1]["review"]["findings"][-1]["said"][0]["concept"] == "massage"
    said = shown(office, case_id)[1]["review"]["findings"][-1]["said"][0]["attributes"]
    assert said["status"] == "declined"  # the second says all of it


def test_corrections_hold_when_the_chart_is_audited_again_with_more_files(office, reviewer, case_id):
    place = place_of(office, case_id, "nsaid", "family_medicine.txt")
    rejected = reject_finding(office, reviewer, case_id, place, "her husband's")
    overruled = overrule(office, reviewer, case_id, SEDATION, "insufficient", "the plan is not signed")
    more = [*FILES, ("2026-04-08_call.txt", b"Telephone encounter 04/08/2026\nPatient reports pain 7/10.\n")]
    audited(office, reviewer, case_id, to_bytes(read_and_find(more)), "2")
    judgement, data = shown(office, case_id)
    assert set(judgement.corrections) == {rejected.correction_id, overruled.correction_id}
    assert data["review"]["determination"]["in_force"] == "insufficient_documentation"
    fewer = [file for file in FILES if "family_medicine.txt" not in file[0]]
    audited(office, reviewer, case_id, to_bytes(read_and_find(fewer)), "3")
    judgement, data = shown(office, case_id)
    assert judgement.corrections == [overruled.correction_id]
    assert [one["state"] for one in data["review"]["findings"]] == ["unplaced"]


def test_an_overruling_that_the_record_has_overtaken_is_a_reviewer_s_question(office, reviewer, case_id):
    key = "esi.init.conservative_4w"
    overrule(office, reviewer, case_id, key, "met", "told by the therapist")
    (row,) = queue(office, reviewer)
    assert (row.readiness, row.questions) == ("ready", ())
    fewer = [file for file in FILES if "pain_consultation" in file[0]]
    audited(office, reviewer, case_id, to_bytes(read_and_find([(n, d[:900]) for n, d in fewer])), "4")
    with office.database.read() as database:
        gap = database.get(Gap, (latest_judgement(database, case_id).id, key))
    assert (gap.status, gap.whose) == ("met", "reviewer")
    assert "still hold" in gap.question


def test_another_request_is_judged_at_once(office, reviewer, case_id):
    fields = read_fields(EXAMPLE / "request.yaml")
    change_request(office, reviewer, case_id, replace(fields, texts={**fields.texts, "date": "2025-12-10"}))
    judgement, data = shown(office, case_id)
    assert (judgement.number, data["request"]["date"]) == (2, "2025-12-10")
    assert judgement.determination == "not_supported"


def test_every_review_leaves_a_line_without_words_of_the_chart(office, reviewer, case_id):
    place = place_of(office, case_id, "nsaid", "family_medicine.txt")
    change_finding(office, reviewer, case_id, place, Said({"agent": "celecoxib"}), "wrong drug")
    done = overrule(office, reviewer, case_id, SEDATION, "not_met", "deep")
    withdraw(office, reviewer, done.correction_id, "my slip")
    confirm_status(office, reviewer, case_id, SEDATION)
    with office.database.read() as database:
        lines = database.scalars(select(Entry).order_by(Entry.number)).all()
    actions = ["change finding", "overrule criterion", "withdraw correction", "confirm criterion"]
    assert [line.action for line in lines][-4:] == actions
    assert "celecoxib" not in json.dumps([line.details for line in lines])
    assert lines[-2].details == {"case": case_id, "reason": "my slip"}


@pytest.mark.parametrize("roles", [("viewer",), ("clinician",), ("manager", "administrator")])
def test_who_may_not_review_changes_nothing(office, somebody, case_id, roles):
    visitor = somebody(*roles)
    with pytest.raises(NotAllowed):
        overrule(office, visitor, case_id, SEDATION, "not_met", "x")
    with pytest.raises(NotAllowed):
        confirm_finding(office, visitor, case_id, place_of(office, case_id))
    with pytest.raises(NotAllowed):
        export_gold(office, visitor)
    assert shown(office, case_id)[0].number == 1


def test_another_practice_s_case_is_not_there(office, somebody, reviewer, case_id):
    done = overrule(office, reviewer, case_id, SEDATION, "not_met", "deep")
    other = somebody("reviewer", practice="Elsewhere")
    with pytest.raises(NotFound):
        overrule(office, other, case_id, SEDATION, "met", "x")
    with pytest.raises(NotFound):
        withdraw(office, other, done.correction_id)
    assert export_gold(office, other) == ""


def test_what_cannot_be_said_is_refused_with_a_sentence_and_nothing_is_kept(office, reviewer, case_id):
    place = place_of(office, case_id)
    refused = [
        ("needs a reason", lambda: overrule(office, reviewer, case_id, SEDATION, "met", "  ")),
        ("no such status", lambda: overrule(office, reviewer, case_id, SEDATION, "perhaps", "x")),
        ("no such requirement", lambda: overrule(office, reviewer, case_id, "no.such", "met", "x")),
        ("longer than", lambda: overrule(office, reviewer, case_id, SEDATION, "met", "x" * 2001)),
        (
            "'response' cannot be that",
            lambda: change_finding(office, reviewer, case_id, place, Said({"response": "superb"}), "x"),
        ),
        ("has no 'colour'", lambda: change_finding(office, reviewer, case_id, place, Said({"colour": 1}), "x")),
        ("cannot be 'yoga'", lambda: change_finding(office, reviewer, case_id, place, Said(concept="yoga"), "x")),
        (
            "nothing of that kind",
            lambda: reject_finding(
                office, reviewer, case_id, FindingPlace(place.document, "therapy", "massage", 0, 1), "x"
            ),
        ),
        (
            "no such document",
            lambda: reject_finding(office, reviewer, case_id, FindingPlace("0" * 64, "therapy", "massage", 0, 1), "x"),
        ),
        (
            "do not stand",
            lambda: add_finding(
                office, reviewer, case_id, FindingPlace(place.document, "therapy", "massage", 0, 10**6), Said(), "x"
            ),
        ),
    ]
    for sentence, attempt in refused:
        with pytest.raises(CorrectionError, match=sentence):
            attempt()
    assert corrections_in(office, reviewer, case_id) == []


def test_a_closed_case_and_one_that_was_not_audited_cannot_be_reviewed(office, reviewer, case_id):
    fresh = open_case(office, reviewer, read_fields(EXAMPLE / "request.yaml"))
    with pytest.raises(CorrectionError, match="not been audited"):
        overrule(office, reviewer, fresh, SEDATION, "met", "x")
    close_case(office, reviewer, case_id)
    with pytest.raises(MednecError, match="closed"):
        overrule(office, reviewer, case_id, SEDATION, "met", "x")


def test_reviewed_findings_are_exported_as_gold(office, reviewer, case_id):
    place = place_of(office, case_id)
    nsaid = place_of(office, case_id, "nsaid", "family_medicine.txt")
    confirm_finding(office, reviewer, case_id, place)
    reject_finding(office, reviewer, case_id, nsaid, "not hers")
    add_finding(
        office, reviewer, case_id, FindingPlace(place.document, "therapy", "massage", 0, 5), Said(quote=(0, 9)), "x"
    )
    lines = [json.loads(line) for line in export_gold(office, reviewer).splitlines()]
    assert [line["concept"] for line in lines] == ["massage", "physical_therapy"]
    assert {line["document_id"] for line in lines} == {place.document}
    fields = ["document_id", "kind", "concept", "start", "end", "mention", "quote_start", "quote_end", "quote"]
    assert list(lines[0]) == [*fields, "attributes"]
    documents = [json.loads(line) for line in export_gold(office, reviewer, texts=True).splitlines()]
    (text,) = [one["text"] for one in documents if one["id"] == place.document]
    assert all(text[line["quote_start"] : line["quote_end"]] == line["quote"] for line in lines)
    with office.database.read() as database:
        assert database.scalar(select(func.count()).where(Entry.action == "export corrections")) == 2


def test_two_at_once_are_both_kept_and_numbered(office, somebody, case_id):
    from concurrent.futures import ThreadPoolExecutor

    people = [somebody("reviewer") for _ in range(4)]
    keys = [SEDATION, "esi.lim.one_region", "esi.lim.dose", "esi.contra"]
    with ThreadPoolExecutor(4) as pool:
        list(
            pool.map(
                lambda each: overrule(office, each[0], case_id, each[1], "not_met", "x"), zip(people, keys, strict=True)
            )
        )
    judgement, data = shown(office, case_id)
    assert judgement.number == 5
    assert len(judgement.corrections) == 4
    assert {one["key"] for one in data["criteria"] if one["status"] == "not_met"} == set(keys)
    with office.database.read() as database:
        assert database.scalar(select(func.count()).select_from(Judgement)) == 5


def test_a_review_works_where_documents_lie_in_the_database_too(place, somebody, read):
    kept = open_office(replace(place, blobs_in_database=True))
    reviewer = somebody("reviewer")
    case_id = open_case(kept, reviewer, read_fields(EXAMPLE / "request.yaml"))
    audited(kept, reviewer, case_id, read)
    assert overrule(kept, reviewer, case_id, SEDATION, "not_met", "deep").determination == "not_supported"
    assert shown(kept, case_id)[0].number == 2
    kept.database.close()


def test_thirty_pages_are_judged_anew_while_one_looks(office, reviewer):
    case_id = open_case(office, reviewer, read_fields(EXAMPLE / "request.yaml"))
    pages = [(f"{number:02} {name}", data) for number in range(5) for name, data in FILES]
    audited(office, reviewer, case_id, to_bytes(read_and_find(pages)))
    overrule(office, reviewer, case_id, SEDATION, "not_met", "deep")
    begun = time.process_time()
    reject_finding(office, reviewer, case_id, place_of(office, case_id), "x")
    assert time.process_time() - begun < 5


def test_a_review_and_whoever_starts_an_audit_never_wait_for_each_other(office, reviewer, case_id):
    faults = []

    def review():
        try:
            overrule(office, reviewer, case_id, SEDATION, "not_met", "it was told by phone")
        except Exception as fault:
            faults.append(fault)

    with office.database.begin() as database:  # as an audit begins: the case first, the trail then
        lock_case(database, case_id)
        beside = threading.Thread(target=review)
        beside.start()
        time.sleep(0.5)
        trail.write(database, reviewer, "start audit", ("case", case_id))
    beside.join()
    assert faults == []
    assert len(corrections_in(office, reviewer, case_id)) == 1


def test_a_correction_that_is_withdrawn_twice_at_once_is_withdrawn_once(office, reviewer, case_id):
    done = overrule(office, reviewer, case_id, SEDATION, "not_met", "it was told by phone")
    together, told = threading.Barrier(3), []

    def take_back():
        together.wait()
        try:
            withdraw(office, reviewer, done.correction_id)
        except CorrectionError as error:
            told.append(str(error))

    several = [threading.Thread(target=take_back) for _ in range(3)]
    for one in several:
        one.start()
    for one in several:
        one.join()
    assert len(told) == 2
    with office.database.read() as database:
        assert database.scalar(select(func.count()).where(Entry.action == "withdraw correction")) == 1
