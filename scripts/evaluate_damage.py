"""PainTrap with letters misread as scanners do in, how many verdicts hold and which traps are newly fallen for out.

scripts/evaluate_damage SEED RATE [MEMBERS]: RATE is the share of signs that are misread, MEMBERS how many are tried.
"""

from __future__ import annotations

import importlib
import random
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

BENCHMARK = Path(__file__).parents[1] / "benchmarks" / "paintrap"
sys.path.insert(0, str(BENCHMARK))

run = importlib.import_module("run")

MISREAD = {
    **{"l": "1", "1": "l", "O": "0", "0": "O", "I": "l", "S": "5", "rn": "m", "m": "rn", "e": "c", "c": "e"},
    **{"h": "b", "t": "f", "i": "l", "B": "8", "g": "q", "u": "v", "n": "ri"},
}
LOST, TORN = 1 / 3, 1 / 6  # of the rate: how often a blank is lost, or put into a word


def damaged(text: str, rate: float, chance: random.Random) -> str:
    """The text as a bad scan of it; figures other than 0 and 1 stay, or it would tell of something else."""
    return "".join(_signs(text, rate, chance))


def _signs(text: str, rate: float, chance: random.Random) -> Iterator[str]:
    at = 0
    while at < len(text):
        size = 2 if text[at : at + 2] in MISREAD and chance.random() < rate else 1
        sign = text[at : at + size]
        at += size
        if size == 2 or (sign in MISREAD and chance.random() < rate):
            yield MISREAD[sign]
        elif sign == " ":
            yield "" if chance.random() < rate * LOST else sign
        else:
            yield sign + (" " if sign.isalpha() and chance.random() < rate * TORN else "")


def main(seed: int, rate: float, most: int) -> None:
    """Print every verdict that changed for the worse, and the sums."""
    chance = random.Random(seed)
    system = run.from_callable("adapters.mednec_adapter:audit")
    members = [one for family in run.families([]) for pair in run.members(family) for one in pair]
    chance.shuffle(members)
    kept = lost = fallen = 0
    for member in members[:most]:
        documents = {name: damaged(text, rate, chance) for name, text in member.documents.items()}
        whole, torn = run.ask(system, member), run.ask(system, replace(member, documents=documents))
        if whole.right and member.favorable:
            kept, lost = kept + torn.right, lost + (not torn.right)
        if torn.falsely_met and not whole.falsely_met:
            fallen += 1
            print(f"newly met: {member.id}: {' / '.join(documents.values())}")
    print(f"{min(most, len(members))} members, {rate:.0%} of the signs misread: favorable verdicts kept {kept}, "
          f"lost {lost}; traps newly fallen for {fallen}")  # fmt: skip


if __name__ == "__main__":
    main(int(sys.argv[1]), float(sys.argv[2]), int(sys.argv[3]) if len(sys.argv) > 3 else sys.maxsize)
