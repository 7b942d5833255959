"""Writes `../population/carebundle` and `../population/synthea`."""

import argparse
import shutil
import sys
import tempfile
from pathlib import Path

from steadwell.site.demo.make_population import from_carebundle, from_synthea
from steadwell.site.demo.make_population.fhir import NEWEST, write
from steadwell.site.demo.shift_population import newest_encounter_on, shift_population

TARGET = Path(__file__).parents[1] / "population"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("synthea", type=Path, help="folder of a Synthea export, NDJSON gzipped")
    synthea = parser.parse_args().synthea
    write(TARGET / "carebundle", from_carebundle.population())
    with tempfile.TemporaryDirectory() as scratch:
        made = Path(scratch)
        write(made / "as-exported", from_synthea.population(synthea))
        days = (NEWEST - newest_encounter_on(made / "as-exported")).days
        shutil.rmtree(TARGET / "synthea", ignore_errors=True)
        shift_population(made / "as-exported", TARGET / "synthea", days)
    size = sum(path.stat().st_size for path in TARGET.rglob("*.gz"))
    sys.stdout.write(f"{size / 1e6:.2f} MB in {TARGET.name}\n")


if __name__ == "__main__":
    main()
