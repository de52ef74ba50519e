"""The JSON API tells the whole story: open, add, audit, judge, review, take back, queue, dashboard."""

import json
from pathlib import Path
from urllib.parse import quote

import pytest

from mednec.auditor import read_and_find
from mednec.exchange import to_bytes
from mednec.office.judging import judge
from mednec.store.tables import Audit

EXAMPLE = Path(__file__).parents[2] / "examples" / "esi-supported"
FILES = [(file.name, file.read_bytes()) for file in sorted((EXAMPLE / "chart").iterdir())]
REQUEST = {
    "service": "esi.init",
    "date": "2026-04-14",
    "policy": "L39240",
    "side": "right",
    "levels": ["L4-5"],
    "clinician": "Dr. Lindqvist",
}
SEDATION = "esi.lim.sedation"


@pytest.fixture(scope="module")
def read():
    return to_bytes(read_and_find(FILES))


@pytest.fixture
def api(signed_in):
    return signed_in("reviewer", "manager")


@pytest.fixture
def case_id(api, office, read):
    """A case that was opened, filled and audited through the API; the worker's part is done here."""
    case_id = api.post("/api/cases", json=REQUEST).json()["id"]
    sent = [("files", (name, data, "application/octet-stream")) for name, data in FILES]
    assert len(api.post(f"/api/cases/{case_id}/files", files=sent).json()["files"]) == len(FILES)
    started = api.post(f"/api/cases/{case_id}/audits")
    assert (started.status_code, started.json()["state"]) == (202, "queued")
    with office.database.begin() as database:
        audit = database.get(Audit, started.json()["id"])
        audit.state, audit.reading = "done", office.blobs.put(read)
        database.flush()
        judge(database, office, audit.id)
    return case_id


def place_in(api, case_id, concept):
    for document in api.get(f"/api/cases/{case_id}/documents").json():
        for one in document["findings"]:
            if one["concept"] == concept:
                names = ("kind", "concept", "start", "end", "number")
                return {"document": document["sha256"], **{name: one[name] for name in names}}
    raise AssertionError(concept)


def test_a_case_is_opened_changed_closed_and_its_files_come_back(api):
    made = api.post("/api/cases", json=REQUEST)
    assert made.status_code == 201
    case_id = made.json()["id"]
    added = api.post(f"/api/cases/{case_id}/files", files={"files": ("note.txt", b"Pain 7/10.")}).json()
    (file_id,) = added["files"]
    assert api.get(f"/api/cases/{case_id}/files/{file_id}").content == b"Pain 7/10."
    assert api.delete(f"/api/cases/{case_id}/files/{file_id}").status_code == 204
    assert api.get(f"/api/cases/{case_id}").json()["files"] == []
    changed = api.put(f"/api/cases/{case_id}/request", json={**REQUEST, "date": "2026-05-01"})
    assert changed.json()["planned"] == "2026-05-01"
    assert api.put(f"/api/cases/{case_id}/closed", json={"closed": True}).json()["closed"]
    assert api.get("/api/cases").json() == []
    assert [one["id"] for one in api.get("/api/cases?closed=true").json()] == [case_id]


def test_a_request_that_cannot_be_used_is_refused_by_field(api):
    refused = api.post("/api/cases", json={**REQUEST, "service": "tea", "date": "soon"})
    assert refused.status_code == 422
    assert refused.headers["content-type"] == "application/problem+json"
    assert "service:" in refused.json()["detail"]
    assert "date:" in refused.json()["detail"]


def test_an_audit_is_followed_cancelled_and_judged(api, case_id):
    (audit,) = api.get(f"/api/cases/{case_id}/audits").json()
    assert audit["state"] == "done"
    assert api.get(f"/api/audits/{audit['id']}").json() == audit
    assert api.post(f"/api/audits/{audit['id']}/cancel").json()["state"] == "done"
    judged = api.get(f"/api/cases/{case_id}/judgement")
    assert judged.headers["content-type"] == "application/json"
    assert judged.json()["review"]["determination"]["machine"] == judged.json()["determination"]
    documents = api.get(f"/api/cases/{case_id}/documents").json()
    assert all(
        one["mention"] == document["text"][one["start"] : one["end"]]
        for document in documents
        for one in document["findings"]
    )


def test_what_was_not_judged_yet_is_not_found(api):
    case_id = api.post("/api/cases", json=REQUEST).json()["id"]
    assert api.get(f"/api/cases/{case_id}/judgement").status_code == 404
    assert api.get(f"/api/cases/{case_id}/documents").status_code == 404


