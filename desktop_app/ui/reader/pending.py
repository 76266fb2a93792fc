"""What was asked of highlights and is not on the disk yet: shown at once, taken back if it fails.

The library has the last word: what is shown is what it last said with what was asked since then.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QObject, Signal

from desktop_app.core.highlights import Highlight

Change = Callable[[Highlight], Highlight | None]


@dataclass(slots=True, eq=False)
class Edit:
    """Something that was asked.

    added: a highlight that is to be. change: what becomes of one of uuids, None where it goes.
    settled: the library has it, and the next that it says will hold it.
    """

    document: int
    added: Highlight | None = None
    uuids: frozenset[str] = frozenset()
    change: Change | None = None
    settled: bool = False


class Pending(QObject):
    """The edits of one reader, in the order in which they were asked."""

    changed = Signal()
    added = Signal(object)  # the Highlight of an edit that does nothing but add one

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self._edits: list[Edit] = []

    def add(self, edit: Edit) -> None:
        """Show an edit from now on."""
        self._edits.append(edit)
        if edit.added is not None:
            self.added.emit(edit.added)
        else:
            self.changed.emit()

    def take_back(self, edit: Edit) -> None:
        """Show an edit no longer: it was refused, or asked anew."""
        if edit in self._edits:
            self._edits.remove(edit)
            self.changed.emit()

    def settle(self, edit: Edit) -> None:
        """Show an edit until the library says what there is now."""
        edit.settled = True

    def heard(self) -> None:
        """Forget what was settled: the library has said what there is now."""
        self._edits = [edit for edit in self._edits if not edit.settled]

    def over(
        self, said: Sequence[Highlight], document: int | None, version: str
    ) -> Sequence[Highlight]:
        """What to show of a document whose text is in a version: what was said, and what was asked."""
        edits = [edit for edit in self._edits if edit.document == document]
        if not edits:
            return said
        shown = list(said)
        known = {each.uuid for each in shown}
        for edit in edits:
            made = edit.added
            if made is not None and made.uuid not in known and made.anchor.version == version:
                shown.append(made)
            if edit.change is not None:
                change, uuids = edit.change, edit.uuids
                changed = (change(each) if each.uuid in uuids else each for each in shown)
                shown = [each for each in changed if each is not None]
        return shown
