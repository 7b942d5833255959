"""A day of work as a line: when, and whether by the clock or by hand. The table beside it says the rest."""

from datetime import datetime, timedelta

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from steadwell.timekeeping.days import Day

register = template.Library()
WIDTH, TOP, TALL = 720, 4, 20
FIRST, LAST = 7, 19  # hours shown of every day; more where there was work


@register.simple_tag
def day_line(day: Day) -> SafeString:
    """An SVG whose lengths are attributes, as no page may carry styles."""
    first, last = _hours(day)
    scale = WIDTH / ((last - first) * 3600)

    def x(moment: datetime) -> float:
        return ((moment - day.begins) / timedelta(seconds=1) - first * 3600) * scale

    blocks = format_html_join(
        "",
        '<rect class="{}" x="{}" y="{}" width="{}" height="{}"/>',
        (
            ("day-hand" if one.by_hand else "day-clock", f"{x(one.begins):.1f}", TOP,
             f"{max(x(one.ends) - x(one.begins), 1):.1f}", TALL)
            for one in day.stretches
        ),
    )  # fmt: skip
    step = 2 if last - first <= 16 else 4
    hours = format_html_join(
        "",
        '<path class="tick" d="M{} {}v4"/><text class="svg-t" x="{}" y="40" text-anchor="{}">{}</text>',
        (
            (f"{at:.1f}", TOP + TALL, f"{at:.1f}", _anchor(at), _hour(hour))
            for hour in range(first, last + 1, step)
            for at in [(hour - first) * 3600 * scale]
        ),
    )
    return format_html(
        '<svg class="day-line" viewBox="0 0 {w} 44" role="img" aria-label="{label}">'
        '<rect class="bar" x="0" y="{top}" width="{w}" height="{tall}" rx="3"/>{blocks}{hours}</svg>',
        w=WIDTH, top=TOP, tall=TALL, blocks=blocks, hours=hours, label=_label(day),
    )  # fmt: skip


def _hours(day: Day) -> tuple[int, int]:
    first, last = FIRST, LAST
    for one in day.stretches:
        first = min(first, int((one.begins - day.begins).total_seconds() // 3600))
        last = max(last, -int(-(one.ends - day.begins).total_seconds() // 3600))
    return first, last


def _label(day: Day) -> str:
    by_hand = sum(one.by_hand for one in day.stretches)
    entries = f"{len(day.stretches)} {'entry' if len(day.stretches) == 1 else 'entries'}"
    return f"{day.minutes} minutes in {entries}, {by_hand} of them by hand. The table says when."


def _anchor(at: float) -> str:
    return "start" if at < 1 else "end" if at > WIDTH - 1 else "middle"


def _hour(hour: int) -> str:
    return f"{(hour - 1) % 12 + 1} {'am' if hour % 24 < 12 else 'pm'}"
