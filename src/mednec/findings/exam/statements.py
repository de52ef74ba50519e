"""The tokens of a unit in, its statements out: which terms share one verdict, and the words before and after them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from mednec.expressions.patterns import compiled
from mednec.findings.exam.grades import keeping_separators, muscles_named, reflexes_named
from mednec.findings.exam.shapes import Statement, Term
from mednec.findings.exam.sharing import share_out
from mednec.findings.exam.tokens import STRONG_SEPARATORS, Token

GLUE_LENGTH = 36
JUDGING = compiled(r"weak|strong|poor|good|absent|dim|dec|symm|trace|intact|normal|equal|depress|reduc")
GRADED = compiled(r"\d[+-]?\s?/\s?[0-5](?!\d)|of five|of 5")
SIDED = compiled(r"\b(?:right|left|[rlb]|rt|lt|both|others?|rest|remaining|all)\b")
ABSENT = compiled(r"trace|absent|unelicit|unobtain|diminish|hypoactive|decreas")
OF_PLACES = compiled(r"\s+(?:of|in|at)\s[\w\s,]*", re.I)
MOVEMENT = compiled(r"(?:flexion|extension|abduction|ext)$")
OR_ABNORMAL = (["or", "abnormal"], ["nor", "abnormal"])  # 'no tremor or abnormal movements' denies both
MERGING = frozenset(("motor", "range_of_motion", "reflex", "sensory", "gait", "facet_loading"))


def statements(text: str, start: int, end: int, tokens: list[Token], *, reflexes: bool = False) -> list[Statement]:
    """The statements of a unit, in order; `reflexes` where it stands under a label that says so."""
    named = reflexes_named(text, start, muscles_named(text, start, tokens), reflexes)
    kept = _without_repeated_sides(_without_listed_places(text, _without_idle_terms(named)))
    groups = list(_groups(text, kept))
    share_out(text, groups, kept, start, end)
    return groups


def _without_idle_terms(tokens: list[Token]) -> list[Token]:
    """Muscles, tendons and joints count only where a grade or a weakness stands with them."""
    tokens = [_as_motion(chunk, token) for chunk in keeping_separators(tokens) for token in chunk]
    tendons = _of_reflexes(tokens)
    return [
        token
        for chunk in keeping_separators(tokens)
        for token in chunk
        if token.what != "term" or token.reading not in ("grade", "place") or token in tendons or _counts(chunk, token)
    ]


def _as_motion(chunk: list[Token], token: Token) -> Token:
    """'Ankle dorsiflexion is limited': a movement that is measured, not graded, is one of range."""
    if token.what != "term" or (token.concept, token.reading) != ("motor", "grade") or not MOVEMENT.search(token.words):
        return token
    measured = any(
        other.what in ("degrees", "percent") or other.words in ("limited", "full", "pain", "painful") for other in chunk
    )
    return (
        replace(token, concept="range_of_motion", reading="motion") if measured and not _counts(chunk, token) else token
    )


def _of_reflexes(tokens: list[Token]) -> list[Token]:
    """The tendons of 'biceps, triceps and brachioradialis reflexes', which the last word tells to be reflexes."""
    found: list[Token] = []
    listed: list[Token] = []
    for token in tokens:
        if token.what == "term" and token.concept == "reflex":
            if token.reading == "property" and listed:
                found += listed
            listed = [*listed, token] if token.reading == "grade" else []
        elif token.what != "sep" or token.words not in (",", "and", "or", "/", "&"):
            listed = []
    return found


def _without_listed_places(text: str, tokens: list[Token]) -> list[Token]:
    """'Motion of the elbow, shoulders is normal': the parts of the body behind 'of' say what the motion is of."""
    kept: list[Token] = []
    last: Token | None = None
    for token in tokens:
        listed = (
            token.what == "term"
            and token.reading == "place"
            and last is not None
            and OF_PLACES.fullmatch(text, last.end, token.start)
        )
        if not listed:
            kept.append(token)
        if token.what == "term" and not listed:
            last = token
    return kept


def _without_repeated_sides(tokens: list[Token]) -> list[Token]:
    """'R FABER, R Gaenslen and R thigh thrust positive': a list that names one side with each test names it once."""
    kept: list[Token] = []
    for index, token in enumerate(tokens):
        if token.what == "side" and (
            _is_said_before(kept, token, tokens[index + 1 :]) or _is_said_again(tokens, index)
        ):
            continue
        kept.append(token)
    return kept


def _is_said_before(kept: list[Token], side: Token, behind: list[Token]) -> bool:
    """Whether the side before a test of a list opened that list: 'R FABER, [R] Gaenslen positive'."""
    if len(kept) > 1 and kept[-1].words in ("with", "w/") and kept[-2].words in (",", "and"):
        kept = kept[:-1]  # 'pain with A, with B and with C' is one list
    listed = len(kept) > 2 and kept[-1].what == "sep" and kept[-2].what == "term" and kept[-3].what in ("side", "sep")
    return listed and _is_test(behind[:1]) and _side_over(kept) == side.side


def _is_said_again(tokens: list[Token], index: int) -> bool:
    """Whether the next test of a list has the same side behind it: 'FABER [R], Gaenslen R positive'."""
    behind = [token for token in tokens[index + 1 : index + 5] if token.what != "sep"]
    parted = tokens[index + 1 : index + 2] and tokens[index + 1].what == "sep"
    again = len(behind) > 1 and behind[1].what == "side" and behind[1].side == tokens[index].side
    return bool(index and parted and again) and _is_test(tokens[index - 1 : index]) and _is_test(behind[:1])


def _is_test(tokens: list[Token]) -> bool:
    return bool(tokens) and tokens[0].what == "term" and tokens[0].reading == "test"


def _side_over(tokens: list[Token]) -> str | None:
    """The side that opens a list of terms with nothing but its commas between them; None where none does."""
    for token in reversed(tokens):
        if token.what == "side":
            return token.side
        if token.what not in ("term", "sep"):
            return None
    return None


def _counts(chunk: list[Token], token: Token) -> bool:
    """Whether the words between the same commas judge a muscle, a reflex or a part of the body."""
    if token.reading == "place":
        return _stands_alone(chunk, token)
    terms = [other for other in chunk if other.what == "term"]
    judged = any(other.what in ("pos", "neg") and JUDGING.match(other.words) for other in chunk)
    weak = any(other.concept == "motor" and other.words.startswith("weak") for other in terms)
    if token.concept == "motor":
        graded = any(other.what == "grade" for other in chunk) or any(GRADED.search(other.words) for other in terms)
        return graded or weak or (judged and not any(other.concept == "reflex" for other in terms))
    named = any(other.concept == "reflex" and other.reading == "property" for other in terms)
    figures = any(other.what == "reflex" for other in chunk)
    return figures or (named and (judged or weak))


def _stands_alone(chunk: list[Token], place: Token) -> bool:
    """'Hips benign': a part of the body is judged as a whole."""
    if any(token.what == "term" and token is not place for token in chunk):
        return False
    follower = next((token for token in chunk if token.start >= place.end), None)
    return (
        follower is not None
        and follower.what in ("pos", "neg")
        and follower.words != "flexor"
        and follower.start - place.end <= 8
    )


def _groups(text: str, tokens: list[Token]) -> Iterator[Statement]:
    """Terms with nothing but a list's commas between them."""
    held: list[Term] = []
    between: list[Token] = []
    sided = ""
    for token in tokens:
        if token.what != "term":
            between.append(token)
            continue
        term = Term(token.start, token.end, token.concept, token.reading, token.words, (token,))
        if held and _is_shown_by(text, held[-1], term, between):
            held[-1] = Term(
                held[-1].start,
                term.end,
                term.concept,
                "test",
                f"{held[-1].words} {term.words}",
                (*held[-1].inner, *between, *term.inner),
            )
        elif held and _are_one(text, held[-1], term, between):
            held[-1] = _joined(held[-1], term, between)
        elif held and _glued(text, held[-1], term, _without_side_again(between, sided)):
            held.append(term)
        else:
            if held:
                yield Statement(held)
            held = [term]
            sided = between[-1].side if between and term.reading == "test" else ""
        between = []
    if held:
        yield Statement(held)


