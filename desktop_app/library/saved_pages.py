"""Saved web pages: a page, and the folder of the same name that the browser put beside it.

What the page is shown with belongs to it. Documents in such a folder are documents of their own:
not only browsers name folders so.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from desktop_app.core.errors import Problem
from desktop_app.formats.limits import Limits
from desktop_app.library.reading_files import is_folder, read_whole

_PAGES = (".htm", ".html", ".xhtml", ".xht", ".shtml")
# What browsers and word processors put behind the name of the page, in the languages they speak.
_ENDINGS = (
    "_files",
    ".files",
    "-Dateien",
    "_fichiers",
    "_file",
    "_archivos",
    "_ficheiros",
    "_arquivos",
    "_bestanden",
    "-filer",
    "_filer",
    "-tiedostot",
    "_tiedostot",
    "_pliki",
    "_soubory",
    "_subory",
    "_elemei",
    "_dosyalar",
    "_datoteke",
    "_fitxers",
    "_failid",
    "_fails",
    "_bylos",
    "_fajlovi",
    "_fisiere",
    "_fitxategiak",
)
_MOST_FILES = 2_000
_DOCUMENTS = (
    ".pdf",
    ".docx",
    ".docm",
    ".dotx",
    ".doc",
    ".odt",
    ".ott",
    ".fodt",
    ".epub",
    ".rtf",
    ".eml",
    ".mbox",
    ".mbx",
    ".zip",
    ".mht",
    ".mhtml",
)
# Browsers save such files, too, for scripts and trackers; then there are scripts and styles as well.
_TEXTS = (".txt", ".text", ".md", ".markdown")
_OF_BROWSERS = (".css", ".js", ".download", ".woff", ".woff2", ".html", ".htm", "filelist.xml")


@dataclass(frozen=True, slots=True)
class Companions:
    """The files of a page's folder. files: by the way to them from the page. left_out: how many
    were not taken, for their size or number or since they could not be read."""

    files: Mapping[str, bytes] = field(default_factory=dict)
    left_out: int = 0


@dataclass(frozen=True, slots=True)
class FilesOfPage:
    """The files of a page's folder. companions: what belongs to the page."""

    companions: tuple[Path, ...]
    documents: tuple[Path, ...]


def is_page(name: str) -> bool:
    """Whether a browser could have saved a page under a name."""
    return name.lower().endswith(_PAGES)


def folders_of(name: str) -> list[str]:
    """The names that the folder of a saved page may have."""
    stem = name[: name.rindex(".")] if "." in name else name
    return [stem + ending for ending in _ENDINGS]


def pair(pages: Iterable[str], folders: Iterable[str]) -> dict[str, str]:
    """Which of the folders of one place belongs to which page in it, by page."""
    present = {folder.lower(): folder for folder in folders}
    found: dict[str, str] = {}
    for page in pages:
        if not present:
            break
        if not is_page(page):
            continue
        for name in folders_of(page):
            folder = present.pop(name.lower(), None)
            if folder is not None:
                found[page] = folder
                break
    return found


def folder_beside(page: Path) -> Path | None:
    """The folder that belongs to a page that was named by itself."""
    if not is_page(page.name):
        return None
    for name in folders_of(page.name):
        folder = page.with_name(name)
        if is_folder(folder) and not folder.is_symlink():
            return folder
    return None


def read_companions(folder: Path, limits: Limits) -> Companions:
    """Read the files of a page's folder, links not followed."""
    files: dict[str, bytes] = {}
    left_out, size = 0, 0
    for path in files_of_page(folder).companions:
        way = PurePosixPath(folder.name, *path.relative_to(folder).parts)
        try:
            if len(files) >= _MOST_FILES or size + path.stat().st_size > limits.companion_bytes:
                raise Problem("There is no more room for it.")
            content = read_whole(path, limits)
        except (OSError, Problem):
            left_out += 1
            continue
        size += len(content)
        files[str(way)] = content
    return Companions(files, left_out)


def files_of_page(folder: Path) -> FilesOfPage:
    """Tell the companions of a page from the documents in its folder; links are not followed."""
    paths = list(_files_in(folder))
    documents = _documents_among([path.name for path in paths])
    return FilesOfPage(
        tuple(path for index, path in enumerate(paths) if index not in documents),
        tuple(sorted(paths[index] for index in documents)),
    )


def _documents_among(names: Sequence[str]) -> set[int]:
    """Which files of one page's folder are documents of their own."""
    lower = [name.lower() for name in names]
    of_browser = any(name.endswith(_OF_BROWSERS) for name in lower)
    endings = _DOCUMENTS if of_browser else _DOCUMENTS + _TEXTS
    return {
        index
        for index, name in enumerate(lower)
        if name.endswith(endings) and not name.startswith(".")
    }


def _files_in(folder: Path) -> Iterator[Path]:
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                listed = sorted(entries, key=lambda entry: entry.name)
        except OSError:
            continue
        for entry in listed:
            if entry.is_symlink():
                continue
            if entry.is_dir(follow_symlinks=False):
                waiting.append(Path(entry.path))
            else:
                yield Path(entry.path)


def companions_among(names: Sequence[str]) -> dict[int, list[int]]:
    """Which of many ways belong to a saved page among them and its folder: by index of the page."""
    pages: dict[str, dict[str, int]] = {}
    folders: dict[str, set[str]] = {}
    for index, name in enumerate(names):
        place, _, last = name.rpartition("/")
        if is_page(last):
            pages.setdefault(place, {}).setdefault(last, index)
        while place:
            above, _, folder = place.rpartition("/")
            folders.setdefault(above, set()).add(folder)
            place = above
    page_of = {
        f"{place}/{folder}/" if place else f"{folder}/": inside[page]
        for place, inside in pages.items()
        for page, folder in pair(inside, folders.get(place, ())).items()
    }
    found: dict[int, list[int]] = {}
    for index, name in enumerate(names):
        place = name.rpartition("/")[0]
        while place and f"{place}/" not in page_of:
            place = place.rpartition("/")[0]
        if place:
            found.setdefault(page_of[f"{place}/"], []).append(index)
    for page, indexes in found.items():
        documents = _documents_among([names[index].rpartition("/")[2] for index in indexes])
        found[page] = [each for number, each in enumerate(indexes) if number not in documents]
    return found
