"""A library whose database is damaged is brought back from a backup by `restore`."""

from __future__ import annotations

import shutil
from pathlib import Path

from tests.cli.conftest import Terminal


def test_restore_brings_back_a_library_whose_database_is_damaged(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    (made,) = own_terminal.json("backup")
    backup = tmp_path / "kept.db"
    shutil.copy(made["path"], backup)
    database = own_terminal.library / "postil.db"
    database.write_bytes(b"no longer a database" * 500)
    assert own_terminal("list") == 3
    assert "damaged" in own_terminal.err
    (restored,) = own_terminal.json("restore", backup)
    assert (restored["documents"], restored["originals_missing"]) == (3, 0)
    assert len(own_terminal.json("search", "dock")) == 2
    assert own_terminal("verify") == 0


def test_a_damaged_backup_is_refused_and_the_library_stays(
    own_terminal: Terminal, tmp_path: Path
) -> None:
    backup = tmp_path / "kept.db"
    backup.write_bytes(b"no longer a database" * 500)
    assert own_terminal("restore", backup) == 3
    assert "damaged" in own_terminal.err or "not" in own_terminal.err
    assert own_terminal("verify") == 0
    assert len(own_terminal.json("list")) == 3
