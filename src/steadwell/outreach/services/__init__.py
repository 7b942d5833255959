"""Every write of the day's work."""

from steadwell.outreach.services.absence import come_back, go_away
from steadwell.outreach.services.after_hours import (
    add_shift,
    record_urgent_contact,
    remove_shift,
)
from steadwell.outreach.services.calls import (
    Ending,
    Typed,
    close_call,
    draft_note,
    drop_call,
    keep_call,
    start_call,
)
from steadwell.outreach.services.escalations import (
    acknowledge,
    answer,
    mark_read,
    raise_escalation,
)
from steadwell.outreach.services.loops import (
    Happened,
    give_loop,
    move_step,
    open_loop,
    stop_loop,
    take_step,
)
from steadwell.outreach.services.notes import mark_note_read, write_team_note
from steadwell.outreach.services.reaching import set_limits, set_preferences
from steadwell.outreach.services.safety import change_protocol, close_flag, open_flag
from steadwell.outreach.services.saved_views import clean_query, drop_view, save_view
from steadwell.outreach.services.settings import (
    change_settings,
    change_standing_order,
    set_deputy,
)
from steadwell.outreach.services.standing import rebuild_standings, renew_standings
from steadwell.outreach.services.tasks import (
    drop_task,
    end_recurring,
    finish_task,
    give_task,
    make_recurring,
    make_task,
    occurrence,
)
from steadwell.outreach.services.work import (
    Finished,
    finish_work,
    keep_writing,
    start_of_today,
    support_later,
)

__all__ = [
    "Ending",
    "Finished",
    "Happened",
    "Typed",
    "acknowledge",
    "add_shift",
    "answer",
    "change_protocol",
    "change_settings",
    "change_standing_order",
    "clean_query",
    "close_call",
    "close_flag",
    "come_back",
    "draft_note",
    "drop_call",
    "drop_task",
    "drop_view",
    "end_recurring",
    "finish_task",
    "finish_work",
    "give_loop",
    "give_task",
    "go_away",
    "keep_call",
    "keep_writing",
    "make_recurring",
    "make_task",
    "mark_note_read",
    "mark_read",
    "move_step",
    "occurrence",
    "open_flag",
    "open_loop",
    "raise_escalation",
    "rebuild_standings",
    "record_urgent_contact",
    "remove_shift",
    "renew_standings",
    "save_view",
    "set_deputy",
    "set_limits",
    "set_preferences",
    "start_call",
    "start_of_today",
    "stop_loop",
    "support_later",
    "take_step",
    "write_team_note",
]
