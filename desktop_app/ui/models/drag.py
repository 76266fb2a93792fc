"""What is dragged inside the window: documents by id, and a tag by id."""

from __future__ import annotations

import json
from collections.abc import Iterable

from PySide6.QtCore import QMimeData

DOCUMENTS_MIME = "application/x-postil-documents"
TAG_MIME = "application/x-postil-tag"


def documents_mime(ids: Iterable[int]) -> QMimeData:
    """Pack documents for a drag."""
    data = QMimeData()
    data.setData(DOCUMENTS_MIME, json.dumps(list(ids)).encode())
    return data


def ids_of(data: QMimeData) -> list[int]:
    """The documents in a drag; empty where it carries none, or something else under their name."""
    if not data.hasFormat(DOCUMENTS_MIME):
        return []
    try:
        found = json.loads(bytes(data.data(DOCUMENTS_MIME).data()))
    except ValueError:
        return []
    if not isinstance(found, list) or not all(type(item) is int for item in found):
        return []
    return found


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
