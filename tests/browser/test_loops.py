"""A late result found in the list of loops, read, and told to the patient."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from .conftest import scrolls_sideways, serious

PHONE = {"width": 390, "height": 844}
OpenAs = Callable[..., Page]


def test_a_late_result_is_read_and_the_patient_told(open_as: OpenAs) -> None:
    page = open_as("rosa")
    page.goto("/loops/?who=all&show=late")
    late = page.locator("main li", has_text="Nobody has read the result")
    expect(late).to_have_count(1)
    late.get_by_role("link").click()
    card = page.locator("section.card", has_text="Kidney function")
    card.get_by_role("button", name="Record").click()
    expect(page.get_by_role("alert")).to_contain_text("what the result says")
    assert serious(page) == []
    card.get_by_label("What it says").fill("Potassium 4.4, creatinine unchanged. Nothing follows.")
    card.get_by_role("button", name="Record").click()
    expect(card).to_contain_text("Potassium 4.4")
    page.set_viewport_size(PHONE)
    assert not scrolls_sideways(page)
    assert serious(page) == []
    card.get_by_role("button", name="Record").click()
    expect(card).to_have_count(0)
    expect(page.locator("details", has_text="Closed (1)")).to_be_visible()
