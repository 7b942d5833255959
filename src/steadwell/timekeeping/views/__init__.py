"""The clock's messages, and the pages of time that belong to no chart."""

from steadwell.timekeeping.views.clock import (
    clock_beat,
    clock_open,
    clock_pause,
    clock_resume,
    clock_stop,
    clock_switch,
)
from steadwell.timekeeping.views.days import my_day, my_month, team_month, time_history
from steadwell.timekeeping.views.rules import clock_rules
from steadwell.timekeeping.views.waiting import time_approve, time_decline, time_waiting

__all__ = [
    "clock_beat",
    "clock_open",
    "clock_pause",
    "clock_resume",
    "clock_rules",
    "clock_stop",
    "clock_switch",
    "my_day",
    "my_month",
    "team_month",
    "time_approve",
    "time_decline",
    "time_history",
    "time_waiting",
]
