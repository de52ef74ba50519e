"""A text and its term hits in, its sections out: what stands under which heading."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from mednec.expressions.begun import at_lines
from mednec.expressions.patterns import compiled
from mednec.findings.terms import Hit

LINE = at_lines(
    r"^[ \t*#_=]*+(?:-{2,}[ \t]?|[<>~]{1,3}[ \t]?|\[(?=[A-Z][A-Za-z /&]{2,40}\][ \t]*$))?"
    r"(?:(?P<mark>[-\u2022]|\(?(?:\d{1,2}|"
    r"[A-Z])[.)])[ \t]*+)?(?P<words>[A-Z][^\n:]{0,58}+)(?P<close>:|$)?"
)
GAP = compiled(r"[*_]*(?:[ \t]{2,}|\t|[ \t][-\u2013][ \t])")
ORNAMENT = " \t=*#_]<>~-"
LETTER = at_lines(r"^[ \t]*(?P<letter>[SOAP]|A ?[/&] ?P)[ \t]*(?::|\)|[-/][ \t]|[ \t]{2,}|\.[ \t]|(?<=P)[ \t])")
RUN_ON = compiled(r"(?<=[.;)%!?])[ \t]+(?P<letter>[OAP])[ \t]?:[ \t]+(?![\d ])")  # "A: SI pain. P: injection"
ITEMS = ("medications", "procedure", "treatment", "past_surgical", "exam")
TOPICS = ("therapy", "exam", "imaging", "electrodiagnostic", "diagnosis", "pain_score", "function_score")
SOAP = {"S": "history", "O": "exam", "A": "assessment", "P": "plan"}
CLOSED = compiled(r"P[ \t]*[:./]|A ?[/&] ?P\b")  # what opens a plan even where no other letter stands
INLINE_BEFORE = compiled(r"(?::\s|[.;|\]*_)]\s*|\s{2,}|^|\n[ \t]*)$")
WITH_COLON = ("exam", "imaging", "plan", "treatment", "assessment", "anesthesia", "vitals")
DONE = compiled(
    r"\b(?:injections?|blocks?|ablation|neurotomy|rhizotomy|denervation|\w+(?:ectomy|otomy|plasty|oscopy))\b", re.I
)
STORY = compiled(  # 'The patient is a 60-year-old man who presents with ...', not 'The patient was brought to the room'
    r"\n[ \t]*\n[ \t]*(?=(?:The patient|This|Mr|Mrs|Ms|An?|He|She)\b(?:(?!\b(?:was|were) (?:brought|taken|placed|"
    r"given|then)\b)"
    r"[^\n]){0,60}?\b(?:year[s]?[- ]old|presents?|presented|history of|complain\w+|suffer\w+)\b)"
)
OF_ANOTHER = compiled(r"\s+(?:for|of|at|during)\s+(?:the\s+)?(?:procedures?|operations?|surger(?:y|ies))\b", re.I)
WITH_REASONS = compiled(r"\s?(?:/|&|and\b|with\b)", re.I)  # 'Plan / MDM' is a plan, whatever stands with it
DOTTED = compiled(r"\.[ \t]+(?=[A-Z\d])")  # 'Plan. Two blocks ...', as it is dictated
BEGINS_LINE = compiled(r"(?:^|\n)[ \t]*$")
STARRED = compiled(r"\s?\*")
PART = compiled(r"\b(?:spine|back|neck|lumbar|cervical|thoracic|extremit|head|chest|abdomen|joints?)", re.I)
EXAMINED = compiled(r"\bexam|\bobjective|\bfindings|\bphysical", re.I)
ON_THE_TABLE = compiled(
    r"\s*(?:(?:after|with|under)\b[^.;:\n]{0,80},\s+)?the\s+patient\s+was\s+(?:then\s+)?(?:brought|taken|"
    r"transported|wheeled)\s+"
    r"(?:back\s+)?(?:in)?to\s+(?:the\s+)?(?:operating|procedure|operative|surgical|OR\b|fluoroscopy)",
    re.I,
)
OPERATED = ("indication", "anesthesia")  # what stands before the title of an operation: its diagnoses
HEADS = compiled(r"OPERATIONS?|SURGERIES|Operations?")
LEAVING = ("plan", "instructions", "aftercare")
DISCHARGE = compiled(r"\bdischarge|\bpost-?\s?op", re.I)
SHORT = compiled(r"[A-Z][A-Z&/ ]{1,9}")
SEEN_AGAIN = compiled(r"\b(?:follow(?:ed)?[- ]?up|f/u|return)\b", re.I)
VISIT = compiled(r"\b(?:visit|note|encounter|evaluation|consultation)\b(?=[^\n:]*\d{4}\b)", re.I)
WITH_DAY = compiled(r"[^\n\d]{0,8}\d{1,4}[/-]\d{1,2}[/-]\d{2,4}\b")


@dataclass(frozen=True, slots=True)
class Section:
    """A stretch of text under one heading; `name` is a concept of the lexicon `sections`, or 'other'.

    The heading itself stands at `start:body`.
    """

    name: str
    start: int
    body: int
    end: int


def sections(text: str, known: list[Hit], taken: set[int]) -> list[Section]:
    """The sections in order; together they cover the text, the first one holds what precedes any heading.

    `known` are the hits of the lexicon `sections`, `taken` tells where a word of TOPICS begins.
    """
    marks = dict(sorted([*_lone(text, known, taken), *_letters(text), *_inline(text, known)]))
    starts = sorted({start: (body, name) for start, (body, name) in marks.items()}.items())
    bounds = [start for start, _ in starts] + [len(text)]
    found = [
        Section(name, start, min(body, stop), stop)
        for (start, (body, name)), stop in zip(starts, bounds[1:], strict=True)
    ]
    labeled = _with_labels_as_items(text, list(_with_titles(text, [Section("other", 0, 0, bounds[0]), *found])))
    return list(_with_stories(text, _with_discharge(text, _with_technique(text, labeled))))


def _with_titles(text: str, found: Iterable[Section]) -> Iterator[Section]:
    """The sections; 'FOLLOW-UP VISIT 05/26/2026' is the title of a note, not the plan that 'Follow-up:' heads below."""
    opened = False
    for section in found:
        heading = text[section.start : section.body]
        if section.name == "plan" and SEEN_AGAIN.search(heading):
            line = text[section.start : text.find("\n", section.start) + 1 or section.end]
            first = not opened and (not heading.rstrip().endswith(":") or bool(WITH_DAY.match(text, section.body)))
            if first or VISIT.search(line):
                section = Section("other", section.start, section.body, section.end)
        opened = opened or section.name != "other"
        yield section


def _with_stories(text: str, found: Iterable[Section]) -> Iterator[Section]:
    """The sections; a paragraph under a procedure's title that tells how the patient came to it is history."""
    for section in found:
        story = STORY.search(text, section.body, section.end) if section.name == "procedure" else None
        if story is None or not text[section.body : story.start()].strip():
            yield section
            continue
        yield Section("procedure", section.start, section.body, story.start())
        yield Section("history", story.start(), story.start(), section.end)


