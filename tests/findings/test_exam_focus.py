"""The joint and the side that an examination goes on to speak of, until it speaks of another place."""

from tests.findings.test_exam import B, L, N, P, R, read

TENDER, MOTION, SIGN = "joint_tenderness", "range_of_motion", "other_sign"


def test_the_side_of_a_joint_holds_for_the_sentences_that_follow():
    assert read("EXAM: Motion of the left knee is reduced. Lachman is negative. There is joint line tenderness.") == [
        (MOTION, P, L),
        (SIGN, N, L),
        (TENDER, P, L),
    ]


def test_another_joint_or_the_spine_ends_the_side():
    assert read("EXAM: Motion of the left knee is reduced. Hip motion is full.") == [(MOTION, P, L), (MOTION, N, None)]
    assert read("EXAM: Motion of the left knee is reduced. Lumbar motion is full. It is not tender.")[1:] == [
        (MOTION, N, None),
        ("spine_tenderness", N, None),
    ]


def test_strength_and_reflexes_of_the_whole_body_have_no_side():
    assert read("EXAM: Motion of the right hip is reduced. Strength is 5/5. Reflexes are normal.")[1:] == [
        ("motor", N, None),
        ("reflex", N, None),
    ]


def test_a_comparison_with_the_other_side_does_not_change_the_side():
    found = read("EXAM: Motion of the left hip is reduced. Hip abduction is weaker compared to the opposite hip.")
    assert found[0] == (MOTION, P, L)


def test_a_side_that_opens_a_sentence_is_that_of_all_that_it_tells():
    found = read("EXAM: On the left side, though, there is muscle spasm with trigger points and tenderness.")
    assert [side for _, _, side in found] == [L] * len(found)


def test_a_movement_of_the_joint_in_focus_loads_no_facet():
    assert read("Musculoskeletal\nExamination: Tender elbow. Pain with extension.") == [
        (TENDER, P, None),
        (MOTION, P, None),
    ]


def test_a_muscle_between_neck_and_shoulder_is_of_the_joint_that_is_named():
    assert read("EXAM: Tender over the trapezius at the right shoulder.") == [(TENDER, P, R)]
    assert read("EXAM: Tender over the cervical paraspinals and trapezius.") == [("spine_tenderness", P, None)]


def test_swollen_legs_are_no_sign_of_a_joint():
    assert read("EXAM: Extremities: 2+ pitting edema of both legs.") == []
    assert read("EXAM: Left ankle: mild edema.") == [(SIGN, P, L)]


def test_the_tone_of_a_sphincter_counts_where_it_is_lax():
    assert read("EXAM: Rectal: good sphincter tone.") == []
    assert read("EXAM: Rectal: decreased sphincter tone.") == [(SIGN, P, None)]


def test_girths_in_inches_are_no_reflexes():
    assert read('EXAM: Biceps measure 12" on the right and 11 1/2" on the left.') == []


def test_both_knees_named_in_one_sentence_leave_no_side_behind():
    found = read("EXAM: Both knees have crepitus. Lachman is negative.")
    assert found == [(SIGN, P, B), (SIGN, N, None)]


def test_an_examination_told_as_a_whole_is_one_normal_sign():
    assert read("EXAM: Knee and ankle exams are otherwise unremarkable.") == [(SIGN, N, None)]
    assert read("EXAM\nGait: normal.\nNeurologic: grossly intact.")[1:] == [(SIGN, N, None)]


def test_coordination_is_one_sign_however_many_tests_tell_it():
    assert read("EXAM: Coordination is intact with no dysmetria.") == [(SIGN, N, None)]
    assert read("EXAM: No dysmetria on finger to nose or heel to shin.") == [(SIGN, N, None)]


def test_objective_factors_of_disability_repeat_the_examination():
    assert read("FACTORS OF DISABILITY:\nOBJECTIVE:\n1. Weak grip on the right.\n") == []


def test_what_is_resolved_is_absent():
    assert read("EXAM: Complete resolution of muscle spasm on the left.") == [("muscle_spasm", N, L)]


def test_a_neck_without_nodes_or_tenderness_is_not_tender():
    assert read("EXAM:\nNeck: No nodes, tenderness, or mass.") == [("spine_tenderness", N, None)]


def test_parts_behind_of_say_what_the_motion_is_of():
    assert read("EXAM: Range of motion of the wrist, shoulders is full.") == [(MOTION, N, None)]


def test_tendons_in_a_list_of_reflexes_are_one_finding():
    assert read("EXAM: Good motor strength and normal patellar, biceps and triceps reflexes.")[-1] == (
        "reflex",
        N,
        None,
    )


def test_a_test_of_hoffmann_is_judged_as_a_test():
    assert read("EXAM: Hoffmann's test and Phalen's test are normal.") == [("reflex", N, None), (SIGN, N, None)]


