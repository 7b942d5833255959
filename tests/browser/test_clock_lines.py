"""The clock in two tabs and without a line: what is typed meanwhile counts, once; and its keys."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.test_clock import first_chart

Open = Callable[..., Page]


def minutes_and_seconds(page: Page) -> int:
    minutes, seconds = page.locator("[data-time]").inner_text().split(":")
    return int(minutes) * 60 + int(seconds)


def test_work_without_a_line_counts_once_in_whichever_tab(open_as: Open) -> None:
    left = open_as("rosa")
    chart = first_chart(left)
    left.get_by_label("What changed").fill("Before the line went")
    expect(left.locator("[data-says]")).to_contain_text(", CCM")
    right = left.context.new_page()
    right.goto(chart)  # the same chart in another tab
    left.context.set_offline(True)
    for tab, word in ((left, "a"), (right, "b"), (left, "c")):
        tab.get_by_label("What was done").press_sequentially(f"{word} while the line is down ")
        tab.wait_for_timeout(1200)
    left.evaluate("dispatchEvent(new Event('online'))")  # a beat, which finds no line
    expect(left.locator("[data-clock-news]")).to_contain_text("Keep working")
    assert left.evaluate(
        "Object.keys(localStorage).some(one => one.startsWith('steadwell.clock.'))"
    )
    left.context.set_offline(False)
    expect(left.locator("[data-clock-news]")).to_contain_text(
        "The connection is back", timeout=20_000
    )
    expect(left.locator("[data-says]")).to_contain_text(", CCM")
    assert minutes_and_seconds(left) >= 3
    both = {minutes_and_seconds(left), minutes_and_seconds(right)}
    assert max(both) - min(both) < 20
    left.get_by_role("button", name="Stop the clock").click()
    expect(left.locator("[data-says]")).to_have_text("Off")
    right.close()


def test_the_question_never_takes_the_focus_and_each_answer_does_what_it_says(
    open_as: Open,
) -> None:
    page = open_as("rosa")
    page.clock.install()
    first_chart(page)
    page.get_by_label("What changed").fill("x")
    expect(page.locator("[data-says]")).to_contain_text(", CCM")
    ask = page.locator("[data-clock-ask]")
    page.clock.fast_forward(130_000)
    expect(ask).to_be_visible()
    expect(page.get_by_label("What changed")).to_be_focused()
    page.get_by_role("button", name="No, I was not").click()
    expect(ask).to_be_hidden()
    expect(page.locator("[data-says]")).to_have_text("Off")


def test_a_peek_leaves_the_clock_where_it_is(open_as: Open) -> None:
    page = open_as("rosa")
    chart = first_chart(page)
    page.goto("/patients/")
    page.locator("a.ink[href^='/patients/']").first.focus()
    page.keyboard.press("p")
    page.wait_for_url(re.compile("peek=1"))
    page.mouse.wheel(0, 300)
    page.get_by_label("What changed").fill("only looking")
    page.wait_for_timeout(800)
    expect(page.locator("[data-clock-news]")).to_contain_text("You are looking, without the clock")
    expect(page.get_by_role("button", name="Start the clock")).to_be_visible()
    page.get_by_role("link", name="Time", exact=True).click()
    page.wait_for_url(re.compile("time/.peek=1"))
    assert chart


def test_one_key_for_reading_the_desk_phone_a_pause_and_the_household(open_as: Open) -> None:
    page = open_as("rosa")
    first_chart(page)
    page.get_by_role("link", name="Record", exact=True).click()
    number = page.locator("header.banner").inner_text()
    page.goto("/?who=all&show=all&sort=name")
    other = page.locator(".work th[scope=row] a").nth(1).get_attribute("href") or ""
    page.goto(other)
    found = re.search(r"record ([\w-]+)", page.locator("header.banner").inner_text())
    assert found
    assert number
    first_chart(page)
    page.get_by_role("link", name="Record", exact=True).click()
    page.get_by_label("Record number of somebody").fill(found[1])
    page.get_by_role("button", name="Link them").click()
    page.get_by_role("link", name="Overview", exact=True).click()
    says = page.locator("[data-says]")
    page.locator("h1").click()
    page.keyboard.press("d")
    expect(says).to_have_text("Desk phone, CCM")
    page.keyboard.press("h")
    page.wait_for_url(lambda address: other.rstrip("/") in address)
    expect(says).to_have_text("Phone call, CCM")  # the call goes on with the household
    page.keyboard.press("p")
    expect(says).to_have_text("Paused")
    page.keyboard.press("p")
    page.keyboard.press("r")
    expect(says).to_have_text(re.compile("^Reading"))
    page.get_by_role("button", name="Stop the clock").click()
    expect(says).to_have_text("Off")
