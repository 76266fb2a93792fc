"""What is in a zip, as far down as zips lie in zips; runs in the unpacking process only.

A document that only happens to be packed as a zip (docx, epub, odt) is one entry.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.core.text import one_line
from desktop_app.formats.containers.zips import Zip, zip_kind
from desktop_app.formats.extract import Refused
from desktop_app.formats.free_names import FreeNames
from desktop_app.formats.limits import Limits

BEHIND = "!/"  # stands between the name of a zip and that of an entry in it

_LONGEST_NAME = 400
_PACKED = b"PK\x03\x04"
_MAC = "__MACOSX"
HIDDEN = "It is hidden, and hidden files in a zip are left out."
OF_THE_MAC = "macOS put it there for its own use; it holds no document."
TOO_DEEP = "It is a zip inside a zip inside a zip, and Postil looks no deeper than two."
EMPTY = "The zip is empty."
TOO_LARGE = "Unpacking it takes more memory than a document may have."
_NOWHERE = frozenset({"", ".", ".."})
NESTED_TOO_MANY = "The zips inside it hold too many files together."


@dataclass(frozen=True, slots=True)
class _Leaf:
    """An entry. way: the names, as written, of the zips inside that it lies in, and its own."""

    way: tuple[str, ...]
    shown: str
    size: int
    refused: str = ""


class Archive:
    """An open zip with those inside it. Raises Refused for what is no sound zip."""

    def __init__(self, content: bytes, limits: Limits) -> None:
        self._limits = limits
        self._zip = Zip(content, limits)
        self._inner: tuple[tuple[str, ...], Zip] | None = None  # the one that was opened last
        self._shown = FreeNames()
        self.leaves: list[_Leaf] = []

    def is_document(self) -> bool:
        """Tell whether it is one document after all, or one of a kind that is not read."""
        return _is_document(self._zip)

    def list(self) -> None:
        """Find out what is in it; `leaves` are in the archive's order."""
        self._list(self._zip, (), "", 1)

    def take(self, number: int) -> bytes:
        """Unpack an entry; raises Refused."""
        way = self.leaves[number].way
        return self._zip_of(way[:-1]).read(way[-1])

    def _zip_of(self, way: tuple[str, ...]) -> Zip:
        if not way:
            return self._zip
        if self._inner is None or self._inner[0] != way:
            self._inner = None
            self._inner = (way, Zip(self._zip_of(way[:-1]).read(way[-1]), self._limits))
        return self._inner[1]

    def _list(self, archive: Zip, way: tuple[str, ...], before: str, level: int) -> None:
        hidden: set[str] = set()
        for name in archive.names:
            parts = [part for part in name.replace("\\", "/").split("/") if part not in _NOWHERE]
            at = next((i for i, part in enumerate(parts) if _is_hidden(part)), None)
            if at is not None:
                # A hidden folder is said once, not once for each file in it.
                folder = "/".join(parts[: at + 1])
                if folder not in hidden:
                    hidden.add(folder)
                    why = OF_THE_MAC if parts[at] == _MAC else HIDDEN
                    self._add((*way, name), before + folder, 0, why)
                continue
            shown = before + "/".join(parts)
            if archive.head(name, 4) == _PACKED:
                self._look_into(archive, (*way, name), shown, level)
            else:
                self._add((*way, name), shown, archive.size(name))

    def _look_into(self, archive: Zip, way: tuple[str, ...], shown: str, level: int) -> None:
        """List a zip inside, or take it as the one document that it is."""
        name = way[-1]
        try:
            content = archive.read(name)
        except Refused as refused:
            self._add(way, shown, archive.size(name), refused.message)
            return
        except MemoryError:
            self._add(way, shown, archive.size(name), TOO_LARGE)
            return
        try:
            inner = Zip(content, self._limits)
            document = _is_document(inner)
        except Refused as refused:
            # A document that begins like a zip and is none: its own reader says so.
            reason = refused.message if name.lower().endswith(".zip") else ""
            self._add(way, shown, len(content), reason)
            return
        if document:
            self._add(way, shown, len(content))
        elif level >= self._limits.zip_levels:
            self._add(way, shown, len(content), TOO_DEEP)
        elif len(self.leaves) + len(inner.names) > self._limits.zip_entries:
            self._add(way, shown, len(content), NESTED_TOO_MANY)
        elif not inner.names:
            self._add(way, shown, len(content), EMPTY)
        else:
            self._list(inner, way, _clean(shown) + BEHIND, level + 1)

    def _add(self, way: tuple[str, ...], shown: str, size: int, refused: str = "") -> None:
        self.leaves.append(_Leaf(way, self._shown.take(_clean(shown) or "?"), size, refused))


def _is_hidden(part: str) -> bool:
    return part.startswith(".") or part == _MAC


def _clean(name: str) -> str:
    """A name that can be shown; what is endless loses its middle."""
    name = one_line(name)
    if len(name) > _LONGEST_NAME:
        name = f"{name[: _LONGEST_NAME // 2]}…{name[-_LONGEST_NAME // 2 :]}"
    return name


def _is_document(archive: Zip) -> bool:
    """Tell whether a zip is one document, of a kind that is read or one that is not."""
    try:
        return zip_kind(archive.names) is not None
    except Refused:
        return True
