"""Coverage policies: a request in, the policy revision that it is judged by out; and a check of the files."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path

from mednec.model import Policy, ServiceRequest
from mednec.policies.choice import all_for, choose_from, offers_in, offers_of
from mednec.policies.comparing import compare
from mednec.policies.examples import Example, examples_of
from mednec.policies.listing import narrowed
from mednec.policies.naming import policy_named
from mednec.policies.reading import policies_of
from mednec.policies.wording import in_words

__all__ = [
    "Example",
    "choose",
    "choose_all",
    "compare",
    "examples_of",
    "in_words",
    "lint",
    "lint_together",
    "load",
    "load_all",
    "narrowed",
    "policy_files",
    "policy_named",
]


@cache
def policy_files() -> tuple[Path, ...]:
    """The policy files of the package, sorted."""
    return tuple(sorted(Path(str(files("mednec") / "policies")).rglob("*.yaml")))


def load(path: Path) -> Policy:
    """The policy of a file, as it applies through its first source.

    Raises PolicyError where the file cannot be read or breaks the format.
    """
    return policies_of(path)[0]


def load_all(folders: Sequence[Path] = ()) -> tuple[Policy, ...]:
    """Every policy of the package and of further folders, once for each of its sources."""
    own = [path for folder in folders for path in sorted(Path(folder).rglob("*.yaml"))]
    return tuple(policy for path in (*own, *policy_files()) for policy in policies_of(path))


def choose(request: ServiceRequest, policies: Sequence[Policy] | None = None) -> Policy:
    """The policy that a request is judged by: the named one, or that of its payer, state, service and date.

    It is chosen among `policies`, or those of the package.
    Raises PolicyError where there is none or more than one, RequestError where the policy has no such service.
    """
    if policies is not None:
        loaded = tuple(offers_in(policies))
        return choose_from(lambda _name: loaded, request)
    return choose_from(lambda name: offers_of(policy_files(), name), request)


def choose_all(request: ServiceRequest, policies: Sequence[Policy] | None = None) -> tuple[Policy, ...]:
    """Every policy in force for a request's service on its day; where it names a payer or a state, those of them.

    They are chosen among `policies`, or those of the package.
    Raises RequestError where no policy knows the service, PolicyError where none is in force.
    """
    return all_for(offers_of(policy_files()) if policies is None else offers_in(policies), request)


def lint(path: Path) -> list[str]:
    """What is wrong with a policy file: one sentence each, with file and line; nothing where all is well."""
    from mednec.policies.linting import lint_file  # the linter reads every lexicon: only where it is wanted

    return lint_file(path)


def lint_together(paths: Sequence[Path]) -> list[str]:
    """Where the texts of several files overlap in time, or leave a hole."""
    from mednec.policies.revisions import between_files

    return between_files(paths)
