"""Make the pictures in resources/screenshots: `PYTHONPATH=. python packaging/screenshots.py`.

Each shows the program itself at work on a library that is made for it, of the starter documents and
of invented ones. Nothing of the user's own is read or written. On a machine without a display, or
with QT_QPA_PLATFORM=offscreen, the pictures are the same.
"""

from __future__ import annotations

import json
import os
import random
import sys
import tempfile
from collections import Counter
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QEventLoop, Qt, QTimer
from PySide6.QtGui import QFont, QImage, QPageSize, QPainter, QPdfWriter
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from desktop_app import paths
from desktop_app.core.highlights import MarkStyle
from desktop_app.core.model import ReadState
from desktop_app.library.codebooks.applying import ImportCodebook
from desktop_app.library.codebooks.reading import read_codebook
from desktop_app.library.commands import AddTag, SetStarred, SetState
from desktop_app.library.highlight_commands import AddHighlight
from desktop_app.library.library import Library
from desktop_app.library.tags.commands import CreateTag
from desktop_app.library.tags.tidying import DeleteTag
from desktop_app.main import OpenWindow
from desktop_app.settings import Settings
from desktop_app.ui.app import App, make_app
from desktop_app.ui.look import fonts
from desktop_app.ui.models.tag_names import tag_query

OUT = Path(__file__).resolve().parent.parent / "resources" / "screenshots"
WIDTH, HEIGHT = 1440, 900
LARGEST_BYTES = 200_000
COMMON_COLOURS = 150
CALM_MS = 500
IMPORTED = 1_260

# Title, source, day, tags, state and star of the invented documents, oldest in the library first.
INVENTED = (
    *(
        (f"Accounts of the pilot office, {year}", "Pilot Office", f"Jan 9, {year + 1}", *rest)
        for year, rest in zip(
            range(1986, 2008),
            [("method", "read"), ("method place/Halmar", "read"), ("", ""), ("method", "")] * 6,
            strict=False,
        )
    ),
    ("Letters from the Oster Sound", "Coast Library", "Aug 3, 1998", "place/Oster Sound", ""),
    ("A short history of the eastern wharf", "Coast Library", "May 2, 2009", "ports", ""),
    ("Tonnage through the Sound, 2010 to 2014", "Port Statistics", "Jan 20, 2015", "ports", "read"),
    ("Crane drivers vote on night work", "The Coast Ledger", "Feb 11, 2015", "labour", "read"),
    ("Two tenders, one bidder", "Harbour View", "May 7, 2015", "claim/contested", "read star"),
    ("Storm closes the winter berth", "Northern Wire", "Nov 30, 2015", "place/Oster Sound", ""),
    ("Strike at the gates enters third day", "The Coast Ledger", "Jan 14, 2016", "labour", ""),
    ("Ministry asks for the harbour accounts", "Northern Wire", "Feb 19, 2016", "claim", "star"),
    (
        "Annual report of the harbour board",
        "Harbour Board",
        "Mar 1, 2016",
        "ports claim",
        "reading",
    ),
    ("Background: who decided to move the yard", "Harbour View", "Mar 29, 2016", "ports", ""),
    ("Surveyors find old piles under the quay", "The Coast Ledger", "Apr 8, 2016", "ports", "star"),
    ("Ferry line moves to the new berth", "Northern Wire", "May 12, 2016", "place/Halmar", ""),
)
SENTENCES = (
    "The dry dock stayed closed through the winter while crews worked in shifts.",
    "Two engineers familiar with the quayside survey said the decision had been taken in autumn.",
    "Dredging beside the new quays exceeded the estimate by a fifth.",
    "The pilots asked for a berth inside the gates and for a say in the winter schedule.",
    "The harbour board met behind closed doors and published nothing of what was said.",
    "Nobody at the ministry would say who had signed the second contract.",
    "The old customs house was to become an office for the works committee.",
    "From the strand one can see where the eastern wharf begins to sink.",
    "The ferries come in an hour later in winter, when the swell reaches into the Sound.",
    "Of the forty piles that were drawn, fewer than half had reached the rock.",
    "What it cost is scattered over five archives and one account book.",
    "The crane drivers had worked without a contract since the spring.",
    "A letter to the paper asked what had become of the lamps along the mole.",
    "The chair of the board was away and his deputy declined to answer.",
    "It rained for nine days, and the square behind the church stood under water.",
    "Three of the men who built the breakwater still live in the town.",
    "The price of land on the far shore had doubled before anybody was told.",
    "Ice closed the channel in February, for the first time in eleven years.",
)
Marking = tuple[str, str, MarkStyle, str, tuple[str, ...]]  # quote, colour, style, note, tags

