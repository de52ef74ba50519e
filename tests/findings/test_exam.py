"""What an examiner found: signs and tests with their result and side, in all the ways in which charts write them."""

import pytest

from mednec.findings import exam
from mednec.findings.parse import parse
from mednec.model import Document


def read(text: str, type: str = "office_visit") -> list[tuple]:
    found = exam.find(parse(Document(id="note", text=text, type=type)))
    return [(f.concept, f.get("result"), f.get("side")) for f in sorted(found, key=lambda f: f.start)]


P, N, R, L, B = "positive", "negative", "right", "left", "bilateral"
SLR, FACET, SI_TESTS = "straight_leg_raise", "facet_loading", ("faber", "gaenslen", "thigh_thrust")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SLR positive left at 40 deg, neg R.", [(SLR, P, L), (SLR, N, R)]),
        ("SLR + R at 35, L neg.", [(SLR, P, R), (SLR, N, L)]),
        ("SLR: (+)R @ 35, (-)L.", [(SLR, P, R), (SLR, N, L)]),
        ("SLR neg B.", [(SLR, N, B)]),
        ("Right SLR positive at 40 degrees. Left SLR negative.", [(SLR, P, R), (SLR, N, L)]),
        (
            "Straight leg raising is positive on the right at 45 degrees and negative on the left.",
            [(SLR, P, R), (SLR, N, L)],
        ),
        ("Straight leg raise positive on the right, crossed negative.", [(SLR, P, R), (SLR, N, L)]),
        ("Straight leg was negative on the LLE, likewise negative on the RLE.", [(SLR, N, B)]),
        ("SLR on the left causes only back pain.", [(SLR, P, L)]),
        ("Negative straight leg raising bilaterally.", [(SLR, N, B)]),
        ("FABER neg B.", [("faber", N, B)]),
        ("FABER positive right/negative left.", [("faber", P, R), ("faber", N, L)]),
        ("FABER R+ L-, compression -.", [("faber", P, R), ("faber", N, L), ("si_compression", N, None)]),
        ("Facet loading (ext + R rotation) reproduces pain on the right; neg left.", [(FACET, P, R), (FACET, N, L)]),
        ("Extension and rotation to the right reproduced pain; to the left did not.", [(FACET, P, R), (FACET, N, L)]),
        ("Ext-rot + B.", [(FACET, P, B)]),
        ("Lumbar extension 10 deg painful.", [(FACET, P, None)]),
        ("Lumbar flexion 30 deg with right leg pain.", [("range_of_motion", P, None)]),
        ("No pain with lumbar extension or rotation.", [(FACET, N, None)]),
        ("Spurling neg bilat.", [("spurling", N, B)]),
        ("FABER not tested. Gaenslen deferred due to pain.", []),
        ("SLR: [ ] positive [x] negative.", [(SLR, N, None)]),
        ("Yeoman positive left.", [("other_sign", P, L)]),
        ("SIJ cluster: 0/5 pos.", [("other_sign", N, None)]),
        ("Waddell's signs 0/5.", [("waddell", N, None)]),
    ],
)
def test_a_test_has_its_result_on_its_side(text, expected):
    assert read(f"EXAM: {text}") == expected


@pytest.mark.parametrize(
    "text",
    [
        "Positive FABER, Gaenslen, and thigh thrust on the left.",
        "FABER, Gaenslen's and thigh thrust were positive on the left.",
        "SI provocation: 3/5 positive on the left (FABER, Gaenslen, thigh thrust).",
        "L FABER pos, L Gaenslen pos, L thigh thrust pos.",
        "FABER L (+), Gaenslen L (+), thigh thrust L (+). R side all (-).",
    ],
)
def test_a_list_of_provocation_tests_shares_its_verdict(text):
    assert [row for row in read(f"EXAM: {text}") if row[0] in SI_TESTS] == [(name, P, L) for name in SI_TESTS]


def test_a_table_with_a_column_for_each_side_is_read_by_side():
    text = """Exam
  SIJ provocation:       L       R
    FABER (Patrick)     pos     neg
    Gaenslen            pos     neg
    Compression         neg     neg
    Yeoman              not done
"""
    assert read(text) == [
        ("faber", P, L), ("faber", N, R), ("gaenslen", P, L), ("gaenslen", N, R), ("si_compression", N, B),
    ]  # fmt: skip


