"""A sealed file that was tampered with names the first thing that differs."""

import io
import json
import subprocess
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from steadwell.wire.sealed import MANIFEST, NotWhole, SealedFolder, SealedZip, check, sealed
from steadwell.wire.sealed.manifest import Entry

FILES = {
    "README.txt": b"What this is.\n",
    "data/a.jsonl": b'{"id":1}\n' * 40,
    "data/b.bin": b"\0\1",
}
Files = dict[str, bytes]


def made(path: Path) -> str:
    with path.open("wb") as stream:
        one = SealedZip(stream)
        for name, content in FILES.items():
            one.put(name, content)
        digest = one.seal("test", {"month": "2026-02"})
        one.archive.close()
    return digest


def contents(path: Path) -> Files:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def rezipped(path: Path, files: Files) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return path


@pytest.fixture
def whole(tmp_path: Path) -> Path:
    path = tmp_path / "sealed.zip"
    made(path)
    return path


def test_what_was_sealed_is_whole(tmp_path: Path) -> None:
    path = tmp_path / "sealed.zip"
    digest = made(path)
    found = check(path)
    assert (found.kind, found.files, found.digest) == ("test", 4, digest)
    assert found.about == {"month": "2026-02"}
    again = tmp_path / "again.zip"
    made(again)
    assert again.read_bytes() == path.read_bytes()


def removed(files: Files) -> None:
    del files["data/a.jsonl"]


def added(files: Files) -> None:
    files["data/c.txt"] = b"new"


def one_byte(files: Files) -> None:
    files["data/a.jsonl"] = files["data/a.jsonl"].replace(b"1", b"2", 1)


def one_byte_more(files: Files) -> None:
    files["data/b.bin"] += b"\0"


def list_changed(files: Files) -> None:
    files[MANIFEST] = files[MANIFEST].replace(b'"2026-02"', b'"2026-03"')


def both_changed(files: Files) -> None:
    """Whoever changes a file and its digest in the list."""
    one_byte(files)
    manifest = json.loads(files[MANIFEST])
    manifest["files"][1]["sha256"] = "0" * 64
    files[MANIFEST] = json.dumps(manifest).encode()


def without_list(files: Files) -> None:
    del files[MANIFEST]


def no_list(files: Files) -> None:
    files[MANIFEST] = b"[]"


@pytest.mark.parametrize(
    ("tamper", "words"),
    [
        (removed, "data/a.jsonl is missing"),
        (added, "data/c.txt was added"),
        (one_byte, "data/a.jsonl was changed"),
        (one_byte_more, "data/b.bin was changed"),
        (list_changed, "manifest.json was changed"),
        (both_changed, "manifest.json was changed"),
        (without_list, "manifest.json is missing"),
        (no_list, "manifest.json cannot be read"),
    ],
)
def test_what_differs_first_is_named(
    whole: Path, tmp_path: Path, tamper: Callable[[Files], None], words: str
) -> None:
    files = contents(whole)
    tamper(files)
    changed = rezipped(tmp_path / "changed.zip", files)
    with pytest.raises(NotWhole, match=words):
        check(changed)
    folder = tmp_path / "unpacked"
    with zipfile.ZipFile(changed) as archive:
        archive.extractall(folder)
    with pytest.raises(NotWhole, match=words):
        check(folder)


def test_no_byte_of_the_archive_changes_what_is_read_unnoticed(whole: Path, tmp_path: Path) -> None:
    sound, inside = whole.read_bytes(), contents(whole)
    other = tmp_path / "flipped.zip"
    for place in range(len(sound)):
        flipped = bytearray(sound)
        flipped[place] ^= 0x01
        other.write_bytes(bytes(flipped))
        try:
            check(other)
        except NotWhole:
            continue
        assert contents(other) == inside, place


def test_a_cut_or_other_file_is_named(whole: Path, tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(whole.read_bytes()[:-30])
    with pytest.raises(NotWhole, match="no zip archive"):
        check(cut)
    with pytest.raises(NotWhole, match="no zip archive"):
        check(tmp_path / "missing.zip")
    other = tmp_path / "other.json"
    other.write_text("{}")
    with pytest.raises(NotWhole, match="not a packet"):
        check(other)


def test_a_file_twice_in_the_archive_is_named(whole: Path) -> None:
    with (
        pytest.warns(UserWarning, match="Duplicate name"),
        zipfile.ZipFile(whole, "a") as archive,
    ):
        archive.writestr("README.txt", b"Another.")
    with pytest.raises(NotWhole, match="is there twice"):
        check(whole)


def test_names_that_leave_the_folder_or_come_twice_are_refused() -> None:
    one = SealedZip(io.BytesIO())
    one.put("a", b"")
    for name in ("a", "../a", "/a", "a//b", "a\\b", ""):
        with pytest.raises(ValueError, match="cannot name a file"):
            one.put(name, b"")


def test_a_folder_is_sealed_alike_and_for_its_owner_only(tmp_path: Path) -> None:
    one = SealedFolder(tmp_path)
    one.put("data/a.txt", iter([b"in ", b"pieces"]))
    digest = one.seal("test", {})
    assert check(tmp_path).digest == digest
    assert (tmp_path / "data/a.txt").stat().st_mode & 0o777 == 0o600
    sums = subprocess.run(
        ["sha256sum", "-c", "SHA256SUMS"], cwd=tmp_path, capture_output=True, check=False
    )
    assert sums.returncode == 0, sums.stderr
    (tmp_path / "link").symlink_to(tmp_path / "data/a.txt")
    with pytest.raises(NotWhole, match="link is a link"):
        check(tmp_path)


def test_a_list_of_its_own_making_is_refused_where_it_lists_twice(tmp_path: Path) -> None:
    twice = [Entry(name="a", bytes=0, sha256="0" * 64)] * 2
    (tmp_path / MANIFEST).write_text(json.dumps(sealed("test", {}, twice)))
    with pytest.raises(NotWhole, match="lists a file twice"):
        check(tmp_path)
