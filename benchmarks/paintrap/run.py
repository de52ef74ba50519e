"""PainTrap: minimal pairs of chart fragments in, a system's false verdicts by family out.

python run.py --command "mednec audit {chart} --request {request} --json"
python run.py --callable adapters.mednec_adapter:audit
python run.py --export FOLDER
"""

from __future__ import annotations

import argparse
import contextlib
import importlib
import json
import re
import shlex
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
STATUSES = ("met", "exempt", "not_met", "insufficient", "conflicting", "not_applicable")
FAVORABLE = ("met", "exempt", "not_applicable")
CHOICE = re.compile(r"\{\{(.*?) ?\|\| ?(.*?)\}\}", re.DOTALL)
HEADING = re.compile(r"^=== (\S+)\n", re.MULTILINE)

System = Callable[[Path, dict[str, Any]], dict[str, Any]]


@dataclass(frozen=True)
class Member:
    """One of the two charts of a pair, with the statuses that a careful auditor could give."""

    id: str
    family: str
    request: dict[str, Any]
    criterion: str
    documents: dict[str, str]
    accepted: tuple[str, ...]

    @property
    def favorable(self) -> bool:
        """Whether some favorable status would be right."""
        return any(status in FAVORABLE for status in self.accepted)


@dataclass(frozen=True)
class Answer:
    """What a system said of a member; `said` is `error` or `missing` where it gave no status."""

    member: Member
    said: str

    @property
    def right(self) -> bool:
        """Whether a careful auditor could have said so."""
        return self.said in self.member.accepted

    @property
    def falsely_met(self) -> bool:
        """Whether it favors a request that no accepted status favors."""
        return not self.right and self.said in FAVORABLE and not self.member.favorable

    @property
    def falsely_not_met(self) -> bool:
        """Whether it fails a request that no accepted status fails."""
        return not self.right and self.said == "not_met"


def families(names: list[str]) -> Iterator[dict[str, Any]]:
    """Every family, or those of the given names."""
    for path in sorted(HERE.glob("families/*.yaml")):
        if not names or path.stem in names:
            yield yaml.safe_load(path.read_text(encoding="utf-8"))


def members(family: dict[str, Any]) -> Iterator[tuple[Member, Member]]:
    """The pairs of a family."""
    requests = yaml.safe_load((HERE / "requests.yaml").read_text(encoding="utf-8"))
    for pair in family["pairs"]:
        request = dict(requests[pair.get("request", family["request"])])
        if "patient" in pair:
            request["patient"] = pair["patient"]
        made = [
            Member(
                id=f"{pair['id']}{letter}",
                family=family["family"],
                request=request,
                criterion=pair.get("criterion", family["criterion"]),
                documents=documents_of(CHOICE.sub(rf"\g<{number}>", pair["text"])),
                accepted=tuple(pair.get(letter, family["accept"][letter])),
            )
            for number, letter in ((1, "a"), (2, "b"))
        ]
        yield made[0], made[1]


def documents_of(text: str) -> dict[str, str]:
    """The documents of a member by file name: parts under `=== name` lines, or all of it as note.txt."""
    parts = HEADING.split(text)
    if len(parts) == 1:
        return {"note.txt": text}
    return dict(zip(parts[1::2], parts[2::2], strict=True))


def write(member: Member, folder: Path) -> Path:
    """The member as files: `chart/` with its documents, and `request.yaml` beside it."""
    chart = folder / "chart"
    chart.mkdir(parents=True)
    for name, text in member.documents.items():
        (chart / name).write_text(text, encoding="utf-8")
    (folder / "request.yaml").write_text(yaml.safe_dump(member.request, sort_keys=False), encoding="utf-8")
    return chart


def ask(system: System, member: Member) -> Answer:
    """The system's status of the member's criterion."""
    with tempfile.TemporaryDirectory() as name:
        chart = write(member, Path(name))
        try:
            audit = system(chart, member.request)
        except Exception as error:
            print(f"{member.id}: {type(error).__name__}: {error}", file=sys.stderr)
            return Answer(member, "error")
    said = [one["status"] for one in audit.get("criteria", ()) if one["key"] == member.criterion]
    return Answer(member, said[0] if said else "missing")


