"""Results to standard output, one sentence to standard error, and an exit status that can be trusted."""

import fcntl
import json
import os
import pty
import re
import shlex
import struct
import subprocess
import sys
import termios
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
EXAMPLES = ROOT / "examples"
MEDNEC = [sys.executable, "-c", "from mednec.cli import main; main()"]
OPTIONS = ["--service", "esi.init", "--date", "2026-03-10", "--policy", "L39240"]


def run(*arguments: object, **environment: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*MEDNEC, *map(str, arguments)], capture_output=True, check=False, env={**os.environ, **environment}
    )


def audit(name: str, *arguments: object) -> subprocess.CompletedProcess[bytes]:
    return run("audit", EXAMPLES / name / "chart", "--request", EXAMPLES / name / "request.yaml", *arguments)


def refused(result: subprocess.CompletedProcess[bytes]) -> str:
    """The one sentence of a refusal; that it is one, and that nothing else was said, is checked."""
    message = result.stderr.decode()
    assert result.returncode == 2, message
    assert result.stdout == b""
    assert message.startswith("mednec: ") and message.count("\n") == 1, message
    assert "Traceback" not in message
    return message


def test_help_is_there_before_one_has_to_wait():
    times = []
    for _ in range(3):
        before = os.times()
        result = run("--help")
        after = os.times()  # the work of the command itself: what else the machine does takes no part
        times.append(after.children_user + after.children_system - before.children_user - before.children_system)
    assert b"audit" in result.stdout
    assert min(times) < 0.3


def test_a_supported_chart_exits_with_zero():
    result = audit("esi-supported")
    assert result.returncode == 0
    assert result.stdout.startswith(b"SUPPORTED BY THE RECORD")
    assert result.stderr == b""


@pytest.mark.parametrize("name", ["facet-letter-only", "esi-contradicted", "rfa-relief-too-small"])
def test_a_chart_that_leaves_something_open_exits_with_one(name):
    assert audit(name).returncode == 1


def test_json_is_all_that_stands_on_standard_output(tmp_path):
    result = audit("esi-contradicted", "--json", "--html", tmp_path / "report.html")
    assert json.loads(result.stdout)["determination"] == "conflicting"
    assert result.stderr.decode() == f"report: {tmp_path / 'report.html'}\n"


def test_the_report_is_written_where_it_was_asked_for(tmp_path):
    path = tmp_path / "new folder" / "report.html"
    result = audit("esi-supported", "--html", path)
    assert result.stdout.decode().endswith(f"report: {path}\n")
    assert path.read_text(encoding="utf-8").lstrip().startswith("<!doctype html>")


def test_two_runs_give_the_same_bytes(tmp_path):
    one, other = (audit("esi-contradicted", "--json", "--html", tmp_path / f"{n}.html") for n in (1, 2))
    assert one.stdout == other.stdout
    assert (tmp_path / "1.html").read_bytes() == (tmp_path / "2.html").read_bytes()


def test_the_language_and_time_zone_of_the_machine_do_not_matter():
    folder = EXAMPLES / "esi-contradicted"
    arguments = ("audit", folder / "chart", "--request", folder / "request.yaml", "--json")
    plain = run(*arguments, LC_ALL="C", PYTHONIOENCODING="ascii", TZ="UTC", PYTHONHASHSEED="1")
    other = run(*arguments, LC_ALL="C.UTF-8", TZ="Pacific/Auckland", PYTHONHASHSEED="2", COLUMNS="40")
    assert plain.stdout == other.stdout != b""


def test_there_is_no_color_without_a_terminal():
    assert b"\x1b" not in audit("esi-contradicted").stdout


