"""The day's backup stands beside the day's first change, and says so when it cannot be made."""

from __future__ import annotations

import threading
from pathlib import Path

from desktop_app.core.errors import Problem
from desktop_app.formats.process.worker import Worker
from desktop_app.library.commands import SetStarred
from desktop_app.library.library import Library
from tests.library.conftest import Bring


def test_the_first_change_of_a_day_is_preceded_by_one_backup(
    library: Library, bring: Bring, tmp_path: Path, worker: Worker
) -> None:
    bring("One text.\n")
    library.close()
    again = Library.open(
        tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=worker
    )
    (one,) = again.search("").ids
    again.run(SetStarred((one,), True))
    again.run(SetStarred((one,), False))
    again.close()  # waits for it
    backups = list((tmp_path / "library" / "backups").glob("*.db"))
    assert len(backups) == 1


def test_a_backup_of_the_day_that_fails_is_told_and_the_change_is_kept(
    library: Library, bring: Bring, tmp_path: Path, worker: Worker
) -> None:
    bring("One text.\n")
    library.close()
    (tmp_path / "library" / "backups").write_text("a file stands where the folder should be\n")
    again = Library.open(
        tmp_path / "library", cache=tmp_path / "cache", index="inline", worker=worker
    )
    told: list[Problem] = []
    heard = threading.Event()
    again.listen_trouble(lambda problem: (told.append(problem), heard.set()))  # type: ignore[func-returns-value]
    (one,) = again.search("").ids
    again.run(SetStarred((one,), True))
    assert heard.wait(20)
    assert "backup could not be made" in str(told[0])
    assert again.documents([one])[0].starred
    again.close()