def test_a_status_is_overruled_and_the_correction_withdrawn(api, case_id):
    said = {"criterion": SEDATION, "action": "overrule", "status": "not_met", "reason": "deep sedation by phone"}
    done = api.post(f"/api/cases/{case_id}/criteria", json=said)
    assert (done.status_code, done.json()["determination"]) == (201, "not_supported")
    (line,) = api.get(f"/api/cases/{case_id}/corrections").json()
    assert (line["action"], line["value"], line["withdrawn"]) == ("overrule", {"status": "not_met"}, None)
    taken = api.post(f"/api/corrections/{line['id']}/withdraw", json={"reason": "my slip"})
    assert taken.json()["determination"] != "not_supported"
    assert api.get(f"/api/cases/{case_id}/corrections").json()[0]["withdrawn"]


def test_findings_are_corrected_and_exported(api, case_id):
    place = place_in(api, case_id, "physical_therapy")
    url = f"/api/cases/{case_id}/findings"
    assert api.post(url, json={"action": "confirm", "place": place}).status_code == 201
    change = {"action": "change", "place": place, "attributes": {"status": "declined"}, "reason": "he refused"}
    assert api.post(url, json=change).status_code == 201
    new = {**place, "concept": "massage", "start": 0, "end": 5}
    added = {"action": "add", "place": new, "attributes": {"status": "past"}, "quote": [0, 9], "reason": "margin"}
    assert api.post(url, json=added).status_code == 201
    assert api.post(url, json={"action": "reject", "place": new, "reason": "no"}).status_code == 201
    exported = api.get("/api/corrections.jsonl")
    assert exported.headers["content-type"].startswith("application/x-ndjson")
    (line,) = [json.loads(line) for line in exported.text.splitlines()]
    assert (line["concept"], line["attributes"]["status"]) == ("physical_therapy", "declined")
    (text,) = [
        json.loads(one) for one in api.get(f"/api/corrections.jsonl?texts=true&case={case_id}").text.splitlines()
    ]
    assert text["id"] == line["document_id"]


@pytest.mark.parametrize(
    "said",
    [
        {"action": "overrule", "criterion": SEDATION, "status": "not_met"},
        {"action": "overrule", "criterion": SEDATION, "reason": "x"},
        {"action": "overrule", "criterion": SEDATION, "status": "perhaps", "reason": "x"},
        {"action": "confirm", "criterion": "no.such"},
    ],
)
def test_what_cannot_be_said_of_a_status_is_refused_in_a_sentence(api, case_id, said):
    refused = api.post(f"/api/cases/{case_id}/criteria", json=said)
    assert (refused.status_code, refused.headers["content-type"]) == (422, "application/problem+json")
    assert refused.json()["detail"]


def test_the_queue_and_the_dashboard_have_the_case(api, case_id):
    said = {"criterion": SEDATION, "action": "overrule", "status": "not_met", "reason": "deep sedation by phone"}
    api.post(f"/api/cases/{case_id}/criteria", json=said)
    (row,) = api.get("/api/queue?since=2026-04-01&until=2026-04-30&clinician=Dr.%20Lindqvist").json()
    assert (row["case_id"], row["readiness"], row["questions"][0]["criterion"]) == (case_id, "failing", SEDATION)
    assert api.get("/api/queue?since=2026-05-01").json() == []
    found = api.get("/api/dashboard").json()
    assert SEDATION in [gap["criterion"] for gap in found["gaps"]]
    assert found["by_month"][0]["value"] == "2026-04"
    assert found["failing"][0]["case_id"] == case_id


def test_the_vocabulary_says_what_a_finding_can_be(api):
    kinds = {one["kind"]: one for one in api.get("/api/vocabulary").json()}
    assert "physical_therapy" in kinds["therapy"]["concepts"]
    assert "declined" in kinds["therapy"]["attributes"]["status"]


def test_only_whoever_may_review_may(signed_in, case_id, api):
    place = place_in(api, case_id, "physical_therapy")
    viewer = signed_in("viewer")
    asked = {"action": "confirm", "place": place}
    assert viewer.post(f"/api/cases/{case_id}/findings", json=asked).status_code == 403
    assert viewer.get("/api/corrections.jsonl").status_code == 403
    assert viewer.get("/api/dashboard").status_code == 403
    other = signed_in("reviewer", practice="Elsewhere")
    assert other.get(f"/api/cases/{case_id}/documents").status_code == 404
    assert other.get(f"/api/cases/{case_id}/judgement").status_code == 404