OURS = {  # tags, state and star of the starter documents, by the beginning of the title
    "How the quay": ("place/Halmar ports claim", "reading star"),
    "Yard to leave": ("place/Halmar claim/contested", ""),
    "Minutes of the works": ("ports", "read"),
    "Soundings": ("method", ""),
    "What do the pilots": ("place/Oster Sound labour", ""),
}
MARKED = (  # quote, colour, style, note, tags, of the account of the quay
    (
        "the plan had changed: the yard would move to the Oster Sound, and the old quay would be cut"
        " back to bedrock",
        "yellow",
        MarkStyle.FILL,
        "First mention of the move. Compare the *minutes* of 4 Feb.",
        ("claim/contested",),
    ),
    (
        "the figures that the board gave the press were not the ones that it gave the ministry",
        "blue",
        MarkStyle.FILL,
        "Which figures? See the annual report.",
        (),
    ),
    ("the pilots had been promised a berth beside the gates", "green", MarkStyle.FILL, "", ()),
)
SOUNDED = (
    (
        "The pilots asked for a berth inside the gates and for a say in the winter schedule.",
        "yellow",
        MarkStyle.FILL,
        "Set beside the annual report.",
        ("claim",),
    ),
    ("The old customs house was to become an office", "blue", MarkStyle.UNDERLINE, "", ()),
)


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="postil-screenshots-") as scratch:
        home = Path(scratch)
        keep_apart(home)
        app = make_app(sys.argv[:1], theme="light")
        QApplication.setCursorFlashTime(0)
        folder = make_library(home)
        OUT.mkdir(parents=True, exist_ok=True)
        main_window(app, folder, "light")
        main_window(app, folder, "dark")
        reading(app, folder, "sepia")
        reading(app, folder, "contrast")
        highlights(app, folder)
        pages(app, folder)
        search(app, folder)
        filters(app, folder)
        explained(app, folder)
        impossible(app, folder)
        nothing(app, folder)
        concordance(app, folder)
        tagging(app, folder)
        tag_page(app, folder)
        together(app, folder)
        importing(app, folder, home)
        empty(app, home / "empty")


def keep_apart(home: Path) -> None:
    """Keep to a folder, and to a screen of a usual size where there is none."""
    for name in ("DATA", "CONFIG", "CACHE", "STATE"):
        os.environ[f"XDG_{name}_HOME"] = str(home / name.lower())
    shown = os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY")
    if os.environ.get("QT_QPA_PLATFORM", "" if shown else "offscreen") == "offscreen":
        screen = {"name": "none", "x": 0, "y": 0, "width": WIDTH, "height": HEIGHT, "dpr": 1}
        screen |= {"logicalDpi": 96, "logicalBaseDpi": 96}
        file = home / "screen.json"
        file.write_text(json.dumps({"screens": [screen]}), "utf-8")
        os.environ["QT_QPA_PLATFORM"] = f"offscreen:configfile={file}"


# The library.


def make_library(home: Path) -> Path:
    """Make the library that most pictures show."""
    texts = home / "texts"
    write_invented(texts)
    folder = home / "Harbour"
    library = Library.open(folder, cache=home / "cache", index="inline")
    ours = [paths.seeds() / name for name in (
        "sample-minutes.md",
        "sample-weekly-review.txt",
        "sample-harbour-view.txt",
        "sample-coast-ledger.html",
    )]  # fmt: skip
    write_pdf(home / "soundings.pdf")
    library.import_files([*sorted(texts.iterdir()), home / "soundings.pdf", *ours])
    (tags,) = read_codebook(paths.seeds() / "field-notes.tagset.json").codebooks
    library.run(ImportCodebook(tags, codings=True))
    manual = library.tag_tree().find("manual")
    assert manual is not None
    library.run(DeleteTag(manual.id))
    for path, colour in (("labour", "#5b964f"), ("method", "#7d5ba6")):
        library.run(CreateTag(path, colour=colour))
    kept = {title: (tags, state) for title, _source, _day, tags, state in INVENTED} | OURS
    for document in library.documents(list(library.search("").ids)):
        tags, state = next(kept[each] for each in kept if document.title.startswith(each))
        for path in tags.replace("Oster Sound", "Oster_Sound").split():
            tag = library.tag_tree().find(path.replace("_", " "))
            assert tag is not None, path
            library.run(AddTag(tag.id, (document.id,)))
        if "star" in state:
            library.run(SetStarred((document.id,), True))
        for word in (ReadState.READ, ReadState.READING):
            if word.value in state.split():
                library.run(SetState((document.id,), word))
    mark(library, "How the quay", MARKED)
    mark(library, "Soundings", SOUNDED)
    library.wait_until_searchable()
    library.close()
    return folder


