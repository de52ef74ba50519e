"""The engine for a Spark cluster: documents and requests as DataFrames in, the rows of the tables out.

Every chart is audited by the same function as on one machine, in Python workers that get Arrow batches; lexicons and
policies are read from the installed package once in each worker.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from mednec.batch.charts import Job
from mednec.batch.tables import SCHEMAS, arrow
from mednec.batch.work import packed, rows_of_chart, rows_of_job, unpacked

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

RECORD = pa.schema([("chart", pa.string()), ("record", pa.binary())])
DOCUMENTS = "chart string, name string, content binary"  # the columns of a table of documents
REQUESTS = "chart string, request string, clinician string"  # request: the fields of a request file as JSON


def session() -> SparkSession:
    """The session there is, else one on this machine; its workers run this very interpreter."""
    import os
    import sys

    from pyspark.sql import SparkSession

    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    os.environ.setdefault("SPARK_LOCAL_IP", "127.0.0.1")
    builder = SparkSession.builder.appName("mednec").config("spark.ui.enabled", "false")
    return builder.config("spark.sql.execution.arrow.maxRecordsPerBatch", "16").getOrCreate()


def audit_frame(documents: DataFrame, requests: DataFrame, *, with_findings: bool = False) -> DataFrame:
    """The record of every chart that is requested: columns `chart` and `record`, for `table_of`.

    `documents` has the columns of DOCUMENTS, a row for each file; `requests` those of REQUESTS, a row for each chart. A
    chart without documents, like one that cannot be read, becomes a row of the table `failures`.
    """
    from pyspark.sql import functions as sql

    files = documents.groupBy("chart").agg(sql.collect_list(sql.struct("name", "content")).alias("files"))
    joined = requests.join(files, "chart", "left").select("chart", "request", "clinician", "files")

    def audited(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for row in batch.to_pylist():
                yield _record(row["chart"], _audited(row, with_findings))

    return joined.mapInArrow(audited, "chart string, record binary")


def audit_jobs(spark: SparkSession, jobs: list[Job], *, with_findings: bool = False) -> DataFrame:
    """The records of jobs whose files every worker can reach by their path, spread in small batches."""
    rows = [(job.chart, json.dumps(_as_data(job), ensure_ascii=False)) for job in jobs]
    partitions = max(1, min(len(jobs), spark.sparkContext.defaultParallelism * 8))
    frame = spark.createDataFrame(rows, "chart string, job string").repartition(partitions)

    def audited(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for row in batch.to_pylist():
                yield _record(row["chart"], packed(rows_of_job(_job(row["job"]), with_findings=with_findings)))

    return frame.mapInArrow(audited, "chart string, record binary")


def table_of(records: DataFrame, table: str) -> DataFrame:
    """The rows of one table in the records, in its documented schema."""
    from pyspark.sql.pandas.types import from_arrow_schema

    def rows(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
        for batch in batches:
            for row in batch.to_pylist():
                found = unpacked(row["record"]).get(table, [])
                if found:
                    yield from arrow(table, found).to_batches()

    return records.mapInArrow(rows, from_arrow_schema(SCHEMAS[table]))


def write_tables(records: DataFrame, out: Path | str, tables: tuple[str, ...]) -> None:
    """Write the tables of the records below `out`, which may be a path of any storage that Spark knows."""
    records.write.mode("overwrite").parquet(f"{out}/.work/records")
    kept = records.sparkSession.read.parquet(f"{out}/.work/records")
    for table in tables:
        table_of(kept, table).write.mode("overwrite").parquet(f"{out}/{table}")


def _audited(row: dict[str, Any], with_findings: bool) -> bytes:
    files = [(file["name"], file["content"]) for file in row["files"] or ()]
    request = json.loads(row["request"] or "{}")
    texts = {name: value for name, value in request.items() if isinstance(value, str)}
    lists = {name: tuple(value) for name, value in request.items() if isinstance(value, list)}
    texts |= request.get("patient", {})
    given = {"texts": texts, "lists": lists}
    return packed(rows_of_chart(row["chart"], files, given, row["clinician"], with_findings=with_findings))


def _record(chart: str, data: bytes) -> pa.RecordBatch:
    return pa.record_batch({"chart": [chart], "record": [data]}, schema=RECORD)


def _as_data(job: Job) -> dict[str, Any]:
    names = ("chart", "files", "request", "clinician", "size", "fault")
    return {name: getattr(job, name) for name in names}


def _job(data: str) -> Job:
    told = json.loads(data)
    return Job(**{**told, "files": tuple((name, path) for name, path in told["files"])})
