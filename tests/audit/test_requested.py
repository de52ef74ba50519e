"""How the region, side and levels of a finding compare with those of the request."""

from dataclasses import replace
from datetime import date

import pytest

from mednec.audit.requested import fits_levels, fits_region, fits_side, reach_of, region_of, regions_of, span
from mednec.model import ServiceRequest

LUMBAR = ServiceRequest("esi.init", date(2026, 3, 10), side="left", levels=("L5-S1",))


def test_the_region_comes_from_the_levels_or_the_service():
    assert region_of(LUMBAR) == "lumbar"
    assert region_of(replace(LUMBAR, levels=("C7-T1",))) == "cervical"
    assert region_of(ServiceRequest("sij.dx", date(2026, 3, 10))) == "sacroiliac"
    assert region_of(ServiceRequest("pnb", date(2026, 3, 10))) is None
    assert regions_of(replace(LUMBAR, levels=("C5-6", "L5-S1"))) == ("cervical", "lumbar")


def test_another_region_never_fits():
    assert fits_region("lumbar", LUMBAR)
    assert fits_region(["cervical", "lumbar"], LUMBAR)
    assert not fits_region("cervical", LUMBAR)
    assert not fits_region("thoracic", LUMBAR, [["cervical", "thoracic"], ["lumbar", "sacroiliac"]])
    assert fits_region("sacroiliac", LUMBAR, [["lumbar", "sacroiliac"]])


@pytest.mark.parametrize(
    ("stated", "asked", "result"),
    [
        ("left", "left", True),
        ("right", "left", False),
        ("bilateral", "left", True),
        ("left", "bilateral", None),
        ("bilateral", "bilateral", True),
        ("left", None, True),
    ],
)
def test_one_side_alone_neither_shows_nor_denies_both(stated, asked, result):
    assert fits_side(stated, replace(LUMBAR, side=asked)) is result


def test_levels_are_the_same_however_they_are_written():
    assert span("L4-5") == span("L4-L5") == span("l4/5")
    assert span("L5-S1") == span("L5/S1")
    assert span("sacrum") is None


@pytest.mark.parametrize(
    ("stated", "reach", "result"),
    [
        (["L5-S1"], 0, True),
        (["L4-5"], 0, False),
        (["L4-5"], 1, True),
        (["L3-4"], 1, False),
        (["L4-5", "L5-S1"], 0, True),
        (["L5"], 0, None),
    ],
)
def test_levels_have_one_in_common_or_lie_near(stated, reach, result):
    assert fits_levels(stated, LUMBAR, reach) is result


def test_a_single_vertebra_compares_with_a_vertebra():
    fracture = replace(LUMBAR, levels=("L1",))
    assert fits_levels(["L1"], fracture) is True
    assert fits_levels(["T8"], fracture) is False
    assert fits_levels(["L1", "L2"], fracture) is True


def test_a_disc_lies_at_the_bodies_that_it_joins():
    bodies = replace(LUMBAR, levels=("L4", "L5"))
    assert [fits_levels([disc], bodies) for disc in ("L3-4", "L4-5", "L5-S1")] == [True, True, True]
    assert fits_levels(["L1-2"], bodies) is False
    assert fits_levels(["L1-2"], replace(LUMBAR, levels=("L3",)), reach=1) is True


@pytest.mark.parametrize(
    ("nerves", "levels", "result"),
    [
        (["L3", "L4", "L5"], ("L4-5", "L5-S1"), True),
        (["L2", "L3"], ("L4-5",), False),
        (["L3", "L4"], ("L4-5",), True),
        (["C5", "C6"], ("C5-6",), True),
        (["L4"], ("L4-5",), None),
    ],
)
def test_neighboring_nerves_stand_for_the_joint_that_they_supply(nerves, levels, result):
    assert fits_levels(nerves, replace(LUMBAR, levels=levels)) is result


def test_in_the_neck_a_cause_may_lie_higher_than_the_injection():
    neck = replace(LUMBAR, levels=("C7-T1",))
    assert (reach_of(LUMBAR), reach_of(neck)) == (1, 3)
    assert fits_levels(["C5-6"], neck, reach_of(neck)) is True
