"""One system, notes and a lexicon in, what it cost to read them out: run once for each system, in its own environment.

    python systems.py SYSTEM NOTES.json LEXICON.json ROUNDS

prints one JSON object. Needs nothing but what the system itself needs.
"""

from __future__ import annotations

import contextlib
import io
import json
import resource
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

Notes = list[str]
Lexicon = dict[str, list[str]]  # the terms of each label
Reader = Callable[[str], int]  # a note in, how many mentions or findings it holds out


def read_bytes(_: Lexicon) -> Reader:
    """The floor under everything: every character is touched once."""
    return lambda note: len(note.lower().encode()) and 0


def aho_corasick(lexicon: Lexicon) -> Reader:
    """One pass of an automaton over all terms, whole words: what finding the terms has to cost."""
    from ahocorasick_rs import AhoCorasick

    automaton = AhoCorasick([term for terms in lexicon.values() for term in terms])

    def read(note: str) -> int:
        text, found = note.lower(), 0
        for _, start, end in automaton.find_matches_as_indexes(text, overlapping=True):
            whole = (not start or not text[start - 1].isalnum()) and (end == len(text) or not text[end].isalnum())
            found += whole
        return found

    return read


def mednec_find(_: Lexicon) -> Reader:
    """All findings of a note, as `mednec find` prints them."""
    from mednec.findings import find
    from mednec.model import Document

    return lambda note: len(find(Document(id="note", text=note)))


def mednec_audit(_: Lexicon) -> Reader:
    """The whole way of `mednec audit` for a chart of one note: read, find, gather, decide."""
    from mednec.auditor import audit_documents
    from mednec.documents import Chart, opened
    from mednec.documents.entry import Attachment
    from mednec.model import Document, ServiceRequest
    from mednec.policies import choose

    request = ServiceRequest(
        service="esi.init", dated=date(2026, 3, 10), levels=("L5-S1",), region="lumbar", policy="L39240"
    )
    policy = choose(request, None)

    def read(note: str) -> int:
        entries = opened(Attachment("note.txt", note.encode("utf-8", "replace")))
        documents = tuple(entry for entry in entries if isinstance(entry, Document))
        return len(audit_documents(Chart(documents), request, policy).determinations)

    return read


def spacy_phrases(lexicon: Lexicon) -> Reader:
    """The tokenizer and PhraseMatcher of spaCy: terms alone."""
    import spacy
    from spacy.matcher import PhraseMatcher

    nlp = spacy.blank("en")
    nlp.max_length = 10**7
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    for label, terms in lexicon.items():
        matcher.add(label, [nlp.make_doc(term) for term in terms])
    return lambda note: len(matcher(nlp.make_doc(note)))


def medspacy_default(lexicon: Lexicon) -> Reader:
    """What medspaCy does as shipped: PyRuSH, target matcher and ConText."""
    import medspacy
    from medspacy.ner import TargetRule

    nlp = medspacy.load()
    nlp.max_length = 10**7
    rules = [TargetRule(term, label) for label, terms in lexicon.items() for term in terms]
    nlp.get_pipe("medspacy_target_matcher").add(rules)

    def read(note: str) -> int:
        with contextlib.redirect_stdout(io.StringIO()):  # it prints tokens of the notes
            return len(nlp(note).ents)

    return read


SYSTEMS: dict[str, Callable[[Lexicon], Reader]] = {
    "bytes": read_bytes,
    "aho-corasick": aho_corasick,
    "mednec find": mednec_find,
    "mednec audit": mednec_audit,
    "spaCy PhraseMatcher": spacy_phrases,
    "medspaCy": medspacy_default,
}


def measured(system: str, notes: Notes, lexicon: Lexicon, rounds: int) -> dict[str, Any]:
    """CPU seconds until the first note is read and of the best round, peak memory in MiB, and how much was found."""
    reader = SYSTEMS[system](lexicon)
    if notes:
        reader(notes[0])
    started, costs, found = time.process_time(), [], 0
    for _ in range(rounds):
        begun = time.process_time()
        found = sum(map(reader, notes))
        costs.append(time.process_time() - begun)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return {"system": system, "start": started, "cost": min(costs), "peak": peak, "found": found, "rounds": costs}


if __name__ == "__main__":
    name, where, terms_at, times = sys.argv[1:5]
    texts, terms = (json.loads(Path(path).read_text(encoding="utf-8")) for path in (where, terms_at))
    print(json.dumps(measured(name, texts, terms, int(times))))
