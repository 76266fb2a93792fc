"""What is dragged inside the window: documents, highlights and a tag, by their ids."""

from __future__ import annotations

import json
from collections.abc import Iterable

from PySide6.QtCore import QMimeData

DOCUMENTS_MIME = "application/x-postil-documents"
HIGHLIGHTS_MIME = "application/x-postil-highlights"
TAG_MIME = "application/x-postil-tag"


def documents_mime(ids: Iterable[int]) -> QMimeData:
    """Pack documents for a drag."""
    return _packed(DOCUMENTS_MIME, ids)


def ids_of(data: QMimeData) -> list[int]:
    """The documents in a drag; empty where it carries none, or something else under their name."""
    return _unpacked(data, DOCUMENTS_MIME)


def highlights_mime(ids: Iterable[int]) -> QMimeData:
    """Pack highlights for a drag."""
    return _packed(HIGHLIGHTS_MIME, ids)


def highlights_of(data: QMimeData) -> list[int]:
    """The highlights in a drag; empty where it carries none, or something else under their name."""
    return _unpacked(data, HIGHLIGHTS_MIME)


def tag_mime(tag: int) -> QMimeData:
    """Pack a tag for a drag."""
    data = QMimeData()
    data.setData(TAG_MIME, str(tag).encode())
    return data


def tag_of(data: QMimeData) -> int | None:
    """The tag in a drag; None where it carries none."""
    if not data.hasFormat(TAG_MIME):
        return None
    digits = bytes(data.data(TAG_MIME).data())
    return int(digits) if digits.isdigit() else None


def _packed(kind: str, ids: Iterable[int]) -> QMimeData:
    data = QMimeData()
    data.setData(kind, json.dumps(list(ids)).encode())
    return data


def _unpacked(data: QMimeData, kind: str) -> list[int]:
    if not data.hasFormat(kind):
        return []
    try:
        found = json.loads(bytes(data.data(kind).data()))
    except ValueError:
        return []
    if not isinstance(found, list) or not all(type(item) is int for item in found):
        return []
    return found
