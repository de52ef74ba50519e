"""A procedure note in, the operations out that its title makes of act and place: 'transfer of the tibial tubercle'.

Where the same act on the same place is told again outside the account of the technique, as in the indications, that is
a mention as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from mednec.expressions.patterns import compiled
from mednec.findings.parse import Parsed, Section
from mednec.findings.terms import Hit

TOLD = compiled(  # words of a story or of how it is done, which no title has
    r"\b(?:patient|was|were|is|are|has|had|have|we|she|he|his|her|consent|please|see|under (?:adequate|satisfactory|"
    r"general|sterile))\b",
    re.I,
)
ITEM = compiled(r"\n|;|\bfollowed by\b|(?:(?<=\s)|^)\(?\d{1,2}[.)]\s", re.I)
APART = compiled(r",|\b(?:and|with|plus)\b", re.I)
BETWEEN = compiled(r"[^.,;:()\n]{0,50}")
DIAGNOSES = compiled(r"\b(?:diagnos[ie]s|dx)\b", re.I)
HARDWARE = compiled(r"\bwith\s+(?:[\w.]+\s+){0,4}$", re.I)
HELD = (
    "fixation",
    "internal fixation",
    "external fixation",
    "implantation",
    "pinning",
    "percutaneous pinning",
    "stabilization",
)
AGAIN = ("indication", "history", "chief_complaint", "rationale", "assessment", "plan", "other")
LONGEST = 400  # characters of a line that can be an item of a title

Span = tuple[int, int]


def operations(parsed: Parsed, named: Sequence[Span]) -> list[Span]:
    """Where operations stand that the title of a procedure note makes of an act and its place.

    `named` are the treatments that the lexicon finds; what one of them overlaps is none of these.
    """
    acts = parsed.of("operations")
    titles = [part for part in parsed.sections if part.name == "procedure"] if acts else []
    items = [(start, end) for part in titles for start, end in _items(parsed, part)]
    told = [operation for start, end in items for operation in _of(parsed, start, end)]
    known = {(act.term, site) for act, _ in told for site in _sites(parsed, items, act)}
    again = (
        (act, site)
        for part in parsed.sections
        if known and part.name in AGAIN and not DIAGNOSES.search(parsed.text, part.start, part.body)
        for act, site in _repeated(parsed, part)
        if (act.term, site.term) in known
    )
    spans = sorted({_span(parsed.text, act, site) for act, site in [*told, *again]})
    others = [span for span in spans if span not in named]
    return [span for span in others if not any(_is_part(parsed.text, span, one) for one in [*named, *others])]


def _span(text: str, act: Hit, site: Hit) -> Span:
    """The words that name an operation: the act, with its place where that stands right beside it."""
    if _joined(text, act.end, site.start) or _joined(text, site.end, act.start):
        return min(act.start, site.start), max(act.end, site.end)
    return act.start, act.end


def _is_part(text: str, span: Span, other: Span) -> bool:
    """Whether another mention tells the same operation: it overlaps this one or goes on right behind it."""
    if span == other:
        return False
    return (span[0] < other[1] and other[0] < span[1]) or (span[1] <= other[0] and text[span[1] : other[0]].isspace())


def _items(parsed: Parsed, part: Section) -> Iterator[Span]:
    """The items of a title, up to where it begins to tell a story."""
    text = parsed.text
    story = TOLD.search(text, part.body, part.end)
    stop = part.end if story is None else max(text.rfind("\n", part.body, story.start()), part.body)
    marks = [match.span() for match in ITEM.finditer(text, part.body, stop)]
    for (_, start), (end, _) in pairwise([(part.body, part.body), *marks, (stop, stop)]):
        if end - start <= LONGEST:
            yield start, end


def _sites(parsed: Parsed, items: Sequence[Span], act: Hit) -> set[str]:
    """The places that the item of an act names."""
    start, end = next(span for span in items if span[0] <= act.start < span[1])
    return {hit.term for hit in parsed.within(start, end, "operations") if hit.concept == "site"}


def _of(parsed: Parsed, start: int, end: int) -> Iterator[tuple[Hit, Hit]]:
    """The acts of an item, each with its place; none where it is done to another part of the body."""
    hits = parsed.within(start, end, "operations")
    if any(hit.concept == "elsewhere" for hit in hits):
        return
    sites = [hit for hit in hits if hit.concept == "site"]
    acts = [hit for hit in hits if hit.concept == "act" and not _is_how(parsed.text, start, hit)]
    for act in acts:
        near = _beside(parsed.text, act, sites)
        if near is None and act is acts[0] and act.term not in HELD:
            near = next(iter(sites), None)
        if near:
            yield act, near


def _beside(text: str, act: Hit, sites: Sequence[Hit]) -> Hit | None:
    """The place of an act: behind it in the same words ('release of the first extensor compartment'), or before it."""
    ahead = (site for site in reversed(sites) if site.end <= act.start and _joined(text, site.end, act.start))
    return next(ahead, None) or next((site for site in sites if _joined(text, act.end, site.start)), None)


def _is_how(text: str, start: int, act: Hit) -> bool:
    """Whether the words only tell by what an operation was held: 'osteotomy with screw fixation'."""
    return act.term in HELD and HARDWARE.search(text, start, act.start) is not None


def _joined(text: str, start: int, end: int) -> bool:
    """Whether only few words stand between an act and a place, and none that opens another item."""
    return end >= start and BETWEEN.fullmatch(text, start, end) is not None and not APART.search(text, start, end)


def _repeated(parsed: Parsed, part: Section) -> Iterator[tuple[Hit, Hit]]:
    """Acts with their places in a section that tells more than a title."""
    hits = parsed.within(part.body, part.end, "operations")
    sites = [hit for hit in hits if hit.concept == "site"]
    for act in hits:
        if act.concept == "act" and (site := _beside(parsed.text, act, sites)):
            yield act, site
