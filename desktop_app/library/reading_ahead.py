"""What there is to import, read before the worker asks for it: files, and what is inside of them.

Zips are opened in a process of their own; mailboxes are read as a stream, message by message, so
that nothing here grows with their size. What an import that goes on has told already is passed
over.
"""

from __future__ import annotations

import hashlib
import io
from collections import Counter
from collections.abc import Generator, Iterator, Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from desktop_app.core.errors import Problem
from desktop_app.formats.extract import Refused
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.unpacking import Entry, Unpacker, is_container, split_mbox
from desktop_app.formats.sniff import HEAD_BYTES, MediaType, sniff
from desktop_app.library.finding_files import Finder, Found
from desktop_app.library.import_items import Item, item_at, member_path
from desktop_app.library.members import Wanted
from desktop_app.library.reading_files import open_file, read_open
from desktop_app.library.saved_pages import companions_among

CHUNK_FILES = 32
CHUNK_BYTES = 8_000_000


class ReadingAhead:
    """Items in the order found, each with its bytes or with the outcome that it was refused.

    paths: files and folders, or documents inside of files (`papers.zip!/b.txt`). told: how often each place has been told before; so often it is passed over. given: what comes
    with its bytes, before the files.
    """

    def __init__(
        self,
        paths: Sequence[Path],
        limits: Limits,
        told: Counter[bytes],
        given: Sequence[Item] = (),
    ) -> None:
        self._limits = limits
        self._told = told
        self._root = str(Path.cwd())
        self._wanted = Wanted(paths)
        self._file = ""  # the one whose documents are read
        self._finder = Finder(self._wanted.files)
        self._unpacker = Unpacker(limits)
        self._given = given
        self._inside = len(given)  # how many more documents than files there are
        self._items = self._all()

    @property
    def found(self) -> int:
        """How many documents were seen so far."""
        return self._finder.count + self._inside

    @property
    def counting(self) -> bool:
        """Whether more may be found."""
        return not self._finder.done

    def chunk(self) -> list[Item]:
        """The next items; empty when there is none."""
        items: list[Item] = []
        size = 0
        while len(items) < CHUNK_FILES and size < CHUNK_BYTES:
            item = next(self._items, None)
            if item is None:
                break
            items.append(item)
            size += item.size
            if item.outcome is None:
                item.digest = hashlib.sha256(item.content).hexdigest()
        return items

    def stop(self) -> None:
        """Look for nothing more, and end the process that opens zips."""
        self._items.close()
        self._finder.stop()
        self._unpacker.close()

    def _all(self) -> Generator[Item]:
        for item in self._given:
            yield from [item] if item.outcome is not None else self._of_content(item)
        for found in self._finder:
            item = item_at(str(found.path), self._root)
            if self._was_told(item):
                continue
            if found.refused:
                item.hidden = found.hidden
                item.refuse(Problem(found.refused))
                yield item
            else:
                self._file = item.path
                yield from self._of_file(found, item)
                if item.outcome is None:
                    yield from self._not_met(item)
                self._file = ""

    def _not_met(self, file: Item) -> Iterator[Item]:
        for path in self._wanted.not_met(file.path):
            item = item_at(path, self._root)
            if not self._was_told(item):
                item.refuse(Problem(f"It is not in “{file.name}” any more."))
                self._inside += 1
                yield item

    def _passes_over(self, item: Item) -> bool:
        """Whether a document inside of a file was told before, or is none of those asked for."""
        if self._file and not self._wanted.wants(self._file, item):
            self._inside -= 1
            return True
        return self._was_told(item)

    def _was_told(self, item: Item) -> bool:
        if not self._told.get(item.place):
            return False
        self._told[item.place] -= 1
        return True

    def _of_file(self, found: Found, item: Item) -> Iterator[Item]:
        try:
            with open_file(found.path) as file:
                kind = _container(file.read(HEAD_BYTES), item.name)
                file.seek(0)
                if kind is MediaType.MBOX:
                    yield from self._of_mailbox(item, file)
                    return
                limits = self._limits
                if kind is MediaType.ZIP:
                    limits = replace(limits, file_bytes=limits.zip_bytes)
                item.content = read_open(file, limits)
        except Problem as problem:
            item.refuse(problem)
            yield item
            return
        if kind is MediaType.ZIP:
            yield from self._of_zip(item)
            return
        item.folder = found.folder
        yield item

    def _of_content(self, item: Item) -> Iterator[Item]:
        kind = _container(item.content[:HEAD_BYTES], item.name)
        if kind is MediaType.MBOX:
            yield from self._of_mailbox(item, io.BytesIO(item.content))
        elif kind is MediaType.ZIP:
            yield from self._of_zip(item)
        else:
            yield item

    def _of_zip(self, item: Item) -> Iterator[Item]:
        try:
            entries = self._unpacker.open(item.content, item.name)
            if entries == []:
                raise Refused("The zip is empty.")
        except Refused as refused:
            item.refuse(refused)
            yield item
            return
        if entries is None:
            yield item
            return
        item.drop()
        of_pages = companions_among([entry.name for entry in entries])
        companions = {number for numbers in of_pages.values() for number in numbers}
        self._inside += len(entries) - len(companions) - 1
        for index, entry in enumerate(entries):
            if index not in companions:
                beside = [entries[number] for number in of_pages.get(index, ())]
                yield from self._of_entry(item, entry, beside)

    def _of_entry(self, container: Item, entry: Entry, beside: Sequence[Entry]) -> Iterator[Item]:
        name = PurePosixPath(entry.name).name
        item = item_at(member_path(container.path, entry.name), self._root, name=name)
        if self._passes_over(item):
            return
        try:
            item.content = self._taken(entry)
        except Problem as problem:
            item.refuse(problem)
            yield item
            return
        if is_container(item.content[:HEAD_BYTES], name) is MediaType.MBOX:
            yield from self._of_mailbox(item, io.BytesIO(item.content))
            return
        self._take_companions(item, entry, beside)
        yield item

    def _taken(self, entry: Entry) -> bytes:
        if entry.refused:
            raise Problem(entry.refused)
        return self._unpacker.take(entry.number)

    def _take_companions(self, item: Item, page: Entry, beside: Sequence[Entry]) -> None:
        folder = PurePosixPath(page.name).parent
        files: dict[str, bytes] = {}
        size = 0
        for entry in beside:
            try:
                content = self._taken(entry)
            except Problem:
                item.left_out += 1
                continue
            size += len(content)
            if size > self._limits.companion_bytes:
                item.left_out += 1
                continue
            files[str(PurePosixPath(entry.name).relative_to(folder))] = content
        item.companions = files

    def _of_mailbox(self, mailbox: Item, stream: BinaryIO) -> Iterator[Item]:
        number = 0
        stem = PurePosixPath(mailbox.name).stem
        messages = split_mbox(stream, self._limits)
        while True:
            try:
                message = next(messages, None)
            except OSError as error:
                mailbox.refuse(
                    Problem(
                        f"The mailbox could not be read to its end: {error.strerror or error}.",
                        "The messages before that place have been read.",
                    )
                )
                yield mailbox
                return
            if message is None:
                break
            number += 1
            self._inside += number > 1
            item = item_at(
                member_path(mailbox.path, str(number)), self._root, name=f"{stem} {number}.eml"
            )
            if self._passes_over(item):
                continue
            if isinstance(message, Refused):
                item.refuse(message)
            else:
                item.content = message
            yield item
        if number == 0:
            mailbox.refuse(Problem("The mailbox holds no message."))
            yield mailbox


def _container(head: bytes, name: str) -> MediaType | None:
    """Whether a file is a ZIP or MBOX that may hold several documents."""
    kind = is_container(head, name)
    if kind is not MediaType.ZIP:
        return kind
    try:
        return kind if sniff(head, name) is kind else None
    except Refused:
        return None  # the worker says why