def test_find_prints_findings_as_json_lines():
    path = EXAMPLES / "esi-contradicted" / "chart" / "04_SpineClinic_05-07-2026.txt"
    result = run("find", path)
    findings = [json.loads(line) for line in result.stdout.splitlines()]
    text = path.read_text(encoding="utf-8")
    assert findings
    assert all(finding["document_id"] == path.name for finding in findings)
    assert all(text[f["start"] : f["end"]] == f["mention"] for f in findings)
    assert all(text[f["quote_start"] : f["quote_end"]] == f["quote"] for f in findings)


def test_read_shows_every_document():
    result = run("read", EXAMPLES / "esi-supported" / "chart")
    assert b"PT_discharge_Red_Butte.docx" in result.stdout
    data = json.loads(run("read", EXAMPLES / "esi-supported" / "chart", "--json").stdout)
    assert len(data) == 6
    assert all(document["text"] for document in data)


def test_policies_are_found_by_what_a_biller_knows_payer_state_service_and_day():
    def listed(*options):
        return {(policy["id"], policy["payer"]) for policy in json.loads(run("policies", *options, "--json").stdout)}

    in_arizona = listed("--service", "esi.init", "--payer", "noridian", "--state", "az", "--on", "2026-04-14")
    assert in_arizona == {("L39240", "medicare")}
    assert {payer for _, payer in listed("--payer", "AETNA")} == {"aetna"}
    assert listed("--service", "esi") >= listed("--service", "esi.repeat") > set()
    assert "is in force on 1990-01-01" in refused(
        run("policies", "--payer", "aetna", "--code", "63650", "--on", "1990-01-01")
    )
    assert "'2026-13-01' is no day" in refused(run("policies", "--on", "2026-13-01"))


def test_a_long_list_of_policies_leaves_out_how_each_was_read_and_a_short_one_tells():
    everything = run("policies").stdout.decode()
    few = run("policies", "--service", "bvn", "--payer", "noridian").stdout.decode()
    assert "were not" not in everything and "were not" in few
    assert few.splitlines()[-1].startswith("1 policy, ")
    assert len(run("policies", "--notes").stdout) > len(everything.encode())


def test_policies_are_listed_and_found_by_code():
    assert b"L39240" in run("policies").stdout
    listed = json.loads(run("policies", "--code", "64483", "--json").stdout)
    assert listed
    assert all("64483" in [code for codes in policy["services"].values() for code in codes] for policy in listed)
    assert "no policy covers the code 99999" in refused(run("policies", "--code", "99999"))


def test_a_missing_chart_is_refused(tmp_path):
    assert "no file or folder" in refused(run("audit", tmp_path / "nowhere", *OPTIONS))


def test_an_empty_folder_is_refused(tmp_path):
    assert "no files" in refused(run("audit", tmp_path, *OPTIONS))


@pytest.mark.parametrize("content", [b"%PDF-1.7\nnothing that follows", b"PK\x03\x04broken", b""])
def test_a_broken_file_is_refused(tmp_path, content):
    path = tmp_path / "note.pdf"
    path.write_bytes(content)
    assert "note.pdf" in refused(run("audit", path, *OPTIONS))
    refused(run("find", path))
    refused(run("read", path))


def test_a_file_with_a_password_is_refused_with_a_hint(tmp_path):
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    canvas = Canvas(str(tmp_path / "locked.pdf"), encrypt=StandardEncryption("secret", canPrint=0))
    canvas.drawString(72, 720, "Low back pain for 8 weeks.")
    canvas.save()
    assert "password" in refused(run("audit", tmp_path / "locked.pdf", *OPTIONS))


def test_a_broken_file_beside_good_ones_is_set_aside(tmp_path):
    (tmp_path / "note.txt").write_text("Date of service: 03/01/2026\nLow back pain for 8 weeks.\n")
    (tmp_path / "broken.pdf").write_bytes(b"%PDF-1.7\nnothing that follows")
    result = run("audit", tmp_path, *OPTIONS, "--json")
    assert result.returncode == 1
    assert ("broken.pdf", "unreadable") in [
        (x["document_id"], x["reason"]) for x in json.loads(result.stdout)["excluded"]
    ]