def test_paired_signs_follow_the_head_that_names_their_order():
    assert read("EXAM: SI tests (R/L): FABER +/-, Gaenslen +/+, thigh thrust -/-.") == [
        ("faber", P, R), ("faber", N, L), ("gaenslen", P, B), ("thigh_thrust", N, B),
    ]  # fmt: skip


def test_an_equivocal_sign_is_no_result():
    assert read("EXAM: FABER +/-.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Motor: L EHL 4/5, all others 5/5.", [("motor", P, L), ("motor", N, None)]),
        ("Strength 5/5 in bilateral lower extremities except 4/5 left EHL.", [("motor", N, B), ("motor", P, L)]),
        (
            "Right quadriceps 4/5, right tibialis anterior 5-/5. All else 5/5.",
            [("motor", P, R), ("motor", P, R), ("motor", N, None)],
        ),
        ("Strength is 5/5 in the lower extremities.", [("motor", N, None)]),
        ("5/5 deltoid, biceps, triceps, grip bilat.", [("motor", N, B)]),
        ("No atrophy.", [("motor", N, None)]),
        ("Normal tone and coordination.", [("motor", N, None), ("other_sign", N, None)]),
        ("Decreased LT dorsum L foot.", [("sensory", P, L)]),
        ("Sensation is diminished in the left L5 dermatome, otherwise intact.", [("sensory", P, L)]),
        ("Motor/sensory/reflexes normal.", [("motor", N, None), ("sensory", N, None), ("reflex", N, None)]),
        ("Reflexes 2+ and symmetric.", [("reflex", N, None)]),
        ("DTR 2+ B.", [("reflex", None, B)]),
        ("Right patellar reflex 1+, left 2+.", [("reflex", None, R), ("reflex", None, L)]),
        ("Absent left Achilles reflex.", [("reflex", P, L)]),
        ("Babinski, toes are downgoing. No clonus.", [("reflex", N, None), ("reflex", N, None)]),
        ("Gait normal, heel/toe walk OK.", [("gait", N, None), ("gait", N, None)]),
        ("Gait is steady and antalgic on the left.", [("gait", P, L)]),
        ("Positive Romberg.", [("other_sign", P, None)]),
    ],
)
def test_the_neurological_examination_is_read(text, expected):
    assert read(f"EXAM: {text}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("TTP left L4-5 and L5-S1 facets.", [("facet_tenderness", P, L)]),
        ("Facet tenderness L3-4 and L4-5 bilat.", [("facet_tenderness", P, B)]),
        ("Paraspinal and facet tenderness L4-5.", [("spine_tenderness", P, None), ("facet_tenderness", P, None)]),
        (
            "Tender over RIGHT L4-5 facet joints; left and midline non-tender.",
            [("facet_tenderness", P, R), ("facet_tenderness", N, L), ("spine_tenderness", N, None)],
        ),
        ("No SI tenderness.", [("si_tenderness", N, None)]),
        ("L PSIS tender, R not.", [("si_tenderness", P, L), ("si_tenderness", N, R)]),
        ("No midline percussion tenderness.", [("spine_tenderness", N, None)]),
        ("Neck supple, no LAD, tender R cervical paraspinals.", [("spine_tenderness", P, R)]),
        ("Examination of the right knee: Tender along the medial joint line.", [("joint_tenderness", P, R)]),
        ("Abdomen soft, nontender. No CVA tenderness.", []),
        ("No trigger points.", [("trigger_point", N, None)]),
    ],
)
def test_tenderness_is_told_apart_by_its_place(text, expected):
    assert read(f"EXAM: {text}") == expected


def test_the_side_of_a_label_holds_for_what_stands_under_it():
    text = "EXAM\nR shoulder: FROM, Neer/Hawkins neg, cuff strength 5/5.\nNeuro: no clonus.\n"
    assert read(text) == [
        ("range_of_motion", N, R), ("other_sign", N, R), ("other_sign", N, R), ("motor", N, R), ("reflex", N, None),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text",
    [
        "HPI: She reports that straight leg raise was positive at the other clinic.",
        "ASSESSMENT: positive SLR and EHL weakness match the scan.",
        "PLAN: straight leg raise exercises, range of motion exercises.",
        "EXAM: MRI LUMBAR SPINE\nFINDINGS: Alignment normal.\nIMPRESSION: No stenosis.",
        "EXAM: Lungs clear.\nIMAGING: MRI L-spine: facet arthropathy with effusions, no deformity.",
        "EXAM: Extremities: no clubbing, cyanosis, or edema.",
    ],
)
def test_only_an_examination_is_read(text):
    assert read(text) == []


