"""The ledger as a table: each value with its quote, gaps said, and nothing that a spreadsheet would run."""

import csv
import io
from dataclasses import replace

import openpyxl
import pytest

from mednec.errors import MissingPackage
from mednec.model import Fact
from mednec.reports import ledger_csv, ledger_xlsx


@pytest.fixture
def hostile(audit):
    trial = audit.trials[0]
    agent = (Fact("=HYPERLINK(1)", trial.findings[:1]),)
    return replace(audit, trials=(replace(trial, facts={**trial.facts, "agent": agent}),))


def table(audit):
    return list(csv.DictReader(io.StringIO(ledger_csv(audit).decode("utf-8-sig"))))


def test_each_value_of_the_csv_has_its_quote_beside_it(audit):
    (row,) = table(audit)
    assert (row["Treatment"], row["Weeks"], row["From"]) == ("physical therapy", "6", "2025-11")
    assert "Completed 6 weeks of PT without relief." in row["Weeks: quotes"]
    assert "2026-02-03 pain clinic.txt, page 1" in row["Weeks: quotes"]


def test_what_is_not_stated_says_so(audit):
    (row,) = table(audit)
    assert (row["Visits"], row["Visits: quotes"]) == ("not stated", "")


def test_values_that_contradict_each_other_both_stand_there(audit):
    assert table(audit)[0]["Response"] == "none / good"


def test_no_cell_of_the_csv_begins_like_a_formula(hostile):
    (row,) = table(hostile)
    assert row["Drug"] == "'=HYPERLINK(1)"


def test_no_cell_of_the_workbook_is_a_formula(hostile):
    book = openpyxl.load_workbook(io.BytesIO(ledger_xlsx(hostile)))
    cells = [cell for sheet in book for line in sheet.iter_rows() for cell in line if cell.value is not None]
    assert "=HYPERLINK(1)" in [cell.value for cell in cells]
    assert {cell.data_type for cell in cells} == {"s"}


def test_the_workbook_lists_every_quote_with_its_place(audit):
    book = openpyxl.load_workbook(io.BytesIO(ledger_xlsx(audit)))
    assert book.sheetnames == ["Ledger", "Quotes"]
    lines = list(book["Quotes"].iter_rows(values_only=True))
    assert (
        "physical therapy", "Response", "good", "Seen twice, then no show.", "therapy.pdf", "2026-01-20", "1",
    ) in lines  # fmt: skip


def test_the_same_audit_gives_the_same_bytes(audit):
    assert ledger_xlsx(audit) == ledger_xlsx(audit)
    assert ledger_csv(audit) == ledger_csv(audit)


def test_without_the_library_the_message_says_what_to_install(audit, monkeypatch):
    monkeypatch.setattr("mednec.reports.tables.find_spec", lambda _name: None)
    with pytest.raises(MissingPackage, match=r"mednec\[tables\]"):
        ledger_xlsx(audit)
