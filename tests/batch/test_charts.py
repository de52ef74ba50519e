"""What a batch takes: folders, manifests and bulk exports."""

import json

import pyarrow as pa
import pyarrow.parquet as parquet
import pytest

from mednec.batch import bulk, jobs_in
from mednec.errors import BatchError

NOTE = "Patient: Ada Example\nDate of service: 03/01/2026\n\nHPI: low back pain.\n"
REQUEST = "service: esi.init\ndate: 2026-03-10\npolicy: L39240\n"


def chart(folder, name, request=REQUEST, note=NOTE):
    (folder / name / "chart").mkdir(parents=True)
    (folder / name / "request.yaml").write_text(request)
    (folder / name / "chart" / "note.txt").write_text(note)


def test_a_folder_of_charts_is_a_job_for_each(tmp_path):
    chart(tmp_path, "b")
    chart(tmp_path, "a")
    (tmp_path / "notes about nothing").mkdir()
    jobs = jobs_in(tmp_path)
    assert [job.chart for job in jobs] == ["a", "b"]
    assert jobs[0].request["texts"]["service"] == "esi.init"
    assert [name for name, _ in jobs[0].files] == ["note.txt"]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_a_manifest_gathers_the_documents_of_a_chart(tmp_path, kind):
    for name in ("one.txt", "two.txt"):
        (tmp_path / name).write_text(NOTE)
    rows = [
        {
            "chart": "7",
            "path": name,
            "service": "esi.init",
            "date": "2026-03-10",
            "levels": "L4-5;L5-S1",
            "clinician": "Dr A",
        }
        for name in ("one.txt", "two.txt")
    ]
    manifest = tmp_path / f"manifest.{kind}"
    if kind == "csv":
        manifest.write_text("\n".join([",".join(rows[0]), *(",".join(row.values()) for row in rows)]))
    else:
        parquet.write_table(pa.Table.from_pylist(rows), manifest)
    [job] = jobs_in(manifest)
    assert (job.chart, job.clinician, [name for name, _ in job.files]) == ("7", "Dr A", ["one.txt", "two.txt"])
    assert job.request["lists"]["levels"] == ["L4-5", "L5-S1"]


def test_a_chart_whose_documents_are_not_there_is_a_job_that_says_so(tmp_path):
    manifest = tmp_path / "m.csv"
    manifest.write_text("chart,path,service\n1,nowhere.txt,esi.init\n")
    [job] = jobs_in(manifest)
    assert job.fault and "nowhere.txt" in job.fault


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("m.csv", "patient,path\n1,a\n", "patient"),
        ("m.csv", "path\na\n", "chart"),
        ("m.csv", "", "no rows"),
        ("m.xls", "x", "no manifest"),
    ],
)
def test_a_manifest_that_is_none_is_refused_in_one_sentence(tmp_path, name, text, said):
    (tmp_path / name).write_text(text)
    with pytest.raises(BatchError, match=said):
        jobs_in(tmp_path / name)


def test_an_empty_folder_is_refused(tmp_path):
    with pytest.raises(BatchError, match="holds no charts"):
        jobs_in(tmp_path)


def test_a_bulk_export_is_divided_among_its_patients(tmp_path):
    export, out = tmp_path / "export", tmp_path / "out"
    export.mkdir()
    lines = {
        "Patient": [{"id": "p1"}, {"id": "p2"}],
        "Condition": [
            {"id": "c1", "subject": {"reference": "Patient/p1"}, "recorder": {"reference": "Practitioner/d"}}
        ],
        "Practitioner": [{"id": "d"}, {"id": "other"}],
    }
    for kind, resources in lines.items():
        text = "".join(json.dumps({"resourceType": kind, **one}) + "\n" for one in resources)
        (export / f"{kind}.ndjson").write_text(text)
    bulk.by_patient(export, out)
    held = {
        path.stem: [json.loads(line)["id"] for line in path.read_text().splitlines()] for path in out.glob("*.ndjson")
    }
    assert {name: sorted(ids) for name, ids in held.items()} == {"p1": ["c1", "d", "p1"], "p2": ["p2"]}
    requests = tmp_path / "requests.csv"
    requests.write_text("chart,service,date,policy\np1,esi.init,2026-03-10,L39240\n")
    [job] = jobs_in(out, requests)
    assert job.chart == "p1" and job.files[0][0] == "p1.ndjson"
