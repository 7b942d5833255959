"""The clock in a real browser: it starts with work, follows the hands, and keeps what is typed."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.browser.conftest import scrolls_sideways, serious

Open = Callable[..., Page]


def first_chart(page: Page) -> str:
    page.goto("/?who=all&show=all&sort=name")
    page.locator(".work th[scope=row] a").first.click()
    page.wait_for_selector("[data-clock]")
    return page.url


def test_the_clock_starts_with_work_and_ends_with_the_note(open_as: Open) -> None:
    page = open_as("rosa")
    first_chart(page)
    says, state = page.locator("[data-says]"), page.locator("[data-act=pause]")
    page.get_by_label("What changed").fill("Sleeps on one pillow again")
    expect(says).to_have_text("Chart review, CCM")
    expect(state).to_be_visible()
    page.locator("#clock-activity").select_option("phone_call")
    expect(says).to_have_text("Phone call, CCM")
    page.get_by_role("button", name="Pause the clock").click()
    expect(says).to_have_text("Paused")
    page.get_by_role("button", name="Go on with the clock").click()
    expect(says).to_have_text("Phone call, CCM")
    page.wait_for_timeout(2200)
    expect(page.locator("[data-goes]")).to_contain_text("goes to Phone call, CCM")
    page.get_by_label("What was done").fill("Went over the new pill with her daughter on the line.")
    page.get_by_label("What it served").select_option(index=1)
    page.get_by_text("Reached", exact=True).first.click()
    page.get_by_role("button", name="End and save").click()
    expect(page.get_by_text("The note is saved")).to_be_visible()
    expect(says).to_have_text("Off")
    page.mouse.wheel(0, 200)
    page.wait_for_timeout(500)
    expect(says).to_have_text("Off")  # the work is over until a chart is opened again


def test_the_clock_follows_the_hands_between_two_tabs(open_as: Open) -> None:
    left = open_as("rosa")
    first_chart(left)
    left.get_by_label("What changed").fill("x")
    expect(left.locator("[data-says]")).to_contain_text(", CCM")
    right = left.context.new_page()
    right.goto("/?who=all&show=all&sort=name")
    right.locator(".work th[scope=row] a").nth(1).click()
    right.get_by_label("What changed").fill("y")
    expect(right.locator("[data-says]")).to_have_text("Chart review, CCM")
    expect(left.locator("[data-says]")).to_have_text("Runs on another chart", timeout=20_000)


def test_pages_of_the_day_pass_axe_and_fit(open_as: Open) -> None:
    for width in (1440, 1024, 390):
        page = open_as("rosa", width=width)
        chart = first_chart(page)
        for address in ("/", chart, f"{chart}time/"):
            page.goto(address)
            assert serious(page) == [], (address, width)
            assert not scrolls_sideways(page), (address, width)
