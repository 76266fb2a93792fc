"""What is done with the lines that are chosen; each is one step to undo."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QFileDialog, QMenu

from desktop_app.core.errors import Problem
from desktop_app.library.concordances import Concordance, GatheredLine, LineState
from desktop_app.library.line_commands import MarkLines, TaggedLine, TagLines
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tree import TagTree
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.concordance.asking import LineAsking
from desktop_app.ui.concordance.pane import ConcordancePane
from desktop_app.ui.concordance.tag_card import LineTagCard
from desktop_app.ui.session import Session
from desktop_app.ui.tasks import Lane

if TYPE_CHECKING:
    from desktop_app.core.changes import Changes
    from desktop_app.library.commands import Command
    from desktop_app.library.library import Library

MOST_MARKED = 10_000  # at once; more is not a decision but a filter


class LineVerbs(QObject):
    """The verbs of the lines."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        asking: LineAsking,
        pane: ConcordancePane,
        card: LineTagCard,
    ) -> None:
        super().__init__(pane)
        self._session = session
        self._actions = actions
        self._asking = asking
        self._pane = pane
        self._card = card
        on = actions.on
        on("lines.seen", partial(self.mark, LineState.SEEN))
        on("lines.irrelevant", partial(self.mark, LineState.IRRELEVANT))
        on("lines.tag", self.pick_tag)
        on("lines.export", self.save)
        card.tag_chosen.connect(self.tag)
        card.new_asked.connect(self._tag_anew)

    def menu(self) -> QMenu:
        """Make the menu of all that can be done with the chosen lines."""
        menu, actions = QMenu(self._pane), self._actions
        for name in ("open", "seen", "irrelevant", "tag"):
            menu.addAction(actions[f"lines.{name}"])
        menu.addSeparator()
        menu.addAction(actions["lines.export"])
        return menu

    # Saying something of lines.

    def mark(self, state: LineState) -> None:
        """Say it of the chosen lines, or take it back where all of them have it."""
        numbers = self._chosen()
        known = [row.line for n in numbers if (row := self._pane.model.known(n)) and row.line]
        taken_back = len(known) == len(numbers) and all(line.state is state for line in known)
        self._do(numbers, LineState.KNOWN if taken_back else state, self._marking)

    def tag_by_key(self, digit: int) -> None:
        """Highlight the chosen lines with the tag of a digit."""
        tree = self._session.tag_tree or TagTree()
        active = {collection.id for collection in tree.collections if collection.active}
        found = [tag for tag in tree.tags if tag.key == digit and tag.collection in active]
        if found:
            self.tag(found[0].id)
        else:
            self._session.say_problem(
                Problem(
                    self.tr("No tag has the key {0}.").format(digit),
                    self.tr("Right-click a tag in the sidebar, then Key, or press T here."),
                )
            )

    def pick_tag(self) -> None:
        """Let the tag of the chosen lines be chosen."""
        numbers = self._chosen()
        if numbers:
            self._card.open_with(self._session.tag_tree or TagTree(), len(numbers))

    def tag(self, tag: int) -> None:
        """Highlight the matches of the chosen lines with a tag."""
        self._do(self._chosen(), LineState.TAGGED, partial(_tagging, tag))

    def _tag_anew(self, path: str) -> None:
        def made(_changes: Changes) -> None:
            self._session.read(
                lambda library: library.tag_tree(counted=False).find(path),
                lambda tag: self.tag(tag.id) if tag is not None else None,
                lane=Lane.CHANGE,
            )

        self._session.do(CreateTag(path), made)

    @staticmethod
    def _marking(
        concordance: Concordance, lines: Sequence[GatheredLine], state: LineState
    ) -> Command:
        said = tuple((line.document, line.key) for line in lines)
        return MarkLines(concordance.query, said, state, concordance.width)

    def _do(
        self,
        numbers: array[int],
        state: LineState,
        command: Callable[[Concordance, Sequence[GatheredLine], LineState], Command],
    ) -> None:
        concordance, asking = self._asking.concordance, self._asking
        if concordance is None or not numbers or self._session.read_only:
            return
        if len(numbers) > MOST_MARKED:
            self._session.say_problem(
                Problem(
                    self.tr("{0} lines are too many at once; {1} are the most.").format(
                        f"{len(numbers):,}", f"{MOST_MARKED:,}"
                    ),
                    self.tr("Nothing has been changed; choose fewer, or filter them first."),
                )
            )
            return
        goes_on = len(numbers) == 1

        def prepared(made: Command) -> None:
            asking.mark_own()
            self._session.do(made, done, failed)

        def done(changes: Changes) -> None:
            if not changes:
                asking.unmark_own()
            self._session.read(lambda _library: concordance.say(numbers, state), shown)

        def failed(error: Exception) -> None:
            asking.unmark_own()
            self._session.say_problem(error)

        def shown(_nothing: None) -> None:
            if concordance is asking.concordance:
                asking.rows_changed.emit()
                asking.list_again()

        def prepare(_library: Library) -> Command:
            concordance.keep()
            return command(concordance, concordance.lines(numbers), state)

        self._session.read(prepare, prepared, lane=Lane.CHANGE)
        if goes_on:
            self._pane.table.step(1)

    def _chosen(self) -> array[int]:
        return self._pane.table.chosen_numbers()

    # Saving.

    def save(self) -> None:
        """Ask where to, and write the chosen lines there, or all that are shown, as CSV."""
        concordance = self._asking.concordance
        if concordance is None:
            return
        chosen = self._chosen()
        numbers = chosen if len(chosen) > 1 else self._pane.model.numbers
        settings = self._session.settings
        folder = settings.now.last_folder or str(Path.home())
        named, _form = QFileDialog.getSaveFileName(
            self._pane,
            self.tr("Save the lines as a table"),
            str(Path(folder) / self.tr("concordance.csv")),
            self.tr("CSV, for spreadsheets (*.csv)"),
        )
        if not named:
            return
        target = Path(named)
        if target.suffix.lower() != ".csv":
            target = target.with_name(f"{target.name}.csv")
        settings.change(last_folder=str(target.parent))

        def saved(lines: int) -> None:
            words = self.tr("1 line") if lines == 1 else self.tr("{0} lines").format(f"{lines:,}")
            self._session.said.emit(self.tr("Saved {0} as {1}").format(words, target.name))

        self._session.long_work(
            self.tr("Saving lines"), lambda _library: concordance.save(numbers, target), saved
        )


def _tagging(
    tag: int, concordance: Concordance, lines: Sequence[GatheredLine], _state: LineState
) -> Command:
    documents = concordance.documents({line.document for line in lines})
    tagged = tuple(
        TaggedLine(line.document, documents[line.document].version, line.start, line.end, line.key)
        for line in lines
        if line.document in documents
    )
    return TagLines(concordance.query, tagged, (tag,), width=concordance.width)
