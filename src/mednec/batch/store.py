"""The records of a run in, its tables out: Parquet files, the same bytes however the run went."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pyarrow.parquet as parquet

from mednec.batch.journal import SHARDS, Journal
from mednec.batch.tables import SCHEMAS, Rows, arrow
from mednec.batch.work import unpacked

CHUNK = 50_000  # rows of a table held at once


def write_tables(journal: Journal, out: Path, tables: tuple[str, ...]) -> None:
    """Write every table of a finished run below `out`, a file for each shard; an older one of that name is replaced."""
    for table in tables:
        part = out / f".{table}.part"
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
    for shard in range(SHARDS):
        _write_shard(journal, shard, out, tables)
    for table in tables:
        shutil.rmtree(out / table, ignore_errors=True)
        (out / f".{table}.part").replace(out / table)


def _write_shard(journal: Journal, shard: int, out: Path, tables: tuple[str, ...]) -> None:
    name = f"part-{shard:02}.parquet"
    writers = {
        table: parquet.ParquetWriter(out / f".{table}.part" / name, SCHEMAS[table], compression="zstd")
        for table in tables
    }
    try:
        for rows in _chunks(journal, shard, tables):
            for table, found in rows.items():
                if found:
                    writers[table].write_table(arrow(table, found))
    finally:
        for writer in writers.values():
            writer.close()


def _chunks(journal: Journal, shard: int, tables: tuple[str, ...]) -> Iterator[Rows]:
    """The rows of a shard, some charts at a time."""
    held: Rows = {table: [] for table in tables}
    for _, data in journal.records(shard):
        for table, rows in unpacked(data).items():
            if table in held:
                held[table] += rows
        if sum(map(len, held.values())) >= CHUNK:
            yield held
            held = {table: [] for table in tables}
    yield held
