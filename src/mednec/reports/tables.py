"""The trials of an audit in, the ledger as a table out: CSV or XLSX, every value with its quote, no cell a formula."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import UTC, datetime
from importlib.util import find_spec

from mednec.errors import MissingPackage
from mednec.model import Audit, Finding
from mednec.reports.ledger import CELLS, Row, rows
from mednec.reports.passages import passages
from mednec.reports.words import said

COLUMNS = {"label": "Treatment", "agent": "Drug", **CELLS, "relief_percent": "Relief in percent"}
MISSING = "not stated"
AGAINST = " / "  # between values that documents contradict each other in
STARTS_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
QUOTES = ("Treatment", "Column", "Value", "Quote", "Document", "Date", "Page")
CREATED = datetime(2000, 1, 1, tzinfo=UTC).replace(tzinfo=None)  # the same audit gives the same bytes
WIDTHS = {"label": 26, "agent": 16, "response": 14, "failure_reason": 24}


def ledger_csv(audit: Audit) -> bytes:
    """The ledger as CSV (UTF-8 with a mark that spreadsheets know): each column followed by one of its quotes."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow([name for title in COLUMNS.values() for name in (title, f"{title}: quotes")])
    for row in rows(audit):
        writer.writerow([_safe(cell) for name in COLUMNS for cell in (_value(row, name), _quoted(row, name))])
    return out.getvalue().encode("utf-8-sig", "replace")


def ledger_xlsx(audit: Audit) -> bytes:
    """The ledger as a workbook: one sheet of values, and one of the quotes that state them.

    Raises MissingPackage where the library is not installed.
    """
    if find_spec("xlsxwriter") is None:
        raise MissingPackage("a workbook needs one more package: pip install 'mednec[tables]'; or name a file .csv")
    import xlsxwriter

    out = io.BytesIO()
    as_text = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False, "in_memory": True}
    with xlsxwriter.Workbook(out, as_text) as book:
        book.set_properties({"created": CREATED})
        head = book.add_format({"bold": True, "bottom": 1, "text_wrap": True, "valign": "top"})
        plain = book.add_format({"text_wrap": True, "valign": "top"})
        gap = book.add_format({"italic": True, "font_color": "#8A5300", "bg_color": "#FDF1DC", "valign": "top"})
        sheet = book.add_worksheet("Ledger")
        for column, (name, title) in enumerate(COLUMNS.items()):
            sheet.set_column(column, column, WIDTHS.get(name, 12))
            sheet.write_string(0, column, title, head)
            for line, row in enumerate(rows(audit), start=1):
                value = _value(row, name)
                sheet.write_string(line, column, value, gap if value == MISSING else plain)
        sheet.freeze_panes(1, 1)
        quotes = book.add_worksheet("Quotes")
        for column, (title, width) in enumerate(zip(QUOTES, (24, 14, 16, 70, 34, 12, 7), strict=True)):
            quotes.set_column(column, column, width)
            quotes.write_string(0, column, title, head)
        for line, cells in enumerate(_statements(audit), start=1):
            for column, text in enumerate(cells):
                quotes.write_string(line, column, text, plain)
        quotes.freeze_panes(1, 0)
    return out.getvalue()


def _statements(audit: Audit) -> Iterator[tuple[str, ...]]:
    """One line for each passage that states a value of the ledger."""
    for row in rows(audit):
        for name, title in COLUMNS.items():
            for fact in row.facts.get(name, ()):
                days = {finding.document_id: finding.dated for finding in fact.findings}
                for passage in passages(fact.findings):
                    dated = str(days[passage.document_id] or "")
                    place = passage.document_id, dated, str(passage.page)
                    yield (row.label, title, said(fact.value), passage.quote, *place)


def _value(row: Row, name: str) -> str:
    if name == "label":
        return row.label
    return AGAINST.join(said(value) for value in row.values.get(name, ())) or MISSING


def _quoted(row: Row, name: str) -> str:
    findings = row.findings if name == "label" else tuple(f for fact in row.facts.get(name, ()) for f in fact.findings)
    return "\n".join(_with_place(findings))


def _with_place(findings: tuple[Finding, ...]) -> Iterator[str]:
    for passage in passages(findings):
        yield f"“{' '.join(passage.quote.split())}” ({passage.document_id}, page {passage.page})"


def _safe(text: str) -> str:
    """A cell that no spreadsheet takes for a formula: what begins like one gets an apostrophe before it."""
    return f"'{text}" if text.startswith(STARTS_FORMULA) else text
