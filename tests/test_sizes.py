"""Files stay small enough to be read whole. The allow-lists may only shrink."""

from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
MODULE, TEMPLATE = 300, 150
LARGE_MODULES: set[str] = set()
LARGE_TEMPLATES: set[str] = set()


def longer_than(limit: int, pattern: str) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in ROOT.glob(pattern)
        if "migrations" not in path.parts and len(path.read_text().splitlines()) > limit
    }


def test_modules_can_be_read_whole() -> None:
    assert (
        longer_than(MODULE, "src/**/*.py") | longer_than(MODULE, "tests/**/*.py") == LARGE_MODULES
    )


def test_templates_can_be_read_whole() -> None:
    assert longer_than(TEMPLATE, "src/**/templates/**/*.html") == LARGE_TEMPLATES