def test_a_therapist_measures_outside_a_headed_examination():
    text = "2/10/26 IE: LBP, no LE sx. Ext 25% c pain. SLR neg B.\n visit  date  NPRS\n 7  3/5  6  TE\nGoals: ext 75%."
    assert read(text, "therapy_note") == [("range_of_motion", P, None), (FACET, P, None), (SLR, N, B)]


def test_mention_and_quote_are_cut_out_of_the_text():
    text = "EXAM: Gait normal. SLR positive left, neg R."
    for finding in exam.find(parse(Document(id="note", text=text))):
        assert text[finding.start : finding.end] == finding.mention
        assert finding.mention in finding.quote


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("[x] Facet loading positive: [x] L [x] R   [ ] SLR positive", [(FACET, P, B)]),
        (
            "Tenderness: [x] paraspinal [x] facet [ ] SI joint",
            [("spine_tenderness", P, None), ("facet_tenderness", P, None)],
        ),
        ("TTP R L4/5 facet.", [("facet_tenderness", P, R)]),
        ("SLR positive on the left. Crossed SLR negative.", [(SLR, P, L), (SLR, N, R)]),
        ("SLR limited by hamstrings bilaterally, but causes no leg or back pain.", [(SLR, N, B)]),
        ("R hip flexion 5/5, R knee extension 4/5.", [("motor", N, R), ("motor", P, R)]),
    ],
)
def test_what_is_unticked_or_looks_like_a_grade_is_no_finding(text, expected):
    assert read(f"EXAM: {text}") == expected


