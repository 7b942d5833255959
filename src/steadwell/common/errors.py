"""When the answer is no."""


class Refusal(Exception):
    """An expected no. Its text may be shown: what was given, why it will not do, what to do."""
