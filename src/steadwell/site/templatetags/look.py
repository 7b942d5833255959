"""Small pieces of the look: icons, minutes with ticks, money, and plain words for dates."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal

from django import template
from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

STEPS = (20, 40, 60)


@register.simple_tag
def icon(name: str) -> SafeString:
    """A symbol of icons.svg; decoration only, so the word beside it carries the meaning."""
    return format_html(
        '<svg class="icon" viewBox="0 0 24 24" aria-hidden="true"><use href="{}#i-{}"/></svg>',
        static("icons.svg"),
        name,
    )


@register.simple_tag
def minutes_bar(
    minutes: int, steps: Sequence[int] = STEPS, *, big: bool = False, label: str = ""
) -> SafeString:
    """Whole minutes as a bar with a tick at each step; a tick that is reached becomes a check."""
    width, height, radius, margin = (176, 34, 6, 11) if big else (84, 18, 5, 7)
    center, thickness = (9.0, 6) if big else (9.0, 5)
    span = width - 2 * margin
    top = steps[-1]
    filled = span * min(minutes, top) / top
    ticks = format_html_join(
        "",
        "{}",
        (
            (_tick(margin + span * step / top, center, radius, reached=minutes >= step),)
            for step in steps
        ),
    )
    numbers = format_html_join(
        "",
        '<text class="svg-t" x="{}" y="31" text-anchor="middle">{}</text>',
        ((f"{margin + span * step / top:.1f}", step) for step in steps if big),
    )
    return format_html(
        '<svg width="{w}" height="{h}" viewBox="0 0 {w} {h}" role="img" aria-label="{label}">'
        '<rect class="bar" x="{m}" y="{y}" width="{span}" height="{t}" rx="{r}"/>'
        '<rect class="bar-on" x="{m}" y="{y}" width="{filled}" height="{t}" rx="{r}"/>{ticks}{numbers}</svg>',
        w=width,
        h=height,
        m=margin,
        y=f"{center - thickness / 2:.1f}",
        t=thickness,
        r=f"{thickness / 2:.1f}",
        span=span,
        filled=f"{filled:.1f}",
        label=label or minutes_label(minutes, steps),
        ticks=ticks,
        numbers=numbers,
    )


def minutes_label(minutes: int, steps: Sequence[int]) -> str:
    """What the bar says aloud: what is reached and what is left."""
    following = next((step for step in steps if step > minutes), None)
    if following is None:
        return f"{minutes} minutes this month. Every step is reached."
    return (
        f"{minutes} minutes this month. {following - minutes} more to the {following}-minute step."
    )


def _tick(x: float, y: float, radius: int, *, reached: bool) -> SafeString:
    if not reached:
        return format_html('<path class="tick" d="M{} {}v12"/>', f"{x:.1f}", f"{y - 6:.1f}")
    return format_html(
        '<circle class="tick-on" cx="{}" cy="{}" r="{}"/>'
        '<path class="tick-ok" d="M{} {}l1.9 1.9 3.3-3.8"/>',
        f"{x:.1f}", f"{y:.1f}", radius, f"{x - 2.6:.1f}", f"{y + 0.2:.1f}",
    )  # fmt: skip


@register.filter
def dollars(amount: Decimal | None) -> str:
    """$1,234.50, -$4.00 below zero; a dash where no amount is known."""
    if amount is None:
        return "–"
    return f"-${-amount:,.2f}" if amount < 0 else f"${amount:,.2f}"


@register.filter
def on_record(day: date | None) -> str:
    """11/17/2026, as dates stand in records."""
    return f"{day:%m/%d/%Y}" if day else "–"


@register.filter
def in_words(day: date | None) -> str:
    """November 17, as dates stand in sentences."""
    return f"{day:%B} {day.day}" if day else "–"


@register.filter
def in_words_with_year(day: date | None) -> str:
    return f"{day:%B} {day.day}, {day.year}" if day else "–"


@register.filter
def age_on(birth_date: date, day: date) -> int:
    """Completed years."""
    before_birthday = (day.month, day.day) < (birth_date.month, birth_date.day)
    return day.year - birth_date.year - before_birthday


@register.simple_tag
def brand_mark() -> SafeString:
    return mark_safe(
        '<svg viewBox="0 0 32 32" aria-hidden="true"><rect class="mark-bg" width="32" height="32" rx="8"/>'
        '<path class="mark-line" d="M6.5 20.5h19M11 20.5v-4M16 20.5v-7M21 20.5v-10"/></svg>'
    )
