"""What is shown of marking: the card beside a selection, the panel of the header, the sticky tag."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QRect

from desktop_app.core.highlights import Highlight, MarkStyle
from desktop_app.core.model import Tag
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.actions.marking import STYLES
from desktop_app.ui.look.theme import Appearance
from desktop_app.ui.marking.verbs import MarkVerbs
from desktop_app.ui.reader.bars import corner_below
from desktop_app.ui.reader.mark_card import MarkCard
from desktop_app.ui.reader.marks_panel import MarksPanel
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.session import Session


class MarkShowing(QObject):
    """Shows what marking would do, and passes on what is asked there."""

    def __init__(
        self,
        session: Session,
        actions: Actions,
        pane: ReaderPane,
        verbs: MarkVerbs,
        appearance: Appearance,
    ) -> None:
        super().__init__(verbs)
        self._session = session
        self._pane = pane
        self._verbs = verbs
        self.card = MarkCard(appearance, pane)
        self.panel = MarksPanel(appearance, tuple(STYLES.items()), pane)
        self.panel.set_steps(
            (
                (self.tr("Previous"), actions["mark.previous"]),
                (self.tr("Next"), actions["mark.next"]),
                (self.tr("All highlights"), actions["view.highlights"]),
            )
        )
        self._connect()

    def _connect(self) -> None:
        pane, verbs, card, panel = self._pane, self._verbs, self.card, self.panel
        pane.selection_made.connect(self._offer)
        for signal in (pane.selection_changed, pane.sheets.moved, pane.marks_changed):
            signal.connect(card.hide)
        pane.chosen_changed.connect(card.hide)
        for page in (pane.view, pane.pages):
            page.viewport().installEventFilter(self)
        pane.document_shown.connect(self._on_document)
        card.colour_chosen.connect(verbs.take_colour)
        card.tag_asked.connect(verbs.pick_tags)
        card.note_asked.connect(verbs.note)
        card.delete_asked.connect(verbs.delete)
        for asked in (card.tag_asked, card.note_asked, card.delete_asked, card.colour_chosen):
            asked.connect(card.hide)
        verbs.note_asked.connect(card.hide)  # by a key as well
        pane.header.marks.clicked.connect(self._open_panel)
        panel.colour_chosen.connect(verbs.take_colour)
        panel.style_chosen.connect(verbs.take_style)
        panel.sticky_chosen.connect(verbs.tags.stick)
        for chosen in (panel.colour_chosen, panel.style_chosen, panel.sticky_chosen):
            chosen.connect(self._show_in_panel)
        verbs.tags.sticky_changed.connect(self._show_sticky)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # A press begins something else: another selection, or the drag of a handle.
        if event.type() == QEvent.Type.MouseButtonPress:
            self.card.hide()
        return False

    def _offer(self) -> None:
        """Show the card beside what a hand has selected or chosen."""
        target = self._verbs.aim.target()
        surface = self._pane.surface
        if target is None or self._session.read_only or self._verbs.tags.sticky is not None:
            return
        if isinstance(target, Highlight):
            if target.place is None:
                return
            place = surface.place_of(target.place.start, target.place.end)
            colour: str | None = target.colour
        else:
            place, colour = surface.place_of(*target), None
        if place.isEmpty():
            return
        sheets = self._pane.sheets
        room = QRect(sheets.mapToGlobal(sheets.rect().topLeft()), sheets.size())
        self.card.show_beside(place, room, colour=colour)

    def _on_document(self, document: object, _text: object, _position: int) -> None:
        self.card.hide()
        self._pane.header.marks.setEnabled(document is not None and not self._session.read_only)

    def _open_panel(self) -> None:
        now = self._session.settings.now
        self.panel.open_at(
            corner_below(self._pane.header.marks),
            colour=now.mark_colour,
            style=MarkStyle(now.mark_style),
            tags=self._verbs.tags.keyed(),
            sticky=self._verbs.tags.sticky,
            count=len(self._pane.surface.marks),
        )

    def _show_in_panel(self) -> None:
        now = self._session.settings.now
        self.panel.show_now(
            colour=now.mark_colour,
            style=MarkStyle(now.mark_style),
            tags=self._verbs.tags.keyed(),
            sticky=self._verbs.tags.sticky,
        )

    def _show_sticky(self, tag: Tag | None) -> None:
        mode = self._pane.footer.mode
        words = ""
        if tag is not None:
            words = self.tr("Every selection is marked “{0}” · Esc ends").format(tag.name)
            self._session.said.emit(words)
        mode.setText(words)
        mode.setAccessibleName(words)
        mode.setVisible(tag is not None)
        self._pane.footer.keys.setVisible(tag is None)
