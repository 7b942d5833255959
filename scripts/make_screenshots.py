"""Pictures for the README and the tutorial: the demo as its people see it, in docs/images."""

import os
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page

from scripts.demo_server import Server, chromium, demo_server, sign_in

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """A page as one of the demo's people sees it; `click` is a link to follow from `path`."""

    name: str
    who: str
    path: str
    click: str = ""
    tab: str = ""
    width: int = 1440


WORKLIST = ".work th[scope=row] a"
PICTURES = (
    Picture(name="today", who="rosa", path="/"),
    Picture(name="today-phone", who="rosa", path="/", width=390),
    Picture(name="enrollment", who="tom", path="/enrollment/"),
    Picture(
        name="consent", who="tom", path="/enrollment/?list=ready", click="#cand td:last-child a"
    ),
    Picture(name="chart", who="rosa", path="/?who=all&show=all&sort=name", click=WORKLIST),
    Picture(name="care-plan", who="rosa", path="/?who=all&show=all", click=WORKLIST, tab="plan"),
    Picture(name="month-end", who="priya", path="/months/", click="main table tbody th a"),
    Picture(name="settings", who="priya", path="/settings/"),
)


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with demo_server(f"steadwell_pictures_{os.getpid()}") as server, chromium() as browser:
        for picture in PICTURES:
            take(server, browser, picture)
            print(f"docs/images/{picture.name}.png")


def take(server: Server, browser: Browser, picture: Picture) -> None:
    context = browser.new_context(
        base_url=server.address, viewport={"width": picture.width, "height": 900}, locale="en-US"
    )
    page = context.new_page()
    sign_in(page, picture.who)
    page.goto(picture.path)
    go_to(page, picture)
    page.wait_for_load_state("networkidle")
    page.mouse.move(0, 0)
    page.evaluate("window.scrollTo(0, 0)")
    page.wait_for_timeout(300)
    page.screenshot(path=IMAGES / f"{picture.name}.png")
    context.close()


def go_to(page: Page, picture: Picture) -> None:
    if picture.click:
        page.locator(picture.click).first.click()
        page.wait_for_load_state()
    if picture.tab:
        page.goto(f"{page.url.split('?')[0].rstrip('/')}/{picture.tab}/")


if __name__ == "__main__":
    main()
