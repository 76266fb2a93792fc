from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop_app import settings
from desktop_app.settings import Settings


def test_settings_come_back_as_they_were_saved(tmp_path: Path) -> None:
    file = tmp_path / "config" / "settings.json"
    kept = Settings(
        theme="sepia",
        reader_size=21.0,
        panes=(200, 300),
        keys={"document.star": ("Ctrl+D",)},
        last_document={"/library": 7},
    )
    settings.save(kept, file)
    assert settings.load(file) == (kept, "")


def test_a_missing_file_gives_the_usual_settings_without_a_word(tmp_path: Path) -> None:
    assert settings.load(tmp_path / "none.json") == (Settings(), "")


def test_a_damaged_file_is_set_aside_and_said(tmp_path: Path) -> None:
    file = tmp_path / "settings.json"
    file.write_text('{"theme": "dark"', "utf-8")
    now, said = settings.load(file)
    assert now == Settings()
    assert "damaged" in said
    assert not file.exists()
    assert (tmp_path / "settings.json.damaged").read_text("utf-8") == '{"theme": "dark"'


@pytest.mark.parametrize(
    "text",
    [
        '{"theme": "neon"}',
        '{"reader_size": true}',
        '{"panes": ["wide", 3]}',
        '{"panes": 3}',
        '{"keys": []}',
        '{"sidebar_shown": 1}',
        '{"from_a_newer_version": 1}',
    ],
)
def test_an_impossible_value_becomes_the_usual_one(text: str) -> None:
    assert settings.from_json(text) == Settings()


def test_a_size_that_nobody_could_read_is_brought_back_to_bounds() -> None:
    assert settings.from_json('{"reader_size": 4000}').reader_size == 60.0


_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.dictionaries(st.sampled_from(sorted(Settings.__dataclass_fields__)), _json))
def test_whatever_a_file_says_the_settings_can_be_written_and_read(values: dict) -> None:  # type: ignore[type-arg]
    import json

    now = settings.from_json(json.dumps(values))
    assert settings.from_json(settings.to_json(now)) == now
