"""Terms found as whole words, in either case, the longest first."""

from mednec.findings.terms import matcher, squeeze


def hits(text: str, lexicon: str) -> list[tuple[str, str]]:
    return [(hit.concept, text[hit.start : hit.end]) for hit in matcher().hits(text) if hit.lexicon == lexicon]


def test_the_longest_term_wins_and_offsets_are_those_of_the_text() -> None:
    assert hits("Had an epidural  steroid\ninjection.", "therapy") == [
        ("epidural_steroid_injection", "epidural  steroid\ninjection")
    ]


def test_a_term_is_a_whole_word() -> None:
    assert hits("attendance", "cues") == []


def test_a_look_alike_hides_what_it_covers() -> None:
    assert hits("Sent for PT/INR.", "therapy") == []


def test_squeezing_keeps_the_way_back() -> None:
    words, origins = squeeze("a  b-c")
    assert words == "a b c"
    assert [origins[index] for index in range(5)] == [0, 1, 3, 4, 5]
