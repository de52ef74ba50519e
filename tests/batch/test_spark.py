"""The Spark engine on a cluster of two executors in processes of their own: the same rows as on one machine."""

import json
import os
import sys
from pathlib import Path

import pyarrow.dataset as dataset
import pytest

from mednec.batch import How, run_batch, run_on_spark, spark, tables
from mednec.synthesis import cases, write

pytestmark = pytest.mark.spark
SOURCE = str(Path(__file__).parents[2] / "src")


@pytest.fixture(scope="module")
def cluster():
    from pyspark.sql import SparkSession

    os.environ.update(PYSPARK_PYTHON=sys.executable, SPARK_LOCAL_IP="127.0.0.1")
    builder = SparkSession.builder.master("local-cluster[2,1,1024]").config("spark.ui.enabled", "false")
    session = builder.config("spark.executorEnv.PYTHONPATH", SOURCE).getOrCreate()
    session.sparkContext.setLogLevel("OFF")
    yield session
    session.stop()


@pytest.fixture(scope="module")
def charts(tmp_path_factory):
    """Sixteen charts, and one that is poisoned: a PDF that is none."""
    folder = tmp_path_factory.mktemp("charts")
    for case in cases(16, seed=21):
        write(case, folder)
    (folder / "poisoned" / "chart").mkdir(parents=True)
    (folder / "poisoned" / "chart" / "scan.pdf").write_bytes(b"%PDF-1.7 torn")
    (folder / "poisoned" / "request.yaml").write_text("service: esi.init\ndate: 2026-03-10\npolicy: L39240\n")
    return folder


def rows(out, table):
    found = dataset.dataset(out / table, format="parquet").to_table().to_pylist()
    return sorted(json.dumps(row, sort_keys=True) for row in found)


def test_spark_writes_the_rows_that_one_machine_writes(cluster, charts, tmp_path):
    assert cluster.sparkContext.master.startswith("local-cluster")
    local = run_batch(charts, tmp_path / "local", How(workers=1, with_findings=True))
    spread = run_on_spark(charts, tmp_path / "spark", How(with_findings=True))
    for table in tables(with_findings=True):
        assert rows(spread.out, table) == rows(local.out, table), table
    assert len(rows(spread.out, "audits")) == 16
    assert len(rows(spread.out, "failures")) == 1


def test_documents_in_a_table_are_audited_like_files(cluster, charts, tmp_path):
    run_batch(charts, tmp_path / "local", How(workers=1))
    documents, requests = [], []
    for case in cases(16, seed=21):
        documents += [(case.name, name, bytearray(text.encode())) for name, text in case.documents.items()]
        requests.append((case.name, json.dumps(case.request), None))
    records = spark.audit_frame(
        cluster.createDataFrame(documents, spark.DOCUMENTS), cluster.createDataFrame(requests, spark.REQUESTS)
    )
    spark.write_tables(records, tmp_path / "frame", tables(with_findings=False))
    for table in ("audits", "criteria", "trials", "elements"):
        assert rows(tmp_path / "frame", table) == rows(tmp_path / "local", table), table
