"""Annotated notes and charts in, figures out: what is read and decided rightly, as two independent scorers see it."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
import traceback
from pathlib import Path

from mednec.auditor import audit_chart, find_in, read_chart
from mednec.reports import finding_as_data, to_json
from mednec.requests import parse_request, read_fields


def main(folder: Path, errors: int) -> int:
    """Score everything under `folder`/eval; the number of notes and charts that could not be read or audited."""
    failed = 0
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        for notes in sorted(folder.glob("eval/gold/*.jsonl")):
            gold = notes.with_name(f"{notes.stem.removesuffix('_notes')}_findings.jsonl")
            if gold.exists():
                failed += evaluate_notes(notes, gold, work / notes.stem, folder, errors)
        for cases in sorted(path for path in folder.glob("eval/cases/*") if path.is_dir()):
            failed += evaluate_cases(cases, work / cases.name, folder, errors)
    return failed


def evaluate_notes(notes: Path, gold: Path, work: Path, folder: Path, errors: int) -> int:
    """Find in every note of a JSONL, and score the findings."""
    work.mkdir()
    ids: dict[str, str] = {}
    for number, note in enumerate(map(json.loads, notes.read_text(encoding="utf-8").splitlines())):
        name = f"{number:05}.txt"
        ids[name] = note["id"]
        (work / name).write_bytes(note["text"].encode("utf-8"))
    failed, size, started = 0, 0, time.process_time()
    predicted = work / "predicted.jsonl"
    with predicted.open("w", encoding="utf-8") as out:
        for name, note_id in ids.items():
            try:
                document = read_chart(work / name).documents[0]
                size += len(document.text.encode())
                for finding in find_in([document]):
                    line = {**finding_as_data(finding), "document_id": note_id}
                    out.write(json.dumps(line, ensure_ascii=False) + "\n")
            except Exception:
                failed += 1
                print(f"{note_id}: {traceback.format_exc()}", file=sys.stderr)
    seconds = time.process_time() - started
    print(f"\n{notes.name}: {len(ids)} notes, {size / 1e6:.2f} MB in {seconds:.2f} CPU seconds, {failed} failed")
    score(folder / "eval/score_findings.py", [gold, predicted], ["--errors", str(errors)] if errors else [])
    return failed


def evaluate_cases(cases: Path, work: Path, folder: Path, errors: int) -> int:
    """Audit every case of a folder, and score the audits."""
    work.mkdir()
    failed, started, done = 0, time.process_time(), 0
    for case in sorted(path.parent for path in cases.glob("*/request.yaml")):
        done += 1
        try:
            request = parse_request(read_fields(case / "request.yaml"))
            (work / f"{case.name}.json").write_text(to_json(audit_chart(case / "chart", request)), encoding="utf-8")
        except Exception:
            failed += 1
            print(f"{case.name}: {traceback.format_exc()}", file=sys.stderr)
    print(f"\n{cases.name}: {done} charts in {time.process_time() - started:.2f} CPU seconds, {failed} failed")
    score(folder / "eval/score_audits.py", [cases, work], ["--errors"] if errors else [])
    return failed


def score(scorer: Path, paths: list[Path], options: list[str]) -> None:
    """Run one of the scorers and print what it says."""
    sys.stdout.flush()
    subprocess.run([sys.executable, scorer, *paths, *options], check=True)


if __name__ == "__main__":
    arguments = sys.argv[1:]
    wanted = int(arguments.pop(arguments.index("--errors") + 1)) if "--errors" in arguments else 0
    places = [Path(argument) for argument in arguments if argument != "--errors"]
    sys.exit(1 if main(places[0] if places else Path("../shared"), wanted) else 0)
