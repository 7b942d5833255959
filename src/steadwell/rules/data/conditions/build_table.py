"""Builds `icd10.tsv.gz` from AHRQ's two published files and our `groups.tsv`.

    python build_table.py ccir.json.gz ccsr.csv.gz ccsr-categories.csv

The inputs and where they come from are named in ORIGIN.md. Run it again only when AHRQ publishes a
new version: the result is committed. It stops where a chronic code falls into no group, or into
two, rather than choosing one.
"""

import csv
import gzip
import json
import sys
from collections import defaultdict
from collections.abc import Iterable, Mapping
from pathlib import Path

HERE = Path(__file__).parent
CHRONIC = 1
BENIGN = "NEO073"
Group = tuple[str, str, str]  # key, label, "y" where CMS names it as an example


def read_groups(path: Path) -> tuple[dict[str, Group], dict[str, Group]]:
    """Our own groups, by CCSR category and by the beginning of a code."""
    by_category: dict[str, Group] = {}
    by_prefix: dict[str, Group] = {}
    with path.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines, delimiter="\t"):
            group = (row["key"], row["label"], row["cms_example"])
            for index, names in ((by_category, row["ccsr"]), (by_prefix, row["prefixes"])):
                for name in names.split():
                    if name in index:
                        raise SystemExit(f"groups.tsv: {name} stands in two groups; keep one.")
                    index[name] = group
    return by_category, by_prefix


def read_categories(path: Path) -> dict[str, str]:
    """The default outpatient category of each code; where AHRQ gives none, its first category."""
    with gzip.open(path, "rt", encoding="utf-8", newline="") as lines:
        return {
            row["I10_DX"]: row["CCSR1"]
            if row["default_CCSR_OP"].startswith("XXX")
            else row["default_CCSR_OP"]
            for row in csv.DictReader(lines)
        }


def longest_prefix(code: str, index: Mapping[str, Group]) -> Group | None:
    hits = (index[code[:end]] for end in range(len(code), 2, -1) if code[:end] in index)
    return next(hits, None)


class Grouper:
    """Finds the one group of a chronic code."""

    def __init__(self, categories: Mapping[str, str], names: Mapping[str, str]) -> None:
        self.categories = categories
        self.names = names
        self.by_category, self.by_prefix = read_groups(HERE / "groups.tsv")
        if unknown := self.by_category.keys() - names.keys():
            raise SystemExit(f"groups.tsv: AHRQ has no category {', '.join(sorted(unknown))}.")
        self.neighbors: dict[str, set[Group]] = defaultdict(set)

    def learn(self, codes: Iterable[str]) -> None:
        """Codes newer than CCSR take the group that all their older neighbors share."""
        for code in codes:
            if group := self.known(code):
                for end in range(3, len(code) + 1):
                    self.neighbors[code[:end]].add(group)

    def known(self, code: str) -> Group | None:
        if group := longest_prefix(code, self.by_prefix):
            return group
        category = self.categories.get(code)
        if category is None:
            return None
        return self.by_category.get(category) or self.as_named_by_ahrq(category)

    def as_named_by_ahrq(self, category: str) -> Group:
        label = self.names[category].replace(";", ",")
        if category.startswith("NEO") and category != BENIGN:
            return f"cancer-{category.lower()}", label, "y"
        return category, label, "n"

    def group(self, code: str) -> Group:
        if group := self.known(code):
            return group
        for end in range(len(code), 2, -1):
            shared = self.neighbors.get(code[:end])
            if shared and len(shared) == 1:
                return next(iter(shared))
            if shared:
                break
        raise SystemExit(f"{code} is chronic and has no one group; give it a prefix in groups.tsv.")


def build(indicators: Mapping[str, int], grouper: Grouper) -> list[str]:
    chronic = [code for code, value in indicators.items() if value == CHRONIC]
    grouper.learn(chronic)
    members: dict[Group, list[str]] = defaultdict(list)
    for code in chronic:
        members[grouper.group(code)].append(code)
    lines = ["\t".join(("1", *group, " ".join(sorted(codes)))) for group, codes in members.items()]
    for value in (0, 9):
        codes = sorted(code for code, found in indicators.items() if found == value)
        lines.append(f"{value}\t\t\t\t{' '.join(codes)}")
    return sorted(lines, reverse=True)


def main(ccir: str, ccsr: str, ccsr_names: str) -> None:
    indicators = json.loads(gzip.decompress(Path(ccir).read_bytes()))["codes"]
    with Path(ccsr_names).open(encoding="utf-8", newline="") as lines:
        names = {row["CCSR"]: row["CCSR_desc"] for row in csv.DictReader(lines)}
    table = build(indicators, Grouper(read_categories(Path(ccsr)), names))
    text = "\n".join(table) + "\n"
    (HERE / "icd10.tsv.gz").write_bytes(gzip.compress(text.encode(), mtime=0))
    sys.stdout.write(f"{len(indicators):,} codes, {len(table) - 2} groups\n")


if __name__ == "__main__":
    main(*sys.argv[1:])