def _are_one(text: str, one: Term, other: Term, between: list[Token]) -> bool:
    """Whether two terms name one finding: 'Motor strength testing reveals no weakness', 'patellar 2+ / Achilles 1+'."""
    if one.concept != other.concept or one.concept not in MERGING:
        return False
    if any(token.what == "sep" and token.words in STRONG_SEPARATORS for token in between):
        listed = all(token.what == "sep" and token.words in (",", "and", "or", "/", "&") for token in between)
        return (
            listed
            and other.start - one.end <= GLUE_LENGTH
            and "sign" not in (one.reading, other.reading)
            and one.concept != "gait"
            and not GRADED.search(one.words)
            and not (GRADED.search(other.words) and (SIDED.search(other.words) or other.words[0].isdigit()))
        )
    if one.concept == "gait" and "sign" in (one.reading, other.reading):
        return other.start - one.end <= 60
    if "sign" in (one.reading, other.reading) and any(token.what == "sep" for token in between):
        return False
    if one.concept == "reflex" and other.reading == "grade":
        if _is_weaker(one, between):
            return False
        return other.start - one.end <= 60 and sum(token.what == "reflex" for token in between) < 2
    joining = any(token.what == "sep" and token.words in ("and", "with", "w/", "as well as") for token in between)
    told = any(token.what in ("pos", "neg", "grade", "percent") for token in between) or any(
        token.reading == "sign" for token in one.inner
    )
    return (
        other.start - one.end <= 90
        and not (joining and told)
        and not (told and re.search(r"[.;]\s", text[one.end : other.start]))
    )