def mark(library: Library, title: str, marked: tuple[Marking, ...]) -> None:
    """Highlight passages of a document."""
    ids = list(library.search("").ids)
    document = next(each for each in library.documents(ids) if each.title.startswith(title))
    text = library.text(document.id)
    words = " ".join(text.canonical.split("\n"))  # a quote here does not know where lines end
    for quote, colour, style, note, tags in marked:
        start = words.index(quote)
        found = [library.tag_tree().find(path) for path in tags]
        library.run(
            AddHighlight(
                document.id,
                text.version,
                start,
                start + len(quote),
                colour=colour,
                style=style,
                note=note,
                tags=tuple(tag.id for tag in found if tag is not None),
            )
        )


def write_pdf(file: Path) -> None:
    """Write a PDF of two pages."""
    writer = QPdfWriter(str(file))
    writer.setPageSize(QPageSize(QPageSize.PageSizeId.A4))
    writer.setTitle("Soundings in the channel, 2015")
    writer.setResolution(72)
    painter = QPainter(writer)
    for page in range(2):
        if page:
            writer.newPage()
        painter.setFont(QFont(fonts.SERIF, 20))
        painter.drawText(20, 60, f"Soundings in the channel, {2015 + page}")
        painter.setFont(QFont(fonts.SERIF, 11))
        for line, sentence in enumerate(SENTENCES[page:]):
            painter.drawText(20, 100 + 24 * line, sentence)
    painter.end()


def write_invented(folder: Path) -> None:
    """Write the invented documents."""
    folder.mkdir()
    for number, (title, source, day, _tags, _state) in enumerate(INVENTED):
        chosen = random.Random(number)
        length = 60 if title.startswith("Annual") else chosen.randint(4, 12)
        # What one searches for stands once in some of them; the rest is for the reader.
        told = [] if number % 3 or title.startswith("Accounts") else [SENTENCES[number % 4]]
        rest = SENTENCES[4:]
        parts = [" ".join([*told, *chosen.sample(rest, 4)])]
        parts += [" ".join(chosen.sample(rest, 5)) for _ in range(length)]
        text = "\n\n".join([title, day, *parts, f"Source: {source}"]) + "\n"
        (folder / f"{number:02}.txt").write_text(text, "utf-8")


def write_many(folder: Path) -> None:
    """Write what the picture of an import shows; a few of the files cannot be read."""
    for number in range(IMPORTED):
        into = folder / ("dispatches" if number % 2 else "minutes")
        into.mkdir(parents=True, exist_ok=True)
        chosen = random.Random(number)
        body = "\n\n".join(" ".join(chosen.sample(SENTENCES, 5)) for _ in range(6))
        day = f"{1 + number % 28} March {1990 + number % 25}"
        name = "Dispatch" if number % 2 else "Minutes"
        text = f"{name} {number:04} from the harbour office\n\n{day}\n\n{body}\n"
        (into / f"{number:04}.txt").write_text(text, "utf-8")
    (folder / "dispatches" / "0002-scan.txt").write_bytes(b"")
    (folder / "dispatches" / "0006-tonnage.txt").write_bytes(bytes(range(256)) * 40)
    (folder / "dispatches" / "0010-berths.json").write_text('{"berths": [1, 2, 3]}', "utf-8")


# The pictures.


def main_window(app: App, folder: Path, theme: str) -> None:
    opened = open_window(app, folder, theme)
    ask(opened, '"dry dock" OR quay*')
    choose(opened, "How the quay")
    opened.window.reader.focus_text()
    take(opened, f"main-window-{theme}")


def reading(app: App, folder: Path, theme: str) -> None:
    """The page by itself, so that notes have their margin."""
    opened = open_window(app, folder, theme)
    choose(opened, "How the quay")
    opened.window.actions_table["view.reader_alone"].trigger()
    take(opened, f"reading-{theme}")


