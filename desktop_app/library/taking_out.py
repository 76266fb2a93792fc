"""Attachments, taken out of the originals that hold them when somebody asks for one."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import PurePath

from desktop_app.core.errors import BadUsage, Problem
from desktop_app.formats.file import File
from desktop_app.formats.process.worker import Worker
from desktop_app.library.import_items import Item, item_at, member_path
from desktop_app.store.store import Store


class TakingOut:
    """Has a worker of its own, started when it is first needed: imports must not be waited for."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._lock = threading.Lock()
        self._worker: Worker | None = None
        self._closed = False

    def attachment(self, document: int, number: int) -> tuple[str, bytes]:
        """The name and the bytes of an attachment; raises Refused where it cannot be taken out."""
        with self._store.read() as snapshot:
            found = snapshot.documents.get(document)
            parts = snapshot.parts.attachments(document)
        if found is None or not 0 <= number < len(parts):
            raise BadUsage("That attachment is no longer in the library.")
        file = File(self._store.originals.read(found.original), found.file_name)
        with self._lock:
            if self._closed:
                raise BadUsage("The library has been closed.")
            if self._worker is None:
                self._worker = Worker()
            return self._worker.attachment(file, number)

    def items(self, document: int, numbers: Sequence[int]) -> list[Item]:
        """Attachments on their way to be documents; one that cannot be taken out is refused."""
        with self._store.read() as snapshot:
            found = snapshot.documents.get(document)
            names = {part.number: part.name for part in snapshot.parts.attachments(document)}
        if found is None:
            raise BadUsage("The document is no longer in the library.")
        made: list[Item] = []
        for number in numbers:
            way = PurePath(names.get(number, str(number)).replace("\\", "/")).name
            item = item_at(member_path(found.file_name, way), "", name=way)
            try:
                item.content = self.attachment(document, number)[1]
            except Problem as problem:
                item.refuse(problem)
            made.append(item)
        return made

    def close(self) -> None:
        """End the worker, also while something is being taken out."""
        self._closed = True
        if self._worker is not None:
            self._worker.close()
