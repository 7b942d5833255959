"""What the tests of loading ask of a folder of the installation's own."""

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from steadwell.rules.loading import LoadRefused, load_fees
from steadwell.rules.rulebook import Rulebook
from steadwell.rules.rulebook.book import released_with
from steadwell.rules.rulebook.fees import Terms
from steadwell.rules.rulebook.installed import read_installed


def book_of(folder: Path) -> Rulebook:
    return released_with(read_installed(folder))


def refused(folder: Path, *paths: Path, start: date | None = None) -> list[str]:
    """The faults; and nothing was written."""
    before = {path: path.read_bytes() for path in folder.glob("*.json")}
    with pytest.raises(LoadRefused) as caught:
        load_fees(paths, folder, start=start)
    assert {path: path.read_bytes() for path in folder.glob("*.json")} == before
    return [str(fault) for fault in caught.value.faults]


def amount(folder: Path, on: date, code: str = "99490", **terms: object) -> Decimal | None:
    return book_of(folder).fees.priced(code, on=on, terms=Terms(**terms)).amount  # type: ignore[arg-type]
