"""Every page as the people who use it see it: readable by all, at a desk and on a phone."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import Page, Response

from steadwell.careplans.parts import PARTS

from .conftest import scrolls_sideways, serious

DESK, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}

OpenAs = Callable[..., Page]


@dataclass(slots=True)
class Walk:
    """Goes from page to page and notes what is wrong with each."""

    page: Page
    faults: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.page.on("response", lambda response: self._missing(response))  # noqa: PLW0108 (playwright marks what it calls)

    def see(self, *paths: str, closely: bool = False) -> None:
        for path in paths:
            self.page.set_viewport_size(DESK)
            self.page.goto(path)
            self.look(path, closely=closely)

    def look(self, name: str, *, closely: bool = False) -> None:
        """The page as it stands, at a desk and on a phone; `closely`, with axe there and in the dark."""
        page = self.page
        if (heads := page.locator("h1:visible").count()) != 1:
            self.faults.append(f"{name}: {heads} main headings")
        self._axe(f"{name} at a desk")
        for size in (DESK, PHONE):
            page.set_viewport_size(size)
            if scrolls_sideways(page):
                self.faults.append(f"{name}: scrolls sideways at {size['width']}")
        if closely:
            self._axe(f"{name} on a phone")
            page.emulate_media(color_scheme="dark", reduced_motion="reduce")
            page.wait_for_timeout(300)  # colors settle
            self._axe(f"{name} in the dark")
            page.emulate_media(color_scheme="light")

    def _axe(self, name: str) -> None:
        self.faults += [f"{name}: {one}" for one in serious(self.page)]

    def _missing(self, response: Response) -> None:
        if response.status >= 400 and response.request.resource_type != "document":
            self.faults.append(f"{response.status} for {response.url}")


@pytest.fixture
def walk_as(open_as: OpenAs) -> Iterator[Callable[[str], Walk]]:
    walks: list[Walk] = []

    def begin(mailbox: str) -> Walk:
        walks.append(Walk(open_as(mailbox)))
        return walks[-1]

    yield begin
    assert [fault for walk in walks for fault in walk.faults] == []


def first(page: Page, link: str) -> str:
    """The chart behind a link: /patients/…"""
    address = page.locator(link).first.get_attribute("href") or ""
    assert address.startswith("/patients/")
    return "/".join(address.split("/")[:3])


def test_care_manager(walk_as: Callable[[str], Walk]) -> None:
    walk = walk_as("rosa")
    walk.see("/", "/forecast/", closely=True)
    walk.page.goto("/")
    chart = first(walk.page, ".work th a")
    walk.see(f"{chart}/", closely=True)
    walk.see(f"{chart}/record/", f"{chart}/time/", f"{chart}/plan/", f"{chart}/billing/")
    walk.see(f"{chart}/call/", f"{chart}/work/", "/loops/?who=all", closely=True)
    walk.see(f"{chart}/reach/", "/tasks/?who=all", "/tasks/?who=all&show=done", "/questions/")
    walk.see(f"{chart}/after-hours/", "/team/away/")
    walk.see("/patients/", "/more/", "/claims/", "/nowhere/")
    walk.see("/time/", closely=True)
    walk.see(walk.page.get_by_role("link", name="Every day").get_attribute("href") or "")
    walk.see(f"{chart}/?peek=1")


def test_every_part_of_a_plan(walk_as: Callable[[str], Walk]) -> None:
    walk = walk_as("rosa")
    chart = first(walk.page, ".work th a")
    walk.page.goto(f"{chart}/plan/")
    start = walk.page.get_by_role("button", name="Start")
    for button in (start.filter(has_text="version"), start.filter(has_text="plan")):
        if button.count():
            button.first.click()
            walk.page.wait_for_load_state()
            break
    walk.look("the draft")
    walk.see(*(f"{chart}/plan/edit/{part.key}/" for part in PARTS))
    walk.see(f"{chart}/plan/versions/1/", f"{chart}/plan/versions/1/patient/")


def test_enrollment_specialist(walk_as: Callable[[str], Walk]) -> None:
    walk = walk_as("tom")
    walk.see("/", "/enrollment/")
    chart = first(walk.page, "main table a[href*='/consent/']")
    walk.see(f"{chart}/consent/", closely=True)
    walk.see(f"{chart}/enrollment/", f"{chart}/claim-details/")


def test_practitioner(walk_as: Callable[[str], Walk]) -> None:
    walk = walk_as("okafor")
    walk.see("/questions/", closely=True)
    walk.see("/", "/plans/to-sign/", "/time/waiting/", "/enrollment/?list=waiting")
    chart = first(walk.page, "main table a[href^='/patients/']")
    walk.see(f"{chart}/enrollment/")
    walk.see("/months/", closely=True)
    detail = walk.page.locator(".bill a[href*='patient=']").first
    walk.see((detail.get_attribute("href") or "").split("#")[0])
    walk.page.set_viewport_size(DESK)
    chart = first(walk.page, "#detail a[href^='/patients/']")
    walk.see(f"{chart}/", f"{chart}/billing/")


def test_practice_manager(walk_as: Callable[[str], Walk]) -> None:
    walk = walk_as("priya")
    walk.see("/", "/claims/", "/time/waiting/")
    walk.see("/settings/", closely=True)
    for list_page in ("practitioners", "staff", "payers"):
        walk.see(f"/settings/{list_page}/")
        one = walk.page.locator(f"main a[href^='/settings/{list_page}/']:not([href$='/new/'])")
        walk.see(one.filter(visible=True).last.get_attribute("href") or "")
    walk.see("/settings/work/", closely=True)
    walk.see("/settings/on-call/")
    walk.see("/settings/practice/", "/settings/charges/")
    walk.see("/settings/practitioners/new/", "/settings/staff/invite/", "/settings/payers/new/")


def test_after_the_claims(walk_as: Callable[[str], Walk]) -> None:
    walk = walk_as("priya")
    walk.see("/claims/denials/", "/claims/cases/", "/claims/cases/?show=closed")
    walk.see("/claims/cases/new/records/", "/claims/cases/new/overpayment/", closely=True)
    walk.see("/settings/retention/", "/settings/staff/papers/", closely=True)
    person = walk.page.locator("main th a[href$='/papers/']").first.get_attribute("href")
    walk.see(person or "", closely=True)


def test_compliance(walk_as: Callable[[str], Walk]) -> None:
    walk = walk_as("lena")
    walk.see("/home/", "/settings/")
    walk.see("/months/", closely=True)
    walk.see(f"{walk.page.url.rstrip('/')}/samples/", closely=True)
    walk.see("/home/", "/settings/", "/settings/clock/")
    walk.see("/time/")
    walk.see(walk.page.get_by_role("link", name="Everybody").get_attribute("href") or "")
    walk.page.goto("/patients/")
    chart = first(walk.page, "main table a[href^='/patients/']")
    walk.see(f"{chart}/record/")
    walk.page.set_viewport_size(DESK)
    walk.page.get_by_label("For which matter").fill("Letter of counsel, 03/02/2026")
    walk.page.get_by_role("button", name="Set a hold").click()
    walk.page.get_by_text("The hold stands from now on").wait_for()
    walk.look("a record under a hold")
    walk.see("/patients/holds/", closely=True)
    walk.see(f"{chart}/time/")
    walk.see(walk.page.get_by_role("link", name="Every version").get_attribute("href") or "")


def test_the_rulebook(walk_as: Callable[[str], Walk]) -> None:
    walk = walk_as("lena")
    walk.see("/rules/", "/rules/?on=2030-01-01")
    walk.see("/rules/codes/99490/?on=2016-05-01", "/rules/try/", "/rules/try/text/", closely=True)
    walk.page.get_by_role("button", name="Decide", exact=True).click()
    walk.page.get_by_text("checks met").wait_for()
    walk.look("a decided text")
    walk.page.get_by_role("button", name="Open in the form").click()
    walk.page.get_by_role("heading", name="The case as text").wait_for()
    walk.look("a decided form", closely=True)


def test_before_the_sign_in(walk_as: Callable[[str], Walk]) -> None:
    walk = walk_as("lena")
    walk.page.context.clear_cookies()
    walk.see("/accounts/login/", closely=True)
    walk.see("/accounts/password/reset/")


def test_the_clock_on_a_phone(open_as: OpenAs) -> None:
    page = open_as("park")
    page.locator(".work th a").first.click()
    page.wait_for_url("**/patients/*/", wait_until="load")
    page.set_viewport_size(PHONE)
    page.get_by_role("button", name="Activity and stop").click()
    page.get_by_label("Activity", exact=True).select_option("care_coordination")
    assert serious(page) == []
    page.get_by_role("button", name="Stop the clock").click()
    page.get_by_role("button", name="Start the clock").wait_for()


def test_the_keyboard_comes_first_to_the_page(open_as: OpenAs) -> None:
    page = open_as("rosa")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to the page"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_the_worklist_goes_by_keys(open_as: OpenAs) -> None:
    page = open_as("rosa")
    page.locator("[data-row]").first.wait_for()
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("k")
    focused = page.evaluate("document.activeElement.getAttribute('href')")
    assert focused == page.locator("[data-row] th a").first.get_attribute("href")
    page.keyboard.press("c")
    page.wait_for_url(f"**{focused}call/", wait_until="load")
    page.go_back()
    page.get_by_label("Keep this list as").fill("jk")  # letters typed stay letters
    assert page.get_by_label("Keep this list as").input_value() == "jk"
    page.keyboard.press("Enter")
    page.get_by_role("link", name="jk", exact=True).wait_for()


def test_the_operators_pages(walk_as: Callable[[str], Walk]) -> None:
    walk_as("operator").see("/platform/", "/platform/open/", closely=True)
