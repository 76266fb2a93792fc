"""What is typed into notes and not saved yet, in a file of the library, so that no kill loses it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from desktop_app.durable import move_into_place, write_file

_NAME = "drafts.json"
_ASIDE = "notes-of-removed-documents.txt"


@dataclass(frozen=True, slots=True)
class Draft:
    """A note as it was typed. base: what the note was when the typing began."""

    document: int
    uuid: str  # of the highlight; "" where the note is on the whole document
    text: str
    base: str


@dataclass(frozen=True, slots=True)
class Found:
    """What a file of drafts holds. aside: where the file is now, if it could not be read."""

    drafts: dict[str, Draft]
    aside: Path | None = None


def drafts_file(library: Path) -> Path:
    """Name the file of a library's drafts."""
    return library / _NAME


def load(file: Path) -> Found:
    """Read drafts; what is no draft is passed over.

    A file that is damaged or cannot be read is set aside, so that nothing in it is lost. OSError
    where that cannot be done.
    """
    try:
        found = json.loads(file.read_text("utf-8"))
    except FileNotFoundError:
        return Found({})
    except (ValueError, OSError):
        found = None
    if not isinstance(found, dict):
        return Found({}, _set_aside(file))
    drafts: dict[str, Draft] = {}
    for key, value in found.items():
        match value:
            case {
                "document": int(document),
                "uuid": str(uuid),
                "text": str(text),
                "base": str(base),
            }:
                drafts[key] = Draft(document, uuid, text, base)
    return Found(drafts)


def save(file: Path, drafts: Mapping[str, Draft]) -> None:
    """Bring drafts to the disk; no file where there is none. OSError where the disk refuses."""
    if not drafts:
        file.unlink(missing_ok=True)
        return
    values = {key: asdict(draft) for key, draft in drafts.items()}
    write_file(file, json.dumps(values, ensure_ascii=True, indent=1).encode("ascii"), "drafts")


def keep_aside(library: Path, text: str) -> Path:
    """Add what was typed to a plain file, for a note whose document is gone; give its name."""
    file = library / _ASIDE
    before = file.read_text("utf-8") if file.exists() else ""
    write_file(file, f"{before}{text.strip()}\n\n".encode("utf-8", "backslashreplace"), "drafts")
    return file


def recovered(present: str, draft: Draft) -> str | None:
    """The note that a draft is to become; None where there is nothing in it to be saved.

    Where somebody has changed the note meanwhile, both are kept. An empty draft deletes nothing:
    whoever had just emptied the field was about to write something else.
    """
    typed = draft.text.strip()
    if not typed or typed == present:
        return None
    if present in ("", draft.base):
        return typed
    return f"{present}\n\n{typed}" if not holds(present, typed) else None


def _set_aside(file: Path) -> Path:
    """Give a file another name, which no other file has; give that name."""
    aside, number = file.with_name(f"{file.name}.damaged"), 1
    while aside.exists():
        number += 1
        aside = file.with_name(f"{file.name}.damaged-{number}")
    move_into_place(file, aside, "drafts-aside")
    return aside


def holds(note: str, typed: str) -> bool:
    """Tell whether typed stands in a note as a part of its own, as if it had been added before."""
    return f"\n\n{typed}\n\n" in f"\n\n{note}\n\n"
