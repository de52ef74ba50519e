"""The documentation site: built strictly, with a page for every policy, and nothing that is fetched from elsewhere."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from mednec.policies import in_words, load_all, policy_files

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = tmp_path_factory.mktemp("site")
    built = subprocess.run(
        [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "--site-dir", str(folder)],
        cwd=ROOT,
        env={**os.environ, "NO_MKDOCS_2_WARNING": "1"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    return folder


def test_every_policy_has_a_page_with_each_of_its_criteria(site):
    pages = {path.name: path.read_text(encoding="utf-8") for path in (site / "reference" / "policies").glob("*.html")}
    assert len(pages) == len(policy_files()) + 1
    whole = "".join(pages.values())
    assert [c.key for p in load_all() for c in p.criteria if c.key not in whole] == []


def test_no_page_loads_anything_from_elsewhere(site):
    loading = re.compile(r"""<(?:script|img|iframe)[^>]+src="?(https?:)?//|<link[^>]+stylesheet[^>]+href="?https?://""")
    assert [path.name for path in site.rglob("*.html") if loading.search(path.read_text(encoding="utf-8"))] == []


def test_the_pictures_of_the_pages_are_there(site):
    shown = {
        name for path in site.rglob("*.html") for name in re.findall(r"pictures/([\w-]+\.png)", path.read_text("utf-8"))
    }
    assert {"report.png", "report-phone.png", "requirement.png", "timeline.png", "treatments.png", "page.png"} <= shown
    assert all((site / "pictures" / name).stat().st_size for name in shown)


def test_every_rule_of_every_policy_can_be_said_in_words():
    for policy in load_all():
        for criterion in policy.criteria:
            for name in ("applies", "needs", "against", "excludes", "unless"):
                if question := getattr(criterion, name):
                    lines = list(in_words(question))
                    assert lines and all(re.match(r" *- \S", line) for line in lines), criterion.key
                    assert not re.search(r"[{}]|'", " ".join(lines)), (criterion.key, lines)


def test_a_rule_in_words_says_what_it_asks():
    question = {
        "all": [
            {
                "therapy": ["physical_therapy"],
                "where": {"region": "requested", "within": "12 months"},
                "status": "past",
            },
            {"not": {"diagnosis": "infection", "status": "present", "count": 2}},
        ]
    }
    assert list(in_words(question)) == [
        "- every one of these:",
        "  - **therapy**: physical therapy; where region is that of the request, no longer ago than 12 months; "
        "shown by status is past",
        "  - not this:",
        "    - **diagnosis**: infection; shown by status is present; by 2 different ones",
    ]