def test_an_unknown_policy_and_service_are_refused(tmp_path):
    note = tmp_path / "note.txt"
    note.write_text("Low back pain.")
    assert "L39240" in refused(run("audit", note, *OPTIONS[:4], "--policy", "L39241"))
    assert "did you mean 'esi.init'?" in refused(run("audit", note, "--service", "esi.intit", *OPTIONS[2:]))


def test_a_policy_file_is_checked_with_line_and_word(tmp_path):
    own = next((ROOT / "src" / "mednec" / "policies").rglob("vertebral-augmentation/*.yaml"))
    path = tmp_path / "mine.yaml"
    path.write_text(own.read_text(encoding="utf-8").replace("    asks:", "    aks:", 1))
    result = run("check", path)
    assert result.returncode == 1
    assert b"mine.yaml:" in result.stdout and b"did you mean 'asks'?" in result.stdout
    assert "there is no policy file" in refused(run("check", tmp_path / "none.yaml"))


def test_an_impossible_date_is_refused(tmp_path):
    assert "there is no day 2026-02-30" in refused(
        run("audit", tmp_path, "--service", "esi.init", "--date", "2026-02-30", "--policy", "L39240")
    )


def test_a_slip_in_the_request_is_refused_with_its_line(tmp_path):
    path = tmp_path / "request.yaml"
    path.write_text("service: esi.init\ndiagnosis: [M54.17]\n")
    message = refused(run("audit", tmp_path, "--request", path))
    assert "request.yaml:2" in message and "did you mean 'diagnoses'?" in message


@pytest.mark.parametrize("arguments", [["audti"], ["audit"], ["audit", "x", "--jsno"], ["find"]])
def test_a_slip_on_the_command_line_is_one_sentence(arguments):
    assert "--help" in refused(run(*arguments))


def test_a_report_that_cannot_be_written_is_refused(tmp_path):
    (tmp_path / "file").write_text("")
    result = audit("esi-supported", "--html", tmp_path / "file" / "report.html")
    assert result.returncode == 2
    assert "cannot be written" in result.stderr.decode()


def test_messages_hold_no_text_of_the_chart(tmp_path):
    path = tmp_path / "note.pdf"
    path.write_bytes(b"%PDF-1.7 Jane Secretname has pain")
    assert "Secretname" not in refused(run("audit", path, *OPTIONS))


def test_a_reader_that_goes_away_is_no_fault():
    call = shlex.join([*MEDNEC, "find", str(EXAMPLES / "esi-supported" / "chart")])
    result = subprocess.run(f"{call} | head -n 1", shell=True, capture_output=True, check=False)
    assert result.stderr == b""


def test_all_policies_are_asked_at_once_and_need_not_be_named(tmp_path):
    result = audit("esi-supported", "--all", "--state", "AZ", "--json", "--html", tmp_path / "matrix.html")
    data = json.loads(result.stdout)
    outcomes = {policy["determination"] for policy in data["policies"]}
    assert result.returncode == (0 if outcomes == {"supported"} else 1)
    assert (tmp_path / "matrix.html").read_text(encoding="utf-8").startswith("<!doctype html>")
    chart = EXAMPLES / "esi-supported" / "chart"
    assert run("audit", chart, "--service", "esi.init", "--date", "2026-04-14", "--all").returncode in (0, 1)
    assert "names no policy" in refused(run("audit", chart, "--service", "esi.init", "--date", "2026-04-14"))


def test_two_policies_are_compared():
    told = run("policies", "--diff", "L39240@15", "L39036")
    assert told.returncode == 0 and b"esi.lim.dose" in told.stdout
    data = json.loads(run("policies", "--diff", "L39240@15", "L39036", "--json").stdout)
    assert data["old"]["id"] == "L39240" and data["criteria"]
    assert "there is no policy" in refused(run("policies", "--diff", "L39240@15", "L3903"))


