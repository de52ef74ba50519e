"""The JSON of an audit is the contract, and the same bytes every time."""

import json

from mednec.reports import to_json

CONTRACT = ["request", "policy", "determination", "elements", "criteria", "trials", "excluded", "warnings"]


def test_the_keys_stand_in_the_order_of_the_contract(audit):
    data = json.loads(to_json(audit))
    assert list(data)[:8] == CONTRACT
    assert list(data["criteria"][0])[:6] == ["key", "status", "required", "reason", "missing", "evidence"]
    assert list(data["elements"][0]) == ["key", "status", "missing", "evidence"]
    assert list(data["criteria"][0]["evidence"][0]) == ["document_id", "page", "start", "end", "quote"]


def test_every_quote_is_a_slice_of_its_document(audit):
    data = json.loads(to_json(audit))
    texts = {document.id: document.text for document in audit.documents}
    quotes = [
        e for part in ("elements", "criteria", "trials", "warnings") for item in data[part] for e in item["evidence"]
    ]
    assert quotes
    assert all(texts[q["document_id"]][q["start"] : q["end"]] == q["quote"] for q in quotes)


def test_both_sides_of_a_contradiction_are_evidence(audit):
    criterion = json.loads(to_json(audit))["criteria"][1]
    assert criterion["status"] == "conflicting"
    assert [e["document_id"] for e in criterion["evidence"]] == ["therapy.pdf", "2026-02-03 pain clinic.txt"]
    assert [e["document_id"] for e in criterion["against"]] == ["therapy.pdf"]


def test_a_trial_gives_what_is_stated_and_what_is_contradicted(audit):
    trial = json.loads(to_json(audit))["trials"][0]
    assert (trial["concept"], trial["weeks"], trial["region"]) == ("physical_therapy", 6, ["lumbar"])
    assert (trial["start"], trial["end"]) == ("2025-11", "2026-01-20")
    assert trial["response"] is None
    assert trial["contradicted"] == {"response": ["none", "good"]}


def test_the_request_comes_back_as_it_was_given(audit):
    request = json.loads(to_json(audit))["request"]
    assert request["patient"] == {"name": "Ada Example", "birth_date": "1961-04-02"}
    assert (request["date"], request["levels"]) == ("2026-03-10", ["L5-S1"])


def test_the_same_audit_gives_the_same_bytes(audit):
    assert to_json(audit) == to_json(audit)