def from_command(template: str) -> System:
    """A system that is a command; `{chart}` and `{request}` in it stand for the two paths, its output is JSON."""

    def run(chart: Path, _request: dict[str, Any]) -> dict[str, Any]:
        paths = {"chart": str(chart), "request": str(chart.parent / "request.yaml")}
        command = [part.format(**paths) for part in shlex.split(template)]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        audit: dict[str, Any] = json.loads(done.stdout)
        return audit

    return run


def from_callable(name: str) -> System:
    """A system that is a Python function, `module:function(chart, request)`."""
    sys.path[:0] = [str(HERE), str(Path.cwd())]
    module, _, function = name.partition(":")
    system: System = getattr(importlib.import_module(module), function)
    return system


def report(pairs: list[tuple[str, Answer, Answer]]) -> str:
    """A table by family: how often falsely met, falsely not met, in agreement, and both members of a pair right."""
    lines = [f"{'family':24}{'pairs':>6}{'false met':>11}{'false not met':>15}{'agreement':>11}{'pairs right':>13}"]
    by_family = {family: [pair for pair in pairs if pair[0] == family] for family, *_ in pairs}
    for family, some in [*by_family.items(), ("all", pairs)]:
        answers = [answer for _, *both in some for answer in both]
        bad = [answer for answer in answers if not answer.member.favorable]
        fine = [answer for answer in answers if "not_met" not in answer.member.accepted]
        figures = (
            percent([answer.falsely_met for answer in bad]),
            percent([answer.falsely_not_met for answer in fine]),
            percent([answer.right for answer in answers]),
            percent([one.right and other.right for _, one, other in some]),
        )
        lines.append("{:24}{:6}{:>11}{:>15}{:>11}{:>13}".format(family, len(some), *figures))
    return "\n".join(lines)


def percent(of: list[bool]) -> str:
    """The share of what is true, or a dash where there is nothing to count."""
    return f"{100 * sum(of) / len(of):.1f}%" if of else "-"


def main() -> int:
    """0 without a false met and with no error, 1 otherwise."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument("--command", help="a command with {chart} and {request} that prints an audit as JSON")
    what.add_argument("--callable", help="module:function(chart, request) that returns an audit")
    what.add_argument("--export", type=Path, help="write every member as plain files, and answers.jsonl")
    parser.add_argument("--family", action="append", default=[], help="only this family; can be repeated")
    parser.add_argument("--errors", action="store_true", help="list every wrong answer with its text")
    parser.add_argument("--answers", type=Path, help="write every answer as JSON lines")
    options = parser.parse_args()
    chosen = [(family["family"], *pair) for family in families(options.family) for pair in members(family)]
    if options.export:
        export(chosen, options.export)
        return 0
    system = from_command(options.command) if options.command else from_callable(options.callable)
    pairs = [(family, ask(system, one), ask(system, other)) for family, one, other in chosen]
    answers = [answer for _, *both in pairs for answer in both]
    if options.answers:
        options.answers.write_text("".join(as_line(answer) for answer in answers), encoding="utf-8")
    if options.errors:
        for answer in answers:
            if not answer.right:
                print(f"--- {answer.member.id} {answer.member.criterion}: said {answer.said},", end=" ")
                print(f"accepted {', '.join(answer.member.accepted)}")
                print("".join(f"[{name}]\n{text}" for name, text in answer.member.documents.items()))
    print(report(pairs))
    return int(any(answer.falsely_met or answer.said == "error" for answer in answers))


def as_line(answer: Answer) -> str:
    """An answer as a line of JSON."""
    member = answer.member
    data = {"id": member.id, "criterion": member.criterion, "said": answer.said, "accepted": member.accepted}
    return json.dumps({**data, "right": answer.right, "falsely_met": answer.falsely_met}) + "\n"


def export(pairs: list[tuple[str, Member, Member]], folder: Path) -> None:
    """Each member as `folder/FAMILY/ID/`, and what is asked and accepted as `answers.jsonl`."""
    words = yaml.safe_load((HERE / "criteria.yaml").read_text(encoding="utf-8"))
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "answers.jsonl").open("w", encoding="utf-8") as out:
        for family, *both in pairs:
            for member in both:
                write(member, folder / family / member.id)
                data: dict[str, Any] = {"id": member.id, "family": family, "criterion": member.criterion}
                data |= {"asks": words[member.criterion], "accepted": member.accepted}
                out.write(json.dumps(data, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    with contextlib.suppress(BrokenPipeError):
        sys.exit(main())
