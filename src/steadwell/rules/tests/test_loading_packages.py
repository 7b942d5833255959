"""The fees of CMS come packed, and in two layouts."""

import gzip
import zipfile
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from steadwell.rules.loading import Loaded, load_fees
from steadwell.rules.tests import cms_files
from steadwell.rules.tests.cms_files import PPRRVU
from steadwell.rules.tests.loads import amount, refused

IN_2027 = date(2027, 2, 3)


def zipped(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in members.items():
            archive.writestr(f"RVU27A/{name.replace('__', '.')}", text)
    return path


def load_each_way(tmp_path: Path, way: str) -> Loaded:
    text = cms_files.relative_values()
    if way == "gz":
        path = tmp_path / f"{PPRRVU}.gz"
        path.write_bytes(gzip.compress(text.encode()))
    elif way == "txt":
        path = tmp_path / "PPRRVU2027_Jan_nonQPP.txt"
        path.write_text(text.replace(",", "\t"))
    else:
        path = zipped(
            tmp_path / "rvu27a.zip", PPRRVU2027_Jan_nonQPP__csv=text,
            PPRRVU2027_Jan_nonQPP__txt="the same, in another layout",
            ANES2027__csv="Contractor,Locality\n", RVU27A__pdf="%PDF",
        )  # fmt: skip
    return load_fees([path], tmp_path / "rules")


@pytest.mark.parametrize("way", ["gz", "txt", "zip"])
def test_each_way_in_which_cms_packs_it(tmp_path: Path, way: str) -> None:
    assert load_each_way(tmp_path, way).added == 4
    assert amount(tmp_path / "rules", IN_2027) == Decimal("68.68")


def test_a_zip_without_fees(tmp_path: Path) -> None:
    (fault,) = refused(tmp_path / "rules", zipped(tmp_path / "other.zip", ANES2027__csv="a,b\n"))
    assert "Neither relative values nor indices" in fault
