"""A name that somebody types in, the policy out that is meant: a number, with `@` its version or a day, or a file."""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from mednec.errors import PolicyError
from mednec.model import Policy
from mednec.policies.choice import in_force
from mednec.policies.reading import policies_of


def policy_named(name: str, policies: Sequence[Policy]) -> Policy:
    """The policy that a name means: `L38801`, `L38801@23` (its version), `L38801@2026-01-31` (in force then), a file.

    Raises PolicyError where there is none, or more than one; the message lists how each can be named.
    """
    if name.endswith((".yaml", ".yml")):
        return policies_of(Path(name))[0]
    number, _, revision = name.partition("@")
    found = _called(number, policies)
    if not found:
        known = sorted({policy.source.id for policy in policies})
        near = difflib.get_close_matches(number, known, n=1)
        meant = f" (did you mean '{near[0]}'?)" if near else ""
        raise PolicyError(f"there is no policy '{number}'{meant}; there are: {', '.join(known)}")
    chosen = [policy for policy in found if _is_revision(policy, revision)]
    if len(chosen) != 1:
        names = ", ".join(map(_full_name, found))
        what = f"there is no revision '{revision}' of policy" if not chosen else "there are several revisions of policy"
        raise PolicyError(f"{what} '{number}'; name one of: {names}")
    return chosen[0]


def _called(number: str, policies: Sequence[Policy]) -> list[Policy]:
    """The policies of a number, else those that answer to it as an alias, else those of a text."""
    wanted = number.casefold()
    for names in (
        lambda policy: (policy.source.id,),
        lambda policy: policy.source.aliases,
        lambda policy: (policy.id,),
    ):
        found = [policy for policy in policies if wanted in map(str.casefold, names(policy))]
        if found:
            return found
    return []


def _is_revision(policy: Policy, revision: str) -> bool:
    if not revision or revision == policy.source.version:
        return True
    try:
        return in_force(policy.source, date.fromisoformat(revision))
    except ValueError:
        return False


def _full_name(policy: Policy) -> str:
    """A name that means this revision alone, as far as the file tells."""
    source = policy.source
    day = source.effective or source.ends
    revision = source.version or (day.isoformat() if day else "")
    return f"{source.id}@{revision}" if revision else source.id
