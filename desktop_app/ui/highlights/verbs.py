"""What is done with the highlights that are chosen in the table; each is one step to undo."""

from __future__ import annotations

from array import array
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QMimeData, QObject, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_app.core.errors import BadUsage, Problem
from desktop_app.core.highlights import MARK_COLOURS, MarkStyle
from desktop_app.library.highlight_commands import DeleteHighlights, SetLooks
from desktop_app.library.quotations import Quotation, QuotationForm, TableForm, write
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.highlights.pane import HighlightsPane
from desktop_app.ui.highlights.swatch import swatch_icon
from desktop_app.ui.look.theme import Theme
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.session import Session

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from desktop_app.core.changes import Changes
    from desktop_app.core.highlights import Highlight
    from desktop_app.library.library import Library

_LASTING = 3_000  # so many are changed in about a second, or more on a slow machine
_FORMS = {
    "CSV, for spreadsheets (*.csv)": TableForm.CSV,
    "Markdown, to read (*.md)": TableForm.MARKDOWN,
}


class TableVerbs(QObject):
    """The verbs of the table, and quoting, which the reader has too."""

    tags_asked = Signal(object)  # the highlights whose tags are to be chosen

    def __init__(
        self, session: Session, actions: Actions, pane: HighlightsPane, reader: ReaderPane
    ) -> None:
        super().__init__(pane)
        self._session = session
        self._actions = actions
        self._pane = pane
        self._reader = reader
        on = actions.on
        on("table.tag", self._tag)
        for colour in MARK_COLOURS:
            on(f"table.colour_{colour}", partial(self._look, colour=colour))
        for style in MarkStyle:
            on(f"table.style_{style}", partial(self._look, style=style))
        on("table.delete", self._delete)
        on("mark.copy_quotation", partial(self.copy, markdown=False))
        on("mark.copy_markdown", partial(self.copy, markdown=True))
        on("mark.save_table", self._save)

    def menu(self, theme: Theme) -> QMenu:
        """Make the menu of all that can be done with the chosen highlights."""
        menu, actions = QMenu(self._pane), self._actions
        menu.addAction(actions["table.tag"])
        colours = menu.addMenu(self.tr("Colour"))
        for colour in MARK_COLOURS:
            action = actions[f"table.colour_{colour}"]
            action.setIcon(swatch_icon(colour, MarkStyle.FILL, theme))
            colours.addAction(action)
        styles = menu.addMenu(self.tr("Style"))
        for style in MarkStyle:
            action = actions[f"table.style_{style}"]
            action.setIcon(swatch_icon(MARK_COLOURS[0], style, theme))
            styles.addAction(action)
        menu.addSeparator()
        menu.addAction(actions["mark.copy_quotation"])
        menu.addAction(actions["mark.copy_markdown"])
        menu.addAction(actions["mark.save_table"])
        menu.addSeparator()
        menu.addAction(actions["table.delete"])
        return menu

    # Changing.

    def _tag(self) -> None:
        chosen = self._chosen()
        if chosen:
            self.tags_asked.emit(chosen)

    def _look(self, *, colour: str | None = None, style: MarkStyle | None = None) -> None:
        chosen = self._chosen()
        if chosen:
            words = self.tr("Changing {0} highlights").format(f"{len(chosen):,}")
            self._change(SetLooks(chosen, colour, style), words)

    def _delete(self) -> None:
        chosen = self._chosen()
        if chosen:
            words = self.tr("Deleting {0} highlights").format(f"{len(chosen):,}")
            self._change(DeleteHighlights(chosen), words)

    def _change(self, command: DeleteHighlights | SetLooks, words: str) -> None:
        """Run a command; words say what is being done, where so many are changed that it lasts."""
        session = self._session
        if len(command.highlights) < _LASTING:
            session.do(command)
            return
        session.busy_with.emit(words)

        def done(_changes: Changes) -> None:
            session.busy_with.emit("")

        def failed(error: Exception) -> None:
            session.busy_with.emit("")
            session.say_problem(error)

        session.do(command, done, failed)

    def _chosen(self) -> tuple[int, ...]:
        if self._session.read_only:
            return ()
        return tuple(self._pane.table.chosen_ids())

    # Quoting.

    def copy(self, *, markdown: bool) -> None:
        """Put what is chosen or selected on the clipboard as quotations: text and HTML, or Markdown."""
        fetch = self._quoted()
        if fetch is None:
            self._session.say_problem(
                Problem(
                    self.tr("There is nothing to quote."),
                    self.tr("Select a passage in a document, or choose a highlight first."),
                )
            )
            return
        session = self._session

        def work(library: Library) -> tuple[int, str, str]:
            found = fetch(library)
            if not found:
                raise BadUsage("The highlights have been deleted.", "Undo brings them back.")
            if markdown:
                return len(found), write(found, QuotationForm.MARKDOWN), ""
            return (
                len(found),
                write(found, QuotationForm.TEXT),
                write(found, QuotationForm.HTML),
            )

        def came(made: tuple[int, str, str]) -> None:
            number, text, html = made
            data = QMimeData()
            data.setText(text)
            if html:
                data.setHtml(html)
            else:
                data.setData("text/markdown", text.encode("utf-8"))
            QGuiApplication.clipboard().setMimeData(data)
            words = self.tr("1 quotation") if number == 1 else f"{number:,} quotations"
            form = self.tr(" in Markdown") if markdown else ""
            session.said.emit(self.tr("Copied {0}{1}").format(words, form))

        session.read(work, came, key="quotations")

    def _quoted(self) -> Callable[[Library], Sequence[Quotation]] | None:
        """What is to be quoted: what is chosen in the table, unless the keys are in the reader."""
        ids = self._pane.table.chosen_ids() if self._pane.isVisible() else array("q")
        focus = QGuiApplication.focusObject()
        in_reader = focus is not None and _stands_in(focus, self._reader)
        if len(ids) and not in_reader:
            return lambda library: library.quotations.many(ids)
        here = self._passage()
        if here is not None:
            document, version, start, end = here
            return lambda library: [library.quotations.passage(document, version, start, end)]
        if len(ids):
            return lambda library: library.quotations.many(ids)
        return None

    @property
    def has_passage(self) -> bool:
        """Whether a passage is selected in the reader, or a highlight chosen there."""
        return self._passage() is not None

    def _passage(self) -> tuple[int, str, int, int] | None:
        """The passage that is selected in the reader, else that of the highlight chosen there."""
        surface = self._reader.surface
        document, text = surface.document_id, surface.text
        if document is None or text is None:
            return None
        range_ = surface.selection()
        if range_ is None and surface.chosen is not None:
            found: Highlight | None = surface.marks.with_id(surface.chosen)
            if found is not None and found.place is not None:
                range_ = (found.place.start, found.place.end)
        return None if range_ is None else (document, text.version, *range_)

    # Saving.

    def _save(self) -> None:
        """Ask where to, and write the chosen highlights there, or all that the filter lets through."""
        table = self._pane.table
        ids: Sequence[int] | None = None
        if self._pane.isVisible():
            ids = table.chosen_ids() if table.chosen_count > 1 else table.highlights.ids
        self.save(ids, self.tr("highlights"))

    def save(self, ids: Sequence[int] | None, name: str) -> None:
        """Ask where to, and write highlights there as a table; None: all of the library."""
        settings = self._session.settings
        folder = settings.now.last_folder or str(Path.home())
        chosen, form_name = QFileDialog.getSaveFileName(
            self._pane,
            self.tr("Save highlights as a table"),
            str(Path(folder) / f"{name}.csv"),
            ";;".join(_FORMS),
        )
        if not chosen:
            return
        target = Path(chosen)
        form = TableForm.of(target) or _FORMS.get(form_name, TableForm.CSV)
        if TableForm.of(target) is None:
            target = target.with_name(f"{target.name}{form.suffix}")
        settings.change(last_folder=str(target.parent))

        def saved(number: int) -> None:
            words = self.tr("1 highlight") if number == 1 else f"{number:,} highlights"
            self._session.said.emit(self.tr("Saved {0} as {1}").format(words, target.name))

        def work(library: Library) -> int:
            wanted = library.marks.ids() if ids is None else ids
            return library.quotations.save_table(wanted, target, form)

        self._session.long_work(self.tr("Saving highlights"), work, saved)


def _stands_in(widget: QObject, above: QObject) -> bool:
    now: QObject | None = widget
    while now is not None:
        if now is above:
            return True
        now = now.parent()
    return False
