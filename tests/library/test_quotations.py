"""Highlights as quotations in three forms, and as tables in files."""

from __future__ import annotations

import csv
import errno
import io
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path

import pytest
from markdown_it import MarkdownIt

from desktop_app import durable
from desktop_app.core.dates import PartialDate
from desktop_app.core.errors import BadUsage, DiskTrouble
from desktop_app.core.highlights import Standing
from desktop_app.core.model import FactName
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.library import highlight_tables
from desktop_app.library.commands import SetFacts, UseText
from desktop_app.library.highlight_commands import AddHighlight, SetNote, TagHighlights
from desktop_app.library.highlight_tables import COLUMNS
from desktop_app.library.library import Library
from desktop_app.library.quotations import MOST_QUOTED, QuotationForm, TableForm, write
from desktop_app.library.tags.commands import CreateTag
from desktop_app.store.store import Snapshot

Bring = Callable[..., object]

_QUAY = (
    "How the quay was rebuilt\n\nThe dry dock stayed closed through the winter.\n\n"
    "=SUM(A1:A9) was written on the *wall*, <b>twice</b> & in chalk.\n\n"
    "# not a heading, and 1. no list\n"
)
_PILOTS = "What do the pilots want now?\n\nA berth beside the dry dock, and a say.\n"


def mark(library: Library, document: int, quote: str, **more: object) -> int:
    text = library.text(document)
    start = text.canonical.index(quote)
    command = AddHighlight(document, text.version, start, start + len(quote), **more)  # type: ignore[arg-type]
    library.run(command)
    return next(each.id for each in library.marks.of(document) if each.uuid == command.uuid)


def written(library: Library, ids: list[int], form: QuotationForm) -> str:
    return write(library.quotations.many(ids), form)


@pytest.fixture
def quay(library: Library, bring: Bring) -> int:
    bring(_QUAY)
    (document,) = library.search("").ids
    library.run(
        SetFacts(
            (document,),
            {
                FactName.TITLE: "How the quay was <rebuilt>",
                FactName.AUTHORS: ("Ada Quay", "Ben Sound", "Cy Strand"),
                FactName.SOURCE: "The Coast Ledger",
                FactName.PUBLISHED: PartialDate(2016, 3, 25),
                FactName.URL: 'https://ledger.example/quay?a=1&b="2"',
            },
        )
    )
    return document


def csv_rows(path: Path) -> list[dict[str, str]]:
    raw = path.read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    text = raw.decode("utf-8-sig")
    assert "\r\n" in text
    return list(csv.DictReader(io.StringIO(text, newline="")))


def test_a_quotation_names_passage_authors_title_source_date_and_paragraph(
    library: Library, quay: int
) -> None:
    made = mark(library, quay, "stayed closed through the winter")
    assert written(library, [made], QuotationForm.TEXT) == (
        "“stayed closed through the winter”\n— Ada Quay, Ben Sound and Cy Strand,"
        " “How the quay was <rebuilt>”, The Coast Ledger, 25 March 2016, para. 2"
    )


def test_quotations_of_one_document_stand_together_in_the_order_asked(
    library: Library, quay: int, bring: Bring
) -> None:
    bring(_PILOTS)
    pilots = next(each for each in library.search("").ids if each != quay)
    late = mark(library, quay, "in chalk")
    other = mark(library, pilots, "a say")
    early = mark(library, quay, "The dry dock")
    text = written(library, [late, other, early], QuotationForm.TEXT)
    assert text.index("“in chalk” (para. 3)") < text.index("“The dry dock” (para. 2)")
    assert text.index("Ada Quay") < text.index("“a say”")
    assert text.count("Ada Quay") == 1


def test_markdown_shows_the_passage_as_it_is(library: Library, quay: int) -> None:
    quote = "=SUM(A1:A9) was written on the *wall*, <b>twice</b> & in chalk.\n# not a heading"
    made = mark(library, quay, quote)
    shown = written(library, [made], QuotationForm.MARKDOWN)
    assert all(line.startswith(">") for line in shown.split("\n"))
    rendered = MarkdownIt("commonmark", {"html": True}).render(shown)
    assert "<h1>" not in rendered
    assert "<em>wall</em>" not in rendered
    assert "&lt;b&gt;twice&lt;/b&gt; &amp; in chalk." in rendered
    assert "<p># not a heading</p>" in rendered
    assert "<em>How the quay was &lt;rebuilt&gt;</em>" in rendered