@pytest.mark.parametrize(
    ("text", "side"),
    [
        ("Lumbar facet tenderness, right greater than left.", B),
        ("Lumbar facet tenderness, more so on the right than the left.", B),
        ("Lumbar facet tenderness R>L.", B),
        ("Lumbar facet tenderness greater on the right.", R),
        ("Lumbar facet tenderness on the left compared to the right.", L),
    ],
)
def test_more_on_one_side_than_on_the_other_is_both_sides(text, side):
    assert read(f"EXAM: {text}") == [("facet_tenderness", P, side)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Left knee:\nPalpation: no effusion.\nSpecial tests: Lachman negative.", [("other_sign", N, L)] * 2),
        ("Musculoskeletal\n- Examination: Left ankle\n- ROM: limited", [("range_of_motion", P, L)]),
        ("The right knee has an effusion. McMurray is positive.", [("other_sign", P, R)] * 2),
        ("The right knee has an effusion. Gait is normal.", [("other_sign", P, R), ("gait", N, None)]),
        ("Impingement: Neer - positive, Hawkins - positive left.", [("other_sign", P, L)] * 2),
        (
            "Knee: There is an effusion in the left knee. ROM 0-125.",
            [("other_sign", P, L), ("range_of_motion", None, L)],
        ),
        ("MSK: Right shoulder: Flexion 150. Positive Neer's.", [("range_of_motion", None, R), ("other_sign", P, R)]),
        ("Neck: Compression negative.", [("other_sign", N, None)]),
        ("Tender at the midline and right SI joint.", [("spine_tenderness", P, None), ("si_tenderness", P, R)]),
        ("Left knee evaluation\nSkin: intact\nSwelling: mild.", [("other_sign", P, L)]),
        ("Right shoulder:\nTenderness: Bicipital groove - none.", [("joint_tenderness", N, R)]),
    ],
)
def test_what_is_told_of_a_part_of_the_body_is_told_of_its_side(text, expected):
    assert read(f"PHYSICAL EXAMINATION:\n{text}") == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Reflexes: 2/2 BUE. 0/0 BLE.", [("reflex", None, B)] * 2),
        ("DTRs are 1+ at the knees and absent at the ankles.", [("reflex", None, None), ("reflex", P, None)]),
        ("Reflexes 2 at the knees.", [("reflex", None, None)]),
        ("Both elbows are strong in flexion.", [("motor", N, B)]),
        ("Strong dorsalis pedis pulses.", []),
        (
            "Tenderness to palpation of the midfoot. Positive squeeze test.",
            [("joint_tenderness", P, None), ("other_sign", P, None)],
        ),
        ("Motor and sensation are intact to light touch.", [("motor", N, None), ("sensory", N, None)]),
        ("Intact median, radial and ulnar sensation.", [("sensory", N, None)]),
        ("He has difficulty walking on his heels.", [("gait", P, None)]),
        ("Normal use of the extremities.", [("motor", N, None)]),
        ("Left elbow exam is normal.", [("other_sign", N, L)]),
        ("NECK: Supple. The gums are normal. There is no swelling.", []),
        ("Inspection of joints and muscles is unremarkable.", [("other_sign", N, None)]),
        ("ABDOMEN: Soft. She is tender over the lumbar spine.", [("spine_tenderness", P, None)]),
        ("Cannot touch her toes, indicating hamstring tightness.", [("other_sign", P, None)]),
        ("Knee pain with squatting.", [("other_sign", P, None)]),
        ("No findings except for tenderness over the tubercle.", [("joint_tenderness", P, None)]),
        ("Right hand with decreased sensation. He is right hand dominant.", [("sensory", P, R)]),
        ("Full motion of the left shoulder, symmetric to the right.", [("range_of_motion", N, L)]),
        ("Left thigh swollen and erythematous.", [("other_sign", P, L)] * 2),
        ("35 degrees of abduction and 45 degrees of internal rotation.", [("range_of_motion", None, None)]),
        ("Coordination: slow finger to nose on the left.", [("other_sign", P, L)]),
        ("Gait: drifts, tendency to drift to the left.", [("gait", P, L)]),
        ("CN: decreased abduction of the eye, sensation intact.", []),
        ("Vital signs: BP 120/80. Tenderness of the lumbar paraspinals.", [("spine_tenderness", P, None)]),
        (
            "Both knees tender with decreased range of motion.",
            [("joint_tenderness", P, B), ("range_of_motion", P, B)],
        ),
        ("Tenderness of the paraspinals, mostly in the low back.", [("spine_tenderness", P, None)]),
        ("Pain over the Achilles tendon.", [("joint_tenderness", P, None)]),
    ],
)
def test_plain_words_of_an_examination_are_read(text, expected):
    assert read(f"EXAM: {text}") == expected


def test_bare_grades_in_a_table_of_strength_are_those_of_the_muscles():
    table = "STRENGTH\nMuscle         Right      Left\nDorsiflexion   3          3+\nHip abduction  5          4\n"
    assert read(f"EXAM:\n{table}") == [("motor", P, B), ("motor", N, R), ("motor", P, L)]


@pytest.mark.parametrize(
    "opening", ["Brief examination reveals", "On brief exam,", "Her evaluation today shows", "EXAMINATION SHOWS"]
)
def test_an_examination_may_begin_within_prose(opening):
    assert read(f"He was seen for knee pain.\n\n{opening} positive Phalen's test on the left.") == [
        ("other_sign", P, L)
    ]


def test_a_pair_of_grades_under_motor_is_that_of_both_sides():
    assert read("EXAM:\nMOTOR: Biceps 4+/4+, deltoid 4/4, triceps 5/5, hip flexors 5/4.") == [
        ("motor", result, None) for result in (P, P, N, P)
    ]


def test_movements_measured_below_a_heading_are_one_range_of_motion():
    text = "EXAM:\nCervical range of motion:\nFlexion 50/50.\nExtension 40/60 with pain on the left.\n"
    assert read(text) == [("range_of_motion", P, None), (FACET, P, L)]


def test_a_row_that_sets_the_first_beside_the_last_result_is_two_findings_where_they_differ():
    table = "        Initial    Discharge\nL quad  4-/5       5/5\nGait    antalgic   normal\nEHL     4/5        4+/5\n"
    found = [("motor", P, L), ("motor", N, L), ("gait", P, None), ("gait", N, None), ("motor", P, None)]
    assert read(f"EXAM:\n{table}") == found