def test_the_package_runs_as_a_module():
    done = subprocess.run([sys.executable, "-m", "mednec", "--version"], capture_output=True, text=True, check=True)
    assert done.stdout.startswith("mednec")


def test_quiet_says_the_determination_and_nothing_else(tmp_path):
    result = audit("esi-contradicted", "--quiet", "--html", tmp_path / "report.html")
    assert (result.stdout, result.stderr, result.returncode) == (b"conflicting\n", b"", 1)
    assert (tmp_path / "report.html").exists()


def test_the_tab_key_completes_services_policies_and_sides():
    def completed(words):
        asked = {"_MEDNEC_COMPLETE": "bash_complete", "COMP_WORDS": words, "COMP_CWORD": str(words.count(" "))}
        return run(**asked).stdout.decode().split()

    assert "plain,esi.init" in completed("mednec audit chart --service esi.")
    assert "plain,L39240" in completed("mednec audit chart --policy L392")
    assert completed("mednec audit chart --side l") == ["plain,left"]
    assert "plain,packet" in completed("mednec p")


def test_the_help_shows_how_to_begin():
    assert b"mednec audit chart/ --request request.yaml --html report.html" in run("--help").stdout


def terminal(*arguments, **environment):
    """What a command writes to a terminal of 70 columns (results and messages together)."""
    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 40, 70, 0, 0))
    plain = {name: value for name, value in os.environ.items() if name not in ("NO_COLOR", "COLUMNS", "LINES")}
    process = subprocess.Popen(
        [*MEDNEC, *map(str, arguments)],
        stdout=follower,
        stderr=follower,
        stdin=follower,
        env={**plain, "TERM": "xterm-256color", **environment},
    )
    os.close(follower)
    said = b""
    while True:
        try:
            piece = os.read(leader, 4096)
        except OSError:
            break
        if not piece:
            break
        said += piece
    process.wait()
    os.close(leader)
    return said.decode()


FOLDER = EXAMPLES / "esi-contradicted"
LOOKED_AT = ("audit", FOLDER / "chart", "--request", FOLDER / "request.yaml")


def test_on_a_terminal_there_is_color_and_lines_are_as_wide_as_it():
    said = terminal(*LOOKED_AT)
    assert "\x1b[1;35m" in said or "\x1b[35m" in said
    result = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", said[said.rindex("THE RECORD") :])
    assert max(len(line.rstrip()) for line in result.splitlines()) <= 70


def test_no_color_is_respected_on_a_terminal():
    assert not re.search(r"\x1b\[[0-9;]*3[1-7]m", terminal(*LOOKED_AT, NO_COLOR="1"))


def test_a_bar_is_drawn_while_pages_are_put_together_and_quiet_leaves_it_out(tmp_path):
    asked = ("packet", FOLDER / "chart", tmp_path / "packet.pdf", "--request", FOLDER / "request.yaml")
    assert "putting pages together" in terminal(*asked)
    assert "\x1b" not in terminal(*asked, "--quiet")
    assert terminal(*LOOKED_AT, "--quiet").strip() == "conflicting"


def test_a_packet_is_written_and_what_is_left_out_is_said(tmp_path):
    folder = EXAMPLES / "sij-misfiled-page"
    path = tmp_path / "packet.pdf"
    result = run("packet", folder / "chart", path, "--request", folder / "request.yaml", "--bates", "CLINIC-")
    assert result.returncode == 0, result.stderr
    assert b"CLINIC-000001" in result.stdout
    assert b"another person's name" in result.stderr
    assert path.read_bytes().startswith(b"%PDF-")


