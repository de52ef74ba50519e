"""An audit in, a report out: JSON for programs, text for a terminal, a page of HTML for people."""

from __future__ import annotations

from mednec.reports.comparison import comparison_as_data, comparison_to_terminal
from mednec.reports.denial import denial_to_json, denial_to_terminal
from mednec.reports.html import to_html
from mednec.reports.json import as_data, document_as_data, finding_as_data, to_json
from mednec.reports.lists import documents_to_terminal, policies_to_terminal, policy_as_data
from mednec.reports.matrix import matrix_to_html, matrix_to_json, matrix_to_terminal
from mednec.reports.pdf import to_pdf
from mednec.reports.sheets import cited_pages
from mednec.reports.tables import ledger_csv, ledger_xlsx
from mednec.reports.terminal import to_terminal
from mednec.reports.timeline import to_svg
from mednec.reports.view import Remark, quoted

__all__ = [
    "Remark",
    "as_data",
    "cited_pages",
    "comparison_as_data",
    "comparison_to_terminal",
    "denial_to_json",
    "denial_to_terminal",
    "document_as_data",
    "documents_to_terminal",
    "finding_as_data",
    "ledger_csv",
    "ledger_xlsx",
    "matrix_to_html",
    "matrix_to_json",
    "matrix_to_terminal",
    "policies_to_terminal",
    "policy_as_data",
    "quoted",
    "to_html",
    "to_json",
    "to_pdf",
    "to_svg",
    "to_terminal",
]
