# ruff: noqa: E501
"""What must change no criterion: a letter more, every document twice, another format of the same text; counted over charts."""

from __future__ import annotations

import shutil
import sys
import tempfile
from dataclasses import replace
from pathlib import Path

from mednec.auditor import audit_documents, load_all, read_chart
from mednec.documents import Chart, read_files
from mednec.model import ServiceRequest
from mednec.policies import choose
from mednec.requests import parse_request, read_fields
from mednec.synthesis.formats import FORMATS

Verdict = tuple[str, dict[str, str]]
LETTER = """CENTER FOR SPINE CARE
{day}
To: Medical Director, Utilization Review
RE: Letter of Medical Necessity
Patient: {name}   DOB: {born}

Dear Medical Director,
I am writing to request authorization. The patient completed eight weeks of supervised physical therapy without any relief, took
meloxicam and gabapentin without relief, and has had pain of 8/10 for more than two years. In my professional opinion the requested
treatment is reasonable and medically necessary. Please do not hesitate to contact my office for a peer-to-peer discussion.

Sincerely,
Ann Writer, MD
"""


def main(folder: Path) -> int:
    """Print what changed in every chart of the folder (those with a request.yaml), and how much of all."""
    compared = changed = 0
    for number, request in enumerate(sorted(folder.rglob("request.yaml"))):
        suffix = list(FORMATS)[number % len(FORMATS)]
        plain, variants = variants_of(request.parent, suffix)
        for name, verdict in variants.items():
            differs = [key for key, status in plain[1].items() if verdict[1].get(key) != status]
            compared += len(plain[1])
            changed += len(differs)
            if differs:
                print(f"{request.parent.name}, {name}: {', '.join(differs)}")
    print(f"{compared} criteria compared, {changed} changed")
    return 1 if changed else 0


def variants_of(folder: Path, suffix: str) -> tuple[Verdict, dict[str, Verdict]]:
    """How a chart is judged, and how its variants are."""
    chart, request = read_chart(folder / "chart"), asked(folder)
    twice = (*chart.documents, *(replace(one, id=f"zz {one.id}") for one in chart.documents))
    found = {"twice": judged(Chart(twice, chart.unreadable), request)}
    if added := letter_of(chart, request):
        found["letter"] = judged(Chart((*chart.documents, *added.documents), chart.unreadable), request)
    with tempfile.TemporaryDirectory() as place:
        converted(folder / "chart", Path(place), suffix)
        found[suffix] = judged(read_chart(Path(place)), request)
    return judged(chart, request), found


def letter_of(chart: Chart, request: ServiceRequest) -> Chart | None:
    """A letter of medical necessity for the patient of a chart; None where the chart does not say who that is."""
    patient = next((d.patient for d in chart.documents if d.patient.name and d.patient.birth_date), None)
    if patient is None:
        return None
    text = LETTER.format(day=f"{request.dated:%B %d, %Y}", name=patient.name, born=f"{patient.birth_date:%m/%d/%Y}")
    return read_files([("zz letter.txt", text.encode())])


def converted(chart: Path, place: Path, suffix: str) -> None:
    """Copy a chart, its texts in another format."""
    for file in sorted(chart.rglob("*")):
        if file.suffix == ".txt":
            made = FORMATS[suffix](file.read_text(encoding="utf-8"))
            (place / f"{file.stem}.{suffix}").write_bytes(made)
        elif file.is_file():
            shutil.copy(file, place / file.name)


def asked(folder: Path) -> ServiceRequest:
    return parse_request(read_fields(folder / "request.yaml"))


def judged(chart: Chart, request: ServiceRequest) -> Verdict:
    audit = audit_documents(chart, request, choose(request, load_all()))
    return audit.determination, {d.criterion.key: d.status.value for d in audit.determinations}


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
