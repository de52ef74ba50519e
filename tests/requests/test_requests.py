"""What a requester writes is taken as it was meant, or refused in one sentence."""

from datetime import date
from pathlib import Path

import pytest

from mednec.errors import RequestError
from mednec.requests import from_options, parse_request, read_fields

WHOLE = """\
service: esi.init
procedure: ["64483"]
date: 2026-03-10
side: left
levels: ["L5-S1"]
diagnoses: ["M54.17"]
policy: L39240
patient: {name: "Ada Example", birth_date: 1961-04-02}
"""


def request_of(tmp_path: Path, text: str):
    path = tmp_path / "request.yaml"
    path.write_text(text, encoding="utf-8")
    return parse_request(read_fields(path))


def test_a_whole_request_is_read(tmp_path):
    request = request_of(tmp_path, WHOLE)
    assert request.service == "esi.init"
    assert request.dated == date(2026, 3, 10)
    assert request.procedure == ("64483",)
    assert request.levels == ("L5-S1",)
    assert request.region == "lumbar"
    assert request.patient.birth_date == date(1961, 4, 2)


def test_single_values_bare_numbers_and_commas_are_lists_too(tmp_path):
    text = WHOLE.replace('["64483"]', "64483, 64484").replace('["L5-S1"]', "L4-L5, L5/S1")
    request = request_of(tmp_path, text)
    assert request.procedure == ("64483", "64484")
    assert request.levels == ("L4-5", "L5-S1")


@pytest.mark.parametrize(
    ("written", "levels", "region"),
    [
        ("l4-l5", ("L4-5",), "lumbar"),
        ("L3-S1", ("L3-4", "L4-5", "L5-S1"), "lumbar"),
        ("C7-T1", ("C7-T1",), "cervical"),
        ("T12-L1", ("T12-L1",), "thoracic"),
        ("L1", ("L1",), "lumbar"),
        ("C5 to 6", ("C5-6",), "cervical"),
        ("SI", ("SI",), "sacroiliac"),
    ],
)
def test_levels_come_in_one_spelling(tmp_path, written, levels, region):
    request = request_of(tmp_path, WHOLE.replace('["L5-S1"]', f'["{written}"]'))
    assert (request.levels, request.region) == (levels, region)


def test_a_sacroiliac_service_needs_no_levels(tmp_path):
    request = request_of(tmp_path, "service: sij.dx\ndate: 2026-03-10\npolicy: L39462\n")
    assert request.region == "sacroiliac"


def test_a_code_tells_the_region_where_no_level_does(tmp_path):
    request = request_of(tmp_path, "service: esi.init\nprocedure: 62323\ndate: 2026-03-10\npolicy: L39240\n")
    assert request.region == "lumbar"


@pytest.mark.parametrize(
    ("change", "sentence"),
    [
        (
            ("service: esi.init", "service: esi.inti"),
            "request.yaml:1: service: there is no service 'esi.inti'; did you mean 'esi.init'?",
        ),
        (
            ("service: esi.init", "servise: esi.init"),
            "request.yaml:1: a request has no 'servise'; did you mean 'service'?",
        ),
        (("2026-03-10", "2026-02-30"), "request.yaml:3: date: there is no day 2026-02-30"),
        (("2026-03-10", "03/10/2026"), "request.yaml:3: date: '03/10/2026' is not a date"),
        (("2026-03-10", "0206-03-10"), "the year 206 cannot be meant"),
        (("date: 2026-03-10", "date:"), "the request has no date"),
        (("side: left", "side: lefft"), "request.yaml:4: side: there is no side 'lefft'; did you mean 'left'?"),
        (("side: left", "side: [left]"), "request.yaml:4: side: one value is wanted here"),
        (('["64483"]', '["64483-LT"]'), "write the five characters without modifiers"),
        (('["L5-S1"]', '["L7"]'), "'L7' is not a level of the spine"),
        (('["L5-S1"]', '["S1-L5"]'), "'S1-L5' is not a level of the spine"),
        (('["M54.17"]', '["54.17"]'), "'54.17' is not an ICD-10-CM code"),
        (("policy: L39240", "state: AZ"), "the request names no policy"),
        (("policy: L39240", "policy: L39240\npolicy: L38801"), "request.yaml:8: policy: this key stands twice"),
        (("birth_date: 1961", "birth_date: 2061"), "born after the date of service"),
        (("birth_date:", "born:"), "a patient has no 'born'"),
        (('name: "Ada Example"', "name: [Ada]"), "one value is wanted here"),
        (("side: left", "side: left:"), "request.yaml:4: this is not valid YAML"),
        (("patient: {", "patient: ["), "this is not valid YAML"),
    ],
)
def test_what_cannot_be_is_refused_with_its_place_and_a_hint(tmp_path, change, sentence):
    with pytest.raises(RequestError) as refusal:
        request_of(tmp_path, WHOLE.replace(*change))
    assert sentence in str(refusal.value)


@pytest.mark.parametrize(
    "content", [b"", b"just words", b"- a\n- b\n", b"\xff\xfe\x00binary", b"!!python/object:os.system {}\n"]
)
def test_a_file_that_is_no_request_is_refused(tmp_path, content):
    path = tmp_path / "request.yaml"
    path.write_bytes(content)
    with pytest.raises(RequestError):
        parse_request(read_fields(path))


def test_a_missing_file_and_a_folder_are_told_apart(tmp_path):
    with pytest.raises(RequestError, match="there is no such request file"):
        read_fields(tmp_path / "none.yaml")
    with pytest.raises(RequestError, match="this is not a file"):
        read_fields(tmp_path)


def test_a_file_without_end_is_not_read():
    with pytest.raises(RequestError, match="this is not a file"):
        read_fields(Path("/dev/zero"))


def test_options_come_before_the_file(tmp_path):
    path = tmp_path / "request.yaml"
    path.write_text(WHOLE, encoding="utf-8")
    options = from_options({"side": "right", "state": None}, {"levels": ["L4-5"], "procedure": []})
    request = parse_request(options.over(read_fields(path)))
    assert (request.side, request.levels, request.procedure) == ("right", ("L4-5",), ("64483",))


def test_a_wrong_option_is_named_as_it_was_given():
    options = from_options({"service": "esi.init", "date": "2026-13-01", "policy": "L39240"}, {})
    with pytest.raises(RequestError, match=r"^--date: there is no day 2026-13-01"):
        parse_request(options)