def test_html_is_escaped_and_well_formed(library: Library, quay: int) -> None:
    made = mark(library, quay, "<b>twice</b> & in chalk.\n# not")
    shown = written(library, [made], QuotationForm.HTML)
    assert "&lt;b&gt;twice&lt;/b&gt; &amp; in chalk.<br># not" in shown
    seen: list[tuple[str, dict[str, str | None]]] = []

    class Look(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            seen.append((tag, dict(attrs)))

    Look().feed(shown)
    assert [tag for tag, _ in seen] == ["blockquote", "p", "br", "p", "cite"]
    assert seen[0][1]["cite"] == 'https://ledger.example/quay?a=1&b="2"'


def test_an_address_that_is_none_of_the_web_is_not_cited(library: Library, quay: int) -> None:
    library.run(SetFacts((quay,), {FactName.URL: "javascript:alert(1)"}))
    made = mark(library, quay, "in chalk")
    assert "javascript" not in written(library, [made], QuotationForm.HTML)


def test_a_text_with_pages_is_quoted_by_page(library: Library, quay: int) -> None:
    text = library.text(quay)
    blocks = [
        Block(BlockKind.PAGE_BREAK, "", page=1),
        *(replace(each, page=1) for each in text.blocks[:2]),
        Block(BlockKind.PAGE_BREAK, "", page=2),
        *(replace(each, page=2) for each in text.blocks[2:]),
    ]
    with library._store.write() as work:
        work.texts.put(quay, make_text(blocks, "paged"), "paged")
    early, late = mark(library, quay, "The dry dock"), mark(library, quay, "in chalk")
    told = library.quotations.many([early, late])
    assert [(each.page, each.paragraph) for each in told] == [(1, 2), (2, 3)]
    assert "“in chalk” (p. 2)" in written(library, [early, late], QuotationForm.TEXT)


def test_a_passage_that_is_no_highlight_is_quoted_too(library: Library, quay: int) -> None:
    text = library.text(quay)
    start = text.canonical.index(" in chalk")
    told = library.quotations.passage(quay, text.version, start, start + len(" in chalk"))
    assert (told.passage, told.paragraph) == ("in chalk", 3)
    with pytest.raises(BadUsage, match="read again"):
        library.quotations.passage(quay, "another", 0, 5)


def test_highlights_that_are_gone_are_left_out(library: Library, quay: int) -> None:
    made = mark(library, quay, "in chalk")
    library.undo()
    assert written(library, [made], QuotationForm.TEXT) == ""


def test_the_table_as_csv_has_every_column_and_runs_nothing(
    library: Library, quay: int, tmp_path: Path
) -> None:
    library.run(CreateTag("-claim/told, twice"))
    (tag,) = (t.id for t in library.tag_tree().tags if t.name == "told, twice")
    first = mark(library, quay, "=SUM(A1:A9)", colour="green")
    second = mark(library, quay, "chalk.\n# not a heading")
    library.run(SetNote(second, '@home, "in\nline"'))
    library.run(TagHighlights(tag, (second,)))
    target = tmp_path / "table.csv"
    assert library.quotations.save_table([second, first], target, TableForm.CSV) == 2
    one, two = csv_rows(target)
    assert tuple(one) == COLUMNS
    assert two["quote"] == "'=SUM(A1:A9)"
    assert two["colour"] == "green"
    assert one["quote"] == "chalk.\n# not a heading"
    assert one["note"] == '\'@home, "in\nline"'
    assert one["tags"] == "'-claim/told, twice"
    assert one["authors"] == "Ada Quay; Ben Sound; Cy Strand"
    assert one["date"] == "2016-03-25"
    assert one["paragraph"] == "3"
    assert one["page"] == ""
    assert one["state"] == "placed"
    start = library.text(quay).canonical.index("chalk.")
    assert (one["start"], one["end"]) == (str(start), str(start + len(one["quote"])))
    assert one["uuid"] == library.marks.many([second])[0].uuid


def test_the_table_as_markdown_has_a_heading_a_document_with_notes_and_tags(
    library: Library, quay: int, tmp_path: Path
) -> None:
    made = mark(library, quay, "in chalk")
    library.run(CreateTag("claim"))
    (tag,) = (t.id for t in library.tag_tree().tags)
    library.run(TagHighlights(tag, (made,)))
    library.run(SetNote(made, "By **whom**? <script>x</script>"))
    target = tmp_path / "table.md"
    library.quotations.save_table([made], target, TableForm.MARKDOWN)
    rendered = MarkdownIt("commonmark", {"html": True}).render(target.read_text("utf-8"))
    assert "<h2>How the quay was &lt;rebuilt&gt;</h2>" in rendered
    assert "Ada Quay, Ben Sound, Cy Strand · The Coast Ledger · 25 March 2016" in rendered
    assert "para. 3 · Tags: claim" in rendered
    assert "By <strong>whom</strong>?" in rendered
    assert "<script>" not in rendered


def test_a_lost_one_gives_its_old_words_and_says_that_it_is_lost(
    library: Library, tmp_path: Path
) -> None:
    page = tmp_path / "market.html"
    filler = "By noon every stall was set, and the fishwives called their prices. " * 4
    page.write_text(
        "<html><head><title>A market day</title></head><body><nav><a href='#'>Home pages"
        f" of the town</a></nav><article><h1>A market day</h1><p>{filler}</p><p>{filler}</p>"
        "</article></body></html>",
        "utf-8",
    )
    library.import_files([page])
    (document,) = library.search("").ids
    library.run(UseText((document,), True))
    made = mark(library, document, "Home pages of the town")
    library.run(UseText((document,), False))
    (lost,) = library.marks.of(document)
    assert lost.standing is Standing.LOST
    text = written(library, [made], QuotationForm.TEXT)
    assert text.startswith("“Home pages of the town”")
    assert "lost: its words are not in the text in use" in text
    target = tmp_path / "lost.csv"
    library.quotations.save_table([made], target, TableForm.CSV)
    (row,) = csv_rows(target)
    assert (row["state"], row["start"], row["quote"]) == ("lost", "", "Home pages of the town")


def test_a_table_that_cannot_be_written_leaves_the_one_before_and_says_why(
    library: Library, quay: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = mark(library, quay, "in chalk")
    target = tmp_path / "table.csv"
    target.write_text("the one before")

    def full(name: str) -> None:
        if name == "highlights:before-sync":
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(durable, "at_point", full)
    with pytest.raises(DiskTrouble, match="the disk is full"):
        library.quotations.save_table([made], target, TableForm.CSV)
    assert target.read_text() == "the one before"
    assert [each.name for each in tmp_path.glob("table*")] == ["table.csv"]


@pytest.mark.parametrize("name", ["missing/table.csv", "library"])
def test_a_place_that_cannot_hold_a_file_is_named(
    library: Library, quay: int, tmp_path: Path, name: str
) -> None:
    made = mark(library, quay, "in chalk")
    with pytest.raises(DiskTrouble, match="was not saved") as told:
        library.quotations.save_table([made], tmp_path / name, TableForm.CSV)
    assert "Nothing was half written" in told.value.hint


def test_the_form_of_a_table_is_read_from_the_ending_of_its_name() -> None:
    assert TableForm.of(Path("a.CSV")) is TableForm.CSV
    assert TableForm.of(Path("a.md")) is TableForm.MARKDOWN
    assert TableForm.of(Path("a.xlsx")) is None


def test_no_more_are_quoted_than_a_clipboard_is_for(library: Library, quay: int) -> None:
    made = mark(library, quay, "in chalk")
    assert len(library.quotations.many([made] * MOST_QUOTED)) == MOST_QUOTED
    with pytest.raises(BadUsage, match=r"5,001 highlights are too many .* as a table"):
        library.quotations.many(range(MOST_QUOTED + 1))


def test_a_table_is_written_when_the_library_is_no_longer_read(
    library: Library, quay: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = mark(library, quay, "in chalk")
    read, under_way, seen = library._store.read, [0], []

    @contextmanager
    def counted() -> Iterator[Snapshot]:
        with read() as snapshot:
            under_way[0] += 1
            yield snapshot
            under_way[0] -= 1

    def write_file(*_file: object) -> None:
        seen.append(under_way[0])

    monkeypatch.setattr(library._store, "read", counted)
    monkeypatch.setattr(highlight_tables, "write_file", write_file)
    assert library.quotations.save_table([made], tmp_path / "a.csv", TableForm.CSV) == 1
    assert seen == [0]
