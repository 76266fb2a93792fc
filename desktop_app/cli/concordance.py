"""`postil concordance`: every match of a query on a line of its own, with what stands around it."""

from __future__ import annotations

from desktop_app.cli.call import Call, Output, stopped_by_interrupt
from desktop_app.cli.looking import asked, explain, takes_explain
from desktop_app.core.concordance import USUAL_WIDTH, WIDEST
from desktop_app.core.errors import BadUsage
from desktop_app.core.model import Sort


def run_concordance(call: Call) -> int:
    """Print every match of a query, document by document, as it is found."""
    parser = call.parser("Every match of a query, one a line; documents with the same text once.")
    parser.add_argument("query", nargs="+", metavar="QUERY")
    parser.add_argument(
        "--width",
        type=int,
        default=USUAL_WIDTH,
        metavar="N",
        help=f"characters on either side, {USUAL_WIDTH} unless said, {WIDEST} at most",
    )
    takes_explain(parser)
    options = call.read(parser)
    if not 0 <= options.width <= WIDEST:
        raise BadUsage(f"--width needs a number from 0 to {WIDEST}.")
    out = Output(json=options.json)
    query = " ".join(options.query)
    with asked(options.library, query, Sort.ADDED_NEWEST, out) as found:
        if found is None:
            return 0
        library, answer = found
        if options.explain:
            explain(answer, out)
        lines = 0
        documents = set()
        with stopped_by_interrupt() as stop:
            for line in library.concordances.lines(answer, width=options.width, stop=stop):
                lines += 1
                documents.add(line.document)
                left, right = _shown(line.left), _shown(line.right)
                out.answer(
                    {
                        "id": line.document,
                        "start": line.start,
                        "end": line.end,
                        "left": line.left,
                        "match": line.match,
                        "right": line.right,
                    },
                    f"{line.document:>6}  {left:>{options.width}}[{_shown(line.match)}]{right}",
                )
            if stop.is_set():
                out.note("Stopped: there may be more lines.")
        if not options.json:
            out.note(_counted(lines, "line") + " in " + _counted(len(documents), "document") + ".")
        if answer.folded:
            were = "stands" if answer.folded == 1 else "stand"
            out.note(
                f"{_counted(answer.folded, 'document')} {were} under others with the same text;"
                " dup:all gives their lines too."
            )
        without = len(answer.ids) - len(documents)
        if without and not stop.is_set():
            were = "says" if without == 1 else "say"
            out.note(
                f"{_counted(without, 'document')} {were} it outside the text alone,"
                " in the title, a note or what is known of it."
            )
    return 0


def _shown(text: str) -> str:
    """A text on one line, as long as it was."""
    return "".join(" " if letter.isspace() else letter for letter in text)


def _counted(number: int, word: str) -> str:
    return f"1 {word}" if number == 1 else f"{number:,} {word}s"
