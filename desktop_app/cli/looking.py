"""`postil list` and `postil search`: which documents, and where in them."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from desktop_app.cli.call import Call, Output, Parser, reading, writing
from desktop_app.cli.records import (
    document_record,
    document_words,
    highlight_record,
    highlight_words,
)
from desktop_app.core.errors import BadUsage, LibraryBusy
from desktop_app.core.model import Document, Sort

if TYPE_CHECKING:
    from desktop_app.core.matching import Passage
    from desktop_app.library.answer import Answer, Hit
    from desktop_app.library.library import Library

_AT_ONCE = 500
_CATCH_UP_S = 60.0
_BOLD, _PLAIN = "\x1b[1m", "\x1b[22m"


def run_list(call: Call) -> int:
    """List the documents that a query finds, all without one; newest in the library first."""
    parser = call.parser("List documents, the newest in the library first.")
    parser.add_argument("query", nargs="*", metavar="QUERY")
    takes_explain(parser)
    options = call.read(parser)
    out = Output(json=options.json)
    query = " ".join(options.query)
    with asked(options.library, query, Sort.ADDED_NEWEST, out, folding=False) as found:
        if found is None:
            return 0
        library, answer = found
        if options.explain:
            explain(answer, out)
        tree = library.tag_tree(counted=False)
        for first in range(0, len(answer.ids), _AT_ONCE):
            ids = answer.ids[first : first + _AT_ONCE]
            marked = library.marks.counts(ids)
            for document in library.documents(ids):
                record = document_record(document, tree, marked.get(document.id, 0))
                out.answer(record, document_words(document, tree))
    return 0


def run_search(call: Call) -> int:
    """Print the best documents for a query with the passages that were found."""
    parser = call.parser("Search, best first, with the passages found.")
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument("--limit", type=int, default=20, metavar="N", help="usually 20")
    takes_explain(parser)
    options = call.read(parser)
    if options.limit < 1:
        raise BadUsage("--limit needs a number from 1 up.")
    out = Output(json=options.json)
    query = " ".join(options.query)
    with asked(options.library, query, Sort.RELEVANCE, out) as found:
        if found is None:
            return 0
        library, answer = found
        if options.explain:
            explain(answer, out)
        if answer.highlights is not None:
            say_highlights(library, answer.highlights[: options.limit], out)
            _say_more(out, options.limit, len(answer.highlights))
            return 0
        ids = list(answer.ids[: options.limit])
        hits = library.hits(answer, ids)
        for document in library.documents(ids):
            _say_found(answer, document, hits.get(document.id), out)
            _say_copies(answer, document.id, out)
        _say_more(out, options.limit, len(answer.ids))
    return 0


def _say_found(answer: Answer, document: Document, hit: Hit | None, out: Output) -> None:
    """Print a document with the passages that were found in it."""
    passages = hit.passages if hit else ()
    lines = [f"{document.id:>6}  {document.title}"]
    lines += [f"        …{' '.join(_marked(passage).split())}…" for passage in passages]
    out.answer(
        {
            "id": document.id,
            "title": document.title,
            "score": _score(answer, document.id),
            "hits": hit.matches if hit else 0,
            "passages": [
                {
                    "start": passage.start,
                    "end": passage.end,
                    "text": passage.text,
                    "marks": [list(mark) for mark in passage.marks],
                }
                for passage in passages
            ],
        },
        "\n".join(lines),
    )


def _say_copies(answer: Answer, document: int, out: Output) -> None:
    """Say which documents stand under one with the same text; never on standard output."""
    if copies := answer.copies.get(document):
        others = ", ".join(map(str, copies))
        out.note(f"The text of {document} is also that of {others}; dup:all lists each.")


def _say_more(out: Output, shown: int, total: int) -> None:
    if not out.json and total > shown:
        out.note(f"{shown:,} of {total:,}; --limit shows more.")


def say_highlights(library: Library, ids: Sequence[int], out: Output) -> None:
    """Print highlights, each with the title of its document."""
    tree = library.tag_tree(counted=False)
    for first in range(0, len(ids), _AT_ONCE):
        found = library.marks.many(ids[first : first + _AT_ONCE])
        documents = library.documents(sorted({each.document for each in found}))
        titles = {document.id: document.title for document in documents}
        for each in found:
            title = titles.get(each.document, "")
            out.answer(highlight_record(each, title, tree), highlight_words(each, title, tree))


def takes_explain(parser: Parser) -> None:
    """Let a verb take --explain."""
    parser.add_argument(
        "--explain", action="store_true", help="say in words what was asked, and how many it gave"
    )


def explain(answer: Answer, out: Output) -> None:
    """Say what ran, part by part, and how many rows it gave."""
    out.note(answer.words)
    if len(answer.parts) > 1:
        for part in answer.parts:
            out.note(f"{part.count:>9,}  {part.text}")
    rows = answer.ids if answer.highlights is None else answer.highlights
    what = "document" if answer.highlights is None else "highlight"
    out.note(f"{len(rows):>9,}  {what}{'' if len(rows) == 1 else 's'} in all")


@contextmanager
def asked(
    folder: Path, query: str, sort: Sort, out: Output, *, folding: bool = True
) -> Iterator[tuple[Library, Answer] | None]:
    """Ask a library that stays open meanwhile, and say what must be said; None: there is none.

    An index that is behind, or not there, is caught up first, unless another process holds the
    library, or it takes too long. folding: whether copies stand under one another. Raises BadUsage
    where the query means nothing.
    """
    with reading(folder) as library:
        if library is None:
            yield None
            return
        answer = library.search(query, sort=sort, folding=folding)
        if answer.errors:
            raise BadUsage(" ".join(error.message for error in answer.errors))
        if not answer.behind:
            yield library, _noted(answer, out)
            return
    with suppress(LibraryBusy), writing(folder) as writer:
        writer.wait_until_searchable(_CATCH_UP_S)
    with reading(folder) as library:
        if library is None:
            yield None
            return
        yield library, _noted(library.search(query, sort=sort, folding=folding), out)


def _noted(answer: Answer, out: Output) -> Answer:
    for note in answer.notes:
        out.note(note)
    return answer


def _marked(passage: Passage) -> str:
    """The passage's text, with what was found in bold where that can be shown."""
    if not sys.stdout.isatty():
        return passage.text
    text = passage.text
    for start, end in reversed(passage.marks):
        first, last = start - passage.start, end - passage.start
        text = f"{text[:first]}{_BOLD}{text[first:last]}{_PLAIN}{text[last:]}"
    return text


def _score(answer: Answer, document: int) -> float:
    return round(float(answer.scores.get(document, 0.0)), 4)
