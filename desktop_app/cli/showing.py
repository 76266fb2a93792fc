"""`postil show`: one document, its text, or its original file."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from desktop_app.cli.call import Call, Output, reading
from desktop_app.cli.records import document_record, document_words, highlight_in_document
from desktop_app.core.errors import BadUsage, Problem
from desktop_app.core.text import Block, Text


def run_show(call: Call) -> int:
    """Show a document: in words, as JSON, its canonical text, or its original."""
    parser = call.parser("Show one document.")
    parser.add_argument("id", type=int, metavar="ID")
    shape = parser.add_mutually_exclusive_group()
    shape.add_argument("--text", action="store_true", help="the text alone, folded parts included")
    shape.add_argument("--original", type=Path, metavar="FILE", help="write the kept bytes to FILE")
    options = call.read(parser)
    out = Output(json=options.json)
    with reading(options.library) as library:
        found = library.documents([options.id]) if library is not None else []
        if library is None or not found:
            raise BadUsage(f"There is no document {options.id} in this library.")
        document = found[0]
        if options.original is not None:
            _write(options.original, library.original(document.id)[1])
            return 0
        text = library.text(document.id)
        if options.text:
            if options.json:
                out.answer({"id": document.id, "text": text.canonical}, "")
            else:
                out.text(f"{text.canonical}\n")
            return 0
        tree = library.tag_tree(counted=False)
        marked = library.marks.of(document.id)
        record = document_record(document, tree, len(marked)) | _text_record(text)
        record["highlights"] = [highlight_in_document(each, tree) for each in marked]
        out.answer(record, f"{document_words(document, tree)}\n\n{text.canonical}")
    return 0


def _text_record(text: Text) -> dict[str, Any]:
    return {
        "blocks": [
            _block_record(block, start)
            for block, start in zip(text.blocks, text.starts, strict=True)
        ],
        "folds": [
            {"start": fold.start, "end": fold.end, "kind": fold.kind, "rule": fold.rule}
            for fold in text.folds
        ],
    }


def _block_record(block: Block, start: int) -> dict[str, Any]:
    """A block; start is where its text starts in the canonical text, spans count within it."""
    record: dict[str, Any] = {
        "kind": block.kind.value,
        "start": start,
        "text": block.text,
        "level": block.level,
        "number": block.number,
        "spans": [
            {"start": span.start, "end": span.end, "kind": span.kind.value, "target": span.target}
            for span in block.spans
        ],
    }
    # What most blocks do not have is there only where they have it.
    if block.page is not None:
        record["page"] = block.page
    if block.picture is not None:
        shown = block.picture
        record["picture"] = {
            "hash": shown.hash,
            "address": shown.address,
            "width": shown.width,
            "height": shown.height,
        }
    if block.note is not None:
        record["note"] = block.note
    return record


def _write(path: Path, content: bytes) -> None:
    if str(path) == "-":
        sys.stdout.buffer.write(content)
        return
    try:
        with path.open("xb") as file:
            file.write(content)
    except FileExistsError as error:
        raise BadUsage(f"“{path}” is there already.", "It has been left as it is.") from error
    except OSError as error:
        raise Problem(f"“{path}” could not be written: {error.strerror or error}.") from error
