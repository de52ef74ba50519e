"""Two persons in, whether they may be one patient out."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable
from datetime import date

from mednec.model import Person

GENERATIONS = {"sr": 1, "jr": 2, "ii": 2, "iii": 3, "iv": 4}
NOT_A_NAME = {"mr", "mrs", "ms", "miss", "dr", "md", "jr", "sr", "ii", "iii", "iv", "patient", "pt", "name"}


def same_person(one: Person, other: Person, *, scanned: bool = False) -> bool:
    """Whether nothing speaks against these being one patient. `scanned` allows for a misread digit of a birth date.

    A birth date in common forgives a married name, a nickname or a misspelling; without it given and family name
    must both agree, initials included.
    """
    if one.birth_date and other.birth_date:
        if not _same_day(one.birth_date, other.birth_date, scanned=scanned):
            return False
        return not (one.name and other.name) or _shares_a_name(one.name, other.name)
    return not (one.name and other.name) or (same_name(one.name, other.name) and _same_generation(one.name, other.name))


def named_in(head: str, told: Person, patient: Person) -> bool:
    """Whether a document's head has the patient's given and family name, and no other birth date was read in it."""
    if told.birth_date and patient.birth_date and not _same_day(told.birth_date, patient.birth_date, scanned=False):
        return False
    given, family = _split(patient.name or "")
    words = set(_parts(head))
    return bool(given and family) and len(given[0]) > 1 and {given[0], family[-1]} <= words


def majority(persons: Iterable[Person]) -> Person:
    """The patient whom most of the documents name; where no one prevails, the only one named in full, else nobody."""
    named = [person for person in persons if person.name or person.birth_date]
    votes = {person: sum(same_person(person, other) for other in named) for person in named}
    best = max(votes.values(), default=0)
    chosen = [person for person, count in votes.items() if count == best]
    if 2 * best <= len(named):
        full = [person for person in chosen if person.name and person.birth_date]
        return full[0] if len(full) == 1 else Person()
    chosen.sort(key=lambda person: (person.birth_date is None, str(person.birth_date), person.name or ""))
    return chosen[0]


def completed(patient: Person, persons: Iterable[Person]) -> Person:
    """The patient with the birth date that most documents of that name give, where the request gives none."""
    if patient.birth_date or not patient.name:
        return patient
    dates = Counter(p.birth_date for p in persons if p.birth_date and p.name and same_name(p.name, patient.name))
    ranked = sorted(dates.items(), key=lambda item: (-item[1], item[0]))
    if not ranked or (len(ranked) > 1 and ranked[0][1] == ranked[1][1]):
        return patient
    return Person(patient.name, ranked[0][0])


def same_name(one: str, other: str) -> bool:
    """Whether two spellings may name one person: 'IBARRA, DOLORES M.' and 'Dolores Ibarra' do."""
    first, second = _parts(one), _parts(other)
    if not first or not second:
        return True
    shorter, longer = sorted((first, second), key=len)
    if len(shorter) == 1:
        return any(_alike(shorter[0], word) for word in longer)
    return _given_and_family(one, other) or _given_and_family(other, one)


def _same_generation(one: str, other: str) -> bool:
    """Whether nothing speaks against it: John Smith Sr. and John Smith Jr. are father and son."""
    first, second = (
        {GENERATIONS[word] for word in re.findall(r"[a-z]+", name.lower()) if word in GENERATIONS}
        for name in (one, other)
    )
    return not first or not second or bool(first & second)


def _given_and_family(one: str, other: str) -> bool:
    given, family = _split(one)
    words = _parts(other)
    families = [word for word in words if any(_alike(word, part) and len(part) > 1 for part in family)]
    rest = [word for word in words if word not in families]
    return bool(families) and (not rest or not given or any(_alike(given[0], w) for w in (rest[0], *_long(rest))))


def _long(words: list[str]) -> list[str]:
    return [word for word in words if len(word) > 1]


def _shares_a_name(one: str, other: str) -> bool:
    first, second = _parts(one), _parts(other)
    return not first or not second or any(_alike(a, b) for a in first for b in second if len(a) > 1 or len(b) > 1)


def _split(name: str) -> tuple[list[str], list[str]]:
    """Given and family names: 'LAST, FIRST M' and 'First M. Last'."""
    if "," in name:
        family, _, given = name.partition(",")
        if _parts(family) and _parts(given):
            return _parts(given), _parts(family)
    words = _parts(name)
    return words[:-1], words[-1:]


def _parts(name: str) -> list[str]:
    plain = unicodedata.normalize("NFKD", name.lower().replace("'", "").replace("\u2019", "").replace("ß", "ss"))
    words = re.findall(r"[^\W\d_]+", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    return [word for word in words if word not in NOT_A_NAME]


def _alike(one: str, other: str) -> bool:
    """Equal, an initial, a short form, or one slip of the pen in a long name."""
    shorter, longer = sorted((one, other), key=len)
    if longer.startswith(shorter) and (len(shorter) == 1 or len(shorter) >= 3):
        return True
    return len(shorter) >= (4 if len(shorter) == len(longer) else 3) and _one_slip(shorter, longer)


def _one_slip(shorter: str, longer: str) -> bool:
    """Whether one letter was changed, left out or added, or two neighbors exchanged."""
    if len(longer) - len(shorter) > 1:
        return False
    start = next((i for i, (a, b) in enumerate(zip(shorter, longer, strict=False)) if a != b), len(shorter))
    if len(shorter) < len(longer):
        return shorter[start:] == longer[start + 1 :]
    swapped = shorter[start : start + 2][::-1] == longer[start : start + 2]
    return shorter[start + 1 :] == longer[start + 1 :] or (swapped and shorter[start + 2 :] == longer[start + 2 :])


def _same_day(one: date, other: date, *, scanned: bool) -> bool:
    if one == other or (one.year, one.month, one.day) == (other.year, other.day, other.month):
        return True
    return scanned and sum(a != b for a, b in zip(f"{one:%Y%m%d}", f"{other:%Y%m%d}", strict=True)) == 1
