"""The attachments of a mail in the window."""

from __future__ import annotations

from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from desktop_app.ui.dialogs.attachments import AttachmentsDialog, safe_name
from tests.ui.window_for_tests import Desk

REPORT = "Tonnage through the Sound\n\nIt rose by a fifth, and fell again in winter.\n"


def write_mail(folder: Path) -> Path:
    """Write a mail with a text, a file that cannot be read, and none of their folders."""
    folder.mkdir()
    mail = EmailMessage()
    mail["Subject"] = "Minutes of the works committee"
    mail["From"] = "A. Clerk <clerk@harbour.example>"
    mail["Date"] = "Fri, 25 Mar 2016 10:00:00 +0000"
    mail.set_content("The minutes are attached, and so is the tonnage.\n")
    mail.add_attachment(REPORT.encode(), maintype="text", subtype="plain", filename="tonnage.txt")
    mail.add_attachment(
        b"\x00\x01\x02" * 30, maintype="application", subtype="x-odd", filename="../plan.bin"
    )
    (folder / "minutes.eml").write_bytes(bytes(mail))
    return folder


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    made = Desk(tmp_path)
    made.import_all(write_mail(tmp_path / "mail"))
    made.choose("Minutes")
    yield made
    made.close()


def opened(desk: Desk) -> AttachmentsDialog:
    desk.run("document.attachments")
    dialog = desk.window.findChild(AttachmentsDialog)
    assert dialog is not None
    return dialog


def test_the_attachments_of_a_mail_are_listed_with_their_size(desk: Desk) -> None:
    desk.run("document.details")
    desk.window.details._attachments.click()
    desk.settle()
    dialog = desk.window.findChild(AttachmentsDialog)
    assert dialog is not None and dialog.isVisible()
    assert desk.window.details._attachments.text() == "2 attachments…"
    rows = [dialog._list.topLevelItem(n) for n in range(dialog._list.topLevelItemCount())]
    assert [row.text(0) for row in rows if row] == ["tonnage.txt", "plan.bin"]
    assert rows[0] is not None and rows[0].text(2) == f"{len(REPORT)} bytes"


def test_an_attachment_is_saved_as_it_came(desk: Desk, tmp_path: Path) -> None:
    dialog = opened(desk)
    dialog.save_asked.emit(dialog._document.id, 0, tmp_path / "saved.txt")
    desk.settle()
    assert (tmp_path / "saved.txt").read_text() == REPORT
    dialog.save_asked.emit(dialog._document.id, 0, tmp_path / "missing" / "saved.txt")
    desk.settle()
    assert len(desk.problems) == 1 and "saved.txt" in desk.problems[0]


def test_an_attachment_becomes_a_document_of_its_own(desk: Desk) -> None:
    dialog = opened(desk)
    dialog._list.selectAll()
    assert dialog._import.text() == "Import 2"
    dialog._import.click()
    desk.settle()
    outcomes = [row.outcome for row in desk.session.imports.rows]
    assert [each.path for each in outcomes] == ["minutes.eml!/tonnage.txt", "minutes.eml!/plan.bin"]
    assert outcomes[0].document is not None and outcomes[1].document is None
    assert outcomes[1].reason
    (made,) = desk.library.documents([outcomes[0].document])
    assert (made.title, made.file_name) == ("Tonnage through the Sound", "tonnage.txt")
    assert desk.session.counts.all == 2
    desk.run("edit.undo")
    assert desk.session.counts.all == 1
    assert desk.problems == []


def test_a_document_without_attachments_says_so(desk: Desk) -> None:
    folder = desk.home / "plain"
    folder.mkdir()
    (folder / "plain.txt").write_text("A plain text\n\nIt has nothing with it.\n")
    desk.import_all(folder)
    desk.choose("A plain")
    said: list[str] = []
    desk.session.said.connect(said.append)
    desk.run("document.attachments")
    assert said == ["“A plain text” has no attachments."]


def test_a_name_from_a_mail_is_never_a_way_to_another_folder() -> None:
    assert safe_name("../../etc/passwd") == "passwd"
    assert safe_name("C:\\x\\re:port?.pdf") == "re_port_.pdf"
    assert safe_name("...") == "attachment"
