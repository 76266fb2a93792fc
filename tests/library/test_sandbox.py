import sys
import threading

import pytest

from desktop_app.library.library import Library


@pytest.fixture
def library(tmp_path):
    library = Library.open(tmp_path / "library", cache=tmp_path / "cache", index="inline")
    yield library
    library.close()


def test_the_library_says_what_its_reading_process_cannot_do(library):
    words = library.sandbox()
    assert words.startswith("Foreign files are read in a process of its own")
    assert words.endswith(".")
    if sys.platform == "linux":
        assert "cannot open files" in words or "opening other files" in words
    assert library.sandbox() == words


def test_it_is_said_while_an_import_runs(library, tmp_path):
    for number in range(200):
        (tmp_path / f"{number}.txt").write_text(f"The bridge {number}. " * 50)
    said = []
    asking = threading.Thread(target=lambda: said.append(library.sandbox()))

    def first(outcome):
        if not asking.ident:
            asking.start()

    library.import_files([tmp_path], on_outcome=first)
    asking.join(60)
    assert "process of its own" in said[0]
