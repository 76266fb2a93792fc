"""Languages by name and code."""

from __future__ import annotations

import pytest

from desktop_app.core.language_names import NAMES, language_code, language_name


@pytest.mark.parametrize("code", NAMES)
def test_every_name_is_read_back_as_its_code(code: str) -> None:
    assert language_code(language_name(code)) == code
    assert language_code(code.upper()) == code


def test_a_code_without_a_name_here_is_taken_as_it_is() -> None:
    assert language_code("ckb") == "ckb"
    assert language_name("ckb") == "ckb"


@pytest.mark.parametrize("typed", ["Klingon", "", "e", "en-GB", "12"])
def test_anything_else_is_answered_in_a_sentence(typed: str) -> None:
    with pytest.raises(ValueError, match="no language known here"):
        language_code(typed)