@pytest.mark.parametrize("sign", ["\0", "\x1b", "\N{RIGHT-TO-LEFT OVERRIDE}"])
def test_signs_that_no_text_holds_do_no_harm(api, case_id, sign):
    place = place_in(api, case_id, "nsaid")
    reason = f"a{sign}b"
    said = {"criterion": SEDATION, "action": "overrule", "status": "not_met", "reason": reason}
    assert api.post(f"/api/cases/{case_id}/criteria", json=said).status_code == 201
    assert api.get(f"/api/cases/{case_id}/corrections").json()[0]["reason"] == "ab"
    change = {"action": "change", "place": place, "attributes": {"agent": reason}, "reason": "x"}
    assert api.post(f"/api/cases/{case_id}/findings", json=change).status_code == 422
    assert api.post(f"/api/cases/{case_id}/criteria", json={**said, "criterion": reason}).status_code == 422
    looked_for = {
        "/api/queue": {"clinician": reason},
        "/api/corrections.jsonl": {"case": reason},
        f"/api/cases/{quote(reason)}": {},
        f"/api/audits/{quote(reason)}": {},
        f"/api/cases/{quote(reason)}/judgement": {},
    }
    for path, asked in looked_for.items():
        found = api.get(path, params=asked)
        assert found.json() == [] if path == "/api/queue" and found.is_success else found.status_code in {404, 422}
    made = api.post("/api/cases", json={**REQUEST, "clinician": f"Dr.{sign} Abe", "name": f"Ana{sign} Poe"})
    assert made.status_code in {201, 422}


def test_the_trail_is_read_verified_and_taken_along(api, case_id, signed_in):
    found = api.get("/api/trail", params={"case": case_id}).json()
    assert "start audit" in [line["action"] for line in found["lines"]]
    intact = api.get("/api/trail/intact").json()
    assert (intact["intact"], intact["fault"]) == (True, None)
    assert intact["head"] == api.get("/api/trail").json()["lines"][0]["hash"]
    lines = [json.loads(line) for line in api.get("/api/trail.jsonl").text.splitlines()]
    assert lines[-1]["action"] == "export trail"
    assert api.get("/api/trail/intact", params={"head": intact["head"]}).json()["intact"]
    assert not api.get("/api/trail/intact", params={"head": "0" * 64}).json()["intact"]
    assert signed_in("reviewer").get("/api/trail").status_code == 403


def test_a_page_is_shown_as_it_looks_and_the_report_has_its_picture(api, case_id):
    documents = api.get(f"/api/cases/{case_id}/documents").json()
    number = next(n for n, one in enumerate(documents, 1) if one["document_id"].endswith(".pdf"))
    picture = api.get(f"/api/cases/{case_id}/documents/{number}/pages/1")
    assert picture.headers["content-type"] == "image/webp"
    assert picture.content[8:12] == b"WEBP"
    assert api.get(f"/api/cases/{case_id}/documents/{number}/pages/99").status_code == 204
    text = next(n for n, one in enumerate(documents, 1) if one["document_id"].endswith(".txt"))
    assert api.get(f"/api/cases/{case_id}/documents/{text}/pages/1").status_code == 204
    assert api.get(f"/api/cases/{case_id}/documents/99/pages/1").status_code == 404
    report = api.get(f"/api/cases/{case_id}/report")
    assert report.headers["content-type"].startswith("text/html")
    assert "data:image/webp" in report.text


def test_a_file_that_was_put_in_the_place_of_another_is_not_shown_for_it(api, case_id):
    documents = api.get(f"/api/cases/{case_id}/documents").json()
    number, name = next((n, one["source"]) for n, one in enumerate(documents, 1) if one["source"].endswith(".pdf"))
    before = api.get(f"/api/cases/{case_id}/documents/{number}/pages/1").content
    file = next(one for one in api.get(f"/api/cases/{case_id}").json()["files"] if one["name"] == name)
    api.delete(f"/api/cases/{case_id}/files/{file['id']}")
    api.post(f"/api/cases/{case_id}/files", files={"files": (name, b"another page")})
    assert api.get(f"/api/cases/{case_id}/documents/{number}/pages/1").content == before
