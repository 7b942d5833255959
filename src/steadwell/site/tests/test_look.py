"""What every template must keep to: the content security policy forbids the rest anyway."""

import re
from pathlib import Path

import pytest

import steadwell

ROOT = Path(steadwell.__file__).parent
TEMPLATES = sorted(ROOT.rglob("templates/**/*.html"))
SCRIPTS = sorted((ROOT / "site/static/js").glob("*.js"))
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE),
    "an event handler": re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE),
    "a script in the page": re.compile(r"<script(?![^>]*\ssrc=)", re.IGNORECASE),
    "a style sheet in the page": re.compile(r"<style", re.IGNORECASE),
    "an address of javascript": re.compile(r"(href|action)\s*=\s*[\"']javascript:", re.IGNORECASE),
    "something of another server": re.compile(
        r"<(script|link|img|iframe)[^>]*(src|href)\s*=\s*[\"'](https?:)?//", re.IGNORECASE
    ),
    "words that switch escaping off": re.compile(r"\|\s*safe\b|autoescape\s+off"),
}


def name_of(path: Path) -> str:
    return str(path.relative_to(ROOT))


@pytest.mark.exhaustive
@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_holds_what_the_policy_forbids(path: Path, what: str) -> None:
    found = FORBIDDEN[what].search(path.read_text())
    assert not found, f"{name_of(path)} holds {what}: {found.group()[:80]}"


@pytest.mark.parametrize(
    ("what", "text"),
    [
        ("a style attribute", '<p class="a" style="color: red">'),
        ("an event handler", "<button onclick='x()'>"),
        ("a script in the page", "<script>let a</script>"),
        ("something of another server", '<script src="//cdn.example/a.js"></script>'),
    ],
)
def test_the_search_finds_what_it_looks_for(what: str, text: str) -> None:
    assert FORBIDDEN[what].search(text)


@pytest.mark.parametrize("path", TEMPLATES, ids=name_of)
def test_every_icon_is_in_the_sheet(path: Path) -> None:
    sheet = (ROOT / "site/static/icons.svg").read_text()
    for name in re.findall(r"{%\s*icon \"([a-z0-9-]+)\"", path.read_text()):
        assert f'id="i-{name}"' in sheet, f"icons.svg has no {name}"


@pytest.mark.parametrize("path", SCRIPTS, ids=name_of)
def test_scripts_make_no_code_and_set_no_style(path: Path) -> None:
    assert not re.search(r"\beval\(|new Function|document\.write|\.style\b",
                         path.read_text())  # fmt: skip
