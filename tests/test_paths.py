"""Where things lie, in a checkout and in a frozen program; installed ones are in test_packaging."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from desktop_app import paths

PROJECT = Path(__file__).resolve().parent.parent


def test_a_checkout_finds_its_resources_and_seeds_beside_the_package() -> None:
    assert paths.resources() == PROJECT / "resources"
    assert paths.seeds() == PROJECT / "seeds"
    assert (paths.resources() / "icons" / "postil.svg").is_file()


def test_a_frozen_program_finds_them_where_it_was_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "desktop_app" / "seeds").mkdir(parents=True)
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path), raising=False)
    assert paths.seeds() == tmp_path / "desktop_app" / "seeds"


def test_naming_a_place_makes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"):
        monkeypatch.setenv(name, str(tmp_path))
    for name in (paths.default_library, paths.cache, paths.settings_file, paths.log_file):
        name()
    assert list(tmp_path.iterdir()) == []


def test_the_cache_lies_outside_the_library() -> None:
    assert not paths.cache().is_relative_to(paths.default_library())
    assert not paths.default_library().is_relative_to(paths.cache())
