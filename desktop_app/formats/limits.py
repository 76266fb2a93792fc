"""How much of a foreign file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.formats.extract import Refused
from desktop_app.formats.sentences import SPLIT

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds for one document.

    file_bytes: of the file as it lies on the disk. text_bytes, html_bytes: after unpacking.
    depth: of nested tags, also of the parts of a mail. entry_bytes, zip_bytes, zip_entries,
    zip_ratio: of a zip, which is what several kinds of document are inside: the size of one entry
    and of all of them unpacked, their count, and how much smaller packing may have made one.
    zip_levels: of zips in zips. header_bytes: of a mail's header. mail_depth: of parts in parts.
    picture_pixels: of one picture, before it is decoded. pictures_bytes: of all pictures together.
    companion_bytes: of all files in the folder of a saved page. tags: elements of a web page or of
    a book's part. blocks: of a text. page_pixels: of a page that is drawn. page_s: how long that may
    take. A document has base_s + per_mb_s for each MB, at most longest_s,
    counted from its own start. memory_bytes: address space of the process that reads it; None for
    no limit.
    """

    file_bytes: int = 200 * _MB
    text_bytes: int = 50 * _MB
    html_bytes: int = 25 * _MB
    tags: int = 500_000
    depth: int = 256
    blocks: int = 500_000
    entry_bytes: int = 200 * _MB
    zip_bytes: int = 1_000 * _MB
    zip_entries: int = 10_000
    zip_ratio: int = 200
    zip_levels: int = 2
    header_bytes: int = 64_000
    mail_depth: int = 20
    picture_pixels: int = 50_000_000
    pictures_bytes: int = 100 * _MB
    companion_bytes: int = 100 * _MB
    page_pixels: int = 40_000_000
    page_s: float = 20.0
    base_s: float = 30.0
    per_mb_s: float = 0.5
    longest_s: float = 120.0
    memory_bytes: int | None = 1_500 * _MB

    def seconds(self, size_bytes: int) -> float:
        """The time that a document of this size may take."""
        return min(self.base_s + self.per_mb_s * size_bytes / _MB, self.longest_s)

    def check_text(self, size_bytes: int) -> None:
        """Raise Refused for more bytes than a file of text may have."""
        if size_bytes > self.text_bytes:
            raise too_large(self.text_bytes)

    def check_blocks(self, count: int) -> None:
        """Raise Refused for more paragraphs than a text may have."""
        if count > self.blocks:
            raise Refused(
                f"The text has more than {self.blocks:,} paragraphs.",
                SPLIT,
            )


def too_large(limit_bytes: int, *, what: str = "The file") -> Refused:
    """The refusal of something larger than its limit."""
    return Refused(
        f"{what} is larger than {limit_bytes // _MB} MB.",
        SPLIT,
    )


USUAL = Limits()
