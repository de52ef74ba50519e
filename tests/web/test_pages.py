"""The pages of a case, as a browser without scripts asks for them."""

import re
from pathlib import Path

import pytest

from mednec.office.chart_view import chart_view, read_at
from mednec.office.workers import work_once

EXAMPLE = Path(__file__).parents[2] / "examples" / "esi-contradicted"
REQUEST = (EXAMPLE / "request.yaml").read_text(encoding="utf-8")
CRITERION = "esi.init.conservative_4w"


def files(*more):
    chart = [("files", (file.name, file.read_bytes())) for file in sorted((EXAMPLE / "chart").glob("*.txt"))]
    return [*chart, *(("files", one) for one in more)]


@pytest.fixture
def reviewer(signed_in):
    return signed_in("reviewer")


@pytest.fixture
def case(office, reviewer):
    """The address of an audited case."""
    answer = reviewer.post("/cases/new", data={"pasted": REQUEST, "clinician": "Dr. Quill"}, files=files())
    assert answer.status_code == 303
    assert work_once(office, "worker")
    return answer.headers["location"].split("?")[0]


def test_a_case_is_opened_with_its_files_and_audited(reviewer, case):
    page = reviewer.get(case).text
    assert "Clarence D. Thornbury" in page
    assert "04_SpineClinic_05-07-2026.txt" in page
    assert "request.yaml" not in page
    assert re.search(r"required criteri(on|a) open", page)


def test_what_is_wrong_stands_beside_its_field_and_nothing_is_kept(reviewer):
    answer = reviewer.post("/cases/new", data={"service": "esi.init", "date": "2026-12-03", "levels": "L9"})
    assert answer.status_code == 422
    assert 'id="levels-fault"' in answer.text
    assert 'id="payer-fault"' in answer.text
    assert "Nothing is planned yet" in reviewer.get("/").text


def test_a_pasted_text_that_is_no_request_is_told_beside_it(reviewer):
    answer = reviewer.post("/cases/new", data={"pasted": "servise: esi.init"})
    assert answer.status_code == 422
    assert "did you mean" in answer.text


def pieces(chart):
    return [(one, piece) for one in chart.documents for page in one.pages for piece in page.pieces]


def test_the_chart_is_shown_word_for_word_with_every_quote_at_its_place(office, reviewer, case):
    chart = chart_view(office, reviewer.visitor, case.rsplit("/", 1)[1])
    first = chart.documents[0]
    text = "".join(piece.text for document, piece in pieces(chart) if document is first)
    assert text.split() == (EXAMPLE / "chart" / first.name).read_text(encoding="utf-8").split()
    begun = [anchor for _, piece in pieces(chart) for anchor in piece.begins]
    assert len(begun) == len(set(begun))
    assert {quote.anchor for one in chart.criteria for quote in one.quotes} == set(begun)


def test_opening_the_chart_is_a_line_in_the_trail(signed_in, reviewer, case):
    manager = signed_in("manager")
    assert "see chart" not in manager.get("/trail").text
    for page in (case, f"{case}/audit", f"{case}/audit"):
        assert reviewer.get(page).status_code == 200
    assert manager.get("/trail").text.count("see chart") == 1


def test_every_marked_word_tells_what_was_read_there(office, reviewer, case):
    case_id = case.rsplit("/", 1)[1]
    chart = chart_view(office, reviewer.visitor, case_id)
    words = [(document.number, piece.start) for document, piece in pieces(chart) if piece.read]
    assert len(words) > 20
    assert all(read_at(office, reviewer.visitor, case_id, *place) for place in words)


def test_an_overruled_criterion_is_shown_as_a_person_s_and_the_report_says_so(reviewer, case):
    said = {"status": "not_met", "reason": "The ledger was seen"}
    assert reviewer.post(f"{case}/criteria/{CRITERION}", data=said).status_code == 303
    page = reviewer.get(f"{case}/audit").text
    assert "overruled" in page
    assert "The ledger was seen" in page
    report = reviewer.get(f"{case}/report.html")
    assert "attachment" in report.headers["content-disposition"]
    assert "Reviewed by people: 1 requirement overruled" in report.text


def test_where_a_person_rejected_a_finding_confirming_it_says_what_that_takes_back(office, reviewer, case):
    case_id = case.rsplit("/", 1)[1]
    chart = chart_view(office, reviewer.visitor, case_id)
    number, start = next((document.number, piece.start) for document, piece in pieces(chart) if piece.read)
    place = read_at(office, reviewer.visitor, case_id, number, start)[0].place
    where = f"{case}/audit/read/{number}-{start}"
    assert "no longer holds" not in reviewer.get(where).text
    said = {**place, "at": f"{number}-{start}", "action": "reject", "reason": "Another patient's line"}
    assert reviewer.post(f"{case}/findings", data=said).status_code == 303
    assert "the correction no longer holds" in reviewer.get(where).text


def test_a_correction_without_a_reason_is_refused_in_a_sentence(reviewer, case):
    answer = reviewer.post(f"{case}/criteria/{CRITERION}", data={"status": "met", "reason": " "})
    assert answer.status_code == 422
    assert "needs a reason" in answer.text