def highlights(app: App, folder: Path) -> None:
    opened = open_window(app, folder, "light")
    choose(opened, "How the quay")
    opened.window.actions_table["view.highlights"].trigger()
    take(opened, "highlights")


def pages(app: App, folder: Path) -> None:
    """A PDF as its pages, with a highlight on them."""
    opened = open_window(app, folder, "light")
    choose(opened, "Soundings")
    opened.window.reader.focus_text()
    opened.window.actions_table["document.page"].trigger()
    rest(opened)
    turn(1_500)  # until the process that draws has begun
    take(opened, "pages")


def search(app: App, folder: Path) -> None:
    opened = open_window(app, folder, "light")
    tree = opened.session.tag_tree
    place = tree.find("place") if tree else None
    assert tree is not None and place is not None
    opened.window.sidebar.view_chosen.emit(tag_query(tree, place.id), place.name)
    ask(opened, "berth* -minutes date:2015..2016")
    choose(opened, "What do the pilots")
    opened.window.header.search.line.setFocus()
    opened.window.header.search.line.deselect()
    take(opened, "search")


def filters(app: App, folder: Path) -> None:
    """What was found, beside what it can be narrowed to."""
    opened = open_window(app, folder, "light")
    ask(opened, "quay* harbour lang:en -date:2009")
    choose(opened, "How the quay")
    opened.window.actions_table["search.filters"].trigger()
    take(opened, "search-filters")


def explained(app: App, folder: Path) -> None:
    """What ran, with its brackets and a count for each part."""
    opened = open_window(app, folder, "light")
    ask(opened, '"dry dock" OR quay* NEAR/6 bedrock harbour -author:none')
    choose(opened, "How the quay")
    opened.window.reader.focus_text()
    take(opened, "search-explained")


def impossible(app: App, folder: Path) -> None:
    """A part that cannot be, in red, with its reason."""
    opened = open_window(app, folder, "light")
    choose(opened, "Background")
    ask(opened, "harbour date:2016-13")
    opened.window.reader.focus_text()
    take(opened, "search-impossible")


def nothing(app: App, folder: Path) -> None:
    """What to try where nothing is found."""
    opened = open_window(app, folder, "dark")
    choose(opened, "Surveyors")
    ask(opened, "brekwater pilots date:2015..2016")
    opened.window.reader.focus_text()
    take(opened, "search-nothing")


