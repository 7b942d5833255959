"""PDFs: the same content gives the same bytes, and no character is lost."""

import io
from datetime import UTC, datetime

from pypdf import PdfReader

from steadwell.common.pdf import Document, printable

MADE_AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


def made(name: str, lines: int = 1) -> bytes:
    document = Document(title=name, running_head="Elm Street Clinic", made_at=MADE_AT)
    document.add_page()
    document.heading(name)
    document.pairs([("Born", "03/14/1950"), ("Empty", "")])
    document.grid(["Day", "What"], [["03/02/2026", "A call"]] * lines, widths=[30, 70])
    return document.as_bytes()


def text_of(content: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(content)).pages]


def test_the_same_content_gives_the_same_bytes() -> None:
    assert made("Paula Testa", 80) == made("Paula Testa", 80)
    assert made("Paula Testa") != made("Paul Testa")


def test_names_of_many_languages_are_drawn() -> None:
    for name in ("Łukasz Żółć", "Ελένη", "Иван Ёлкин", "Nguyễn Thị Ánh", "Ñandú"):
        assert name in text_of(made(name))[0]


def test_a_character_the_font_lacks_is_written_as_its_number() -> None:
    assert printable("王 Wang") == "[U+738B] Wang"
    assert "[U+738B] Wang" in text_of(made("王 Wang"))[0]


def test_pages_are_numbered_and_the_head_of_a_table_repeats() -> None:
    pages = text_of(made("Paula Testa", 90))
    assert len(pages) > 1
    assert f"Page 2 of {len(pages)}" in pages[1]
    assert all("Day What" in page for page in pages)
