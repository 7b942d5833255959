"""The chain in a real browser, one person after another: from a chart that qualifies to minutes in the
ledger; and from a month that is over to a file a clearinghouse reads and a packet whose numbers agree."""

import json
import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page, expect

from scripts.demo_server import Server
from steadwell.rules import Month
from steadwell.wire.tests.test_x12_accepted import errors_of
from tests.browser.third_day import the_payer_answers

Open = Callable[..., Page]
CHART = re.compile(r"(/patients/[0-9a-f-]{36}/)")


def chart_of(page: Page) -> str:
    found = CHART.search(page.url)
    assert found, page.url
    return found[1]


def test_a_person_who_qualifies_is_enrolled_planned_for_and_cared_for(open_as: Open) -> None:
    chart = practitioner_states_the_risk(open_as("okafor"))
    specialist_takes_the_consent(open_as("tom"), chart)
    nurse = open_as("rosa")
    nurse_writes_the_plan(nurse, chart)
    practitioner_signs(open_as("okafor"), chart)
    nurse_gives_the_copy(nurse, chart)
    nurse_calls(nurse, chart)
    manager_sees_the_running_month(open_as("priya"), chart)


def practitioner_states_the_risk(page: Page) -> str:
    page.goto("/enrollment/?list=waiting")
    page.locator("#cand tbody th a").first.click()
    chart = chart_of(page)
    form = page.locator("#risk form")
    form.get_by_role("button", name="Confirm the risk").click()
    expect(page.locator("#risk")).to_contain_text("tick", ignore_case=True)
    for box in form.get_by_role("checkbox").all():
        box.check()
    page.locator("#risk textarea").fill("Lasting, and worse this year. Decline is likely.")
    page.locator("#risk").get_by_role("button", name="Confirm the risk").click()
    expect(page.locator("#risk")).to_contain_text("Decline is likely")
    page.get_by_label("Visit in the chart").select_option(index=1)
    page.get_by_label("Visit code").select_option(visit_code(page))
    page.get_by_text("CCM was discussed at this visit").click()
    page.get_by_role("button", name="Confirm the visit").click()
    expect(page.locator("#visit")).to_contain_text("discussed")
    return chart


def visit_code(page: Page) -> str:
    chosen = page.get_by_label("Visit in the chart").locator("option:checked").text_content() or ""
    return chosen.split()[-1]


def specialist_takes_the_consent(page: Page, chart: str) -> None:
    page.goto(f"{chart}consent/")
    points = page.get_by_role("region", name="3. Four points").get_by_role("checkbox")
    expect(points).to_have_count(4)
    for point in points.all()[:3]:
        point.check()
    page.get_by_label("What they said").fill("A nurse calls me, it may cost me, I can stop.")
    page.get_by_role("radio", name="Yes", exact=True).check()
    page.get_by_role("radio", name=re.compile("Yes, said aloud")).check()
    page.get_by_label("The patient’s own contact").select_option(label="Rosa Delgado, RN")
    page.get_by_role("button", name="Save").first.click()
    expect(page.get_by_text("3 of 4 points were said").first).to_be_visible()
    points.nth(3).check()
    page.get_by_role("button", name="Save").first.click()
    page.wait_for_url(f"**{chart}enrollment/**")
    expect(page.locator("#consent")).to_contain_text("4 of 4 points")


def nurse_writes_the_plan(page: Page, chart: str) -> None:
    page.goto(f"{chart}plan/")
    page.get_by_role("button", name="Start the plan").click()
    fill_part(page, chart, "goals", {"Goal": "Walk to church again", "Target": "under 130/80"})
    fill_part(page, chart, "interventions", WHAT_WE_DO)
    today = datetime.now(UTC).date() - timedelta(days=1)
    fill_part(page, chart, "medications", {REVIEWED: today.isoformat()})
    review = today + timedelta(days=120)
    fill_part(page, chart, "closing", {"Next review on or before": review.isoformat()})
    page.goto(f"{chart}plan/")
    page.get_by_role("button", name=re.compile("^Send to")).click()
    expect(page.get_by_text("has the plan to sign.").first).to_be_visible()


REVIEWED = "Gone through with the patient on"
WHAT_WE_DO = {"What": "Monthly call", "Who": "Rosa Delgado", "When": "every month"}


def fill_part(page: Page, chart: str, part: str, values: dict[str, str]) -> None:
    page.goto(f"{chart}plan/edit/{part}/")
    editor = page.locator("#editor")
    first = next(iter(values))
    if not editor.get_by_label(first, exact=True).count():
        editor.locator("button[name=add]").click()
    for label, value in values.items():
        editor.get_by_label(label, exact=True).first.fill(value)
    editor.locator("button[name=save]:not([tabindex])").click()
    page.wait_for_load_state()


def practitioner_signs(page: Page, chart: str) -> None:
    page.goto(f"{chart}plan/")
    page.get_by_role("button", name="Sign this plan").click()
    expect(page.get_by_text(re.compile("Signed .* by Dr")).first).to_be_visible()


