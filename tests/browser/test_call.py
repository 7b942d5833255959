"""A call as a nurse makes it: from Today to the saved note, with a red flag on the way."""

from collections.abc import Callable
from datetime import date, timedelta

from playwright.sync_api import Page, expect

from tests.browser.conftest import scrolls_sideways, serious

Open = Callable[..., Page]
PHONE = {"width": 390, "height": 844}


def test_from_today_to_the_note_with_a_red_flag(open_as: Open) -> None:  # noqa: PLR0915  (one story)
    page = open_as("rosa")
    page.locator(".work td a[href$='/call/']").first.click()
    page.wait_for_url("**/call/")
    page.get_by_role("button", name="They called us").click()
    expect(page.locator("[data-says]")).to_have_text("Phone call, CCM")
    expect(page.get_by_text("The questions come when two are ticked.")).to_be_visible()
    breath = page.get_by_role("group", name="Breathing since we last spoke")
    expect(breath).to_be_hidden()
    page.get_by_label("Full name").check()
    page.get_by_label("Date of birth").check()
    expect(breath).to_be_visible()

    page.get_by_label("What changed").fill("Typed before the flag.")
    breath.get_by_text("Short of breath at rest").click()
    flag = page.get_by_role("heading", name="Breathless at rest: do this now")
    expect(flag).to_be_in_viewport()
    assert serious(page) == []
    page.get_by_label("Who was told, by name").fill("Dr. Okafor")
    page.get_by_role("group", name="Chest pain").get_by_text("No", exact=True).click()
    expect(page.get_by_label("Who was told, by name")).to_have_value("Dr. Okafor")  # not lost
    page.get_by_text("Reached", exact=True).click()
    page.get_by_role("button", name="End and save").click()
    expect(page.get_by_text("record the step taken and who was told").first).to_be_visible()

    page.get_by_label("Handed over live to a practitioner").check()
    page.get_by_label("Who was told, by name").fill("Dr. Okafor")
    page.get_by_label("In a sentence").fill("She came on the line.")
    page.get_by_role("button", name="Record it").click()
    expect(page.get_by_text("Told: Dr. Okafor.")).to_be_visible()
    expect(page.get_by_label("What changed")).to_have_value("Typed before the flag.")

    page.get_by_role("group", name="Why we speak today").get_by_text("Monthly call").click()
    page.get_by_label("Went over the medicines").check()
    page.get_by_role("button", name="Draft the note").click()
    expect(page.get_by_label("What was done")).to_have_value("Went over the medicines one by one.")
    expect(page.get_by_label("What changed")).to_have_value(
        "Short of breath at rest. Asked, and nothing new: chest pain. Typed before the flag."
    )
    page.get_by_label("What it served").select_option(index=1)
    page.get_by_label("Next contact: what for").fill("Ask about breathing")
    page.get_by_label("On", exact=True).fill((date.today() + timedelta(days=1)).isoformat())  # noqa: DTZ011
    page.get_by_role("button", name="End and save").click()
    expect(page.get_by_text("The call is saved")).to_be_visible()
    expect(page.locator("[data-says]")).to_have_text("Off")
    expect(page.get_by_text("Ask about breathing").first).to_be_visible()


def test_a_running_call_by_keyboard_and_on_a_phone(open_as: Open) -> None:
    page = open_as("dana")
    page.goto("/?who=all&show=all&sort=name")
    page.locator(".work th[scope=row] a").nth(3).click()
    page.get_by_role("link", name="Call", exact=True).first.click()
    page.wait_for_url("**/call/")
    start = page.get_by_role("button", name="They called us")
    start.focus()
    page.keyboard.press("Enter")
    page.get_by_label("Full name").focus()
    page.keyboard.press("Space")
    page.keyboard.press("Tab")
    page.keyboard.press("Space")
    page.keyboard.press("Tab")  # to "Speaking with"
    assert page.evaluate("document.activeElement.name") in {"identifiers", "spoke_with"}
    page.get_by_role("button", name="Thoughts of suicide").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Thoughts of suicide: do this now")).to_be_visible()
    page.set_viewport_size(PHONE)
    assert serious(page) == []
    assert not scrolls_sideways(page)
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    page.wait_for_timeout(300)
    assert serious(page) == []
