"""What a tag means, to be written: its definition, when to use it and when not, examples."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from desktop_app.ui.panes.fields import label

_TEXTS = {
    "definition": ("Definition", "What the tag means"),
    "use_when": ("When to use it", "What has to be there for it"),
    "not_when": ("When not to", "What looks like it and is not"),
    "examples": ("Examples", "Passages that it was made for"),
}

_COPIED = (
    Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
)


class MeaningPage(QWidget):
    """The fields, by the names that they have in a tag."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.fields = {name: QPlainTextEdit(self) for name in _TEXTS}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 6, 0)
        column.setSpacing(4)
        for name, (title, hint) in _TEXTS.items():
            field = self.fields[name]
            field.setAccessibleName(title)
            field.setPlaceholderText(hint)
            field.setTabChangesFocus(True)
            field.setMinimumHeight(field.fontMetrics().lineSpacing() * 3 + 14)
            said = label(title, "muted", self)
            said.setBuddy(field)
            column.addWidget(said)
            column.addWidget(field, 2 if name == "definition" else 1)

    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {name: field.toPlainText().strip() for name, field in self.fields.items()}

    def set_read_only(self, read_only: bool) -> None:
        """Let nothing be written; what is written can be copied, by keys too."""
        for field in self.fields.values():
            field.setReadOnly(read_only)
            if read_only:
                field.setTextInteractionFlags(_COPIED)
