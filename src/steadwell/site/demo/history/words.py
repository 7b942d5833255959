"""What the demo's people say whatever the disease; of each disease: texts.yaml. All of it is made up."""

REASONS = (
    "Monthly call: readings, medicines, how the plan goes",
    "Follow-up on what we agreed last time",
    "Call after the lab results",
    "Monthly call: symptoms, falls, visits elsewhere",
    "Call about the week since {day}",
    "Back to the goal of the plan, with {family} on the line",
)
KIN = ("daughter", "{partner}", "son", "sister", "{partner}", "granddaughter", "nephew", "neighbor")
HABITS = (
    "church", "bingo", "choir practice", "the card game", "the senior lunch", "the quilting group",
    "bowling", "the garden club", "the library", "the farmers’ market", "the veterans’ breakfast",
)  # fmt: skip
DAYS = ("Tuesday", "Friday", "Monday", "Thursday", "Wednesday")
EVENINGS = ("8 pm", "9 pm", "10 pm")
NOONS = ("noon", "10 am", "1 pm", "2 pm")
NUMBERS = {"n": (2, 6), "k": (9, 15), "hours": (4, 6), "low": (62, 69), "egfr": (36, 56)}
MEASURED = {"spo2": "oxygen", "pulse": "pulse"}
RISK_BEGINS = (
    "These conditions will last for the rest of {his} life.",
    "None of this will go away, and I expect all of it beyond the next twelve months.",
    "Lasting, at {age}, and harder to hold than a year ago.",
    "{He} will live with these for good.",
)
RISK_ENDS = (
    "Left alone between visits {he} is likely to decline or be admitted.",
    "Without somebody who asks every month I expect {him} in the hospital within the year.",
    "The risk of decline is real: {family} alone cannot watch it.",
    "I expect loss of function, and an end to {habit}, unless we stay close.",
    "An acute worsening is likely without monthly attention.",
)
DECISIONS = (
    "Raised {pill} one step; labs in {n} weeks, nurse calls on {day}.",
    "Kept {pill}, added a second medicine at a low dose; told {family} what to watch for.",
    "Weighed stopping {pill} against {k} months of benefit; lowered it and see {him} in {n} weeks.",
    "Changed {pill} to once a day at {hour}, kidney labs on {day}, written plan to {him}.",
)
COPIED = {1, 9}  # two charts with the same words, for the flags of the month end to find
COPIED_NOTE = (
    "Reviewed medicines, symptoms and appointments with the patient. Patient verbalized understanding. "
    "Continue the current plan."
)
COPIED_RISK = (
    "Chronic conditions expected to last at least 12 months that place the patient at significant risk "
    "of death, acute exacerbation or functional decline."
)
GOALS = {
    "diabetes": ("“Keep my sugar steady so my feet are fine.”", "A1c", "under 7.5%"),
    "hypertension": ("“No stroke like my brother.”", "Blood pressure", "under 130/80"),
    "heart-failure": ("“Walk to church again without stopping.”", "Morning weight", "within 3 lb"),
    "chronic-kidney-disease": ("“Stay off dialysis.”", "eGFR", "no fall of 5 or more in a year"),
    "copd": ("“Sleep through the night.”", "Rescue puffs a week", "2 or fewer"),
}
OTHER_GOAL = ("“Stay in my own house.”", "Falls", "none in six months")
