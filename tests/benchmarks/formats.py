"""What becomes of a folder of files of every format, a row a format.

python -m tests.benchmarks.formats FOLDER [--reasons]

FOLDER has one folder a format. Each file goes through the process that reads foreign files, as an
import would send it: mailboxes message by message, archives entry by entry. Printed are files,
documents, how many of them were imported, imported with a warning, and refused, the seconds that
all took, the longest that one took with its name, and how often the process had to be started
anew. Below stand the reasons of refusals, and for RTF the word F1 against the text that lies
beside a file under the same name.
"""

from __future__ import annotations

import argparse
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from desktop_app.core.words import words
from desktop_app.formats.extract import Extract, Refused
from desktop_app.formats.file import File
from desktop_app.formats.limits import Limits
from desktop_app.formats.process.unpacking import Unpacker, is_container, split_mbox
from desktop_app.formats.process.worker import Worker
from desktop_app.formats.sniff import MediaType

LIMITS = Limits()


@dataclass
class Row:
    """What became of one folder's files."""

    files: int = 0
    documents: int = 0
    imported: int = 0
    warned: int = 0
    seconds: float = 0.0
    longest: float = 0.0
    longest_name: str = ""
    over: int = 0
    restarts: int = 0
    warnings: Counter[str] = field(default_factory=Counter)
    refusals: list[tuple[str, str]] = field(default_factory=list)
    scores: list[tuple[str, float]] = field(default_factory=list)


def documents(path: Path, unpacker: Unpacker) -> Iterator[tuple[str, File | Refused]]:
    """The documents of a file, each under the name that an import would give it."""
    content = path.read_bytes()
    kind = is_container(content[:4_096], path.name)
    if kind is MediaType.MBOX:
        with path.open("rb") as stream:
            for number, message in enumerate(split_mbox(stream, LIMITS), 1):
                name = f"{path.name}!/{number}"
                yield name, message if isinstance(message, Refused) else File(message, "x.eml")
        return
    entries = unpacker.open(content, path.name) if kind is MediaType.ZIP else None
    if entries is None:
        yield path.name, File(content, path.name)
        return
    for entry in entries:
        name = f"{path.name}!/{entry.name}"
        if entry.refused:
            yield name, Refused(entry.refused)
            continue
        try:
            yield name, File(unpacker.take(entry.number), Path(entry.name).name)
        except Refused as refused:
            yield name, refused


def read_folder(folder: Path, worker: Worker, unpacker: Unpacker) -> Row:
    """Read every file in a folder."""
    row = Row()
    paths = sorted(path for path in folder.iterdir() if path.is_file())
    beside = {path.stem for path in paths if path.suffix == ".rtf"}
    for path in paths:
        expected = path.with_suffix(".txt")
        if path.suffix == ".txt" and path.stem in beside:
            continue
        row.files += 1
        for name, file in documents(path, unpacker):
            row.documents += 1
            process = worker.process_id
            begun = time.perf_counter()
            try:
                if isinstance(file, Refused):
                    raise file
                extract = worker.extract(file)
            except Refused as refused:
                row.refusals.append((name, str(refused)))
                extract = None
            took = time.perf_counter() - begun
            row.seconds += took
            if took > row.longest:
                row.longest, row.longest_name = took, name
            if isinstance(file, File) and took > LIMITS.seconds(file.size) + 5:
                row.over += 1
            row.restarts += process is not None and worker.process_id != process
            if extract is not None:
                row.imported += 1
                if extract.warning:
                    row.warned += 1
                    row.warnings[extract.warning] += 1
                if path.suffix == ".rtf" and expected.exists():
                    row.scores.append((name, word_f1(extract, expected)))
    return row


def word_f1(extract: Extract, expected: Path) -> float:
    """How far the words of a text are those that were expected, repeats counted."""
    found = Counter(words(extract.text.canonical))
    wanted = Counter(words(expected.read_bytes().decode("utf-8", "replace")))
    common = (found & wanted).total()
    if not common:
        return float(not found and not wanted)
    return 2 * common / (found.total() + wanted.total())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--reasons", action="store_true", help="print warnings and scores as well")
    asked = parser.parse_args()
    rows: dict[str, Row] = {}
    with Worker(limits=LIMITS) as worker:
        unpacker = Unpacker(LIMITS)
        try:
            worker.extract(File(b"Begin with a process that is warm.", "a.txt"))
            for folder in sorted(path for path in asked.folder.iterdir() if path.is_dir()):
                rows[folder.name] = read_folder(folder, worker, unpacker)
        finally:
            unpacker.close()
    print(
        f"{'format':10}{'files':>7}{'docs':>7}{'imported':>10}{'warned':>8}{'refused':>9}"
        f"{'seconds':>9}{'worst':>8}{'over':>6}{'anew':>6}  the longest"
    )
    for name, row in rows.items():
        print(
            f"{name:10}{row.files:7}{row.documents:7}{row.imported:10}{row.warned:8}"
            f"{len(row.refusals):9}{row.seconds:9.2f}{row.longest:8.2f}{row.over:6}"
            f"{row.restarts:6}  {row.longest_name}"
        )
    for name, row in rows.items():
        for file, reason in row.refusals:
            print(f"refused  {name}/{file}: {reason}")
        if asked.reasons:
            for warning, count in row.warnings.most_common():
                print(f"warned   {name} {count} times: {warning}")
            for file, score in sorted(row.scores, key=lambda score: score[1]):
                print(f"word F1  {file} {score:.4f}")
        if row.scores:
            counted = [score for file, score in row.scores if "encoding" not in file]
            mean = sum(counted) / len(counted)
            print(f"word F1  {name}: mean {mean:.4f} of {len(counted)} files, `encoding` aside")


if __name__ == "__main__":
    main()
