"""One machine marks, tags, notes and reads again: the library is what a plain picture of it says.

The picture is made of dicts, and changed by the rules of the product alone: no rule looks into the
database for what it should find there. Undo and redo go from one kept picture to another; reading
again and switching texts leave every anchor as it was, whatever stands where.
"""

from __future__ import annotations

import copy
import random
import shutil
import tempfile
import uuid as uuids
from pathlib import Path
from typing import Any

import hypothesis.strategies as st
import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from desktop_app.core.errors import BadUsage
from desktop_app.core.highlights import MARK_COLOURS, Highlight, How, MarkStyle, Standing
from desktop_app.core.model import TextRole
from desktop_app.core.text import Block, BlockKind, make_text
from desktop_app.formats.process.worker import Worker
from desktop_app.library.commands import Command, UseText
from desktop_app.library.highlight_commands import (
    AcceptPlaces,
    AddHighlight,
    DeleteHighlights,
    MoveHighlight,
    SetDocumentNote,
    SetLooks,
    SetNote,
    TagHighlights,
)
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tidying import DeleteTag, MergeTags
from desktop_app.store.texts import WHOLE_PAGE

PICK = st.integers(0, 7)
NOTES = st.sampled_from(["", "Why *now*?", "Größe 👩‍🚀", "compare\n\nthe minutes"])
TAGS = ["siege", "dam", "yard"]
PAGE = (
    "<html><head><title>The dam at Tabqa</title></head><body><nav>"
    + "".join(f"<a href='https://e.org/{name}'>{name}</a> " for name in ("Home", "News", "Sport"))
    + "</nav><article><h1>The dam at Tabqa</h1>"
    + "".join(
        f"<p>Paragraph {n} about the dam 👩‍🚀, which holds the water of the river back for the "
        f"fields, as it has done for {n + 40} years by now, and for a café beside it.</p>"
        for n in range(8)
    )
    + "</article><footer>All rights reserved by the makers of this page.</footer></body></html>"
)

Picture = dict[str, Any]


