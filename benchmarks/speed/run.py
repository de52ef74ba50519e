#!/usr/bin/env python3
"""Notes in, what reading them costs out: mednec, the floors under it and, on demand, peers, in one run.

python run.py [NOTES ...] [--rounds N] [--peers FOLDER] [--peer-notes N] [--growth] [--json]

NOTES are .txt files, folders of them, or .jsonl files with a `text` in each line; without any, the text files of the
charts beside this folder are read.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

HERE = Path(__file__).parent
CHARTS = HERE.parent / "charts"
OWN = ("bytes", "aho-corasick", "mednec find", "mednec audit")
PEERS = {
    "spaCy PhraseMatcher": ("spacy>=3.7",),
    "medspaCy": ("medspacy==1.3.1", "numpy<2"),  # it is built against numpy 1 and does not say so
}
SHARED = ("therapy", "diagnosis", "exam", "imaging", "electrodiagnostic", "pain_score", "function_score")
GROWTH = (25_000, 50_000, 100_000, 200_000, 400_000)  # characters in one document


def notes_of(paths: list[Path]) -> Iterator[str]:
    """The texts of files and folders, in the order of their names."""
    for path in paths:
        if path.is_dir():
            yield from notes_of(sorted(path.rglob("*.txt")))
        elif path.suffix == ".jsonl":
            lines = path.read_text(encoding="utf-8").splitlines()
            yield from (json.loads(line)["text"] for line in lines if line.strip())
        elif not path.name.endswith(".truth.txt"):
            yield path.read_text(encoding="utf-8", errors="replace")


def lexicon() -> dict[str, list[str]]:
    """The terms that every system looks for, by label: whole terms of mednec's lexicons, in small letters."""
    from mednec.vocabulary import lexicon as of

    found: dict[str, list[str]] = {}
    for kind in SHARED:
        for concept in of(kind).concepts.values():
            terms = {term.lower() for term in concept.terms if not term.endswith("*") and len(term) > 2}
            found.setdefault(f"{kind}.{concept.name}", []).extend(sorted(terms))
    return {label: terms for label, terms in found.items() if terms}


def environment(cache: Path, system: str) -> Path:
    """The interpreter of a peer's own environment in a cache folder, made where it is missing."""
    home = cache / system.replace(" ", "-").lower()
    python = home / "bin" / "python"
    ready = home / "ready"
    if not ready.exists():
        subprocess.run([sys.executable, "-m", "venv", "--clear", str(home)], check=True)
        subprocess.run([str(python), "-m", "pip", "install", "--quiet", *PEERS[system]], check=True)
        ready.touch()
    return python


def cost(python: Path | str, system: str, notes: list[str], terms: dict[str, list[str]], rounds: int) -> dict[str, Any]:
    """What a system costs, measured in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        where, terms_at = Path(folder, "notes.json"), Path(folder, "lexicon.json")
        where.write_text(json.dumps(notes), encoding="utf-8")
        terms_at.write_text(json.dumps(terms), encoding="utf-8")
        command = [str(python), str(HERE / "systems.py"), system, str(where), str(terms_at), str(rounds)]
        run = subprocess.run(command, check=True, capture_output=True, text=True)
    told: dict[str, Any] = json.loads(run.stdout.strip().splitlines()[-1])
    megabytes = sum(len(note.encode("utf-8", "replace")) for note in notes) / 1e6
    return told | {"notes": len(notes), "MB": megabytes, "MB/s": megabytes / told["cost"] if told["cost"] else 0.0}


def grown(notes: list[str], size: int) -> str:
    """One document of `size` characters, made of the notes one behind the other."""
    text = ""
    while len(text) < size:
        text += "\n\n".join(notes) + "\n\n"
    return text[:size]


def table(rows: list[dict[str, Any]]) -> str:
    """The systems with notes and megabytes per CPU second, start-up and peak memory."""
    head = "| system | notes | MB | notes per CPU s | MB per CPU s | start-up CPU s | peak MiB | found |"
    lines = [head, "|---|---|---|---|---|---|---|---|"]
    lines += [
        f"| {row['system']} | {row['notes']} | {row['MB']:.2f} | {row['notes'] / row['cost']:,.0f} | {row['MB/s']:.3f} "
        f"| {row['start']:.2f} | {row['peak']:.0f} | {row['found']:,} |"
        for row in rows
    ]
    return "\n".join(lines)


def growth_table(rows: list[tuple[int, dict[str, Any]]]) -> str:
    """CPU seconds and peak memory of `find` by the length of one document."""
    lines = ["| characters in one document | CPU s of `find` | MB per CPU s | peak MiB |", "|---|---|---|---|"]
    lines += [f"| {size:,} | {row['cost']:.3f} | {row['MB/s']:.3f} | {row['peak']:.0f} |" for size, row in rows]
    return "\n".join(lines)


def main(arguments: list[str] | None = None) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("notes", nargs="*", type=Path)
    parser.add_argument("--rounds", type=int, default=3, help="the cheapest of so many counts")
    parser.add_argument("--peers", type=Path, help="measure the peers too, in environments kept in this folder")
    parser.add_argument("--peer-notes", type=int, default=200, help="how many notes the peers read: they are slow")
    parser.add_argument("--growth", action="store_true", help="how the cost of one document grows with its length")
    parser.add_argument("--json", action="store_true")
    given = parser.parse_args(arguments)
    notes = list(notes_of(given.notes or [CHARTS]))
    if not notes:
        parser.error("there are no notes: give .txt files, folders of them or .jsonl files with a `text` in each line")
    terms = lexicon()
    rows = [cost(sys.executable, system, notes, terms, given.rounds) for system in OWN]
    if given.peers:
        few = notes[: given.peer_notes]
        rows += [cost(environment(given.peers, system), system, few, terms, 1) for system in PEERS]
    sizes = GROWTH if given.growth else ()
    growth = [(size, cost(sys.executable, "mednec find", [grown(notes, size)], {}, 1)) for size in sizes]
    if given.json:
        print(json.dumps({"systems": rows, "growth": growth}, indent=1))
        return
    print(table(rows))
    if growth:
        print("\n" + growth_table(growth))


if __name__ == "__main__":
    main()