def _with_labels_as_items(text: str, found: list[Section]) -> Iterator[Section]:
    """The sections; 'Medications:' or 'Surgery:' on a line of a treatment history is an item of it, no section."""
    before = found[0]
    for section in found:
        label = section.name in ITEMS and not text[section.start : section.body].isupper()
        if (
            label
            and before.name == "prior_treatment"
            and "\n\n" not in text[before.start : section.start].rstrip(" \t")
        ):
            section = Section("prior_treatment", section.start, section.start, section.end)
        yield section
        before = section


def _with_technique(text: str, found: Iterator[Section]) -> Iterator[Section]:
    """The sections; parts of the body that go on with the technique, and what begins on the table, are technique."""
    before = next(found)
    for section in found:
        heading = text[section.start : section.body]
        if section.name in ("other", "past_surgical", "treatment") and ON_THE_TABLE.match(text, section.body):
            section = Section("technique_description", section.start, section.body, section.end)
        if (
            section.name == "past_surgical"
            and before.name in OPERATED
            and HEADS.fullmatch(heading.strip(ORNAMENT + ":"))
        ):
            section = Section("procedure", section.start, section.body, section.end)
        of_a_part = section.name == "exam" and PART.search(heading) and not EXAMINED.search(heading)
        if before.name == "technique_description" and of_a_part:
            before = Section(before.name, before.start, before.body, section.end)
            continue
        yield before
        before = section
    yield before


def _with_discharge(text: str, found: Iterator[Section]) -> Iterator[Section]:
    """The sections; 'Medications:' among the orders of a discharge are what is prescribed, not what is taken."""
    discharged = False
    for section in found:
        if section.name in LEAVING:
            discharged = discharged or bool(DISCHARGE.search(text, section.start, section.body))
        elif section.name not in ("other", "medications"):
            discharged = False
        if section.name == "medications" and discharged:
            section = Section("prescribed", section.start, section.body, section.end)
        yield section


Mark = tuple[int, tuple[int, str]]  # where a heading begins, and (where its body begins, the section's name)


def _lone(text: str, known: list[Hit], taken: set[int]) -> Iterator[Mark]:
    """Headings that begin a line: known ones however written, unknown ones in capitals."""
    known_starts = [hit.start for hit in known]
    capitals = _written_in_capitals(text)
    for match in LINE.finditer(text):
        start = match.start("words")
        for end, body, colon in _ends(text, match):
            inside = [
                hit
                for hit in known[bisect_left(known_starts, start) : bisect_left(known_starts, end)]
                if hit.end <= end
            ]
            if inside and (name := _named(text, start, end, inside, colon)):
                yield start, (body, name)
                break
            if not match["mark"] and start not in taken and not capitals and _shouted(text, start, end, colon):
                yield start, (body, "other")
                break


