"""A remittance as a manager reads it: the file, what nobody knows, and where every cent went."""

from collections.abc import Callable

from playwright.sync_api import Page, expect

from steadwell.wire.tests.answers_x12 import a_277ca, an_835, clp, remit, svc
from tests.browser.conftest import fits
from tests.browser.third_day import upload

Open = Callable[..., Page]


def test_a_remittance_of_nobody_knows_whom(open_as: Open) -> None:  # noqa: PLR0915  (one story)
    line = svc("99490", "95.00", "52.00", "CO*45*30.00", "PR*2*13.00", remarks=["MA13"])
    text = an_835(remit(clp("NOBODY", "95.00", "52.00", line), trace="B1", plb=["WO:X*2.00"]))
    text = text.replace("XX*1234567893", "FI*123456789")
    page = open_as("priya")
    page.goto("/claims/")
    page.get_by_role("link", name="All claims").click()
    page.get_by_role("link", name="Read a file that came back").click()
    fits(page)
    upload(page, "cut.835", text[:500])
    expect(page.get_by_role("alert")).to_contain_text("cut off")
    upload(page, "b1.835", text)
    expect(page.get_by_role("status")).to_contain_text("0 lines posted, 1 waiting")
    page.get_by_role("link", name="Say which lines they are for").click()
    waiting = page.get_by_role("region", name="99490")
    expect(waiting).to_contain_text("More than the fee schedule allows")
    fits(page)
    waiting.get_by_label("How you know").fill("Our old billing service sent it.")
    waiting.get_by_role("button", name="Place it").click()
    expect(page.get_by_text("Nothing waits.")).to_be_visible()

    page.get_by_role("link", name="Remittances").click()
    fits(page)
    page.get_by_role("link", name="B1", exact=True).click()
    cents = page.get_by_role("region", name="Where every cent is", exact=True)
    expect(cents).to_contain_text("$50.00")
    expect(page.get_by_text("An overpayment kept back")).to_be_visible()
    fits(page)
    page.get_by_role("button", name="Undo").click()
    expect(page.get_by_role("link", name="Waits for a person").first).to_be_visible()

    upload(page, "c1.277", a_277ca(("NOBODY", "A7:507:85", "U")))
    expect(page.get_by_role("status")).to_contain_text("1 of them rejections")
    page.get_by_role("link", name="See what came back").click()
    fits(page)
    expect(page.get_by_role("region", name="Rejected, and not written here")).to_contain_text(
        "the procedure code is not a valid one (507), the billing provider (85)"
    )
