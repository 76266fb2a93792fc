"""Taguette itself reads the table that is written for it; it is installed beside, for this only."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from desktop_app.core.codebook import Codebook
from desktop_app.core.tag_aliases import Alias, AliasKind
from desktop_app.library.codebooks.reading import read_codebook
from desktop_app.library.codebooks.writing import write_codebook
from tests.library.formats_for_tests import tag_like, uuid_number

# Reads a table as Taguette does when one is uploaded, judges each line as it does before it is
# kept, and writes the tags out again as it does when one downloads them.
READ = """
import csv, json, sys
from taguette import export, import_codebook, validate

class Tag:
    highlights_count = documents_count = 0
    def __init__(self, path, description):
        self.path, self.description = path, description

with open(sys.argv[1], "rb") as file:
    tags = import_codebook.list_tags(file)
for tag in tags:
    validate.tag_path(tag["path"])
    validate.description(tag["description"])
with open(sys.argv[2], "w", encoding="utf-8", newline="") as file:
    export.codebook_csv([Tag(tag["path"], tag["description"]) for tag in tags], file)
print(json.dumps(tags))
"""

CODEBOOK = Codebook(
    "notes",
    tags=(
        tag_like(
            1,
            "place",
            definition='=1+1, “quoted”\n\nin "lines"',
            use_when="always",
            aliases=(Alias("Ort; Platz", AliasKind.LANGUAGE, "de"), Alias("PL")),
        ),
        tag_like(2, "a/b #1, c", parent=uuid_number(1)),
        tag_like(3, "שלום мир 語 Größe", parent=uuid_number(1)),
        tag_like(4, "-minus"),
    ),
)


@pytest.fixture(scope="module")
def taguette(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A Python of its own that has Taguette."""
    place = tmp_path_factory.mktemp("taguette") / "beside"
    subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
    python = place / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
    subprocess.run([str(python), "-m", "pip", "install", "--quiet", "taguette>=1.5,<2"], check=True)
    return python


@pytest.mark.long
@pytest.mark.timeout(600)
def test_taguette_reads_what_is_written_and_writes_what_is_read(
    taguette: Path, tmp_path: Path
) -> None:
    ours, theirs = tmp_path / "ours.csv", tmp_path / "theirs.csv"
    write_codebook(CODEBOOK, ours, taguette=True)
    done = subprocess.run(
        [str(taguette), "-c", READ, str(ours), str(theirs)],
        check=True,
        capture_output=True,
        encoding="utf-8",
    )
    tags = json.loads(done.stdout)
    assert [tag["path"] for tag in tags] == [
        "place",
        "place.a/b #1, c",
        "place.שלום мир 語 Größe",
        "-minus",
    ]
    assert tags[0]["description"].startswith('=1+1, “quoted”\n\nin "lines"\n\nUse when: always')
    mine, back = (read_codebook(path).codebooks[0] for path in (ours, theirs))
    assert [(tag.name, tag.definition, tag.use_when, tag.aliases) for tag in mine.tags] == [
        (tag.name, tag.definition, tag.use_when, tag.aliases) for tag in back.tags
    ]
    assert [tag.name for tag in back.tags if tag.parent is not None] == [
        "a/b #1, c",
        "שלום мир 語 Größe",
    ]
