"""Why a list can be empty, said so that one learns from it what to do, with one example each."""

from __future__ import annotations

from desktop_app.core.model import Counts
from desktop_app.core.query_tree import Fact
from desktop_app.library.searching import Answer
from desktop_app.ui.panes.empty_page import Emptiness
from desktop_app.ui.results.advising import Way

_VIEWS = {
    "is:unread is:untagged": Emptiness(
        "The inbox is empty",
        "What is unread and untagged waits here. Everything has been looked at or sorted.",
    ),
    "is:reading": Emptiness(
        "You are in the middle of nothing",
        "Documents marked as being read stand here. Example: choose one and press Shift+M.",
    ),
    "is:read": Emptiness(
        "Nothing is marked as read yet",
        "Example: choose a document and press M.",
    ),
    "is:starred": Emptiness(
        "No document has a star",
        "Example: choose the one that you keep coming back to and press S.",
    ),
    "is:untagged": Emptiness(
        "Every document has a tag",
        "What has none yet stands here, to be sorted with T.",
    ),
    "is:trash": Emptiness(
        "The trash is empty",
        "What you delete waits here until you empty the trash. Example: the Delete key moves a"
        " document here, Ctrl+Z brings it back.",
    ),
}
_NOT_YET = "A part of it cannot run: what stands in red above says why, with an example."


def emptiness(
    counts: Counts,
    answer: Answer | None,
    *,
    text: str,
    within: str,
    view: str,
    importing: bool,
    ways: tuple[Way, ...] = (),
) -> Emptiness:
    """Say why a list is empty that was asked for with a text, within a view of a title.

    ways: what would find something instead.
    """
    if text.strip():
        actions = [("edit.clear_search", "Clear the search")]
        if within:
            actions.insert(0, ("search.everywhere", "Search in all documents"))
        where = f" in “{view}”" if within else ""
        if answer is not None and answer.errors:
            return Emptiness("Not searched yet", _NOT_YET, tuple(actions))
        advice = _advice(answer, ways)
        return Emptiness(f"Nothing found{where}", advice, tuple(actions), ways)
    if within in _VIEWS:
        return _VIEWS[within]
    if within:
        return Emptiness(
            f"No documents in “{view}”",
            "Drag documents from the list onto it, or choose one and press T.",
        )
    if importing:
        return Emptiness("The first documents are on their way", "They appear here as they come.")
    if counts.trash:
        return Emptiness("No documents", "What there was lies in the trash.")
    return Emptiness(
        "Drop your documents here",
        "Files or a whole folder, anywhere on this window. Example: a folder of saved"
        " pages, PDFs, books and mail. Postil keeps the originals and never changes your files.",
        (("file.import_files", "Import files…"), ("file.import_folder", "Import a folder…")),
    )


def _advice(answer: Answer | None, ways: tuple[Way, ...]) -> str:
    """Say in a sentence what to do where nothing was found."""
    several = answer is not None and len(answer.parts) > 1
    spelled = any(way.part is None for way in ways)
    less = any(way.part is not None for way in ways)
    if spelled and less:
        return "No document holds all of it. Try another spelling, or one part less."
    if spelled:
        nothing = "No document holds all of it." if several else "No document says it."
        return f"{nothing} Try another spelling."
    if less:
        return "No document holds all of it. Try one part less."
    if several:
        return (
            "No document holds all of it. What each part finds alone stands above; leave one"
            " out, or write OR between two: raqqa OR mosul."
        )
    if answer is not None and any(isinstance(part, Fact) for part in answer.query.parts()):
        return (
            "What was asked for stands above. Filters, beside the search box, shows what the"
            " library has."
        )
    return "The beginning of a word with a star finds more. Example: organi*."
