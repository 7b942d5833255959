"""Files and streams: every form an export comes in, and every way it breaks."""

import gzip
import io
import json
import zipfile
from pathlib import Path
from typing import Any

import pytest

from steadwell.wire.fhir import documents
from steadwell.wire.fhir.sources import find_sources, read_source

ONE: dict[str, Any] = {"resourceType": "Patient", "id": "1"}
TWO: dict[str, Any] = {"resourceType": "Patient", "id": "2"}
LINES = b"".join(json.dumps(each).encode() + b"\n" for each in (ONE, TWO))
BUNDLE = {
    "resourceType": "Bundle",
    "entry": [{"fullUrl": "urn:uuid:1", "resource": ONE}, {"request": {}}, {"resource": TWO}],
}


def ids(path: Path) -> list[str]:
    """The ids in order; a problem as `file:number reason`."""
    found = find_sources(path)
    read = [f"{name}: {problem}" for name, problem in found.broken]
    for source in found.sources:
        for item in read_source(source):
            problem = f"{source.name}:{item.number} {item.problem}"
            read.append(item.resource["id"] if item.resource else problem)
    return read


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.ndjson", LINES),
        ("a.ndjson", LINES.rstrip()),
        ("a.ndjson", b"\xef\xbb\xbf" + LINES.replace(b"\n", b"\r\n\r\n")),
        ("a.json", LINES),
        ("a.json", json.dumps(BUNDLE).encode()),
        ("a.json", json.dumps(BUNDLE, indent=2).encode()),
        ("a.json", b"\xef\xbb\xbf\n\n" + json.dumps(BUNDLE, indent=2).encode()),
        ("a.json", json.dumps([ONE, TWO]).encode()),
        ("a.ndjson", json.dumps(BUNDLE).encode()),
        ("a.json.gz", gzip.compress(json.dumps(BUNDLE, indent=2).encode(), mtime=0)),
        ("a.ndjson.gz", gzip.compress(LINES, mtime=0)),
        ("a.ndjson", gzip.compress(LINES, mtime=0)),  # compressed, whatever its name
        (
            "a.json",
            json.dumps({"resourceType": "Bundle", "entry": [{"resource": BUNDLE}]}).encode(),
        ),
    ],
)
def test_every_form_gives_both(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    assert ids(tmp_path) == ["1", "2"]
    assert ids(tmp_path / name) == ["1", "2"]


def test_folders_archives_and_what_is_no_fhir(tmp_path: Path) -> None:
    deep = tmp_path / "a" / "b"
    deep.mkdir(parents=True)
    (deep / "one.json").write_text(json.dumps(ONE, indent=1))
    (tmp_path / "README.md").write_text("hello")
    (tmp_path / ".hidden.json").write_text("{}")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/two.ndjson", json.dumps(TWO))
        archive.writestr("in/three.json.gz", gzip.compress(json.dumps({**ONE, "id": "3"}).encode()))
        archive.writestr("picture.png", b"\x89PNG")
        archive.writestr("__MACOSX/in/._two.ndjson", b"\x00")
    (tmp_path / "z.zip").write_bytes(packed.getvalue())
    assert sorted(ids(tmp_path)) == ["1", "2", "3"]
    assert find_sources(tmp_path).left_aside == 2


def test_large_bundles_go_entry_by_entry(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(documents, "WHOLE", 64)
    (tmp_path / "a.json").write_text(json.dumps(BUNDLE, indent=1))
    assert ids(tmp_path) == ["1", "2"]


@pytest.mark.parametrize(
    ("name", "content", "read"),
    [
        ("a.ndjson", LINES + b'{"resourceType": "Pat\n' + LINES,
         ["1", "2", "a.ndjson:3 the line is not a JSON object", "1", "2"]),
        ("a.ndjson", b"[]\n" + LINES, ["a.ndjson:1 the line is not a JSON object", "1", "2"]),
        ("a.ndjson", b'{"id": "\\ud800"}\n', ["a.ndjson:1 the line is not a JSON object"]),
        ("a.json", json.dumps(BUNDLE).encode()[:-30], ["1", "a.json:3 the JSON is broken from here on"]),
        ("a.json", b"hello", ["a.json:1 the file is not JSON"]),
        ("a.json", "{}".encode("utf-16"), ["a.json:1 the file is not JSON in UTF-8"]),
        ("a.json", b'{"resourceType": "Bundle", "entry": {"a": 1}}', ["a.json:1 entry is not a list"]),
        ("a.json", b'{"resourceType": "Bundle", "entry": [7]}', ["a.json:1 the entry is not an object"]),
        ("a.ndjson.gz", b"not gzip\n", ["a.ndjson.gz:1 the line is not a JSON object"]),
        ("a.zip", b"junk", ["a.zip: the archive cannot be opened: its compression is broken"]),
        ("a.json", b"", []),
        ("a.json", b"  \n ", []),
    ],
)  # fmt: skip
def test_what_is_broken_says_where(
    tmp_path: Path, name: str, content: bytes, read: list[str]
) -> None:
    (tmp_path / name).write_bytes(content)
    assert ids(tmp_path) == read


def test_a_file_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    many = b"".join(
        json.dumps({"resourceType": "Patient", "id": f"{n * 7919}"}).encode() + b"\n"
        for n in range(5000)
    )
    (tmp_path / "a.ndjson.gz").write_bytes(gzip.compress(many)[:-2000])
    read = ids(tmp_path)
    assert len(read) > 1000
    assert read[-1].endswith("the file cannot be read further: it ends early")


def test_a_bundle_cut_short_is_read_as_far_as_it_goes(tmp_path: Path) -> None:
    entries = [{"resource": {"resourceType": "Patient", "id": f"{n * 7919}"}} for n in range(5000)]
    content = json.dumps({"resourceType": "Bundle", "entry": entries}).encode()
    (tmp_path / "a.json.gz").write_bytes(gzip.compress(content)[:-2000])
    read = ids(tmp_path)
    assert len(read) > 1000
    assert read[-1].endswith("the JSON is broken from here on")


def test_deeply_nested_json_does_not_stop_the_rest(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson").write_bytes(b'{"a":' * 100_000 + b"1" + b"}" * 100_000 + b"\n" + LINES)
    assert ids(tmp_path)[1:] == ["1", "2"]


def test_those_referred_to_come_first(tmp_path: Path) -> None:
    for name in ("Condition.ndjson", "Organization.ndjson", "Patient.ndjson"):
        (tmp_path / name).write_bytes(LINES)
    names = [source.name for source in find_sources(tmp_path).sources]
    assert names == ["Organization.ndjson", "Patient.ndjson", "Condition.ndjson"]


def test_says_how_far_it_is(tmp_path: Path) -> None:
    (tmp_path / "a.ndjson.gz").write_bytes(gzip.compress(LINES))
    [source] = find_sources(tmp_path).sources
    steps: list[int] = []
    list(read_source(source, steps.append))
    assert sum(steps) == source.size
