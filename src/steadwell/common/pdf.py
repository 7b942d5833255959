"""PDF documents: one look for what leaves the house on paper. The same content gives the same bytes.

DejaVu Sans is embedded, as PDF's own fonts know Western European letters only. A character
that even DejaVu lacks is written as its code point, `[U+4E2D]`: never dropped, never a blank box.
"""

from collections.abc import Sequence
from datetime import datetime
from functools import cache
from pathlib import Path

from fontTools.ttLib import TTFont  # type: ignore[import-untyped]
from fpdf import FPDF, FontFace
from fpdf.enums import MethodReturnValue, XPos, YPos

FONTS = Path(__file__).parent / "fonts"
FAMILY = "DejaVu"
INK, QUIET, LINE, SHADE = (30, 36, 33), (88, 94, 89), (200, 195, 185), (244, 241, 235)


@cache
def known_characters() -> frozenset[int]:
    """The code points both weights of the font can draw."""
    return frozenset.intersection(
        *(
            frozenset(TTFont(FONTS / name, lazy=True).getBestCmap())
            for name in ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf")
        )
    )


def printable(text: str) -> str:
    """The text with each character the font lacks replaced by its code point."""
    known = known_characters()
    return "".join(
        one if ord(one) in known or one in "\n\t" else f"[U+{ord(one):04X}]" for one in text
    )


class Document(FPDF):
    """Letter paper, a running head and "Page 2 of 9" below.

    Args:
        title: title of the document, also in the reader's window.
        running_head: stands small at the top of each page.
        made_at: creation date kept in the file; take it from the content, never from the clock,
            so that the same content gives the same bytes.
        language: BCP 47, for screen readers.
    """

    def __init__(
        self, *, title: str, running_head: str, made_at: datetime, language: str = "en-US"
    ) -> None:
        super().__init__(format="letter", unit="mm")
        self.running_head = printable(running_head)
        self.page_words = ("Page", "of") if not language.startswith("es") else ("Página", "de")
        self.add_font(FAMILY, "", FONTS / "DejaVuSans.ttf")
        self.add_font(FAMILY, "B", FONTS / "DejaVuSans-Bold.ttf")
        self.set_title(title)
        self.set_lang(language)
        self.set_creation_date(made_at)
        self.set_producer("Steadwell")
        self.set_margins(18, 20, 18)
        self.set_auto_page_break(auto=True, margin=18)
        self.alias_nb_pages("{pages}")

    def header(self) -> None:
        """Small, at the top of each page."""
        self._face(size=8, color=QUIET)
        self.set_y(10)
        self.cell(0, 5, self.running_head, new_x=XPos.LMARGIN, new_y=YPos.NEXT)
        self.set_y(20)
        self._face()

    def footer(self) -> None:
        """The page's number and how many there are."""
        self.set_y(-13)
        self._face(size=8, color=QUIET)
        word, of = self.page_words
        self.cell(0, 5, f"{word} {self.page_no()} {of} {{pages}}", align="R")
        self._face()

    def heading(self, text: str, *, level: int = 1) -> None:
        """A heading with its entry in the outline; level 1 is the largest."""
        if self.will_page_break(28):
            self.add_page()
        size = {1: 17, 2: 13}.get(level, 10.5)
        if level > 1:
            self.ln(3)
        self.start_section(printable(text), level=level - 1)
        self._face(size=size, bold=True)
        self._block(text, height=size * 0.52)
        self.ln(1.5)
        self._face()

    def paragraph(self, text: str, *, quiet: bool = False, bold: bool = False) -> None:
        """Running text; line breaks are kept."""
        self._face(color=QUIET if quiet else INK, bold=bold)
        self._block(text, height=4.8)
        self.ln(1.5)
        self._face()

    def bullets(self, items: Sequence[str]) -> None:
        """A list, one item a line."""
        for item in items:
            self.set_x(self.l_margin + 2)
            self.cell(4, 4.8, "•")
            self._block(item, height=4.8)
        self.ln(1.5)

    def pairs(self, rows: Sequence[tuple[str, str]]) -> None:
        """Names and values in two columns."""
        self._face(size=9)  # a SHA-256 has room on one line
        faint = FontFace(color=QUIET)
        with self.table(
            col_widths=(26, 74), first_row_as_headings=False, borders_layout="NONE",
            line_height=4.8, text_align="LEFT", padding=(0.6, 1),
        ) as table:  # fmt: skip
            for name, value in rows:
                row = table.row()
                row.cell(printable(name), style=faint)
                row.cell(printable(value) or "–")
        self.ln(1.5)
        self._face()

    def grid(
        self, head: Sequence[str], rows: Sequence[Sequence[str]], *, widths: Sequence[int]
    ) -> None:
        """A table whose head repeats on each page."""
        self._face(size=8.5)
        self.set_draw_color(*LINE)
        with self.table(
            col_widths=tuple(widths), borders_layout="HORIZONTAL_LINES", line_height=4.3,
            text_align="LEFT", padding=(0.8, 1),
            headings_style=FontFace(emphasis="BOLD", color=INK, fill_color=SHADE),
        ) as table:  # fmt: skip
            for values in (head, *rows):
                row = table.row()
                for value in values:
                    row.cell(printable(value))
        self.ln(2)
        self._face()

    def as_bytes(self) -> bytes:
        """The finished file."""
        return bytes(self.output())

    def _block(self, text: str, *, height: float) -> None:
        self.multi_cell(
            0, height, printable(text), align="L", new_x=XPos.LMARGIN, new_y=YPos.NEXT,
            output=MethodReturnValue.PAGE_BREAK,
        )  # fmt: skip

    def _face(
        self, *, size: float = 9.5, bold: bool = False, color: tuple[int, int, int] = INK
    ) -> None:
        self.set_font(FAMILY, "B" if bold else "", size)
        self.set_text_color(*color)
