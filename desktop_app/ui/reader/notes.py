"""Where the notes of a text are, and where they are called from."""

from __future__ import annotations

from desktop_app.core.text import SpanKind, Text

LONGEST_CARD = 1_200  # code points of a note that its card shows


class Notes:
    """The notes of a text by their labels; nothing is looked through before it is asked for."""

    def __init__(self, text: Text) -> None:
        self._text = text
        self._blocks: dict[str, list[int]] | None = None
        self._marks: dict[str, tuple[int, int] | None] = {}

    def place(self, label: str) -> tuple[int, int] | None:
        """The range of a note's first block; None where the text does not have the note."""
        blocks = self._found().get(label)
        if not blocks:
            return None
        start = self._text.starts[blocks[0]]
        return start, start + len(self._text.blocks[blocks[0]].text)

    def words(self, label: str) -> str:
        """What a note says, cut where it is very long; "" where the text does not have it."""
        parts = [self._text.blocks[index].text for index in self._found().get(label, ())]
        said = "\n".join(part for part in parts if part)
        return said if len(said) <= LONGEST_CARD else said[:LONGEST_CARD].rstrip() + "…"

    def mark(self, label: str) -> tuple[int, int] | None:
        """The range of the first mark that calls a note; None where nothing does."""
        if label not in self._marks:
            self._marks[label] = self._first_mark(label)
        return self._marks[label]

    def _found(self) -> dict[str, list[int]]:
        if self._blocks is None:
            self._blocks = {}
            for index, block in enumerate(self._text.blocks):
                if block.note is not None:
                    self._blocks.setdefault(block.note, []).append(index)
        return self._blocks

    def _first_mark(self, label: str) -> tuple[int, int] | None:
        for block, start in zip(self._text.blocks, self._text.starts, strict=True):
            for span in block.spans:
                if span.kind is SpanKind.NOTE and span.target == label:
                    return start + span.start, start + span.end
        return None
