"""What is inside of files: messages of mailboxes, entries of zips, the folders of saved pages."""

from __future__ import annotations

import io
import random
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_app.core.model import PartRole
from desktop_app.library.library import Library
from desktop_app.library.outcomes import Outcome, OutcomeKind
from tests.formats.mails_for_tests import mail, picture


def outcomes_of(library: Library, *paths: Path) -> list[Outcome]:
    outcomes: list[Outcome] = []
    library.import_files(paths, on_outcome=outcomes.append)
    return outcomes


def zip_of(**entries: bytes | str) -> bytes:
    """A zip; two underscores in a name stand for a slash, one for a dot."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name.replace("__", "/").replace("_", "."), content)
    return made.getvalue()


def zip_named(entries: dict[str, bytes]) -> bytes:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in entries.items():
            archive.writestr(name, content)
    return made.getvalue()


def mailbox(*texts: str) -> bytes:
    """A mailbox with one message a text."""
    return b"".join(
        f"From a@example.org Mon Jul 20 01:01:07 2015\nFrom: A <a@example.org>\n"
        f"Date: Mon, 20 Jul 2015 01:01:07 +0000\nSubject: About {text}\n"
        f"Content-Type: text/plain; charset=utf-8\n\nThis is about {text}.\n\n".encode()
        for text in texts
    )


def told(outcomes: list[Outcome], folder: Path) -> list[tuple[str, str]]:
    return [(o.path.removeprefix(f"{folder}/"), o.kind.value) for o in outcomes]


def test_every_document_in_a_zip_has_an_outcome_of_its_own(
    library: Library, tmp_path: Path
) -> None:
    inner = zip_of(x_txt="Deep text about a quay.\n")
    path = tmp_path / "papers.zip"
    path.write_bytes(
        zip_of(
            a__b_txt="Text about a bridge.\n",
            c_json='{"no": 1}',
            inner_zip=inner,
            mail_mbox=mailbox("rain", "snow"),
        )
    )
    outcomes = outcomes_of(library, path)
    assert told(outcomes, tmp_path) == [
        ("papers.zip!/a/b.txt", "imported"),
        ("papers.zip!/c.json", "refused"),
        ("papers.zip!/inner.zip!/x.txt", "imported"),
        ("papers.zip!/mail.mbox!/1", "imported"),
        ("papers.zip!/mail.mbox!/2", "imported"),
    ]
    first = library.documents([outcomes[0].document])[0]
    assert (first.file_name, first.title) == ("b.txt", "Text about a bridge.")
    assert library.original(first.id)[1] == b"Text about a bridge.\n"
    again = outcomes_of(library, path)
    assert [o.kind for o in again if o.kind is not OutcomeKind.REFUSED] == [OutcomeKind.KNOWN] * 4
    assert library.verify() == []


def test_every_message_of_a_mailbox_is_a_document(library: Library, tmp_path: Path) -> None:
    path = tmp_path / "mail.mbox"
    path.write_bytes(mailbox("rain", "snow", "rain"))
    outcomes = outcomes_of(library, path)
    assert told(outcomes, tmp_path) == [
        ("mail.mbox!/1", "imported"),
        ("mail.mbox!/2", "imported"),
        ("mail.mbox!/3", "known"),
    ]
    assert outcomes[0].title == "About rain"
    progress = library.import_files([path])
    assert (progress.done, progress.found) == (3, 3)


def test_a_mailbox_larger_than_a_file_may_be_is_read_message_by_message(
    library: Library, tmp_path: Path, monkeypatch
) -> None:
    limits = replace(library._imports._limits, file_bytes=900)
    monkeypatch.setattr(library._imports, "_limits", limits)
    path = tmp_path / "mail.mbox"
    path.write_bytes(mailbox(*[f"day {n}" for n in range(20)]))
    assert path.stat().st_size > 900
    outcomes = outcomes_of(library, path)
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.IMPORTED] * 20


def test_a_zip_that_cannot_be_opened_is_refused_with_a_reason(
    library: Library, tmp_path: Path
) -> None:
    whole = zip_of(a_txt="Some text.\n" * 99)
    cut, empty = tmp_path / "cut.zip", tmp_path / "empty.zip"
    cut.write_bytes(whole[: len(whole) // 2])
    empty.write_bytes(zip_of())
    outcomes = outcomes_of(library, cut, empty)
    assert [outcome.kind for outcome in outcomes] == [OutcomeKind.REFUSED] * 2
    assert all(outcome.reason for outcome in outcomes)


def save_page(folder: Path, name: str = "page") -> None:
    beside = folder / f"{name}_files"
    beside.mkdir(parents=True)
    (beside / "lamp.png").write_bytes(picture())
    (beside / "style.css").write_text("p { color: red }")
    (folder / f"{name}.html").write_text(
        f"<title>The lamp of {name}</title><body><article><p>The lamp of {name} burns at night, "
        "and people walk home under it, long after the shops have closed their doors.</p>"
        f'<p>It was put there in the year of the flood.</p><img src="{name}_files/lamp.png" '
        'alt="A lamp"></article></body>'
    )


def test_the_folder_of_a_saved_page_belongs_to_the_page(library: Library, tmp_path: Path) -> None:
    folder = tmp_path / "saved"
    save_page(folder)
    (folder / "other.txt").write_text("Another text.\n")
    outcomes = outcomes_of(library, folder)
    assert told(outcomes, folder) == [("other.txt", "imported"), ("page.html", "imported")]
    page = outcomes[1]
    assert "2 files of the page’s folder" in page.reason
    with library._store.write() as work:
        companions = work.parts.companions(page.document)
        assert [part.name for part in companions] == ["page_files/lamp.png", "page_files/style.css"]
        pictures = work.parts.of(page.document, PartRole.PICTURE)
        assert work.texts.pictures_named(page.document) == {pictures[0].original}
    assert library.picture(pictures[0].original).startswith(b"\x89PNG")
    assert library.verify() == []
    done = library.read_again()
    assert (done.same, done.changed, done.failed) == (2, (), ())


def test_documents_in_the_folder_beside_a_page_are_documents_of_their_own(
    library: Library, tmp_path: Path
) -> None:
    folder = tmp_path / "index"
    (folder / "index_files" / "deep").mkdir(parents=True)
    (folder / "index.html").write_text("<title>Index</title><p>The list of all the reports.</p>")
    (folder / "index_files" / "lamp.png").write_bytes(picture())
    (folder / "index_files" / "b.rtf").write_text(r"{\rtf1 The second report.}")
    (folder / "index_files" / "deep" / "a.eml").write_bytes(bytes(mail("The first report.")))
    (folder / "index_files" / "notes.txt").write_text("Notes on the reports.\n")
    outcomes = outcomes_of(library, folder)
    inside = [
        ("index_files/b.rtf", "imported"),
        ("index_files/deep/a.eml", "imported"),
        ("index_files/notes.txt", "imported"),
    ]
    assert told(outcomes, folder) == [("index.html", "imported"), *inside]
    assert "1 file of the page’s folder" in outcomes[0].reason
    named = outcomes_of(library, folder / "index.html", folder / "index_files")
    assert [path for path, _ in told(named, folder)] == ["index.html", *dict(inside)]
    names = ["index.html", "index_files/lamp.png", *dict(inside)]
    (tmp_path / "all.zip").write_bytes(
        zip_named({name: (folder / name).read_bytes() + b"\n" for name in names})
    )
    zipped = outcomes_of(library, tmp_path / "all.zip")
    assert [o.path.rpartition("!/")[2] for o in zipped] == ["index.html", *dict(inside)]
    assert "1 file" in zipped[0].reason


def test_texts_among_the_scripts_that_a_browser_saved_are_no_documents(
    library: Library, tmp_path: Path
) -> None:
    save_page(tmp_path)
    (tmp_path / "page_files" / "tracker.txt").write_text("id=17\n")
    (tmp_path / "page_files" / "report.rtf").write_text(r"{\rtf1 The report.}")
    outcomes = outcomes_of(library, tmp_path / "page.html")
    assert told(outcomes, tmp_path) == [
        ("page.html", "imported"),
        ("page_files/report.rtf", "imported"),
    ]
    assert "3 files" in outcomes[0].reason


def test_a_page_that_is_named_by_itself_brings_its_folder(library: Library, tmp_path: Path) -> None:
    save_page(tmp_path)
    (only,) = outcomes_of(library, tmp_path / "page.html")
    assert "2 files" in only.reason
    save_page(tmp_path / "b")
    named = [tmp_path / "b" / "page_files", tmp_path / "b" / "page.html"]
    assert [outcome.kind for outcome in outcomes_of(library, *named)] == [OutcomeKind.KNOWN]


def test_a_saved_page_in_a_zip_keeps_its_folder(library: Library, tmp_path: Path) -> None:
    save_page(tmp_path / "saved")
    path = tmp_path / "pages.zip"
    with zipfile.ZipFile(path, "w") as archive:
        for file in sorted((tmp_path / "saved").rglob("*.*")):
            if file.is_file():
                archive.write(file, file.relative_to(tmp_path))
    (only,) = outcomes_of(library, path)
    assert told([only], tmp_path) == [("pages.zip!/saved/page.html", "imported")]
    assert "2 files" in only.reason


def test_links_out_of_the_folder_of_a_saved_page_are_not_followed(
    library: Library, tmp_path: Path
) -> None:
    save_page(tmp_path / "saved")
    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    (tmp_path / "saved" / "page_files" / "more.txt").symlink_to(secret)
    (only,) = outcomes_of(library, tmp_path / "saved")
    assert "2 files" in only.reason


def test_attachments_are_taken_out_and_imported(library: Library, tmp_path: Path) -> None:
    letter = mail("A letter with enclosures.")
    letter.add_attachment(b"A list of ships.\n", "text", "plain", filename="ships.txt")
    letter.add_attachment(
        zip_of(a_txt="Packed text.\n"), "application", "zip", filename="papers.zip"
    )
    path = tmp_path / "letter.eml"
    path.write_bytes(letter.as_bytes())
    (outcome,) = outcomes_of(library, path)
    parts = library.attachments(outcome.document)
    assert [part.name for part in parts] == ["ships.txt", "papers.zip"]
    assert library.attachment(outcome.document, 0) == ("ships.txt", b"A list of ships.\n")
    told_: list[Outcome] = []
    done = library.import_attachments(outcome.document, (0, 1), on_outcome=told_.append)
    assert [(o.path, o.kind) for o in told_] == [
        ("letter.eml!/ships.txt", OutcomeKind.IMPORTED),
        ("letter.eml!/papers.zip!/a.txt", OutcomeKind.IMPORTED),
    ]
    assert (done.done, done.found) == (2, 2)
    assert library.undo_name() == "Import 2 documents"


def test_a_zip_may_be_larger_than_a_document_may(
    library: Library, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = replace(library._imports._limits, file_bytes=3_000)
    monkeypatch.setattr(library._imports, "_limits", limits)
    texts = {f"{n}_txt": random.Random(n).randbytes(900).hex() for n in range(6)}
    path = tmp_path / "papers.zip"
    path.write_bytes(zip_of(**texts))
    assert path.stat().st_size > 3_000
    assert [o.kind for o in outcomes_of(library, path)] == [OutcomeKind.IMPORTED] * 6


def test_only_the_member_that_is_named_is_imported_of_its_container(
    library: Library, tmp_path: Path
) -> None:
    path = tmp_path / "papers.zip"
    path.write_bytes(
        zip_of(a_txt="One text.\n", c__b_json="{}", mail_mbox=mailbox("rain", "snow", "sun"))
    )
    named = [f"{path}!/c/b.json", f"{path}!/mail.mbox!/2", f"{path}!/gone.txt"]
    outcomes: list[Outcome] = []
    progress = library.import_files([Path(name) for name in named], on_outcome=outcomes.append)
    assert told(outcomes, tmp_path) == [
        ("papers.zip!/c/b.json", "refused"),
        ("papers.zip!/mail.mbox!/2", "imported"),
        ("papers.zip!/gone.txt", "refused"),
    ]
    assert outcomes[2].reason == "It is not in “papers.zip” any more."
    assert (progress.done, progress.found) == (3, 3)
    assert [str(each) for each in library.import_runs()[0].paths] == named
    (only,) = outcomes_of(library, Path(f"{path}!/mail.mbox!/1"))
    assert only.title == "About rain"
    assert len(outcomes_of(library, path, Path(f"{path}!/a.txt"))) == 5  # the file itself, too
    (gone,) = outcomes_of(library, tmp_path / "gone.zip!" / "a.txt")
    assert gone.kind is OutcomeKind.REFUSED
