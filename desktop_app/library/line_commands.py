"""What a person can do to lines of concordances; see commands."""

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
from desktop_app.library.line_steps import LinesStep
from desktop_app.library.steps import Taking
from desktop_app.store.concordances import Line

# Each is a highlight of its own; more at once are not one thing that somebody decided.
MOST_TAGGED = 2_000


_STATE_WORDS = {
    LineState.KNOWN: "not seen",
    LineState.SEEN: "seen",
    LineState.IRRELEVANT: "irrelevant",
    LineState.TAGGED: "tagged",
    None: "new",
}


@dataclass(frozen=True, slots=True)
class MarkLines:
    """Say something of lines of a query's concordance; None takes back what was said.

    lines: of each the document and the key. width: of the concordance, where nothing was kept of it.
    """

    query: str
    lines: tuple[Line, ...]
    state: LineState | None
    width: int = USUAL_WIDTH

    def do(self, taking: Taking) -> str:
        kept = taking.work.concordances.lines(self.query, self.lines)
        there = taking.work.documents.titles({document for document, _ in self.lines})
        groups: defaultdict[LineState | None, list[Line]] = defaultdict(list)
        for line in dict.fromkeys(self.lines):
            if line[0] in there and kept.get(line) != self.state:
                groups[kept.get(line)].append(line)
        for before, lines in groups.items():
            taking.take(LinesStep(self.query, self.width, tuple(lines), before, self.state))
        number = sum(map(len, groups.values()))
        return f"Mark {'1 line' if number == 1 else f'{number:,} lines'} {_STATE_WORDS[self.state]}"


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
            text: str | None = None
            for line in lines:
                place = (line.start, line.end)
                if there and place not in there:
                    text = work.texts.canonical(document) if text is None else text
                    place = whole_letters(text, line.start, line.end)
                present = there.get(place)
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
