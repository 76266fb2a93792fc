"""How much of a foreign file is read before it is refused."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.formats.extract import Refused

_MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The bounds for one document.

    file_bytes: of the file as it lies on the disk. text_bytes, html_bytes: after unpacking.
    depth: of nested tags. A document has base_s + per_mb_s for each MB, at most longest_s, counted
    from its own start. memory_bytes: address space of the process that reads it; None for no limit.
    """

    file_bytes: int = 50 * _MB
    text_bytes: int = 50 * _MB
    html_bytes: int = 25 * _MB
    tags: int = 500_000
    depth: int = 256
    blocks: int = 500_000
    base_s: float = 30.0
    per_mb_s: float = 0.5
    longest_s: float = 120.0
    memory_bytes: int | None = 1_500 * _MB

    def seconds(self, size_bytes: int) -> float:
        """The time that a document of this size may take."""
        return min(self.base_s + self.per_mb_s * size_bytes / _MB, self.longest_s)

    def check_blocks(self, count: int) -> None:
        """Raise Refused for more paragraphs than a text may have."""
        if count > self.blocks:
            raise Refused(
                f"The text has more than {self.blocks:,} paragraphs.",
                "Split it into parts and import those.",
            )


def too_large(limit_bytes: int, *, what: str = "The file") -> Refused:
    """The refusal of something larger than its limit."""
    return Refused(
        f"{what} is larger than {limit_bytes // _MB} MB.",
        "Split it into parts and import those.",
    )


USUAL = Limits()
