"""A larger export from the demo's: the same people again and again under other ids."""

import gzip
import re
from pathlib import Path

_ID = re.compile(rb'"id"\s*:\s*"')
_REFERENCE = re.compile(rb'"reference"\s*:\s*"(\w+)/')


def multiply(source: Path, target: Path, times: int) -> int:
    """Write `times` copies of every NDJSON file of `source` below `target`; the lines written."""
    target.mkdir(parents=True, exist_ok=True)
    written = 0
    for path in sorted(source.rglob("*.ndjson.gz")):
        lines = gzip.decompress(path.read_bytes()).splitlines()
        with (target / f"{path.parent.name}-{path.name.removesuffix('.gz')}").open("wb") as copy:
            for number in range(times):
                mark = b"c%d-" % number
                copy.writelines(_renamed(line, mark) + b"\n" for line in lines)
                written += len(lines)
    return written


def _renamed(line: bytes, mark: bytes) -> bytes:
    line = _ID.sub(rb'"id":"' + mark, line, count=1)
    return _REFERENCE.sub(rb'"reference":"\g<1>/' + mark, line)
