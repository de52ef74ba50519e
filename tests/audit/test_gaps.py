"""The smallest gap equals what an exhaustive search over facts finds, and filling it flips the status."""

import random
from dataclasses import replace
from datetime import date
from itertools import combinations, count

import pytest

from mednec.audit.deciding import decide
from mednec.audit.gaps import MissingFact, smallest_gap
from mednec.audit.lacks import lacks
from mednec.audit.questions import ask
from mednec.audit.selection import Asked
from mednec.model import Citation, Criterion, Document, Evidence, Fact, Interval, Status

DAY = date(2026, 2, 20)
PASSING = {
    "status": "past",
    "region": "lumbar",
    "side": "left",
    "response": "none",
    "duration_days": 60,
    "relief_percent": 90,
    "relief_basis": "measured",
    "sessions": 12,
    "result": "positive",
}
FAILING = {**PASSING, "response": "good", "duration_days": 7, "relief_percent": 10, "result": "negative"}
TESTS = {
    "response": ["none", "worse"],
    "duration_days": "at least 4 weeks",
    "relief_percent": "at least 80",
    "sessions": "at least 6",
}
CONCEPTS = ("physical_therapy", "chiropractic", "nsaid")
NOTE = Document("note", "Something was told here.")
PLACES = count()


def told(name, value):
    """A fact with a finding of its own, so that no two are taken for one."""
    finding = NOTE.finding("therapy", "told", 0, 9, quote=(0, 10), **{name: value})
    return Fact(value, (replace(finding, document_id=f"note-{next(PLACES)}"),))


def piece(kind, concept, day=None, **attributes):
    facts = {name: (told(name, value),) for name, value in attributes.items()}
    finding = NOTE.finding(kind, concept, 0, 9, quote=(0, 10))
    finding = replace(finding, document_id=f"note-{next(PLACES)}")
    return Evidence(kind, concept, (finding,), facts, None, Interval(day, day) if day else None)


def criterion(needs, **more):
    return Criterion("test", "", Citation("", "", "primary"), needs, "", **more)


@pytest.fixture
def asked(request_made, policy):
    return lambda *evidence: Asked(request_made, policy, tuple(evidence))


def gap_of(question, asked, **more):
    one = criterion(question, **more)
    return smallest_gap(one, decide(one, asked).status, asked)


def filled(facts, evidence, values=PASSING):
    """The evidence with the missing facts told as the criterion wants them; what is new is added."""
    pieces, new = list(evidence), {}
    for fact in sorted(facts, key=str):
        if fact.piece is None:
            new.setdefault((fact.kind, fact.concepts, fact.number), set()).add(fact.attribute)
        else:
            pieces[fact.piece] = with_fact(pieces[fact.piece], fact.attribute, values)
    for (kind, concepts, _), attributes in sorted(new.items(), key=str):
        made = piece(kind, concepts[0])
        for attribute in sorted(attributes - {"record"}):
            made = with_fact(made, attribute, values)
        pieces.append(made)
    return pieces


def with_fact(one, attribute, values):
    if attribute == "date":
        return replace(one, end=Interval(DAY, DAY))
    facts = {**one.facts, attribute: (told(attribute, values[attribute]),)}
    if attribute == "relief_percent":
        facts["relief_basis"] = (told("relief_basis", "measured"),)
    return replace(one, facts=facts)


# --- one by one ------------------------------------------------------------------------------------------------------

THERAPY = {"therapy": "physical_therapy", "where": {"region": "requested", "status": ["past", "current"]}}


def test_what_an_existing_course_lacks_is_asked_rather_than_a_new_one(asked):
    chart = asked(piece("therapy", "physical_therapy", status="past", region="lumbar"))
    gap = gap_of({**THERAPY, "duration_days": "at least 4 weeks"}, chart)
    assert {(fact.attribute, fact.piece) for fact in gap} == {("duration_days", 0)}


def test_a_course_that_says_no_leaves_only_another_course(asked):
    chart = asked(piece("therapy", "physical_therapy", status="past", region="lumbar", duration_days=7))
    gap = gap_of({**THERAPY, "duration_days": "at least 4 weeks"}, chart)
    assert {fact.piece for fact in gap} == {None}
    assert {fact.attribute for fact in gap} == {"record", "region", "status", "duration_days"}