class MarkingMachine(RuleBasedStateMachine):
    """Commands on two documents, and what they must come to."""

    worker: Worker  # one for all runs
    ready: Path  # a library with the two documents and the tags, copied for each run

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="postil-marking-"))
        shutil.copytree(self.ready / "library", self.folder / "library")
        self.library = self.opened()
        self.done: list[tuple[Picture, Picture]] = []
        self.undone: list[tuple[Picture, Picture]] = []
        self.ids: dict[str, int] = {}
        self.readings = 0
        self.marked = 0

    def opened(self) -> Library:
        return Library.open(
            self.folder / "library",
            cache=self.folder / "cache",
            index="inline",
            worker=self.worker,
        )

    @initialize()
    def begin(self) -> None:
        names = {each.file_name: each.id for each in self.library.documents([1, 2])}
        self.page, self.plain = names["dam.html"], names["quay.txt"]
        self.tags = {tag.name: tag.id for tag in self.library.tag_tree().tags}
        self.first_steps = len(self.library.history(1000))
        self.model: Picture = {
            "highlights": {},
            "notes": {},
            "whole": False,
            "tags": sorted(self.tags),
        }
        self.first = copy.deepcopy(self.model)
        for number in range(4):
            self.mark(97 * number, number % 2 == 0, "", TAGS[number % 2])

    def teardown(self) -> None:
        try:
            if hasattr(self, "model"):
                self.undo_everything()
                findings = self.library.verify()
                assert findings == [], findings
        finally:
            self.library.close()
            shutil.rmtree(self.folder)

    # What a rule needs

    def ran(self, command: Command, expected: Picture) -> None:
        """Run a command after which the library must be as expected."""
        before = self.model
        changes = self.library.run(command)
        assert bool(changes) == (expected != before), command
        self.model = expected
        if changes:
            self.done.append((before, expected))
            self.undone.clear()

    def refused(self, command: Command) -> None:
        with pytest.raises(BadUsage):
            self.library.run(command)

    def changed(self) -> Picture:
        return copy.deepcopy(self.model)

    def chosen(self, pick: int) -> str | None:
        known = sorted(self.model["highlights"])
        return known[pick % len(known)] if known else None

    def id_of(self, uuid: str) -> int:
        return next(each.id for each in self.every() if each.uuid == uuid)

    def every(self) -> list[Highlight]:
        return [*self.library.marks.of(self.page), *self.library.marks.of(self.plain)]

    def passage(self, document: int, pick: int) -> tuple[str, int, int]:
        """A passage that neither begins nor ends in a blank or inside of a letter."""
        text = self.library.text(document)
        starts = [at for at in range(len(text.canonical)) if text.canonical[at : at + 1].isalpha()]
        chance = random.Random(pick)
        start = chance.choice(starts[:-60])
        end = start + chance.randint(1, 60)
        while not text.canonical[end - 1].isalpha() or text.canonical[end : end + 1] == "\u0301":
            end -= 1
        return text.version, start, end

    # What can be done

    @rule(
        pick=st.integers(0, 400),
        on_page=st.booleans(),
        note=NOTES,
        tag=st.sampled_from(["", *TAGS]),
    )
    def mark(self, pick: int, on_page: bool, note: str, tag: str) -> None:
        document = self.page if on_page else self.plain
        version, start, end = self.passage(document, pick)
        quote = self.library.text(document).canonical[start:end]
        tag = tag if tag in self.model["tags"] else ""
        self.marked += 1
        uuid = str(uuids.UUID(int=self.marked))
        expected = self.changed()
        expected["highlights"][uuid] = {
            "document": document,
            "anchor": (version, start, end, quote),
            "looks": (MARK_COLOURS[pick % 4], MarkStyle.FILL),
            "note": note,
            "tags": {tag} - {""},
        }
        tags = (self.tags[tag],) if tag else ()
        self.ran(
            AddHighlight(
                document,
                version,
                start,
                end,
                colour=MARK_COLOURS[pick % 4],
                note=note,
                tags=tags,
                uuid=uuid,
            ),
            expected,
        )

    @rule(pick=PICK, to=st.integers(0, 400))
    def move(self, pick: int, to: int) -> None:
        if (uuid := self.chosen(pick)) is None:
            return
        document = self.model["highlights"][uuid]["document"]
        version, start, end = self.passage(document, to)
        quote = self.library.text(document).canonical[start:end]
        expected = self.changed()
        expected["highlights"][uuid]["anchor"] = (version, start, end, quote)
        self.ran(MoveHighlight(self.id_of(uuid), version, start, end), expected)

    @rule(pick=PICK, colour=st.sampled_from(MARK_COLOURS), style=st.sampled_from(list(MarkStyle)))
    def recolour_two(self, pick: int, colour: str, style: MarkStyle) -> None:
        uuids = {self.chosen(pick), self.chosen(pick + 1)} - {None}
        expected = self.changed()
        for uuid in uuids:
            expected["highlights"][uuid]["looks"] = (colour, style)
        ids = tuple(self.id_of(str(uuid)) for uuid in uuids)
        self.ran(SetLooks(ids, colour=colour, style=style), expected)

    @rule(pick=PICK, note=NOTES)
    def note(self, pick: int, note: str) -> None:
        if (uuid := self.chosen(pick)) is None:
            return
        expected = self.changed()
        expected["highlights"][uuid]["note"] = note
        self.ran(SetNote(self.id_of(uuid), note), expected)

    @rule(pick=PICK, tag=st.sampled_from(TAGS), on=st.booleans())
    def tag(self, pick: int, tag: str, on: bool) -> None:
        if tag not in self.model["tags"]:
            self.refused(TagHighlights(self.tags[tag], (), on))
            return
        uuids = {self.chosen(pick), self.chosen(pick + 2)} - {None}
        expected = self.changed()
        for uuid in uuids:
            carried = expected["highlights"][uuid]["tags"]
            (carried.add if on else carried.discard)(tag)
        ids = tuple(self.id_of(str(uuid)) for uuid in uuids)
        self.ran(TagHighlights(self.tags[tag], ids, on), expected)

    @rule(tag=st.sampled_from(TAGS))
    def delete_tag(self, tag: str) -> None:
        if tag not in self.model["tags"]:
            self.refused(DeleteTag(self.tags[tag]))
            return
        expected = self.changed()
        expected["tags"].remove(tag)
        for each in expected["highlights"].values():
            each["tags"].discard(tag)
        self.ran(DeleteTag(self.tags[tag]), expected)

    @rule(loser=st.sampled_from(TAGS), winner=st.sampled_from(TAGS))
    def merge_tags(self, loser: str, winner: str) -> None:
        if loser == winner or not {loser, winner} <= set(self.model["tags"]):
            self.refused(MergeTags(self.tags[loser], self.tags[winner]))
            return
        expected = self.changed()
        expected["tags"].remove(loser)
        for each in expected["highlights"].values():
            if loser in each["tags"]:
                each["tags"] = each["tags"] - {loser} | {winner}
        self.ran(MergeTags(self.tags[loser], self.tags[winner]), expected)

    @rule(pick=PICK, two=st.booleans())
    def delete(self, pick: int, two: bool) -> None:
        uuids = ({self.chosen(pick), self.chosen(pick + 1)} if two else {self.chosen(pick)}) - {
            None
        }
        expected = self.changed()
        for uuid in uuids:
            del expected["highlights"][uuid]
        self.ran(DeleteHighlights(tuple(self.id_of(str(uuid)) for uuid in uuids)), expected)

    @rule(note=NOTES, on_page=st.booleans())
    def note_on_document(self, note: str, on_page: bool) -> None:
        document = self.page if on_page else self.plain
        expected = self.changed()
        expected["notes"].pop(document, None)
        if note:
            expected["notes"][document] = note
        self.ran(SetDocumentNote(document, note), expected)

    @rule(whole=st.booleans())
    def use_text(self, whole: bool) -> None:
        expected = self.changed()
        expected["whole"] = whole
        self.ran(UseText((self.page, self.plain), whole), expected)

    @rule(pick=PICK)
    def accept(self, pick: int) -> None:
        """Agree to where one is shown: from then on that is its passage."""
        if (uuid := self.chosen(pick)) is None:
            return
        (shown,) = self.library.marks.many([self.id_of(uuid)])
        text = self.library.text(shown.document)
        expected = self.changed()
        if shown.place is not None and shown.anchor.version != text.version:
            start, end = shown.place.start, shown.place.end
            quote = text.canonical[start:end]
            expected["highlights"][uuid]["anchor"] = (text.version, start, end, quote)
        self.ran(AcceptPlaces((shown.id,)), expected)

    # What is no step of undo

    @rule(how=st.sampled_from(["head", "middle", "words"]), on_page=st.booleans())
    def another_reader(self, how: str, on_page: bool) -> None:
        """Give a document the texts that another reader would have made of it."""
        self.readings += 1
        name = f"reader {self.readings}"
        document = self.page if on_page else self.plain
        with self.library._store.write() as work:
            roles = work.texts.roles(document)
            texts = {
                role: self.read_otherwise(
                    work.texts.get(document, role).blocks,
                    how,
                    name + (WHOLE_PAGE if role is TextRole.WHOLE else ""),
                )
                for role in roles
            }
            main, whole = texts[TextRole.MAIN], texts.get(TextRole.WHOLE)
            work.texts.put(document, main, name, whole=whole)

    def read_otherwise(self, blocks: tuple[Block, ...], how: str, name: str) -> Any:
        plain = [Block(BlockKind.PARAGRAPH, block.text) for block in blocks if block.text]
        if how == "head":
            plain.insert(0, Block(BlockKind.PARAGRAPH, f"Taken along by {name}."))
        elif how == "middle" and len(plain) > 2:
            del plain[len(plain) // 2]
        else:
            plain = [Block(BlockKind.PARAGRAPH, b.text.replace("about", "on")) for b in plain]
        return make_text(plain, name)

    @rule()
    def read_again(self) -> None:
        done = self.library.read_again()
        assert done.failed == ()

    @rule()
    def close_and_open(self) -> None:
        self.library.close()
        self.library = self.opened()

    @precondition(lambda self: self.done)
    @rule()
    def undo(self) -> None:
        before, after = self.done.pop()
        report = self.library.undo()
        assert report is not None
        assert report.refused is None, report.refused
        self.model = before
        self.undone.append((before, after))

    @precondition(lambda self: self.undone)
    @rule()
    def redo(self) -> None:
        before, after = self.undone.pop()
        report = self.library.redo()
        assert report is not None
        assert report.refused is None, report.refused
        self.model = after
        self.done.append((before, after))

    def undo_everything(self) -> None:
        while self.done:
            self.undo()
            self.the_library_is_the_picture()
        assert self.model == self.first
        assert (
            len([each for each in self.library.history(1000) if not each.undone])
            == self.first_steps
        )

    # What must hold

    @invariant()
    def the_library_is_the_picture(self) -> None:
        if not hasattr(self, "model"):
            return
        names = {tag.id: tag.name for tag in self.library.tag_tree().tags}
        assert self.present(names) == self.model

    def present(self, names: dict[int, str]) -> Picture:
        noted = {
            document: self.library.marks.note(document) for document in (self.page, self.plain)
        }
        return {
            "highlights": {
                each.uuid: {
                    "document": each.document,
                    "anchor": (
                        each.anchor.version,
                        each.anchor.start,
                        each.anchor.end,
                        each.anchor.quote,
                    ),
                    "looks": (each.colour, each.style),
                    "note": each.note,
                    "tags": {names[tag] for tag in each.tags},
                }
                for each in self.every()
            },
            "notes": {document: note for document, note in noted.items() if note},
            "whole": self.library.shows_whole_page(self.page),
            "tags": sorted(names.values()),
        }

    @invariant()
    def every_highlight_stands_on_its_words_or_is_said_not_to(self) -> None:
        if not hasattr(self, "model"):
            return
        standing = dict.fromkeys(Standing, 0)
        for each in self.every():
            text = self.library.text(each.document)
            standing[each.standing] += 1
            if each.anchor.version == text.version:
                assert each.how is How.MARKED
            if each.place is None:
                assert text.canonical.count(each.anchor.quote) != 1 or len(each.anchor.quote) < 20
            elif each.how is not How.CLOSE:
                shown = text.canonical[each.place.start : each.place.end]
                assert letters(shown) == letters(each.anchor.quote)
        counts = self.library.counts()
        assert counts.highlights == sum(standing.values())
        assert (counts.review, counts.lost) == (standing[Standing.REVIEW], standing[Standing.LOST])
        tagged = {each.document for each in self.every() if each.tags}
        assert counts.untagged == 2 - len(tagged)
        assert set(self.library.search("has:highlight").ids) == {e.document for e in self.every()}


def letters(text: str) -> str:
    return "".join(filter(str.isalnum, text))


def make_ready(worker: Worker, folder: Path) -> None:
    page, plain = folder / "dam.html", folder / "quay.txt"
    page.write_text(PAGE, "utf-8")
    lines = [f"Line {n} is about the quay, and line {n} ends at the dock.\n" for n in range(12)]
    plain.write_text("\n".join(lines), "utf-8")
    library = Library.open(
        folder / "library", cache=folder / "cache", index="inline", worker=worker
    )
    library.import_files([page, plain])
    for name in TAGS:
        library.run(CreateTag(name))
    library.close()


def run(worker: Worker, folder: Path, examples: int, steps: int) -> None:
    make_ready(worker, folder)
    MarkingMachine.worker, MarkingMachine.ready = worker, folder
    run_state_machine_as_test(
        MarkingMachine,
        settings=settings(
            max_examples=examples,
            stateful_step_count=steps,
            deadline=None,
            suppress_health_check=list(HealthCheck),
        ),
    )


def test_marks_notes_and_tags_are_what_was_done_to_them(worker: Worker, tmp_path: Path) -> None:
    run(worker, tmp_path, 4, 25)


@pytest.mark.long
@pytest.mark.timeout(3600)
def test_marks_notes_and_tags_are_what_was_done_to_them_over_long_runs(
    worker: Worker, tmp_path: Path
) -> None:
    run(worker, tmp_path, 120, 60)
