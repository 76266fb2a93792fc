"""The form: a query as lines to be filled in. What is written here stands in the box at once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, replace

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QIntValidator
from PySide6.QtWidgets import (
    QCheckBox,
    QComboBox,
    QFormLayout,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.model import Sort
from desktop_app.core.query import parse
from desktop_app.core.query_form import Form, form_of, written
from desktop_app.core.query_tree import Place
from desktop_app.core.query_values import MEDIA_TYPES, POSSESSIONS, STATES
from desktop_app.ui.panes.fields import label

SOON_MS = 150

# What each line is called, and an example of what may stand in it.
_WORDS = {
    "all_words": ("All of these", 'siege dam "state of war" bomb*'),
    "phrase": ("This phrase", "state of war"),
    "any_words": ("Any of these", "raqqa mosul"),
    "no_words": ("None of these", "turkey"),
    "near": ("Near each other", "tabqa dam"),
}
_FACTS = {
    "author": ("Author", "chulov"),
    "source": ("Source", "guardian"),
    "tag": ("Tag", "place/Syria, or none"),
    "file": ("File name", "report"),
    "language": ("Language", "en, german, or none"),
    "word_count": ("Length in words", ">800, or 500..800"),
    "highlights": ("Highlights", ">=3"),
}
_PLACES = {
    Place.ANYWHERE: "in title, text and notes",
    Place.TITLE: "in the title",
    Place.TEXT: "in the text",
    Place.NOTE: "in notes",
    Place.QUOTE: "in highlighted passages",
}
_SORTS = {
    None: "as chosen above the list",
    Sort.RELEVANCE: "by relevance",
    Sort.DATE_NEWEST: "by date, newest first",
    Sort.DATE_OLDEST: "by date, oldest first",
    Sort.TITLE: "by title",
    Sort.ADDED_NEWEST: "by when added, newest first",
    Sort.ADDED_OLDEST: "by when added, oldest first",
}


class FormPage(QScrollArea):
    """The lines of the form; it starts with what the box holds."""

    written = Signal(str)  # the query

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._form = Form()
        self._showing = False
        self._telling = False
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self.write)
        page = QWidget(self)
        page.setProperty("surface", "list")
        self._lines: dict[str, QLineEdit] = {}
        self._place = self._choice({place: self.tr(said) for place, said in _PLACES.items()})
        self._near_words = QLineEdit("10", self)
        self._near_words.setValidator(QIntValidator(1, 1000, self))
        self._near_words.setFixedWidth(self.fontMetrics().horizontalAdvance("0000") + 20)
        self._near_words.setAccessibleName(self.tr("How many words apart at most"))
        self._ordered = self._check(self.tr("in this order"))
        self._types = self._choice(_with_any(MEDIA_TYPES))
        self._states = self._choice(_with_any(STATES))
        self._has = self._choice(_with_any(POSSESSIONS))
        self._sort = self._choice({sort: self.tr(said) for sort, said in _SORTS.items()})
        self._folded = self._check(self.tr("also in folded parts"))
        self._copies = self._check(self.tr("each copy in a row of its own"))
        self._passages = self._check(self.tr("highlights instead of documents"))
        self._problem = label("", "problem", page)
        self._problem.setWordWrap(True)
        self._rest = label("", "small", page)
        self._rest.setWordWrap(True)
        columns = QHBoxLayout()
        columns.setSpacing(24)
        columns.addLayout(self._said(), 3)
        columns.addLayout(self._known(), 2)
        column = QVBoxLayout(page)
        column.setContentsMargins(8, 8, 12, 8)
        column.addLayout(columns)
        column.addWidget(self._problem)
        column.addWidget(self._rest)
        column.addStretch(1)
        self.setWidget(page)
        self._connect()

    def show_query(self, text: str) -> None:
        """Fill the form in with a query, unless it is what the form itself has written."""
        if not self._telling and text != written(self._form):
            self._fill(form_of(text))
        self._say_problems(text)

    def focus(self) -> None:
        """Put the keys into the first line."""
        self._lines["all_words"].setFocus(Qt.FocusReason.TabFocusReason)

    def write(self) -> None:
        """Write what stands in the form now."""
        self._soon.stop()
        form = self._read()
        if form != self._form:
            self._form = form
            text = written(form)
            self._say_problems(text)
            self._telling = True  # what comes back is the same in another order
            try:
                self.written.emit(text)
            finally:
                self._telling = False

    def _connect(self) -> None:
        for line in self._lines.values():
            line.textEdited.connect(lambda _text: self._soon.start())
            line.returnPressed.connect(self.write)
        for check in (self._ordered, self._folded, self._copies, self._passages):
            check.toggled.connect(lambda _on: self._write_soon())
        for choice in (self._place, self._types, self._states, self._has, self._sort):
            choice.currentIndexChanged.connect(lambda _at: self._write_soon())
        self._near_words.textEdited.connect(lambda _text: self._write_soon())

    def _write_soon(self) -> None:
        if not self._showing:
            self._soon.start()

    def _said(self) -> QFormLayout:
        form = _rows()
        for name in ("all_words", "phrase", "any_words", "no_words"):
            self._add(form, name, *_WORDS[name])
        self._add(form, "near", *_WORDS["near"])
        within = QHBoxLayout()
        within.setSpacing(7)
        within.addWidget(label(self.tr("within"), "muted", self))
        within.addWidget(self._near_words)
        within.addWidget(label(self.tr("words"), "muted", self))
        within.addWidget(self._ordered)
        within.addStretch(1)
        form.addRow("", within)
        _named(form, self.tr("All of it"), self._place)
        for check in (self._folded, self._copies, self._passages):
            form.addRow("", check)
        _named(form, self.tr("Order"), self._sort)
        return form

    def _known(self) -> QFormLayout:
        form = _rows()
        for name, (title, example) in _FACTS.items():
            self._add(form, name, title, example)
            if name == "source":
                self._add_days(form)
        _named(form, self.tr("Type"), self._types)
        _named(form, self.tr("State"), self._states)
        _named(form, self.tr("Has"), self._has)
        return form

    def _add(self, form: QFormLayout, name: str, title: str, example: str) -> None:
        line = self._line(name, self.tr(title), example)
        form.addRow(label(self.tr(title), "muted", self), line)

    def _add_days(self, form: QFormLayout) -> None:
        days = QHBoxLayout()
        days.setSpacing(6)
        days.addWidget(self._line("date_from", self.tr("Published from"), "2015-11"))
        days.addWidget(label(self.tr("to"), "muted", self))
        days.addWidget(self._line("date_to", self.tr("Published to"), "2016-03"))
        form.addRow(label(self.tr("Published"), "muted", self), days)

    def _line(self, name: str, title: str, example: str) -> QLineEdit:
        line = QLineEdit(self)
        line.setPlaceholderText(example)
        line.setAccessibleName(title)
        line.setMinimumWidth(70)
        self._lines[name] = line
        return line

    def _choice(self, items: Mapping[object, str]) -> QComboBox:
        made = QComboBox(self)
        for value, said in items.items():
            made.addItem(said, value)
        return made

    def _check(self, text: str) -> QCheckBox:
        return QCheckBox(text, self)

    def _fill(self, form: Form) -> None:
        self._showing = True
        try:
            for name, line in self._lines.items():
                line.setText(getattr(form, name))
            self._near_words.setText(str(form.near_words))
            for check, on in (
                (self._ordered, form.near_ordered),
                (self._folded, form.folded),
                (self._copies, form.copies),
                (self._passages, form.passages),
            ):
                check.setChecked(on)
            for choice, value in (
                (self._place, form.place),
                (self._types, form.media_type),
                (self._states, form.state),
                (self._has, form.has),
                (self._sort, form.sort),
            ):
                _choose(choice, value)
        finally:
            self._showing = False
        self._form = replace(self._read(), rest=form.rest)
        self._rest.setText(
            self.tr("Kept beside what stands here: {0}").format(form.rest) if form.rest else ""
        )
        self._rest.setVisible(bool(form.rest))

    def _read(self) -> Form:
        values: dict[str, object] = {name: line.text() for name, line in self._lines.items()}
        values |= {
            "near_words": int(self._near_words.text() or self._form.near_words),
            "near_ordered": self._ordered.isChecked(),
            "folded": self._folded.isChecked(),
            "copies": self._copies.isChecked(),
            "passages": self._passages.isChecked(),
            "place": self._place.currentData() or Place.ANYWHERE,
            "media_type": self._types.currentData() or "",
            "state": self._states.currentData() or "",
            "has": self._has.currentData() or "",
            "sort": self._sort.currentData(),
            "rest": self._form.rest,
        }
        known = {each.name for each in fields(Form)}
        return Form(**{name: value for name, value in values.items() if name in known})  # type: ignore[arg-type]

    def _say_problems(self, text: str) -> None:
        problems: Sequence[str] = [each.message for each in parse(text).problems]
        self._problem.setText("\n".join(problems))
        self._problem.setVisible(bool(problems))


def _with_any(names: Iterable[str]) -> dict[object, str]:
    made: dict[object, str] = {"": "any"}
    return made | {name: name for name in names}


def _rows() -> QFormLayout:
    form = QFormLayout()
    form.setContentsMargins(0, 0, 0, 0)
    form.setVerticalSpacing(7)
    form.setHorizontalSpacing(10)
    form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
    return form


def _named(form: QFormLayout, title: str, choice: QComboBox) -> None:
    choice.setAccessibleName(title)
    form.addRow(label(title, "muted", choice), choice)


def _choose(choice: QComboBox, value: object) -> None:
    """Choose a value; one that the list does not have is put at its end, so that it is kept."""
    at = choice.findData(value)
    if at < 0 and value:
        choice.addItem(str(value), value)
        at = choice.count() - 1
    choice.setCurrentIndex(max(at, 0))
