"""Pages instead of text, and how large: what the actions do, and what of it is remembered."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QObject, Slot

from desktop_app.core.errors import Problem
from desktop_app.core.model import Document
from desktop_app.core.text import Text
from desktop_app.ui.actions.actions import Actions
from desktop_app.ui.pages.desk import Opened, PageDesk
from desktop_app.ui.pages.layout import Fit, Zoom
from desktop_app.ui.reader.pane import ReaderPane
from desktop_app.ui.session import Session

PDF = "application/pdf"
WEB = "text/html"
MOST_REMEMBERED = 1_000


class PageVerbs(QObject):
    """Shows the open PDF as its pages or as its text, each document as one left it."""

    def __init__(self, session: Session, actions: Actions, pane: ReaderPane) -> None:
        super().__init__(pane)
        self._session = session
        self._actions = actions
        self._pane = pane
        self._document: Document | None = None
        self._has_text = True
        self._asked = False  # the pages of the document were asked for
        self._is_choice = True  # what is changed to is what a person wants
        self.desk = PageDesk(session, pane.pages)
        self._take_settings()
        self._connect()

    def _take_settings(self) -> None:
        now = self._session.settings.now
        pages = self._pane.pages
        pages.set_zoom(Zoom(Fit(now.page_fit), now.page_scale, now.page_two_up))
        pages.set_dimmed(now.page_dimmed)
        self._show_zoom()

    def _connect(self) -> None:
        on, pages = self._actions.on, self._pane.pages
        self.desk.opened.connect(self._on_opened)
        self.desk.failed.connect(self._on_failed)
        self._pane.document_shown.connect(self._on_document)
        self._pane.header.sheets.chosen.connect(lambda text: self._change_to(not text))
        self._pane.sheets.changed.connect(self._on_changed)
        pages.text_asked.connect(lambda: self._change_to(False))
        pages.zoom_changed.connect(self._keep_zoom)
        pages.unshown_changed.connect(self._say_unshown)
        pages.menu_asked.connect(self._fill_menu)
        pages.moved.connect(self._say_zoom)
        zoom_actions = ("view.text_larger", "view.text_smaller", "view.text_normal")
        self._pane.footer.zoom.offer(
            [
                [self._actions[each] for each in zoom_actions],
                [self._actions[each] for each in ("view.fit_width", "view.fit_page")],
                [
                    self._actions[each]
                    for each in ("view.two_up", "view.turn_pages", "view.dim_pages")
                ],
            ]
        )
        on("document.page", self.change)
        on("view.fit_width", lambda: self._fit(Fit.WIDTH))
        on("view.fit_page", lambda: self._fit(Fit.PAGE))
        on("view.two_up", lambda: pages.set_zoom(replace(pages.zoom, two_up=not pages.zoom.two_up)))
        on("view.turn_pages", lambda: pages.turn_sheets(1))
        on("view.dim_pages", self._dim)
        on("view.go_to_page", self._pane.footer.page.ask)
        self._pane.footer.page.refused.connect(self._session.said)

    # Pages or text.

    def change(self) -> None:
        """Show the pages where the text is shown, and the other way round."""
        document = self._document
        if document is None:
            return
        if document.media_type == PDF:
            self._change_to(not self._pane.sheets.in_pages)
            return
        more = self.tr("Document > Save the original file… keeps a copy of the file as it came.")
        if document.media_type == WEB and self._actions["document.whole"].isEnabled():
            more = self.tr("W shows the whole page. {0}").format(more)
        said = self.tr("Only a PDF has pages to show as they are.")
        self._session.said.emit(f"{said} {more}")

    def _change_to(self, pages: bool, *, position: int | None = None) -> None:
        document = self._document
        if document is None or document.media_type != PDF:
            return
        text = self._pane.pages.text
        if pages and not self._asked and text is not None:
            self._asked = True
            self.desk.open(document.id, text)
        self._pane.sheets.change_to(pages, position=position)

    @Slot(object, object, int)
    def _on_document(self, document: Document | None, text: Text | None, position: int) -> None:
        """Show a document that was opened as one left it: as pages, or as text."""
        self._document, self._asked = document, False
        self.desk.close()
        if document is None or text is None or document.media_type != PDF:
            self._pane.show_pages(False)
            self._say_zoom()
            return
        self._has_text = bool(text.canonical.strip())
        if not self._has_text or document.id in self._remembered():
            self._change_to(True, position=position)
        self._show_choice()
        self._say_zoom()

    @Slot(bool)
    def _on_changed(self, pages: bool) -> None:
        self._show_choice()
        self._say_zoom()
        document = self._document
        if document is None or not self._has_text or not self._is_choice:
            return
        kept = [each for each in self._remembered() if each != document.id]
        if pages:
            kept.append(document.id)
        all_kept = dict(self._session.settings.now.page_documents)
        all_kept[str(self._session.folder)] = tuple(kept[-MOST_REMEMBERED:])
        self._session.settings.change(page_documents=all_kept)

    def _remembered(self) -> tuple[int, ...]:
        return self._session.settings.now.page_documents.get(str(self._session.folder), ())

    def _show_choice(self) -> None:
        notice = ""
        if not self._has_text:
            notice = self.tr("These pages are pictures: they hold no text to search or to mark.")
            if not self._pane.sheets.in_pages:
                notice = self.tr(
                    "This document holds no text: its pages are pictures. O shows them."
                )
        self._pane.show_pages(True, notice)

    @Slot(int, object)
    def _on_opened(self, document: int, opened: Opened) -> None:
        if self._document is not None and document == self._document.id:
            self._pane.pages.show_sizes(*opened)

    @Slot(int, object)
    def _on_failed(self, document: int, error: Exception) -> None:
        """Go back to the text for now, and say why."""
        if self._document is None or document != self._document.id:
            return
        self._asked = False
        self._is_choice = False
        try:
            self._pane.sheets.change_to(False)
        finally:
            self._is_choice = True
        if isinstance(error, Problem):
            said = self.tr("The pages cannot be shown: {0}").format(str(error))
            more = self.tr("The text stays here to be read.")
            if not self._has_text:
                more = self.tr("It holds no text either; O tries its pages again.")
            error = Problem(said, more)
        self._session.say_problem(error)

    @Slot(int, int)
    def _say_unshown(self, unshown: int, cut: int) -> None:
        """Say how many highlights the page cannot show at all, and how many only in part."""
        number, said = unshown + cut, ""
        if number == 1 and cut:
            said = self.tr("Part of 1 highlight cannot be shown on the page; it is in the text")
        elif number == 1:
            said = self.tr("1 highlight cannot be shown on the page; it is in the text")
        elif cut:
            said = self.tr(
                "{0:,} highlights cannot be shown in full on the page; they are in the text"
            )
        elif number:
            said = self.tr("{0:,} highlights cannot be shown on the page; they are in the text")
        self._pane.footer.notice.setText(said.format(number))

    # Zoom.

    @Slot()
    def _say_zoom(self) -> None:
        shown = self._pane.sheets.in_pages and self._pane.pages.count > 0
        self._pane.footer.zoom.show_zoom(self._pane.pages.shown_zoom() if shown else None)

    def _fit(self, fit: Fit) -> None:
        pages = self._pane.pages
        pages.set_zoom(replace(pages.zoom, fit=fit))
        self._show_zoom()

    @Slot(object)
    def _keep_zoom(self, zoom: Zoom) -> None:
        self._session.settings.change(
            page_fit=str(zoom.fit), page_scale=zoom.scale, page_two_up=zoom.two_up
        )
        self._show_zoom()

    def _dim(self) -> None:
        dimmed = not self._pane.pages.dimmed
        self._pane.pages.set_dimmed(dimmed)
        self._session.settings.change(page_dimmed=dimmed)
        self._show_zoom()

    def _show_zoom(self) -> None:
        pages = self._pane.pages
        for action, checked in (
            ("view.fit_width", pages.zoom.fit is Fit.WIDTH),
            ("view.fit_page", pages.zoom.fit is Fit.PAGE),
            ("view.two_up", pages.zoom.two_up),
            ("view.dim_pages", pages.dimmed),
        ):
            self._actions[action].setChecked(checked)

    @Slot(object, object)
    def _fill_menu(self, menu: QObject, _place: object) -> None:
        menu.addSeparator()  # type: ignore[attr-defined]
        for action in ("view.fit_width", "view.fit_page", "view.two_up"):
            menu.addAction(self._actions[action])  # type: ignore[attr-defined]
