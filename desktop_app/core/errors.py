"""What can go wrong in a way that a person can meet.

Everything that is not a Problem is a bug and is logged with its traceback.
"""


class Problem(Exception):
    """Say what happened in one sentence, and in a second what to do about it.

    message: a whole sentence, what happened and to what.
    hint: a whole sentence, what is safe or what to do; empty where there is nothing to add.
    """

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint

    def __str__(self) -> str:
        return f"{self.message} {self.hint}".strip()


class LibraryBusy(Problem):
    """Another process holds the library for writing."""


class LibraryTooNew(Problem):
    """The library was written by a newer version; it has not been touched."""


class LibraryTooOld(Problem):
    """The library is of an earlier version, and only to be read; it has not been touched."""


class LibraryDamaged(Problem):
    """The library's database cannot be read as one."""


class LibraryMissing(Problem):
    """There is no library in the folder."""


class BadUsage(Problem):
    """A request that cannot be carried out as it was put: an unknown tag, an impossible name."""


class DiskTrouble(Problem):
    """The disk is full, or refuses to be written."""