def nurse_gives_the_copy(page: Page, chart: str) -> None:
    page.goto(f"{chart}plan/")
    page.get_by_label("To whom").fill("the patient")
    page.get_by_role("button", name="Record the copy").click()
    expect(page.get_by_text("the patient").first).to_be_visible()


def nurse_calls(page: Page, chart: str) -> None:
    page.goto(chart)
    page.get_by_label("What changed").fill("Sleeps on one pillow again.")
    expect(page.locator("[data-says]")).to_have_text("Chart review, CCM")
    page.locator("#clock-activity").select_option("phone_call")
    page.wait_for_timeout(2500)
    page.get_by_label("What was done").fill("Went over the new pill with her daughter.")
    page.get_by_label("What it served").select_option(index=1)
    page.get_by_text("Reached", exact=True).first.click()
    page.get_by_role("button", name="End and save").click()
    expect(page.get_by_text("The note is saved")).to_be_visible()
    page.goto(f"{chart}time/")
    expect(page.locator("main table").first).to_contain_text("Phone call")


def manager_sees_the_running_month(page: Page, chart: str) -> None:
    running = Month.of(datetime.now(ZoneInfo("America/New_York")).date())
    page.goto(f"{chart}billing/?month={running}")
    expect(page.get_by_text(re.compile("20 minutes that 99490 needs")).first).to_be_visible()


@pytest.fixture
def month() -> str:
    """The demo's month to close: last month, in the practice's zone."""
    return str(Month.of(datetime.now(ZoneInfo("America/New_York")).date()).before)


def test_a_month_becomes_a_claim_and_a_packet(
    open_as: Open, server: Server, month: str, tmp_path: Path
) -> None:
    doctors = [open_as("okafor"), open_as("park")]
    attest_what_waits(doctors, month)
    for page in doctors:
        approve_what_is_ready(page, month)
    manager = open_as("priya")
    close(manager, month)
    claims = write_claims(manager, month, tmp_path)
    the_payer_answers(manager, claims)
    prove(open_as("lena"), server, month, claims, tmp_path)


def attest_what_waits(doctors: list[Page], month: str) -> None:
    """Whoever of the two bills for the patient can say how complex the decisions were."""
    for page in doctors:
        page.goto(f"/months/{month}/?state=needs_a_person")
        page.get_by_role("link", name=re.compile("^Open the decision of")).first.click()
        offer = page.locator("summary", has_text="Attest decision making")
        if offer.count():
            offer.click()
            page.get_by_role("radio", name="Moderate").check()
            page.get_by_role("button", name=re.compile("^Attest")).click()
            expect(page.get_by_text("99487").first).to_be_visible()
            return
    raise AssertionError("nobody could attest")


def approve_what_is_ready(page: Page, month: str) -> None:
    page.goto(f"/months/{month}/")
    page.get_by_role("button", name=re.compile("^Approve the")).click()
    page.wait_for_load_state()
    expect(page.get_by_text(re.compile("[Aa]pproved")).first).to_be_visible()


def close(page: Page, month: str) -> None:
    page.goto(f"/months/{month}/")
    page.get_by_role("button", name=re.compile("^Close")).click()
    leave = page.get_by_role("button", name=re.compile("^Close and leave out"))
    leave.wait_for()
    leave.click()
    expect(page.get_by_text("Closed", exact=True).first).to_be_visible()


def write_claims(page: Page, month: str, folder: Path) -> str:
    """The bytes of the first file, accepted by an independent judge."""
    page.goto("/claims/")
    page.get_by_role("button", name=re.compile("^Write claims for")).click()
    expect(page.locator("#claims table").nth(1)).to_be_visible(timeout=20_000)
    page.goto("/claims/")
    with page.expect_download() as downloading:
        page.get_by_role("link", name=re.compile("Download")).first.click()
    path = folder / "claims.837"
    downloading.value.save_as(path)
    text = path.read_text()
    assert errors_of(text) == []
    return text


def prove(page: Page, server: Server, month: str, claims: str, folder: Path) -> None:
    """One packet: its minutes and lines are the ledger's, the decision's and the claim's."""
    page.goto(f"/months/{month}/?state=approved")
    page.locator("main table tbody th a").first.click()
    page.get_by_role("link", name="Chart").first.click()
    chart = chart_of(page)
    data = page.request.get(f"{chart}billing/{month}/packet.json")
    assert page.request.get(f"{chart}billing/{month}/packet.pdf").body().startswith(b"%PDF")
    packet = json.loads(data.body())["packet"]
    claim, decision = packet["claim"], packet["snapshot"]["decision"]
    assert claim["minutes"] == decision["minutes"]["ccm"]
    assert f"CLM*{claim['control_number']}*" in claims
    for line in claim["lines"]:
        assert f"SV1*HC:{line['code']}*" in claims
    (folder / "packet.json").write_bytes(data.body())
    for command in (["rules", "check"], ["audit", "verify", "--packet"]):
        done = server.run(*command, str(folder / "packet.json"))
        assert done.returncode == 0, done.stdout + done.stderr
