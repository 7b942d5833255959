"""Every write of the ledger, its clocks and its notes."""

from steadwell.timekeeping.services.clock import (
    beat,
    close_stale_clocks,
    open_clock,
    pause,
    resume,
    show_work,
    stop_clock,
    switch,
)
from steadwell.timekeeping.services.entries import (
    approve_entry,
    decline_entry,
    record_manual_entry,
)
from steadwell.timekeeping.services.ledger import (
    correct_interval,
    retract_interval,
    support_interval,
)
from steadwell.timekeeping.services.notes import drop_draft, keep_draft, write_note
from steadwell.timekeeping.services.rules import change_clock_rules
from steadwell.timekeeping.services.running import Kept

__all__ = [
    "Kept",
    "approve_entry",
    "beat",
    "change_clock_rules",
    "close_stale_clocks",
    "correct_interval",
    "decline_entry",
    "drop_draft",
    "keep_draft",
    "open_clock",
    "pause",
    "record_manual_entry",
    "resume",
    "retract_interval",
    "show_work",
    "stop_clock",
    "support_interval",
    "switch",
    "write_note",
]
