"""What the demo's nurse writes. Invented, and different from month to month."""

from typing import Any

REASONS = (
    "Monthly call: blood pressure, medicines, how the plan goes",
    "Follow-up on last month’s goal",
    "Call after the lab results",
    "Monthly call: symptoms, falls, visits elsewhere",
)
CHANGED = (
    "Home readings 132 to 138 over 78. Walks twice a week now. No falls.",
    "Missed the evening pill on three days because of dinner at the daughter’s.",
    "More tired in the afternoon since the dose changed. No dizziness on standing.",
    "Swelling of the ankles less than last month. Weight steady at home.",
    "Sugar before breakfast 128 to 150. Had one low of 68 after gardening.",
    "Nothing new. Checked readings, refills, falls and appointments; the plan stays because it works.",
)
DONE = (
    "Went through the medicines one by one; moved the evening pill to the toothbrush. Told it back.",
    "Sent the readings to the practitioner; no change for now. Went over when to call us the same day.",
    "Called the pharmacy about the refill; ready on Thursday. Told the patient.",
    "Explained the low sugar plan; patient will carry glucose tablets. Mailed the one-page sheet.",
    "Booked the eye exam; the daughter drives. Wrote the date into the plan.",
    "Talked through salt in canned food; chose two brands together.",
    "Coordinated with the cardiology office: records sent, visit confirmed.",
)
NEXT = (
    "Ask about the ankles",
    "Ask whether the evening pill works out",
    "Go over the new readings",
    "Check that the refill came",
)
GOALS = {
    "diabetes": ("“Keep my sugar steady so my feet are fine.”", "A1c", "under 7.5%"),
    "hypertension": ("“No stroke like my brother.”", "Blood pressure", "under 130/80"),
    "heart-failure": ("“Walk to church again without stopping.”", "Morning weight", "within 3 lb"),
    "chronic-kidney-disease": ("“Stay off dialysis.”", "eGFR", "no fall of 5 or more in a year"),
    "copd": ("“Sleep through the night.”", "Rescue puffs a week", "2 or fewer"),
}
OTHER_GOAL = ("“Stay in my own house.”", "Falls", "none in six months")
DECISION: dict[str, Any] = {
    "reason": "Diabetes with kidney disease above target; blood pressure above target on two drugs.",
    "changed": "A1c 8.9, eGFR 52, home readings 146 to 152; reviewed with the cardiology letter.",
    "done": "Moderate risk: prescription drug management. Raised the dose, labs in two weeks.",
}