def _ends(text: str, match: re.Match[str]) -> Iterator[tuple[int, int, bool]]:
    """Where the heading of a line may end, and where its body begins: a wide gap, a colon, the line's end."""
    start, end = match.span("words")
    if gap := GAP.search(text, start, end):
        yield gap.start(), gap.end(), False
    if match["close"] is not None:
        yield start + len(match["words"].rstrip(ORNAMENT)), match.end(), match["close"] == ":"


def _named(text: str, start: int, end: int, inside: list[Hit], colon: bool) -> str | None:
    """The section that a heading opens: its known words decide where they are all of it, end it or begin it."""
    words = text[start:end]
    for hit in inside:
        if hit.start == start and hit.end == end:
            return hit.concept
    opener = next((hit for hit in inside if hit.start == start), None)
    if opener and text[start : opener.end].isupper() and text[opener.end : opener.end + 2] == " (":
        return opener.concept
    if opener and OF_ANOTHER.match(text, opener.end, end) and (colon or words.isupper()):
        return opener.concept  # 'INDICATIONS OF THE PROCEDURE' tells the indications
    if opener and opener.concept == "goals" and (colon or words.isupper()):
        return "goals"  # 'SHORT TERM GOALS TO BE REACHED IN 4 WEEKS'
    known = colon or words.isupper() or inside[-1].end == end
    if opener and opener.concept == "plan" and known and WITH_REASONS.match(text, opener.end, end):
        return "plan"
    if (not colon and not words.isupper()) or len(words.split()) > (7 if words.isupper() else 5):
        return None
    for hit in inside:
        if hit.end == end:
            return hit.concept
    opening = next((hit for hit in inside if hit.start == start and text[hit.end] in " (,/-&"), None)
    if opening and opening.concept == "exam" and DONE.search(words):
        return None  # 'CERVICAL EPIDURAL INJECTION' is a title
    if opening and (words.isupper() or words.istitle() or opening.end - start >= 0.5 * (end - start)):
        return opening.concept
    return None


def _shouted(text: str, start: int, end: int, colon: bool) -> bool:
    words = text[start:end]
    letters = sum(map(str.isalpha, words))
    return words.isupper() and letters >= 4 and letters >= 0.6 * len(words) and (colon or len(words.split()) <= 6)


def _written_in_capitals(text: str) -> bool:
    """Whether the whole text is in capitals, so that they mark no headings."""
    sample = text[:: max(1, len(text) // 400)]
    return sum(map(str.isupper, sample)) > 2 * sum(map(str.islower, sample))


def _letters(text: str) -> Iterator[Mark]:
    """S, O, A and P of a SOAP note, where at least two of them open a line; a plan alone needs its colon or dot."""
    found = [match for match in LETTER.finditer(text) if text[match.end() - 1] != " " or _is_letter(text, match)]
    run_on = list(RUN_ON.finditer(text)) if found else []
    several = len({match["letter"] for match in (*found, *run_on)}) > 1
    for match in (*found, *run_on):
        if several or CLOSED.match(text, match.start("letter")):
            yield match.start("letter"), (match.end(), SOAP[match["letter"][-1]])


def _is_letter(text: str, match: re.Match[str]) -> bool:
    """Whether a letter with only one blank or a dot behind it heads a line: 'A/P', 'P.', not 'A 54 year old'."""
    sign = text[match.end("letter") : match.end("letter") + 1]
    return sign in ":.)-/" or len(match["letter"]) > 1 or match.end() - match.end("letter") > 1


def _inline(text: str, known: list[Hit]) -> Iterator[Mark]:
    """Known headings within a line: 'PSH cholecystectomy.   Allergies: NKDA.   Meds: none'."""
    for hit in known:
        if not text[hit.start].isupper():
            continue
        colon = text[hit.end : hit.end + 1] == ":"
        starred = text.endswith(("*", "* "), 0, hit.start) and bool(STARRED.match(text, hit.end))
        dotted = DOTTED.match(text, hit.end) and BEGINS_LINE.search(text, max(0, hit.start - 80), hit.start)
        if (colon or starred or dotted or _is_short(text, hit)) and INLINE_BEFORE.search(
            text, max(0, hit.start - 4), hit.start
        ):
            yield hit.start, (hit.end + (colon or bool(dotted)), hit.concept)


def _is_short(text: str, hit: Hit) -> bool:
    """Whether an abbreviation that opens a section even without a colon stands here: 'PMH HTN, hypothyroidism'."""
    words = text[hit.start : hit.end]
    return (
        len(words) < 5
        and text[hit.end : hit.end + 1] == " "
        and hit.concept not in WITH_COLON
        and bool(SHORT.fullmatch(words))
    )