def test_of_alternatives_the_one_that_lacks_the_least_is_asked(asked):
    nearly = piece("therapy", "nsaid", status="past", region="lumbar", duration_days=60)
    far = piece("therapy", "physical_therapy", status="past")
    question = {
        "any": [
            {**THERAPY, **TESTS},
            {**THERAPY, "therapy": "nsaid", "duration_days": "at least 4 weeks", "response": "none"},
        ]
    }
    assert {(f.attribute, f.piece) for f in gap_of(question, asked(far, nearly))} == {("response", 1)}


def test_a_bare_percentage_lacks_the_scores(asked):
    bare = piece(
        "therapy", "physical_therapy", status="past", region="lumbar", relief_percent=90, relief_basis="stated"
    )
    question = {**THERAPY, "where": {**THERAPY["where"], "relief_basis": "measured"}, "relief_percent": "at least 80"}
    assert {(f.attribute, f.piece) for f in gap_of(question, asked(bare))} == {("relief_percent", 0)}


def test_a_limit_lacks_the_dates_of_the_fewest_sessions_that_may_break_it(asked):
    sessions = [piece("therapy", "nsaid", date(2026, 1, n), status="past", region="lumbar") for n in (2, 9)]
    undated = [
        replace(
            piece("therapy", "nsaid", status="past", region="lumbar"), end=Interval(date(2024, 1, 1), date(2026, 1, 1))
        )
        for _ in range(2)
    ]
    limit = {
        "therapy": "nsaid",
        "where": {"region": "requested", "status": "past", "within": "12 months"},
        "at_most": 4,
    }
    gap = gap_of(limit, asked(*sessions, *undated))
    assert [(fact.attribute, fact.piece) for fact in gap] == [("date", 2)]


def test_nothing_is_asked_where_no_fact_would_help(asked):
    chart = asked(piece("statement", "no_pain", status="affirmed"))
    question = {"not": {"statement": "no_pain", "status": "affirmed"}}
    assert gap_of(question, chart) == frozenset()
    assert gap_of({"request": {"levels": "at most 1"}}, chart) == frozenset()


def test_an_exception_is_asked_of_only_where_the_requirement_itself_is_out_of_reach(asked):
    waiver = {"diagnosis": "herpes_zoster", "status": "present"}
    gap = gap_of({"request": {"levels": "at most 1"}}, asked(), unless=waiver)
    assert {fact.kind for fact in gap} == {"diagnosis"}
    gap = gap_of({**THERAPY, "response": "none"}, asked(), unless=waiver)
    assert {fact.kind for fact in gap} == {"therapy"}


# --- against an exhaustive search ------------------------------------------------------------------------------------


def random_pattern(chance):
    tests = dict(chance.sample(sorted(TESTS.items(), key=str), chance.randint(1, 2)))
    where = {"status": ["past", "current"]}
    if chance.random() < 0.7:
        where["region"] = "requested"
    if chance.random() < 0.3:
        where["within"] = "6 months"
    pattern = {"therapy": chance.choice(CONCEPTS), "where": where, **tests}
    if chance.random() < 0.15:
        pattern["count"] = 2
    return pattern


def random_question(chance, depth=2):
    kind = chance.random()
    if depth == 0 or kind < 0.4:
        return random_pattern(chance)
    parts = [random_question(chance, depth - 1) for _ in range(2)]
    if kind < 0.65:
        return {"all": parts}
    return {"any": parts} if kind < 0.9 else {"of": [*parts, random_pattern(chance)], "at_least": 2}


def random_evidence(chance):
    pieces = []
    for _ in range(chance.randint(0, 3)):
        values = PASSING if chance.random() < 0.7 else FAILING
        names = [name for name in ("region", *TESTS) if chance.random() < 0.5]
        stated = {"status": "past", **{name: values[name] for name in names}}
        stated |= {"relief_basis": "measured"} if "relief_percent" in stated else {}
        pieces.append(piece("therapy", chance.choice(CONCEPTS), DAY if chance.random() < 0.6 else None, **stated))
    return pieces


