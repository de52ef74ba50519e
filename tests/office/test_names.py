"""Names of uploaded files."""

from mednec.office.names import for_files


def test_a_folder_that_all_files_share_is_left_away_and_folders_below_stay():
    names, left = for_files(["chart/a.txt", "chart/visits/b.txt"])
    assert (names, left) == (["a.txt", "visits/b.txt"], [])


def test_a_name_leads_nowhere():
    names, _ = for_files(["../../etc/passwd", "C:\\fakepath\\x\x00y.pdf"])
    assert names == ["etc/passwd", "C:/fakepath/xy.pdf"]


def test_what_systems_leave_behind_is_no_part_of_a_chart():
    names, left = for_files(["c/note.txt", "c/.DS_Store", "c/Thumbs.db", "c/~$note.docx", "c/request.yaml"])
    assert names == ["note.txt", None, None, None, None]
    assert left == [".DS_Store", "Thumbs.db", "~$note.docx", "request.yaml"]
