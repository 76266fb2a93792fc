"""Which tag collection is saved as a file, in which format, and what that format cannot hold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QPushButton,
    QRadioButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.codebook import Codebook
from desktop_app.core.model import TagCollection
from desktop_app.library.codebooks.forms import CodebookForm
from desktop_app.library.codebooks.writing import what_is_left_out
from desktop_app.ui.codebooks.words import counted
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.panes.fields import label

_WORDS = {
    CodebookForm.TAGSET: "Everything, for another library of Postil, or to keep (.tagset.json)",
    CodebookForm.CSV: "A table for spreadsheets, a line for each tag (.csv)",
    CodebookForm.TAGUETTE: "A table as Taguette reads it (.csv)",
    CodebookForm.QDC: "A REFI-QDA codebook, for ATLAS.ti, MAXQDA, NVivo and others (.qdc)",
}


@dataclass(frozen=True, slots=True)
class Looked:
    """What a collection would bring into a file: without its uses, and how many these are."""

    codebook: Codebook
    documents: int
    highlights: int


class ExportDialog(QDialog):
    """The choice. It asks for what a collection holds, and for the file. Not modal."""

    look_asked = Signal(int)
    save_asked = Signal(int, object, bool)  # collection, CodebookForm, whether with its uses

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export tags"))
        self._looked: Looked | None = None
        self._collection = QComboBox(self)
        for named in (self._collection, self._collection.view()):
            named.setAccessibleName(self.tr("The collection that is saved"))
        self._forms = QButtonGroup(self)
        self._buttons: dict[CodebookForm, QRadioButton] = {}
        for form in CodebookForm:
            button = QRadioButton(self.tr(_WORDS[form]), self)
            self._forms.addButton(button)
            self._buttons[form] = button
        self._buttons[CodebookForm.TAGSET].setChecked(True)
        self._codings = QCheckBox(self)
        self._left_out = label("", "muted", self)
        self._left_out.setWordWrap(True)
        self._left_out.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._left_out.setMinimumHeight(self.fontMetrics().lineSpacing() * 4)
        self._save = QPushButton(self.tr("Save…"), self)
        self._save.setProperty("kind", "primary")
        self._place()
        self._collection.activated.connect(self._look)
        self._forms.buttonToggled.connect(lambda _button, _on: self._refresh())
        self._codings.toggled.connect(self._refresh)
        self._save.clicked.connect(self._ask_save)
        self._refresh()

    def _place(self) -> None:
        which = QHBoxLayout()
        which.addWidget(label(self.tr("Collection"), "", self))
        which.addWidget(self._collection, 1)
        buttons = close_box(self)
        buttons.addButton(self._save, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addLayout(which)
        column.addSpacing(4)
        for button in self._buttons.values():
            column.addWidget(button)
        column.addSpacing(4)
        column.addWidget(self._codings)
        column.addWidget(self._left_out, 1)
        column.addWidget(buttons)
        open_at(self, 560, 360)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)

    def set_collections(self, collections: Sequence[TagCollection]) -> None:
        """Offer the collections; the one that was chosen stays, at first the one in use."""
        chosen = self._collection.currentData()
        self._collection.clear()
        for each in collections:
            used = self.tr(" (in use)") if each.active else ""
            self._collection.addItem(f"{each.name}{used}", each.id)
        active = next((each.id for each in collections if each.active), None)
        at = self._collection.findData(chosen if chosen is not None else active)
        self._collection.setCurrentIndex(max(at, 0))
        self._look()

    def choose(self, collection: int) -> None:
        """Choose a collection."""
        at = self._collection.findData(collection)
        if at >= 0:
            self._collection.setCurrentIndex(at)
            self._look()

    def set_looked(self, looked: Looked) -> None:
        """Say what the chosen collection holds."""
        self._looked = looked
        self._refresh()

    @property
    def form(self) -> CodebookForm:
        """The format that is chosen."""
        return next(form for form, button in self._buttons.items() if button.isChecked())

    def _look(self) -> None:
        self._looked = None
        self._refresh()
        collection = self._collection.currentData()
        if isinstance(collection, int):
            self.look_asked.emit(collection)

    def _refresh(self) -> None:
        looked, form = self._looked, self.form
        uses = form is CodebookForm.TAGSET
        self._codings.setEnabled(uses)
        self._save.setEnabled(looked is not None)
        words = self.tr("Also what the tags are on")
        if looked is None:
            self._codings.setText(words)
            self._left_out.setText("")
            return
        documents = counted(looked.documents, "document", "documents")
        highlights = counted(looked.highlights, "highlight", "highlights")
        self._codings.setText(
            self.tr("{0}: {1} and {2}, by their words").format(words, documents, highlights)
        )
        tags = counted(len(looked.codebook.tags), "tag", "tags")
        said = [self.tr("{0} will be saved.").format(tags)]
        said += what_is_left_out(looked.codebook, form)
        if not uses and (looked.documents or looked.highlights):
            said.append(self.tr("What the tags are on is not held by this format."))
        self._left_out.setText(" ".join(said))

    def _ask_save(self) -> None:
        collection = self._collection.currentData()
        if isinstance(collection, int):
            with_uses = self._codings.isChecked() and self._codings.isEnabled()
            self.save_asked.emit(collection, self.form, with_uses)
