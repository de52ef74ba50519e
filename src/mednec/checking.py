"""Policy files in, a report on each out: faults of its form, and examples that come out otherwise than it says."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from mednec.audit import decide_one
from mednec.errors import PolicyError
from mednec.evidence import gather
from mednec.findings import find
from mednec.model import Determination
from mednec.policies import Example, examples_of, lint, lint_together, policy_files


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found in one policy file; `faults` are sentences."""

    path: Path
    examples: int
    faults: tuple[str, ...]

    @property
    def text(self) -> str:
        """One line, and more for each fault."""
        what = "all well" if not self.faults else f"{len(self.faults)} to look at"
        head = f"{'/'.join(self.path.parts[-2:])}: {self.examples} examples, {what}"
        return "\n".join([head, *(f"  {fault}" for fault in self.faults)])


def check_policies(paths: Sequence[Path] = ()) -> Iterator[Checked]:
    """Check policy files (of a folder all that it holds), or all those of the package; then several with each other.

    Raises PolicyError where there is no such file.
    """
    files = [file for path in paths for file in _files(path)] or list(policy_files())
    checked = [check_policy(file) for file in files]
    yield from checked
    if len(files) > 1 and not any(one.faults for one in checked):
        examples = sum(one.examples for one in checked)
        yield Checked(Path(f"{len(files)} files, with each other"), examples, tuple(lint_together(files)))


def check_policy(path: Path) -> Checked:
    """Check one policy file; its examples are run where its form is sound."""
    faults = tuple(lint(path))
    if faults:
        return Checked(path, 0, faults)
    examples = list(examples_of(path))
    decided = ((example, _decided(example)) for example in examples)
    otherwise = (_told(path, example, told) for example, told in decided if told.status not in example.expected)
    return Checked(path, len(examples), tuple(otherwise))


def _files(path: Path) -> list[Path]:
    files = sorted(path.rglob("*.yaml")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise PolicyError(f"{path}: there is no policy file; check the path")
    return files


def _decided(example: Example) -> Determination:
    found = {document.id: find(document) for document in example.documents}
    record = gather(example.documents, found, example.request)
    return decide_one(example.criterion, example.policy, record, example.request)


def _told(path: Path, example: Example, decided: Determination) -> str:
    wanted = " or ".join(example.expected)
    missing = f"; missing: {', '.join(decided.missing)}" if decided.missing else ""
    where = f"{path.name}:{example.line}: {example.key}, example {example.number}"
    return f"{where}: expected {wanted}, decided {decided.status} ({decided.reason}){missing}"