def patterns_of(question):
    for name in ("all", "any", "of"):
        for part in question.get(name, ()):
            yield from patterns_of(part)
    if "therapy" in question:
        yield question


def all_facts(question, evidence):
    """Every fact that could be told: each attribute that is asked for, of each thing there is or could be."""
    facts = set()
    for pattern in patterns_of(question):
        asked_of = {"date" if name == "within" else name for name in pattern["where"]}
        asked_of |= {name for name in pattern if name in TESTS}
        for number in range(pattern.get("count", 1)):
            facts |= {
                MissingFact("therapy", (pattern["therapy"],), name, None, number) for name in {"record", *asked_of}
            }
        for place, one in enumerate(evidence):
            if one.concept == pattern["therapy"]:
                known = {*one.facts, *(["date"] if one.end else [])}
                facts |= {MissingFact("therapy", (one.concept,), name, place) for name in asked_of - known}
    return sorted(facts, key=str)


def is_whole(facts):
    """Whether nothing is told of a new thing that is not itself on record."""
    recorded = {(f.concepts, f.number) for f in facts if f.attribute == "record"}
    return all(f.piece is not None or (f.concepts, f.number) in recorded for f in facts)


def exhaustive(question, evidence, asked, most):
    """The size of the smallest set of facts that has the question met, by trying them all; None above `most`."""
    facts = all_facts(question, evidence)
    for size in range(most + 1):
        for chosen in combinations(facts, size):
            if is_whole(chosen) and decide(criterion(question), asked(*filled(chosen, evidence))).status is Status.MET:
                return size
    return None


def test_the_smallest_gap_is_that_of_an_exhaustive_search_and_filling_it_flips_the_status(asked):
    chance, sizes = random.Random(11), []
    for _ in range(150):
        question, evidence = random_question(chance), random_evidence(chance)
        gap = gap_of(question, asked(*evidence))
        status = decide(criterion(question), asked(*evidence)).status
        if status is Status.MET:
            assert gap == frozenset()
            continue
        assert decide(criterion(question), asked(*filled(gap, evidence))).status is Status.MET, (
            question,
            evidence,
            gap,
        )
        most = min(len(gap) - 1, 3)
        assert exhaustive(question, evidence, asked, most) is None, (question, evidence, gap)
        sizes.append(len(gap))
    assert len(sizes) >= 90
    assert {1, 2, 3, 4} <= set(sizes)


# --- in words --------------------------------------------------------------------------------------------------------


def test_a_gap_is_asked_as_a_question_that_suggests_no_answer(asked):
    chart = asked(piece("therapy", "physical_therapy", status="past", region="lumbar"))
    question = {"all": [{**THERAPY, **TESTS}, {"diagnosis": "radiculopathy", "status": "present"}]}
    course, sign = lacks(gap_of(question, chart), chart)
    assert course.about == "physical therapy"
    assert course.facts == (
        "dates or number of weeks",
        "scores before and after on one named scale",
        "the response",
        "the number of visits",
    )
    assert course.question == (
        "Physical therapy: from when to when, or for how many weeks; what were the pain scores before and after, "
        "on which scale; with what effect on pain and function; how many visits?"
    )
    assert sign.question == "What does the record say of radiculopathy or radicular pain?"
    assert not any(word in lack.question for lack in (course, sign) for word in ("at least", "80", "none", "failed"))


def test_a_treatment_that_no_document_names_is_asked_for_by_its_group_in_the_words_of_a_clinic(asked):
    question = {"therapy": "active", "where": {"within": "6 months"}, "duration_days": "at least 28"}
    (course,) = lacks(gap_of(question, asked()), asked())
    assert ask(question, asked()).missing == ("any record of active treatment",)
    assert course.question == "Was there any active treatment? If so: when; from when to when, or for how many weeks?"


def test_a_second_thing_is_asked_of_as_another(asked):
    question = {**THERAPY, "therapy": "medial_branch_block", "count": 2, "relief_percent": "at least 80"}
    first, second = lacks(gap_of(question, asked()), asked())
    assert second.about == f"another {first.about}"
