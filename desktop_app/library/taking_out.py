"""Attachments, taken out of the originals that hold them when somebody asks for one."""

from __future__ import annotations

import threading

from desktop_app.core.errors import BadUsage
from desktop_app.formats.file import File
from desktop_app.formats.worker import Worker
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

    def close(self) -> None:
        """End the worker, also while something is being taken out."""
        self._closed = True
        if self._worker is not None:
            self._worker.close()
