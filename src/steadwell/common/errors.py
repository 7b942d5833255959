"""When the answer is no."""


class Refusal(Exception):  # noqa: N818  (it is a no, not an error)
    """An expected no. Its text may be shown: what was given, why it will not do, what to do."""
