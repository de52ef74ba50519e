"""Two dictionaries, a large and a huge one, and notes in; the word lists common_words and real_words out.

scripts/spelling.py LARGE HUGE NOTES.jsonl...
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter
from pathlib import Path

from mednec.findings.spelling.words import FRAGMENT, Speller, listed
from mednec.vocabulary import lexicon, lexicon_names

LEXICONS = Path(__file__).parents[1] / "src" / "mednec" / "lexicons"
WORDS = re.compile(r"[^\W\d_]+")
SURE = 7  # letters: shorter words of the huge dictionary are rarer than slips that look like them
MORE = (  # real words that the dictionaries lack
    "abilify allodynic acromiale annulus anulus capsulo chek clonic dysarthric epicondylo erythematosus "
    "esophageus gravis lymphs microglobulin mucosus palacos pectoris physis platysmal plegic porta rapd "
    "segond surgicel tibials rusb hyperreflexic hyporeflexic cervicalgic "
)
COMMON, SEEN = 12, 3  # notes that a word stands in to be common in charts, or to be a word at all


def main(large: Path, huge: Path, notes: list[Path]) -> None:
    """Write both lists."""
    words = of_dictionary(large, 3) | of_dictionary(huge, SURE)
    counted: Counter[str] = Counter()
    for path in notes:
        for line in path.read_text(encoding="utf-8").splitlines():
            counted.update({word.lower() for word in WORDS.findall(json.loads(line)["text"])})
    common = {word for word, count in counted.items() if count >= COMMON and len(word) > 3 and word in words}
    write("common_words", common | listed("more_words"))
    real = words | set(MORE.split()) | {word for word, count in counted.items() if count >= SEEN}
    terms = [(name, t) for name in lexicon_names() for c in lexicon(name).concepts.values() for t in c.terms]
    speller = Speller(terms, listed("common_words"), frozenset(), {})
    pieces = {word for word in real if len(word) >= FRAGMENT and speller.is_piece(word)}
    near = {word for word in real if not speller.is_word(word) and speller.meaning(word)}
    write("real_words", pieces | near)


def of_dictionary(path: Path, least: int) -> set[str]:
    """The words of a dictionary that have so many letters or more."""
    words = path.read_text(encoding="utf-8").split()
    return {word.lower() for word in words if word.isalpha() and len(word) >= least}


def write(name: str, words: set[str] | frozenset[str]) -> None:
    """A list under the comments that it had."""
    path = LEXICONS / f"{name}.txt"
    head = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    lines, line = head, ""
    for word in sorted(words):
        if len(line) + len(word) > 140:
            lines, line = [*lines, line.rstrip()], ""
        line += word + " "
    path.write_text("\n".join([*lines, line.rstrip()]) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), [Path(name) for name in sys.argv[3:]])
