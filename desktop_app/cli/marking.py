"""`postil highlight` and `postil highlights`: mark a passage, and list what is marked."""

from __future__ import annotations

import argparse
from array import array
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, writing
from desktop_app.cli.looking import asked, explain, say_highlights, takes_explain
from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import (
    MARK_COLOURS,
    HighlightFilter,
    HighlightSort,
    MarkStyle,
    Standing,
)
from desktop_app.core.model import Sort

if TYPE_CHECKING:
    from collections.abc import Sequence

    from desktop_app.library.highlight_tables import TableForm
    from desktop_app.library.library import Library

_FORMATS = ("csv", "md")


def run_highlight(call: Call) -> int:
    """Mark the passage of a document that says a quote."""
    from desktop_app.library.highlight_commands import new_uuid
    from desktop_app.library.marking_by_quote import MarkQuote

    parser = call.parser("Highlight the passage of a document that says a quote.")
    parser.add_argument("id", type=int, metavar="ID")
    parser.add_argument("--quote", required=True, metavar="TEXT", help="the words of the passage")
    parser.add_argument(
        "--number", type=int, metavar="N", help="which of the places that say it, from 1"
    )
    parser.add_argument(
        "--tag",
        action="append",
        default=[],
        metavar="TAG",
        help="put a tag on it, made where it is missing; may be given more than once",
    )
    parser.add_argument("--note", default="", metavar="TEXT", help="a note in Markdown")
    parser.add_argument(
        "--colour", default=MARK_COLOURS[0], metavar="C", help=f"one of {', '.join(MARK_COLOURS)}"
    )
    styles = ", ".join(style.value for style in MarkStyle)
    parser.add_argument(
        "--style", default=MarkStyle.FILL.value, metavar="S", help=f"one of {styles}"
    )
    parser.add_argument(
        "--again", action="store_true", help="also where just that passage is highlighted already"
    )
    options = call.read(parser)
    if options.style not in list(MarkStyle):
        raise BadUsage(f"“{options.style}” is not a style of highlights.", f"There are: {styles}.")
    if any(not tag.strip(" /") for tag in options.tag):
        raise BadUsage("--tag needs a tag, such as `place/Syria`.")
    uuid = new_uuid()
    with writing(options.library) as library:
        library.run(
            MarkQuote(
                options.id,
                options.quote,
                uuid,
                number=options.number,
                tags=tuple(options.tag),
                note=options.note,
                colour=options.colour,
                style=MarkStyle(options.style),
                again=options.again,
            )
        )
        (made,) = [each.id for each in library.marks.of(options.id) if each.uuid == uuid]
        say_highlights(library, [made], Output(json=options.json))
    return 0


def run_highlights(call: Call) -> int:
    """List highlights, or write them to a file as a table."""
    parser = call.parser(
        "List the highlights of the documents that a query finds, of all without one, by document"
        " and place; or those that it finds itself with find:passages; or write them to a file."
    )
    parser.add_argument("query", nargs="*", metavar="QUERY")
    takes_explain(parser)
    parser.add_argument("--tag", metavar="TAG", help="only those with this tag or one inside it")
    parser.add_argument(
        "--state",
        choices=[standing.value for standing in Standing],
        help="placed: found for sure; review: found by likeness; lost: not found",
    )
    parser.add_argument("--format", choices=_FORMATS, help="the format of the file")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write them to FILE as a table")
    options = call.read(parser)
    form = _form(options)
    out = Output(json=options.json)
    query = " ".join(options.query)
    with asked(options.library, query, Sort.ADDED_NEWEST, out, folding=False) as found:
        if found is None:
            if form is not None:
                raise BadUsage(f"There is no library in {options.library}.")
            return 0
        library, answer = found
        if options.explain:
            explain(answer, out)
        wanted = HighlightFilter(
            tags=_tags(library, options.tag) if options.tag is not None else frozenset(),
            standing=frozenset([Standing(options.state)]) if options.state else frozenset(),
            documents=frozenset(answer.ids) if options.query else None,
        )
        ids = library.marks.ids(wanted, HighlightSort.DOCUMENT)
        if answer.highlights is not None:
            ids = array("q", filter(set(answer.highlights).__contains__, ids))
        if form is not None:
            return _write(library, ids, options.out, form, out)
        say_highlights(library, ids, out)
    return 0


def _form(options: argparse.Namespace) -> TableForm | None:
    """The format of the file that is asked for, by its ending where no other is named."""
    from desktop_app.library.highlight_tables import TableForm

    if options.out is None:
        if options.format is not None:
            raise BadUsage("--format needs a file to write, as in --out highlights.csv.")
        return None
    if options.out.exists():
        raise BadUsage(f"“{options.out}” is there already.", "It has been left as it is.")
    form = TableForm.of(
        options.out.with_suffix(f".{options.format}") if options.format else options.out
    )
    if form is None:
        raise BadUsage(
            f"“{options.out.name}” ends in none of {', '.join(f'.{each}' for each in _FORMATS)}.",
            "Name the format with --format csv or --format md.",
        )
    return form


def _write(library: Library, ids: Sequence[int], path: Path, form: TableForm, out: Output) -> int:
    count = library.quotations.save_table(ids, path, form)
    said = "1 highlight" if count == 1 else f"{count:,} highlights"
    out.answer({"path": str(path), "highlights": count}, f"{said} written to {path}")
    return 0


def _tags(library: Library, path: str) -> frozenset[int]:
    tree = library.tag_tree(counted=False)
    found = tree.find(path)
    if found is None:
        raise BadUsage(f"There is no tag “{path}”.", "`postil tag list` shows all tags.")
    return frozenset([found.id, *(tag.id for tag in tree.below(found.id))])
