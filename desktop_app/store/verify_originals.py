"""Look at every kept original: is it there, and is it what it was?"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection, func, select

from desktop_app.core.model import PartRole
from desktop_app.store.findings import Finding, Mending, there_are
from desktop_app.store.originals import Originals
from desktop_app.store.parts import named_originals
from desktop_app.store.tables import document, original, part


def findings_of_originals(connection: Connection, originals: Originals) -> Iterator[Finding]:
    """What is wrong with the kept originals and the notes of them."""
    named = named_originals()
    unused = connection.execute(
        select(func.count()).select_from(original).where(original.c.sha256.not_in(named))
    ).scalar_one()
    of_parts = select(original, document.c.id, document.c.title, part.c.name, part.c.role).join(
        part, part.c.original == original.c.sha256
    )
    used = (
        select(original, document.c.id, document.c.title).join(
            document, document.c.original == original.c.sha256
        ),
        of_parts.join(document, document.c.id == part.c.document),
    )
    for rows_wanted in used:
        with connection.execution_options(yield_per=500).execute(rows_wanted) as rows:
            for row in rows:
                wrong = _wrong_with_original(originals, row.sha256, row.size_bytes)
                if wrong:
                    yield _lost_original(row, wrong)
    if unused:
        yield Finding(
            f"{there_are(unused, 'original')} noted that no document has.",
            "Nothing is lost; repairing takes the note away and leaves the file.",
            Mending.UNUSED_ROWS,
        )


def _lost_original(row: Any, wrong: str) -> Finding:
    of = f"“{row.title}” (document {row.id})"
    role = getattr(row, "role", None)
    if role == PartRole.PICTURE:
        return Finding(
            f"A picture of {of} {wrong}.",
            "Its text is safe; read its original again, or restore a full backup.",
        )
    kept = f"file “{row.name}” that came with" if role else "original of"
    return Finding(
        f"The {kept} {of} {wrong}.",
        "Its text is safe; restore a full backup, or import the file again.",
    )


def _wrong_with_original(originals: Originals, sha256: str, size_bytes: int) -> str | None:
    path = originals.path(sha256)
    try:
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"
    if digest != sha256 or path.stat().st_size != size_bytes:
        return "is no longer what it was when it was imported"
    return None