def test_two_hash_seeds_give_the_same_bytes_of_every_file(tmp_path):
    made = []
    for seed in ("1", "2"):
        folder = tmp_path / seed
        files = {name: folder / f"out.{name}" for name in ("html", "pdf")}
        files |= {"ledger": folder / "out.xlsx", "timeline": folder / "out.svg", "seal": folder / "out.json"}
        options = [word for name, path in files.items() for word in (f"--{name}", path)]
        assert run(*LOOKED_AT, *options, PYTHONHASHSEED=seed).returncode == 1
        packet = folder / "packet.pdf"
        assert run("packet", *LOOKED_AT[1:2], packet, *LOOKED_AT[2:], PYTHONHASHSEED=seed).returncode == 0
        csv = folder / "out.csv"
        assert run(*LOOKED_AT, "--ledger", csv, PYTHONHASHSEED=seed).returncode == 1
        made.append({path.name: path.read_bytes() for path in (*files.values(), packet, csv)})
    assert made[0].keys() == made[1].keys() and len(made[0]) == 7
    assert [name for name in made[0] if made[0][name] != made[1][name]] == []


def test_verify_exits_with_zero_one_and_two(tmp_path):
    seal = tmp_path / "audit.seal.json"
    audit("esi-supported", "--seal", seal)
    chart = EXAMPLES / "esi-supported" / "chart"
    assert run("verify", seal, chart).returncode == 0
    other = run("verify", seal, EXAMPLES / "esi-contradicted" / "chart")
    assert other.returncode == 1
    assert other.stdout.decode().startswith("chart: it is another chart: none of 6 sealed files is in it")
    assert len(other.stdout.splitlines()) == 1
    assert "no seal" in refused(run("verify", EXAMPLES / "esi-supported" / "request.yaml", chart))


def test_a_ledger_of_another_ending_is_refused(tmp_path):
    result = audit("esi-supported", "--ledger", tmp_path / "ledger.doc")
    assert result.returncode == 2
    assert b".csv or .xlsx" in result.stderr


def test_without_a_command_the_help_is_shown_line_by_line():
    result = run()
    assert result.returncode == 2
    assert "\nCommands:\n" in result.stderr.decode()


@pytest.mark.parametrize(("option", "name"), [("--html", "r.pdf"), ("--pdf", "r.html"), ("--timeline", "t.png")])
def test_a_file_whose_name_promises_another_format_is_refused(tmp_path, option, name):
    assert "this file is to end with" in refused(audit("esi-supported", option, tmp_path / name))
    assert not (tmp_path / name).exists()


def test_a_chart_of_two_patients_is_refused_where_the_request_does_not_say_whose_it_is(tmp_path):
    for name, born, person in (("a.txt", "02/11/1959", "Terrence Bauk"), ("b.txt", "07/19/1968", "Marguerite Olin")):
        note = f"OFFICE VISIT\nPatient: {person}  DOB: {born}\nDate of service: 03/01/2026\nLow back pain."
        (tmp_path / name).write_text(note)
    assert "different patients (a.txt, b.txt)" in refused(run("audit", tmp_path, *OPTIONS))
    assert run("audit", tmp_path, *OPTIONS, "--patient-name", "Terrence Bauk").returncode == 1


def test_an_empty_letter_is_refused_and_no_folder_is_read_in_its_place():
    example = EXAMPLES / "esi-supported"
    result = run("denial", example / "chart", "", "--request", example / "request.yaml")
    assert "the letter of denial is empty" in refused(result)


def test_a_code_that_the_policy_does_not_list_for_the_service_is_a_warning():
    result = audit("esi-supported", "--procedure", "99213")
    assert "Code 99213 is not among those of the policy" in " ".join(result.stdout.decode().split())


def test_a_payer_without_a_policy_for_the_service_is_told_as_that():
    example = EXAMPLES / "esi-supported"
    options = ("--service", "esi.init", "--date", "2026-04-14", "--payer", "humana", "--state", "AZ")
    assert "of the payer humana says nothing of the service 'esi.init'" in refused(
        run("audit", example / "chart", *options)
    )
    assert "'ZZ' is not a state" in refused(run("audit", example / "chart", *options[:-1], "ZZ"))
