"""A block told in a procedure note under a date of its own was not performed in that note."""

from datetime import date

from mednec.findings import find
from mednec.model import Document


def test_an_earlier_block_told_in_a_procedure_note_is_past():
    text = (
        "PROCEDURE NOTE\nProcedure: Diagnostic MBB #2, left L3 and L4 medial branches, fluoroscopy.\n"
        "Diagnostic MBB #1 on 05/19/2026: NRS 8 to 1 for about 6 hours.\n"
    )
    found = find(Document("note", text, type="procedure_note", dated=date(2026, 5, 29)))
    blocks = [f for f in found if f.kind == "therapy" and f.concept == "medial_branch_block"]
    assert [(f.get("status"), f.get("relief_days")) for f in blocks] == [("performed", None), ("past", 0.25)]