def concordance(app: App, folder: Path) -> None:
    """The lines of a word, half of them dealt with."""
    opened = open_window(app, folder, "light")
    ask(opened, "(quay* OR berth OR gates) date:2014.. -type:pdf -title:annual")
    opened.window.actions_table["search.concordance"].trigger()
    rest(opened)
    table = opened.joins.concordance.pane.table
    table.setFocus()
    for line in range(opened.joins.concordance.lines // 2):
        table.choose_row(line)
        QTest.keyClick(table, Qt.Key.Key_X if line % 3 == 2 else Qt.Key.Key_Space)
        rest(opened)
    take(opened, "concordance")


def tagging(app: App, folder: Path) -> None:
    opened = open_window(app, folder, "light")
    choose(opened, "Yard to leave")
    opened.window.list.view.setFocus()
    opened.window.actions_table["document.details"].trigger()
    opened.window.actions_table["document.tag"].trigger()
    wait_for(lambda: opened.window.picker.is_open)
    QTest.keyClicks(opened.window.picker.field, "l")
    take(opened, "tagging")


def tag_page(app: App, folder: Path) -> None:
    """What is said of a tag, and what carries it."""
    opened = open_window(app, folder, "light")
    choose(opened, "How the quay")
    claim = opened.session.tag_tree.find("claim") if opened.session.tag_tree else None
    assert claim is not None
    opened.joins.tag_page.show(claim.id)
    rest(opened)
    take(opened, "tag-page")


def together(app: App, folder: Path) -> None:
    """Which tags are on the same documents."""
    opened = open_window(app, folder, "light")
    choose(opened, "How the quay")
    opened.window.actions_table["tags.together"].trigger()
    rest(opened)
    take(opened, "tags-together")


def importing(app: App, folder: Path, home: Path) -> None:
    os.chdir(home)  # so that the list of files names no folder of this machine
    write_many(Path("Saved articles"))
    opened = open_window(app, folder, "light")
    choose(opened, "Background")
    opened.window.reader.focus_text()
    opened.session.import_files([Path("Saved articles")])
    opened.window.show_import_list(True)
    wait_for(lambda: opened.session.imports.progress is not None)
    wait_for(lambda: far_enough(opened))
    opened.window.list.view.viewport().repaint()
    opened.session.stop_import()
    save(opened, "import")
    close(opened)


def far_enough(opened: OpenWindow) -> bool:
    progress = opened.session.imports.progress
    assert progress is not None and opened.session.importing, "the import was over too soon"
    return not progress.counting and progress.done > 0.6 * progress.found


def empty(app: App, folder: Path) -> None:
    take(open_window(app, folder, "light"), "empty")


# Driving the window.


def open_window(app: App, folder: Path, theme: str) -> OpenWindow:
    """Open a library in a window and wait until it has come to rest."""
    app.appearance.choose(theme)
    library = Library.open(folder, cache=folder.parent / "cache")
    library.wait_until_searchable()
    opened = OpenWindow(app, library, None, Settings(theme=theme), cache=folder.parent / "cache")
    opened.window.setWindowState(Qt.WindowState.WindowNoState)
    opened.window.show()
    opened.window.resize(WIDTH, HEIGHT)
    opened.window.list.view.setFocus()
    rest(opened)
    return opened


def ask(opened: OpenWindow, text: str) -> None:
    """Write into the search box and wait for the answer."""
    opened.window.header.search.set_text(text)
    rest(opened)


def choose(opened: OpenWindow, title: str) -> None:
    """Choose the document with a title in the list, which opens it."""
    model = opened.model
    row = next(
        place
        for place in range(len(model.ids))
        if (found := model.row(place)) and found.document.title.startswith(title)
    )
    opened.window.list.view.choose_row(row)
    rest(opened)


def take(opened: OpenWindow, name: str) -> None:
    """Take a picture of the window at rest, and close it."""
    rest(opened)
    save(opened, name)
    close(opened)


def save(opened: OpenWindow, name: str) -> None:
    """Save a picture of the window as it is, in 256 of its colours."""
    image = opened.window.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)
    flags = Qt.ImageConversionFlag.ThresholdDither | Qt.ImageConversionFlag.AvoidDither
    image = image.convertToFormat(QImage.Format.Format_Indexed8, chosen_colours(image), flags)
    file = OUT / f"{name}.png"
    image.save(str(file), "PNG", 0)  # 0: as small as can be
    size = file.stat().st_size
    assert (image.width(), image.height()) == (WIDTH, HEIGHT), image.size()
    assert size < LARGEST_BYTES, f"{file.name} has {size:,} bytes"
    print(f"{file.name:24}{size:>9,} bytes")


def chosen_colours(image: QImage) -> list[int]:
    """The colours that a picture has most of, and those that are least like any of these."""
    pixels = Counter(memoryview(image.constBits()).cast("I"))
    chosen = [colour for colour, _pixels in pixels.most_common(COMMON_COLOURS)]
    distance = {each: min(unlike(each, one) for one in chosen) for each in pixels}
    while len(chosen) < 256 and max(distance.values()):
        farthest = max(distance, key=lambda colour: (distance[colour], colour))
        chosen.append(farthest)
        distance = {each: min(so_far, unlike(each, farthest)) for each, so_far in distance.items()}
    return chosen


def unlike(one: int, other: int) -> int:
    """How far two colours are from each other."""
    return sum((((one >> by) & 255) - ((other >> by) & 255)) ** 2 for by in (0, 8, 16))


def close(opened: OpenWindow) -> None:
    opened.window.close()
    opened.close()
    turn(50)


def turn(milliseconds: int) -> None:
    """Let the window work for a while."""
    loop = QEventLoop()
    QTimer.singleShot(milliseconds, loop.quit)
    loop.exec()


def wait_for(seen: Callable[[], bool], timeout_s: float = 60) -> None:
    """Let the window work until something is so."""
    clock = QElapsedTimer()
    clock.start()
    while not seen():
        assert clock.elapsed() < timeout_s * 1000, "it did not come about"
        turn(5)


def rest(opened: OpenWindow) -> None:
    """Let the window work until nothing is under way and no timer brings more."""
    clock = QElapsedTimer()
    clock.start()

    def calm() -> bool:
        if opened.tasks.busy:
            clock.restart()
        return clock.elapsed() > CALM_MS

    wait_for(calm)


if __name__ == "__main__":
    main()