def test_palpation_that_meets_pain_tells_tenderness():
    assert read("EXAM: Palpation of the facet joints is met with some pain. Gait normal.")[:1] == [
        ("facet_tenderness", P, None)
    ]
    assert read("EXAM: Palpation of the left knee reveals no pain. Gait normal.")[:1] == [(TENDER, N, L)]


def test_both_movements_of_one_joint_are_of_one_side():
    assert read(
        "EXAM:\nExamination of the right knee: swelling.\nRange of motion: pain on both flexion and extension."
    ) == [
        (SIGN, P, R),
        (MOTION, P, R),
    ]


def test_a_test_named_as_a_label_is_of_the_joint_above_it():
    assert read("EXAM:\nLeft knee: effusion.\nMcMurray's Test: Negative.") == [(SIGN, P, L), (SIGN, N, L)]


def test_warm_skin_is_no_sign():
    assert read("EXAM:\nExamination: Skin is pink, warm, and dry. Gait normal.") == [("gait", N, None)]


def test_a_counterpart_is_only_compared_with():
    assert read("EXAM: Sensation is reduced in the right calf in comparison to its counterpart.") == [("sensory", P, R)]
    assert read("EXAM: There is atrophy of the left thigh by comparison of the right thigh.") == [("motor", P, L)]


def test_a_great_toe_is_no_good_result():
    assert read("EXAM: Decrease in pinprick in the left great toe.") == [("sensory", P, L)]


def test_both_positions_are_no_two_sides():
    assert read("EXAM: Straight leg raising is negative both sitting and lying.") == [("straight_leg_raise", N, None)]
    assert read("EXAM: Lumbar range of motion is full in either direction.") == [(MOTION, N, None)]


def test_a_moderate_range_is_a_reduced_one():
    assert read("EXAM: Neck is tender. Moderate ROM.") == [("spine_tenderness", P, None), (MOTION, P, None)]


def test_a_joint_told_as_normal_is_one_sign():
    assert read("EXAM: Left knee effusion. The right knee is normal.") == [(SIGN, P, L), (SIGN, N, R)]


def test_a_movement_without_a_grade_is_range_and_with_one_strength():
    assert read("EXAM: Ankle dorsiflexion is limited.") == [(MOTION, P, None)]
    assert read("EXAM: Left hip flexion is 90 degrees with pain.") == [(MOTION, P, L)]
    assert read("EXAM: Ankle dorsiflexion 4/5.") == [("motor", P, None)]


def test_an_exam_of_a_joint_holds_behind_a_heading():
    assert read("PHYSICAL EXAMINATION: On exam of his right elbow he has no effusion. Full range of motion.") == [
        (SIGN, N, R),
        (MOTION, N, R),
    ]


def test_numbness_that_a_test_produces_is_its_result():
    assert read("EXAM: Phalen's reproduces numbness.") == [(SIGN, P, None)]


def test_a_spasm_beside_tender_muscles_is_on_their_side():
    assert read("EXAM: Tender over the left paraspinal muscles with moderate spasm.") == [
        ("spine_tenderness", P, L),
        ("muscle_spasm", P, L),
    ]


def test_pain_that_pressure_produces_is_tenderness():
    assert read("EXAM: Sharp pain is produced by pressure on the left heel. Gait normal.")[:1] == [(TENDER, P, L)]


def test_a_label_named_swelling_is_no_second_swelling():
    assert read("EXAM:\nLeft knee: effusion.\nSwelling: mild swelling.") == [(SIGN, P, L), (SIGN, P, L)]


def test_figures_that_follow_a_reduced_motion_are_its_details():
    assert read("EXAM: Reduced motion of the right shoulder, as follows: 150 degrees of flexion.") == [(MOTION, P, R)]


def test_two_named_tests_are_two_signs():
    assert read("EXAM: Tinel's and Phalen's signs: negative, both wrists.") == [(SIGN, N, B), (SIGN, N, B)]


def test_percussion_that_is_painful_is_tenderness():
    assert read("EXAM: Percussion of the spinous processes is painful. Gait normal.")[:1] == [
        ("spine_tenderness", P, None)
    ]
    assert read("EXAM: Palpation of the left hip is not painful. Gait normal.")[:1] == [(TENDER, N, L)]


def test_what_is_normal_behind_a_denial_is_not_denied():
    assert read("EXAM: No rigidity and normal muscle tone.") == [("motor", N, None)]


def test_a_row_of_muscle_grades_does_not_end_the_examination():
    text = "EXAM:\nMotor: Full strength in both arms.\nHF HE KF KE\n\nRLE 3 3 4 4\n\nGait: unable to walk."
    assert ("gait", P, None) in read(text)


def test_an_examination_of_the_mind_is_none_of_the_body():
    assert read("MENTAL STATUS EXAMINATION: Little movement because of weakness. Speech of poor flexion.") == []


def test_what_a_patient_can_not_do_is_positive():
    assert read("EXAM: He can not heel walk on the left.") == [("gait", P, L)]
