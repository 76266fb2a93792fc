"""What a person can do to lines of a concordance beside saying that they were seen; see commands."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from desktop_app.core.concordance import USUAL_WIDTH
from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import MARK_COLOURS, Highlight, MarkStyle, whole_letters
from desktop_app.core.line_states import LineState
from desktop_app.library.commands import tag_in_quotes
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.highlight_steps import HighlightTaggingStep
from desktop_app.library.search_commands import MarkLines
from desktop_app.library.steps import Taking

# Each is a highlight of its own; more at once are not one thing that somebody decided.
MOST_TAGGED = 2_000


@dataclass(frozen=True, slots=True)
class TaggedLine:
    """A line that gets a tag. version: of the text that start and end count."""

    document: int
    version: str
    start: int
    end: int
    key: int


@dataclass(frozen=True, slots=True)
class TagLines:
    """Highlight the matches of lines with tags, and keep that they were dealt with.

    query: the concordance, which shows so many code points on either side. A match that is highlighted already, letter for letter, gets the tags.
    """

    query: str
    lines: tuple[TaggedLine, ...]
    tags: tuple[int, ...]
    width: int = USUAL_WIDTH
    colour: str = MARK_COLOURS[0]
    style: MarkStyle = MarkStyle.FILL

    def do(self, taking: Taking) -> str:
        work = taking.work
        if len(self.lines) > MOST_TAGGED:
            raise BadUsage(
                f"{len(self.lines):,} lines are too many to be tagged at once; the most is"
                f" {MOST_TAGGED:,}.",
                "Nothing has been tagged; choose fewer.",
            )
        names = ", ".join(tag_in_quotes(work, tag) for tag in self.tags)
        by_document: dict[int, list[TaggedLine]] = defaultdict(list)
        for line in self.lines:
            by_document[line.document].append(line)
        for document, lines in by_document.items():
            found = work.documents.get(document)
            if found is None or any(line.version != found.text_version for line in lines):
                raise BadUsage(
                    "A text has been read again meanwhile, so its lines may stand elsewhere now.",
                    "Nothing has been tagged; gather the lines again.",
                )
            there: dict[tuple[int, int], Highlight] = {}
            for mark in work.highlights.of_document(document):
                if mark.place is not None:
                    there.setdefault((mark.place.start, mark.place.end), mark)
            for line in lines:
                present = self._present(taking, line, there)
                if present is None:
                    AddHighlight(
                        document,
                        line.version,
                        line.start,
                        line.end,
                        self.colour,
                        self.style,
                        tags=self.tags,
                    ).do(taking)
                    continue
                for tag in self.tags:
                    if tag not in present.tags:
                        taking.take(HighlightTaggingStep(tag, (present.id,), True))
        marked = tuple((line.document, line.key) for line in self.lines)
        MarkLines(self.query, marked, LineState.TAGGED, self.width).do(taking)
        counted = "1 line" if len(self.lines) == 1 else f"{len(self.lines):,} lines"
        return f"Tag {counted} with {names}"

    def _present(
        self, taking: Taking, line: TaggedLine, there: dict[tuple[int, int], Highlight]
    ) -> Highlight | None:
        """The highlight of the very same letters, if there is one."""
        found = there.get((line.start, line.end))
        if found is None and there:
            text = taking.work.texts.canonical(line.document)
            found = there.get(whole_letters(text, line.start, line.end))
        return found
