"""What the state machine may draw: acts, pauses between them, and what a browser may say."""

from datetime import timedelta
from uuid import UUID

from hypothesis import strategies as st

from steadwell.timekeeping.marks import Mark
from steadwell.timekeeping.tests.clock_model import CHARTS
from tests import cast

TABS = st.sampled_from(["left", "right"])
SECONDS = st.sampled_from([1, 5, 14.6, 15, 30, 60, 119, 120, 121, 300, 599, 600, 601, 1800, 2400])
AGES: st.SearchStrategy[list[int]] = st.one_of(
    st.just([0]),
    st.just([3]),
    st.just([]),
    st.just([-4000]),  # a browser that thinks it is later
    st.just(list(range(0, 700, 15))),
    st.lists(st.integers(0, 3000), max_size=6),
)
HOW = st.sampled_from(["work"] * 8 + ["send"] * 6 + ["open"] * 4 + ["open_late"] * 2 + [
    "replay", "replay", "resend", "resend", "switch", "switch", "pause", "resume", "resume",
    "stop", "sign_out", "crash", "killed", "look",
])  # fmt: skip
WHICH = st.sampled_from(CHARTS)
KEPT = st.sampled_from([False, False, False, True])
ACTIVITIES = st.sampled_from(["chart_review", "phone_call", "education"])
NOBODY = UUID(int=0)


class Tab:
    """A browser tab: which run it believes in, and the signs of work it could not send yet."""

    def __init__(self, run: UUID = NOBODY, chart: int = 0) -> None:
        self.run, self.chart = run, chart
        self.queue: list[int] = []


def marks_at(seconds: list[int]) -> list[Mark]:
    return [Mark(cast.NOW + timedelta(seconds=one)) for one in seconds]
