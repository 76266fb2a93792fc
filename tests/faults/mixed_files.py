"""A folder of every kind of file, made from nothing and always the same."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from pathlib import Path

from tests.benchmarks.volume import articles
from tests.faults import small_documents as small
from tests.formats.mails_for_tests import picture

# How often each kind comes among a hundred files.
_KINDS: Mapping[str, int] = {
    "txt": 30,
    "md": 10,
    "html": 10,
    "page": 8,
    "zip": 4,
    "mbox": 4,
    "eml": 8,
    "mhtml": 3,
    "html.gz": 3,
    "rtf": 4,
    "docx": 3,
    "odt": 3,
    "epub": 3,
    "pdf": 3,
    "twin": 2,
    "json": 1,
    "empty": 1,
}
_BUILDERS: Mapping[str, Callable[[str], bytes]] = {
    "md": small.md,
    "html": small.html,
    "eml": small.eml,
    "mbox": small.mbox,
    "mhtml": small.mhtml,
    "html.gz": small.html_gz,
    "rtf": small.rtf,
    "docx": small.docx,
    "odt": small.odt,
    "epub": small.epub,
    "pdf": small.pdf,
}


def write_mixed(folder: Path, count: int, *, seed: int = 3) -> None:
    """Write so many files into a folder, a hundred a folder below it."""
    choice = random.Random(seed)
    kinds = choice.choices(list(_KINDS), weights=list(_KINDS.values()), k=count)
    texts = [text for _, text in articles(count, seed=seed, size=1_500)]
    for number, (kind, text) in enumerate(zip(kinds, texts, strict=True)):
        place = folder / f"{number // 100:02}"
        place.mkdir(parents=True, exist_ok=True)
        _write(place, f"{number:04}", kind, text, f"The ferry number {number} left at dawn.")


def _write(place: Path, name: str, kind: str, text: str, sentence: str) -> None:
    if kind == "txt":
        (place / f"{name}.txt").write_text(text)
    elif kind == "twin":
        (place / f"{name}.txt").write_text("The same text lies here more than once.\n")
    elif kind == "json":
        (place / f"{name}.json").write_text(f'{{"number": "{name}"}}')
    elif kind == "empty":
        (place / f"{name}.txt").write_bytes(b"")
    elif kind == "page":
        beside = place / f"{name}_files"
        beside.mkdir()
        (beside / "lamp.png").write_bytes(picture())
        (beside / "style.css").write_text("p { color: black }")
        shown = f'<p><img src="{name}_files/lamp.png" alt="A lamp"></p></article>'.encode()
        (place / f"{name}.htm").write_bytes(small.html(sentence).replace(b"</article>", shown))
    elif kind == "zip":
        entries = {
            "one.txt": text.encode(),
            "deep/two.html": small.html(sentence),
            "three.json": b"{}",
            "mail.mbox": small.mbox(sentence),
            "inner.zip": small.zipped({"four.md": small.md(sentence)}),
        }
        (place / f"{name}.zip").write_bytes(small.zipped(entries))
    else:
        (place / f"{name}.{kind}").write_bytes(_BUILDERS[kind](sentence))
