"""Injections by what they are given for: two of one family are one procedure, told twice."""

FAMILIES = {
    "epidural_steroid_injection": "epidural",
    "medial_branch_block": "facet",
    "facet_joint_injection": "facet",
    "radiofrequency_ablation": "facet",
    "sacroiliac_joint_injection": "sacroiliac",
    "trigger_point_injection": "muscle",
    "joint_injection": "joint",
    "peripheral_nerve_block": "nerve",
}