def test_a_file_that_could_run_scripts_is_never_shown_by_the_browser(reviewer, case):
    reviewer.post(f"{case}/files", files=[("files", ("note.html", b"<script>alert(1)</script>"))])
    link = re.search(rf'href="({case}/files/\w+)">note.html', reviewer.get(case).text)[1]
    answer = reviewer.get(link)
    assert answer.headers["content-disposition"].startswith("attachment")
    assert answer.headers["content-type"] == "application/octet-stream"


def test_names_and_quotes_are_shown_as_text_not_as_markup(reviewer):
    data = {"pasted": REQUEST.replace("Clarence D. Thornbury", "<b>Bold</b>")}
    where = reviewer.post("/cases/new", data=data).headers["location"]
    page = reviewer.get(where).text
    assert "&lt;b&gt;Bold" in page
    assert "<b>Bold" not in page


@pytest.mark.usefixtures("case")
def test_demo_data_are_put_into_an_empty_practice_only(reviewer):
    answer = reviewer.post("/demo")
    assert answer.status_code == 422
    assert "has cases already" in answer.text


def test_the_trail_is_shown_verified_and_exported(signed_in):
    both = signed_in("reviewer", "manager")
    both.post("/cases/new", data={"pasted": REQUEST})
    assert "open case" in both.get("/trail").text
    assert "The trail is intact" in both.post("/trail/verify").text
    assert both.get("/trail.jsonl").text.count("\n") == 2  # the export is a line itself


@pytest.mark.parametrize("number", ["9" * 30, "-1", "x"])
def test_a_line_of_the_trail_that_no_trail_can_have_is_refused_in_words(signed_in, number):
    assert signed_in("manager").get(f"/trail?before={number}").status_code == 422


def test_the_dashboard_names_the_recurring_gap_and_the_case_behind_it(office, signed_in):
    both = signed_in("reviewer", "manager")
    both.post("/cases/new", data={"pasted": REQUEST, "clinician": "Dr. Quill"}, files=files()[:1])
    assert work_once(office, "worker")
    page = both.get("/dashboard").text
    assert "1 chart would fail" in page
    assert "Dr. Quill" in page
    assert "Clarence D. Thornbury" in page


def test_a_closed_case_leaves_the_queue_and_can_be_opened_again(reviewer, case):
    reviewer.post(f"{case}/close")
    assert "Clarence" not in reviewer.get("/").text
    assert "Clarence" in reviewer.get("/closed").text
    reviewer.post(f"{case}/reopen")
    assert "Clarence" in reviewer.get("/").text


def test_an_audit_that_waits_is_cancelled_and_begun_again(office, reviewer):
    data = {"pasted": REQUEST}
    where = reviewer.post("/cases/new", data=data, files=files()[:1]).headers["location"].split("?")[0]
    page = reviewer.get(where).text
    assert "The audit waits for its turn" in page
    assert 'data-progress="' in reviewer.get(f"{where}/progress").text
    reviewer.post(re.search(rf'action="({where}/audit/\w+/cancel)"', page)[1])
    assert "The audit was cancelled" in reviewer.get(where).text
    assert not work_once(office, "worker")
    reviewer.post(f"{where}/audit")
    assert work_once(office, "worker")
    assert "required criteri" in reviewer.get(where).text


def test_an_audit_that_cannot_be_done_says_why_and_can_be_tried_again(office, reviewer):
    empty = [("files", ("scan.bin", b"\x00\x01\x02"))]
    where = reviewer.post("/cases/new", data={"pasted": REQUEST}, files=empty).headers["location"]
    work_once(office, "worker")
    page = reviewer.get(where).text
    assert "The audit could not be done" in page
    assert "nothing in the files can be read" in page.lower()
    assert "Try again" in page


def test_an_administrator_who_sees_no_case_is_led_to_the_accounts(signed_in):
    assert signed_in("administrator").get("/").headers["location"] == "/people"
    assert signed_in().get("/").headers["location"] == "/account"


def test_what_was_not_read_is_added_in_the_words_of_the_document(reviewer, case):
    asked = {"words": "Light duty", "near": "0", "means": "functional_limitation:work"}
    page = reviewer.post(f"{case}/audit/add/1/words", data=asked).text
    fields = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', page))
    fields |= {"attribute-limited": "true", "reason": "He could not do his work"}
    answer = reviewer.post(f"{case}/audit/add/1", data=fields)
    assert answer.headers["location"].startswith(f"{case}/audit?said=saved#w1-")
    page = reviewer.get(f"{case}/audit").text
    assert 'class="word added' in page
    assert "He could not do his work" in page


def test_words_that_do_not_stand_in_the_document_cannot_be_added(reviewer, case):
    answer = reviewer.post(f"{case}/audit/add/1/words", data={"words": "never written anywhere", "near": "0"})
    assert answer.status_code == 422
    assert "do not stand in the document" in answer.text


def test_no_address_of_a_page_holds_words_of_the_chart(reviewer, case):
    page = reviewer.get(f"{case}/audit").text
    forms = re.findall(r'<form method="get" action="([^"]*)"', page)
    assert forms == []
    assert all("Light" not in address for address in re.findall(r'(?:href|action)="([^"]*)"', page))
