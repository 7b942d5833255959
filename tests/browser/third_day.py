"""The third day of a billing manager's month: the payer has answered the claims that were written."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

from playwright.sync_api import FilePayload, Page, expect

from steadwell.wire.tests.answers_x12 import a_277ca, an_835, clp, remit, svc
from tests.browser.conftest import fits

LINE = re.compile(r"SV1\*HC:(\w+)\*([\d.]+)\*.*?~DTP\*472\*D8\*(\d{8})~REF\*6R\*([^~]+)~")


@dataclass(frozen=True, slots=True)
class Sent:
    """A claim as its file says it: lines as code, charge, day, control number."""

    number: str
    charge: str
    lines: list[tuple[str, str, str, str]]


def claims_in(text: str) -> list[Sent]:
    parts = text.split("CLM*")[1:]
    return [Sent(*part.split("*")[:2], LINE.findall(part)) for part in parts]


def the_payer_answers(page: Page, text: str) -> None:
    """One claim is paid and one denied: read, posted, and the denial appealed before its last day."""
    paid, denied = claims_in(text)[:2]
    upload(page, "day3.277", a_277ca(*((one.number, "A2:20:PR", "WQ") for one in (paid, denied))))
    expect(page.get_by_role("status")).to_contain_text("2")
    upload(page, "day3.835", remittance(paid, denied))
    expect(page.get_by_role("status")).to_contain_text(
        f"{len(paid.lines) + len(denied.lines)} lines posted"
    )
    page.goto("/claims/all/")
    stands(page, paid, "Paid")
    stands(page, denied, "Denied")
    fits(page)
    appeal(page, denied)


def remittance(paid: Sent, denied: Sent) -> str:
    """Everything of the one, nothing of the other, decided today."""
    nothing = [
        svc(code, charge, "0", f"CO*50*{charge}", number=number, on=on)
        for code, charge, on, number in denied.lines
    ]
    everything = [
        svc(code, charge, charge, number=number, on=on) for code, charge, on, number in paid.lines
    ]
    file = an_835(
        remit(
            clp(paid.number, paid.charge, paid.charge, *everything),
            clp(denied.number, denied.charge, "0", *nothing, status="4"),
            trace="DAY3",
        )
    )
    return file.replace("20260401", f"{datetime.now(UTC):%Y%m%d}")


def upload(page: Page, name: str, text: str) -> None:
    page.goto("/claims/read/")
    page.get_by_label("File (999, 277CA or 835)").set_input_files(
        FilePayload(name=name, mimeType="text/plain", buffer=text.encode())
    )
    page.get_by_role("button", name="Read it").click()


def stands(page: Page, claim: Sent, state: str) -> None:
    row = page.get_by_role("row").filter(has=page.get_by_role("link", name=claim.number))
    expect(row).to_contain_text(state)


def appeal(page: Page, denied: Sent) -> None:
    page.goto("/claims/denials/")
    fits(page)
    page.get_by_role("link", name=f"Open a case for claim {denied.number}").first.click()
    page.locator("#ways").get_by_role("link", name=re.compile("redetermination", re.I)).click()
    page.get_by_label("Why").fill("The plan and the call notes show what was needed, and why.")
    page.get_by_role("button", name="Open the case").click()
    facts = page.get_by_role("region", name="What it is about")
    expect(facts).to_contain_text(denied.number)
    expect(facts).to_contain_text("120")
    step = page.get_by_role("region", name="Write down the next step")
    step.get_by_label("What happened").select_option(label="Sent")
    step.get_by_label("On", exact=True).fill(f"{datetime.now(UTC):%Y-%m-%d}")
    step.get_by_label("Sent by").select_option(index=1)
    step.get_by_role("button", name="Write it down").click()
    expect(page.get_by_role("region", name="What happened")).to_contain_text("Sent")
    fits(page)
    letter = page.get_by_role("link", name="Letter (PDF)").get_attribute("href") or ""
    assert page.request.get(letter).body().startswith(b"%PDF")
