"""Treatments named in a document in, those out that are not told by the examples behind them.

'NSAIDs such as Motrin' is told by Motrin alone, 'surgery was done for a meniscectomy' by the meniscectomy.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import TYPE_CHECKING

from mednec.expressions.patterns import compiled

if TYPE_CHECKING:
    from mednec.findings.therapy.mention import Mention

HEAD_OF_EXAMPLES = compiled(
    r"\s*(?:,\s*)?(?:such as|including|to include|(?:discussed |have |has |had )?include[sd]?|(?:have |has )?"
    r"consist(?:s|ed)? of|like|e\.g\.?|i\.e\.?|which include[sd]?|consisting of|namely)\s*[,:]?\s*(?:an?\s+|his\s+|"
    r"her\s+)?(?:\d+\s*(?:weeks?|wks?|months?)\s*(?:of\s+)?)?(?:(?:1[.)]|[-*\u2022])\s*)?|"
    r"\s*\(\s*(?:e\.g\.?,?\s*|i\.e\.?,?\s*|including\s+)?",
    re.I,
)
NAMED_AFTER = compiled(
    r"[^.;\n]{0,90}?\b(?:for|which\b[^.;\n]{0,40}?\bwas|with|consisting of|including|namely|in the form of)\s+"
    r"(?:[\w'-]+\s+){0,5}",
    re.I,
)
LEVEL = compiled(r"\b[CTLS]\d")
CARE_WITH = compiled(
    r"\s*,?\s*(?:with|via|in the form of)\s+(?:an?\s+|formal\s+|some\s+|more\s+|a minimum of\s+|\d\s+|"
    r"further\s+|continued\s+|continuing\s+|nighttime\s+|nightly\s+|regular\s+)*",
    re.I,
)


def without_heads(text: str, found: list[Mention]) -> list[Mention]:
    """A class followed by its examples ('NSAIDs such as Motrin') is told by the examples alone."""
    return [mention for mention, after in later(found) if not (after and _heads(text, mention, after))]


def _heads(text: str, mention: Mention, after: Mention) -> bool:
    if mention.concept == "conservative_unspecified" and CARE_WITH.fullmatch(text, mention.end, after.start):
        return True
    if (
        mention.concept == "chiropractic"
        and after.concept == "physical_therapy"
        and text[mention.end : after.start].isspace()
    ):
        return True
    of_drugs = mention.concept == "analgesic_unspecified" and after.group == "medication"
    if of_drugs and text[mention.end : after.start].strip() == "of":  # 'pain medications of Tylenol #3'
        return True
    if _heads_operations(text, mention, after):
        return True
    general = (
        mention.concept in ("conservative_unspecified", "analgesic_unspecified", "injection_unspecified")
        or mention.weak
    )
    if general and mention.group == after.group and re.fullmatch(r"\s*:[^.;\n]{0,30}", text[mention.end : after.start]):
        return True
    same = mention.concept == after.concept and (
        (after.reading == "agent" and mention.reading == "class") or mention.group in ("active", "passive")
    )
    if same and mention.group in ("active", "passive") and "(" in text[mention.end : after.start]:
        return False
    if same and mention.reading == "class" and text[mention.end : after.start].isspace():
        return True
    return (general or same) and bool(HEAD_OF_EXAMPLES.fullmatch(text, mention.end, after.start))


def _heads_operations(text: str, mention: Mention, after: Mention) -> bool:
    """Whether bare words for surgery are told by the operation that is named after them."""
    named = mention.weak and mention.concept == "spine_surgery" and after.concept.endswith("surgery") and not after.weak
    placed = LEVEL.search(text, mention.end, after.start)  # 'decompression of L3-4 with discectomy' is told by itself
    return named and not placed and bool(NAMED_AFTER.fullmatch(text, mention.end, after.start))


def later(found: list[Mention]) -> Iterator[tuple[Mention, Mention | None]]:
    """Each mention with the one after it."""
    return zip(found, [*found[1:], None], strict=False)
