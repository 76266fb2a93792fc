"""A tag collection before it is imported: each tag, what it is here, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from PySide6.QtCore import QModelIndex, QPoint, Qt, Signal
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QCheckBox,
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QHBoxLayout,
    QMenu,
    QPlainTextEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from desktop_app.core.codebook import Codebook
from desktop_app.core.model import TagCollection
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.codebooks.plan import NEW_COLLECTION, Choice, LineKind, Plan
from desktop_app.ui.codebooks.choosing import choose_rows
from desktop_app.ui.codebooks.plan_table import CHOICE, KIND, SAYS, TAG, PlanTable
from desktop_app.ui.codebooks.words import (
    KIND_WORDS,
    choice_words,
    counted,
    details_of,
    fit_words,
    outcome_words,
)
from desktop_app.ui.dialogs.parts import close_box, open_at
from desktop_app.ui.panes.fields import label
from desktop_app.ui.panes.plain_table import PlainTable

_DETAIL_LINES = 5


class ImportDialog(QDialog):
    """The preview. It asks for a plan whenever something else is chosen. Not modal."""

    plan_asked = Signal()
    command = Signal(object)

    def __init__(
        self, codebook: Codebook, file_name: str, notes: Sequence[str], parent: QWidget
    ) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Import tags from {0}").format(file_name))
        self.codebook = codebook
        self.plan: Plan | None = None
        self.choices: dict[str, Choice] = {}
        self._into_chosen = False
        self._refused = ""
        self._about = label(_about(codebook), "muted", self)
        self._notes = label("\n".join(notes), "muted", self)
        self._notes.setVisible(bool(notes))
        self._into = QComboBox(self)
        for named in (self._into, self._into.view()):
            named.setAccessibleName(self.tr("The collection that the tags go into"))
        self._group = QButtonGroup(self)
        self._kinds: dict[QToolButton, LineKind | None] = {}
        for kind in (None, *LineKind):
            button = QToolButton(self)
            button.setProperty("kind", "choice")
            button.setCheckable(True)
            self._group.addButton(button)
            self._kinds[button] = kind
        next(iter(self._kinds)).setChecked(True)
        self._table = PlanTable(self)
        self.view = PlainTable(
            self._table,
            self.tr("The tags of the file"),
            self,
            wide=SAYS,
            widths={TAG: 34, KIND: 13, CHOICE: 30},
        )
        self._for_all = QToolButton(self)
        self._for_all.setText(self.tr("For all shown ▾"))
        self._for_all.setAccessibleName(self.tr("Choose for all tags that are shown"))
        self._for_all.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._choose = QPushButton(self.tr("Choose…"), self)
        self._choose.setAccessibleName(self.tr("Choose for the chosen tags"))
        self._details = QPlainTextEdit(self)
        self._details.setReadOnly(True)
        self._details.setAccessibleName(self.tr("What is said of the tag"))
        self._details.setTabChangesFocus(True)
        self._details.setFixedHeight(self.fontMetrics().lineSpacing() * _DETAIL_LINES + 12)
        self._codings_chosen = False  # until then those that fit are brought in, as in a terminal
        self.codings = QCheckBox(self.tr("Also tag the documents and passages that it names"), self)
        self._fit = label("", "muted", self)
        self._which = QPushButton(self.tr("Which do not fit?"), self)
        self._which.setProperty("kind", "link")
        self._problem = label("", "problem", self)
        self._said = label("", "", self)
        self._import = QPushButton(self.tr("Import"), self)
        self._import.setProperty("kind", "primary")
        for wrapped in (self._about, self._notes, self._fit, self._problem, self._said):
            wrapped.setWordWrap(True)
        self._place()
        self._connect()
        self._refresh()

    def _place(self) -> None:
        into = QHBoxLayout()
        into.addWidget(label(self.tr("Into"), "", self))
        into.addWidget(self._into, 1)
        into.addStretch(1)
        filters = QHBoxLayout()
        filters.setSpacing(8)
        for button in self._kinds:
            filters.addWidget(button)
        filters.addStretch(1)
        filters.addWidget(self._choose)
        filters.addWidget(self._for_all)
        fit = QHBoxLayout()
        fit.addWidget(self._fit, 1)
        fit.addWidget(self._which)
        buttons = close_box(self)
        buttons.addButton(self._import, QDialogButtonBox.ButtonRole.ActionRole)
        buttons.rejected.connect(self.close)
        bottom = QHBoxLayout()
        bottom.addWidget(self._said, 1)
        bottom.addWidget(buttons)
        column = QVBoxLayout(self)
        column.setContentsMargins(18, 16, 18, 14)
        column.setSpacing(10)
        column.addWidget(self._about)
        column.addWidget(self._notes)
        column.addLayout(into)
        column.addLayout(filters)
        column.addWidget(self.view, 1)
        column.addWidget(self._details)
        column.addWidget(self.codings)
        column.addLayout(fit)
        column.addWidget(self._problem)
        column.addLayout(bottom)
        open_at(self, 1080, 680)
        for each in self.findChildren(QPushButton):
            each.setAutoDefault(False)

    def _connect(self) -> None:
        self._into.activated.connect(self._choose_into)
        self._group.buttonClicked.connect(self._filter)
        self._choose.clicked.connect(self._offer_for_chosen)
        self._import.clicked.connect(self.ask_import)
        self._which.clicked.connect(self._show_unfit)
        self.codings.clicked.connect(self._choose_codings)
        self.codings.toggled.connect(self._refresh)
        self.view.selectionModel().selectionChanged.connect(self._show_chosen)
        self.view.clicked.connect(self._on_click)
        self.view.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.view.customContextMenuRequested.connect(lambda _point: self._offer_for_chosen())
        self._menu = QMenu(self._for_all)
        self._menu.aboutToShow.connect(self._fill_for_all)
        self._for_all.setMenu(self._menu)
        choose = QAction(self.tr("Choose…"), self.view)
        choose.setShortcuts([QKeySequence("Space"), QKeySequence("Return"), QKeySequence("Enter")])
        choose.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)
        choose.triggered.connect(self._offer_for_chosen)
        self.view.addAction(choose)

    # What is shown.

    def set_collections(self, collections: Sequence[TagCollection]) -> None:
        """Offer the collections that the tags can go into; what was chosen stays chosen."""
        chosen = self._into.currentData()
        self._into.clear()
        for each in collections:
            locked = self.tr(" (locked)") if each.locked else ""
            self._into.addItem(f"{each.name}{locked}", each.id)
        self._into.addItem(self.tr("A new collection"), NEW_COLLECTION)
        at = self._into.findData(chosen)
        self._into.setCurrentIndex(max(at, 0))
        if at < 0:
            self._into_chosen = False

    @property
    def into(self) -> int | None:
        """The collection that was chosen; None where the library is to say which it is."""
        chosen = self._into.currentData()
        return chosen if self._into_chosen and isinstance(chosen, int) else None

    def set_plan(self, plan: Plan) -> None:
        """Show what an import comes to."""
        self.plan = plan
        if not self._codings_chosen:
            self.codings.setChecked(plan.fit.new_codings > 0)
        goes = NEW_COLLECTION if plan.before is None else plan.before.id
        self._into.setCurrentIndex(max(self._into.findData(goes), 0))
        top = self.view.verticalScrollBar().value()
        chosen = {self._table.row_at(row).tag.uuid for row in self._chosen()}
        if self._table.set_plan(plan):
            uuids = [self._table.row_at(n).tag.uuid for n in range(self._table.rowCount())]
            choose_rows(self.view, [n for n, uuid in enumerate(uuids) if uuid in chosen])
        self.view.verticalScrollBar().setValue(top)
        self._refresh()

    def show_refusal(self, words: str) -> None:
        """Say why it was not imported; the preview stays, and is made anew."""
        self._refused = words
        self._refresh()

    def _refresh(self) -> None:
        counts = self._table.counts()
        total = sum(counts.values())
        for button, kind in self._kinds.items():
            word = self.tr("All") if kind is None else self.tr(KIND_WORDS[kind])
            number = total if kind is None else counts.get(kind, 0)
            button.setText(f"{word} {number:,}")
            button.setEnabled(kind is None or number > 0)
        plan, uses = self.plan, len(self.codebook.codings)
        self.codings.setVisible(uses > 0)
        self._fit.setVisible(uses > 0)
        self._fit.setText(fit_words(plan, uses) if plan is not None and uses else "")
        self._which.setVisible(plan is not None and plan.fit.unfit > 0)
        problems = () if plan is None else plan.problems
        said = " ".join((*problems, self._refused)).strip()
        self._problem.setText(said)
        self._problem.setVisible(bool(said))
        if plan is None:
            self._said.setText(self.tr("Looking what of it is here…"))
        else:
            words = outcome_words(plan, codings=self.codings.isChecked())
            self._said.setText(" ".join((words, *plan.notes[:3], *_more(plan.notes))))
            self._said.setToolTip("\n".join(plan.notes))
        self._import.setEnabled(plan is not None and not problems)
        self._for_all.setEnabled(self._table.rowCount() > 0)
        self._show_chosen()

    def _filter(self) -> None:
        self._table.show_kind(next(k for b, k in self._kinds.items() if b.isChecked()))
        self._refresh()

    def _show_chosen(self) -> None:
        rows = self._chosen()
        self._choose.setEnabled(bool(rows))
        line = self._table.row_at(rows[0]) if rows else None
        self._details.setPlainText(details_of(line) if line is not None else "")
        self._details.setPlaceholderText(
            self.tr("Choose a tag to see what is said of it here and in the file.")
        )

    def _show_unfit(self) -> None:
        if self.plan is None:
            return
        fit = self.plan.fit
        said = [self.tr("These texts are not in this library:")] if fit.absent else []
        said += [f"  {each.title} ({each.codings:,})" for each in fit.absent]
        if fit.unfound:
            said.append(self.tr("These texts do not say what was marked in them:"))
        said += [f"  {each.title} ({each.codings:,}): “{each.quote}”" for each in fit.unfound]
        self.view.clearSelection()
        self._details.setPlainText("\n".join(said))
        self._details.setFocus(Qt.FocusReason.OtherFocusReason)

    # What is chosen.

    def _chosen(self) -> list[int]:
        return [row for first, last in self.view.chosen_rows() for row in range(first, last + 1)]

    def _choose_codings(self) -> None:
        self._codings_chosen = True

    def _choose_into(self) -> None:
        self._into_chosen = True
        self.plan_asked.emit()

    def _on_click(self, index: QModelIndex) -> None:
        if index.column() == CHOICE and len(self._chosen()) == 1:
            self._offer_for_chosen()

    def _offer_for_chosen(self) -> None:
        rows = self._chosen()
        if not rows:
            return
        menu = QMenu(self)
        self._fill(menu, rows)
        menu.aboutToHide.connect(menu.deleteLater)
        area = self.view.visualRect(self._table.index(rows[0], CHOICE))
        menu.popup(self.view.viewport().mapToGlobal(QPoint(area.left(), area.bottom())))

    def _fill_for_all(self) -> None:
        self._menu.clear()
        self._fill(self._menu, range(self._table.rowCount()))

    def _fill(self, menu: QMenu, rows: Sequence[int]) -> None:
        for choice, number in self._table.offered(rows).items():
            one = self._table.row_at(rows[0]) if len(rows) == 1 else None
            words = choice_words(choice, one)
            if one is None:
                words = f"{words} ({number:,})"
            action = menu.addAction(words)
            if one is not None:
                action.setCheckable(True)
                action.setChecked(one.chosen is choice)
            action.triggered.connect(
                lambda _checked=False, chosen=choice: self.choose(rows, chosen)
            )

    def choose(self, rows: Iterable[int], choice: Choice) -> None:
        """Choose for tags that are shown, as far as it is offered for them."""
        for row in rows:
            line = self._table.row_at(row)
            if choice in line.choices:
                self.choices[line.tag.uuid] = choice
        self._refused = ""
        self.plan_asked.emit()

    def ask_import(self) -> None:
        """Ask for the import as it is shown."""
        if self.plan is None or self.plan.problems:
            return
        goes = NEW_COLLECTION if self.plan.before is None else self.plan.before.id
        self._import.setEnabled(False)
        self.command.emit(
            ImportCodebook(self.codebook, self.plan.chosen, goes, self.codings.isChecked())
        )


def _more(notes: Sequence[str]) -> tuple[str, ...]:
    return (f"And {len(notes) - 3:,} more remarks.",) if len(notes) > 3 else ()


def _about(codebook: Codebook) -> str:
    """What the file is, and what it says of itself, in a line or two."""
    parts = [f"A tag collection: “{codebook.name}”", counted(len(codebook.tags), "tag", "tags")]
    if uses := len(codebook.codings):
        parts.append(counted(uses, "use of them", "uses of them"))
    if codebook.version:
        parts.append(f"version {codebook.version}")
    if codebook.author:
        parts.append(f"by {codebook.author}")
    if codebook.licence:
        parts.append(codebook.licence)
    said = ", ".join(parts)
    return f"{said}. {codebook.description}".strip() if codebook.description else f"{said}."
