"""The files of a saved page's own folder, found by the ways to them that the page writes."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from urllib.parse import unquote


class Companions:
    """Finds the files that a page names; nothing is looked for outside the given ones.

    files: by the way to each from the page, with slashes.
    """

    def __init__(self, files: Mapping[str, bytes]) -> None:
        self._exact = {_tidy(way): content for way, content in files.items()}
        # Some systems do not tell small letters from large ones, and pages rely on it.
        self._folded = {way.casefold(): content for way, content in self._exact.items()}

    def find(self, source: str) -> bytes | None:
        """The bytes of the file that a page calls by this address, or None."""
        if "://" in source[:12] or source.startswith(("//", "data:", "cid:")):
            return None
        # A browser keeps "?" and "#" out of the names that it gives, other programs escape them.
        for way in (source, source.partition("#")[0], source.partition("?")[0]):
            tidy = _tidy(unquote(way))
            found = self._exact.get(tidy)
            found = self._folded.get(tidy.casefold()) if found is None else found
            if found is not None:
                return found
        return None


def _tidy(way: str) -> str:
    """A way with slashes, composed letters, and without steps that lead nowhere."""
    way = unicodedata.normalize("NFC", way.strip().replace("\\", "/"))
    return "/".join(part for part in way.split("/") if part not in ("", "."))