def _is_weaker(one: Term, between: list[Token]) -> bool:
    """'2+ at both knees, trace at both ankles': a graded reflex, and another that is not or hardly elicited."""
    graded = any(token.what in ("reflex", "neg") for token in one.inner)
    joined = next((index for index, token in enumerate(between) if token.what == "sep"), None)
    return graded and joined is not None and any(ABSENT.match(token.words) for token in between[joined:])


def _is_shown_by(text: str, sign: Term, test: Term, between: list[Token]) -> bool:
    """'A click with McMurray', 'laxity on posterior drawer': the sign is the result of the test."""
    return (
        sign.reading == "sign"
        and test.reading == "test"
        and sign.concept == test.concept == "other_sign"
        and bool(re.fullmatch(r"\s+(?:with|on|upon|to|during)\s+(?:the\s+|an?\s+)?", text[sign.end : test.start]))
        and all(token.what == "sep" for token in between)
    )


def _joined(one: Term, other: Term, between: list[Token]) -> Term:
    order = ("motion", "property", "test", "sign", "grade")
    reading = min(one.reading, other.reading, key=order.index)
    return Term(
        one.start, other.end, one.concept, reading, f"{one.words} {other.words}", (*one.inner, *between, *other.inner)
    )


def _without_felt(between: list[Token]) -> list[Token]:
    """The tokens between two terms without what a list names beside them: 'numbness, [tingling,] weakness'."""
    kept = between[:-1] if [token.words for token in between[-2:]] in OR_ABNORMAL else between
    listed = len(kept) > 2 and kept[0].what == kept[-1].what == "sep"
    return [token for token in kept if token.what != "pain"] if listed else kept


def _without_side_again(between: list[Token], sided: str) -> list[Token]:
    """'Left thigh thrust, left compression and left Gaenslen positive' is one list of one side."""
    again = bool(sided) and len(between) > 1 and between[-1].side == sided
    return between[:-1] if again else between


def _glued(text: str, one: Term, other: Term, between: list[Token]) -> bool:
    if GRADED.search(one.words) and one.concept == "motor":
        return False
    if other.start - one.end > GLUE_LENGTH or any(
        token.what != "sep" or token.words in (";", "but", "with", "w/", "except", "|")
        for token in _without_felt(between)
    ):
        return False
    if (one.reading == "motion") != (other.reading == "motion") and "facet_loading" not in (one.concept, other.concept):
        return False
    alike = (one.reading == "sign") == (other.reading == "sign") or any(token.words == "or" for token in between)
    return bool(between) and alike and not re.search(r"[.:]\s|\n\s*\n", text[one.end : other.start])
