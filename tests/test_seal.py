"""A sealed audit: the same bytes when it is repeated, and any byte that is changed is told."""

import json
import shutil
from pathlib import Path

import pytest

from mednec import fingerprints
from mednec.auditor import examine, seal, verify
from mednec.errors import SealError
from mednec.requests import parse_request, read_fields

EXAMPLE = Path(__file__).parents[1] / "examples" / "esi-contradicted"
REQUEST = parse_request(read_fields(EXAMPLE / "request.yaml"))
WHOLE = seal(examine(EXAMPLE / "chart", REQUEST))


@pytest.fixture
def sealed(tmp_path):
    path = tmp_path / "audit.seal.json"
    path.write_bytes(WHOLE)
    return path


@pytest.fixture
def chart(tmp_path):
    shutil.copytree(EXAMPLE / "chart", tmp_path / "chart")
    return tmp_path / "chart"


def rewritten(path, change):
    """A seal that somebody altered and whose own fingerprint he made anew."""
    from mednec.reports.seal import _canonical, _written

    parts = json.loads(path.read_bytes())
    change(parts)
    rest = {name: value for name, value in parts.items() if name != "sha256"}
    path.write_bytes(_written({**rest, "sha256": fingerprints.of_bytes(_canonical(rest))}))


def test_what_nobody_touched_is_the_same(sealed, chart):
    assert verify(sealed, chart).differs == ()
    assert verify(sealed).differs == ()


def test_sealing_again_gives_the_same_bytes():
    assert seal(examine(EXAMPLE / "chart", REQUEST)) == WHOLE


@pytest.mark.parametrize("name", sorted(path.name for path in (EXAMPLE / "chart").iterdir()))
def test_one_byte_of_any_file_of_the_chart_is_told(sealed, chart, name):
    data = bytearray((chart / name).read_bytes())
    data[-1] ^= 1
    (chart / name).write_bytes(bytes(data))
    assert f"chart: {name} is not the file that was sealed" in verify(sealed, chart).differs


def test_a_file_that_is_missing_or_new_is_told(sealed, chart):
    (chart / "05_clinic_call_05-28.txt").rename(chart / "06.txt")
    told = verify(sealed, chart).differs
    assert "chart: 05_clinic_call_05-28.txt was sealed and is missing" in told
    assert "chart: 06.txt was not there when it was sealed" in told


@pytest.mark.parametrize("place", [60, len(WHOLE) // 3, len(WHOLE) // 2, len(WHOLE) - 12])
def test_one_byte_of_the_seal_is_told(sealed, place):
    data = bytearray(WHOLE)
    data[place] = ord("x") if data[place] != ord("x") else ord("y")
    sealed.write_bytes(bytes(data))
    try:
        assert verify(sealed).differs
    except SealError as error:
        assert "seal" in str(error)


def test_a_blank_more_is_told(sealed):
    sealed.write_bytes(WHOLE + b" ")
    assert verify(sealed).differs == ("seal: a byte of it was changed after it was written",)


def test_a_decision_that_was_altered_is_told_even_under_a_new_fingerprint(sealed, chart):
    def change(parts):
        criterion = next(one for one in parts["audit"]["criteria"] if one["status"] == "conflicting")
        criterion["status"] = "met"

    rewritten(sealed, change)
    (told,) = verify(sealed, chart).differs
    assert told == "audit.criteria[esi.init.conservative_4w].status: met then, conflicting now"


def test_another_policy_text_lexicon_version_or_code_is_told(sealed):
    def change(parts):
        parts["policy"]["sha256"] = "0" * 64
        parts["lexicons"]["lexicons/therapy.yaml"] = "0" * 64
        parts["program"]["version"] = "0.0.1"

    rewritten(sealed, change)
    assert verify(sealed).differs == (
        "program: version 0.0.1 then, 0.1.0 now",
        "policy: the text of L39240 is not the one that was sealed",
        "lexicon: lexicons/therapy.yaml is not the file that was sealed",
    )


def test_the_code_itself_is_sealed(sealed):
    rewritten(sealed, lambda parts: parts["program"].update(code="0" * 64))
    assert verify(sealed).differs == ("program: version 0.1.0, but its code is not the one that was sealed",)


def test_a_policy_that_is_not_there_any_more_is_told(sealed, chart):
    rewritten(sealed, lambda parts: parts["policy"].update(version="999"))
    assert verify(sealed, chart).differs == ("policy: L39240 version 999 is not in this program",)


def test_what_is_told_holds_no_text_of_the_chart(sealed, chart):
    def change(parts):
        parts["audit"]["criteria"][0]["evidence"][0]["quote"] = "Secret words"
        parts["audit"]["criteria"][0]["reason"] = "Secret words"

    rewritten(sealed, change)
    told = verify(sealed, chart).differs
    assert told
    assert "Secret" not in " ".join(told)


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff\xfe", b'{"seal": 1}'])
def test_what_is_no_seal_is_refused(tmp_path, content):
    path = tmp_path / "other.json"
    path.write_bytes(content)
    with pytest.raises(SealError, match="seal"):
        verify(path)


def test_a_missing_seal_is_refused(tmp_path):
    with pytest.raises(SealError, match="cannot be opened"):
        verify(tmp_path / "none.json")
