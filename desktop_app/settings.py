"""What the window remembers from one start to the next. Nothing of the library is in it.

Kept as one JSON file. A value that is missing or impossible becomes its default, so that a file
of an older or newer version still opens.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from pathlib import Path
from types import MappingProxyType

from desktop_app.core.highlights import MARK_COLOURS, MarkStyle
from desktop_app.durable import move_into_place, write_file

_NO_KEYS: Mapping[str, tuple[str, ...]] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings.

    theme: light, dark, sepia, contrast, or system (as the desktop has it). reader_size, reader_width:
    pixels of a letter and of the column. reader_line_height: in letters. reader_family: serif, sans,
    clear, or the name of a family. reader_justified: both edges of the column are straight.
    geometry: the window's place, as Qt saves it, in base64. panes: widths of sidebar and list.
    list_set_in, highlights_set_in: how wide the window was when somebody gave the list, or what takes
    its place (highlights_width), that width; 0: nobody did.
    sort, search_sort: values of core.model.Sort, of a list and of what a search finds.
    line_sort, lines_grouped: of a concordance, the first a value of core.concordance.LineSort.
    highlight_sort: a value of core.highlights.HighlightSort, and “turned” behind it for its reverse. keys: changed keys by the id of their action.
    last_document: what was open, by the path of the library. mark_colour, mark_style: of the next
    highlight; names of core.highlights. page_fit: what the zoom of pages follows: width, page, or free, where page_scale is it.
    page_documents: what is shown as pages rather than as text, by the path of the library.
    tag_highlights: the sidebar counts the highlights of tags in the place of their documents.
    archived_tags: it shows archived tags too.
    reading_pace: words a minute, 0 while it is not known. trail: documents and positions that were
    read, the last one last, by the path of the library. two_tags: the uuids of tags that are called
    nearly the same and were said to be two, by the path of the library.
    """

    theme: str = "system"
    reader_size: float = 17.5
    reader_width: int = 520
    reader_line_height: float = 1.6
    reader_family: str = "serif"
    reader_justified: bool = False
    geometry: str = ""
    panes: tuple[int, ...] = ()
    details_width: int = 300
    sidebar_shown: bool = True
    details_shown: bool = False
    sort: str = "-added"
    search_sort: str = "relevance"
    highlight_sort: str = "document"
    highlights_width: int = 700
    list_set_in: int = 0
    highlights_set_in: int = 0
    line_sort: str = "document"
    lines_grouped: bool = False
    starter_offered: bool = False
    last_folder: str = ""
    mark_colour: str = MARK_COLOURS[0]
    mark_style: str = MarkStyle.FILL.value
    page_fit: str = "width"
    page_scale: float = 1.0
    page_two_up: bool = False
    page_dimmed: bool = False
    page_documents: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    contents_shown: bool = False
    tag_highlights: bool = False
    archived_tags: bool = False
    reading_pace: float = 0.0
    trail: Mapping[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=lambda: _NO_KEYS)
    last_document: Mapping[str, int] = field(default_factory=dict)
    two_tags: Mapping[str, tuple[tuple[str, str], ...]] = field(default_factory=dict)


_THEMES = ("system", "light", "dark", "sepia", "contrast")
_DEFAULT = Settings()


def to_json(settings: Settings) -> str:
    """Write settings as JSON text."""
    values = {name: dict(v) if isinstance(v, Mapping) else v for name, v in _items(settings)}
    return json.dumps(values, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def from_json(text: str) -> Settings:
    """Read settings; ValueError where the text is no JSON object."""
    found = json.loads(text)
    if not isinstance(found, dict):
        raise ValueError("settings are a JSON object")
    taken = {
        each.name: _fitting(each.name, found[each.name])
        for each in fields(Settings)
        if each.name in found
    }
    return Settings(**taken)  # type: ignore[arg-type]


def load(file: Path) -> tuple[Settings, str]:
    """Read the settings in a file, and a sentence to tell where it could not be read, or "".

    A damaged file is set aside under its name with `.damaged`, so that nothing in it is lost.
    """
    try:
        return from_json(file.read_text("utf-8")), ""
    except FileNotFoundError:
        return _DEFAULT, ""
    except OSError as error:
        return (
            _DEFAULT,
            f"The settings could not be read ({error.strerror}); the usual ones are used.",
        )
    except ValueError:
        aside = file.with_name(file.name + ".damaged")
        try:
            move_into_place(file, aside, "settings-aside")
        except OSError:
            return _DEFAULT, f"The settings in {file} are damaged; the usual ones are used."
        return (
            _DEFAULT,
            f"The settings were damaged and lie in {aside.name} now; the usual ones are used.",
        )


def save(settings: Settings, file: Path) -> None:
    """Bring settings to the disk, whole or not at all; OSError where the disk refuses."""
    file.parent.mkdir(parents=True, exist_ok=True)
    write_file(file, to_json(settings).encode("utf-8"), "settings")


def _items(settings: Settings) -> list[tuple[str, object]]:
    if isinstance(settings.keys, MappingProxyType):  # asdict copies, and a proxy cannot be copied
        return [(each.name, getattr(settings, each.name)) for each in fields(Settings)]
    return list(asdict(settings).items())


def _is_step(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(type(each) is int and each >= 0 for each in value)
    )


def _is_pair(value: object) -> bool:
    return isinstance(value, list) and len(value) == 2 and all(type(each) is str for each in value)


def _fitting(name: str, value: object) -> object:
    """A value of the right kind for a field: the one found, or the default."""
    default = getattr(_DEFAULT, name)
    match name, value:
        case "theme", str() if value in _THEMES:
            return value
        case "theme", _:
            return default
        case "reader_size", bool():
            return default
        case "reader_size", int() | float():
            return min(max(float(value), 9.0), 60.0)
        case "reader_width", int() if not isinstance(value, bool):
            return min(max(value, 200), 4_000)
        case "reader_line_height", int() | float() if not isinstance(value, bool):
            return min(max(float(value), 1.0), 3.0)
        case "mark_colour", _:
            return value if value in MARK_COLOURS else default
        case "mark_style", _:
            return value if value in [style.value for style in MarkStyle] else default
        case "panes", list() if all(type(width) is int and 0 <= width < 20_000 for width in value):
            return tuple(value)
        case "keys", dict():
            return {
                str(action): tuple(str(key) for key in keys)
                for action, keys in value.items()
                if isinstance(keys, list)
            }
        case "page_fit", _:
            return value if value in ("width", "page", "free") else default
        case "page_scale", int() | float() if not isinstance(value, bool):
            return min(max(float(value), 0.1), 8.0)
        case "page_documents", dict():
            return {
                str(path): tuple(each for each in ids if type(each) is int)
                for path, ids in value.items()
                if isinstance(ids, list)
            }
        case "reading_pace", int() | float() if not isinstance(value, bool):
            return float(value) if 40 <= value <= 2_000 else default
        case "trail", dict():
            return {
                str(path): tuple((step[0], step[1]) for step in steps if _is_step(step))
                for path, steps in value.items()
                if isinstance(steps, list)
            }
        case "two_tags", dict():
            return {
                str(path): tuple((pair[0], pair[1]) for pair in pairs if _is_pair(pair))
                for path, pairs in value.items()
                if isinstance(pairs, list)
            }
        case "last_document", dict():
            return {str(path): each for path, each in value.items() if type(each) is int}
    return value if type(value) is type(default) else default
