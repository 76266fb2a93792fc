"""Where things lie: the user's own folders, and the files that come with the program.

Names only: nothing is made, read or written here. `$POSTIL_LIBRARY` is not looked at; the command
line does that.
"""

from __future__ import annotations

import sys
from pathlib import Path

import platformdirs

_NAME = "postil"


def default_library() -> Path:
    """Name the folder of the library that opens when none is asked for."""
    return platformdirs.user_data_path(_NAME, appauthor=False) / "library"


def cache() -> Path:
    """Name the folder for what can be made again at any time: the indexes."""
    return platformdirs.user_cache_path(_NAME, appauthor=False)


def settings_file() -> Path:
    """Name the file of the settings."""
    return platformdirs.user_config_path(_NAME, appauthor=False) / "settings.json"


def log_file() -> Path:
    """Name the file that unexpected errors are written to."""
    return platformdirs.user_log_path(_NAME, appauthor=False) / "postil.log"


def resources() -> Path:
    """Find the icons, themes and pictures that come with the program."""
    return _shipped("resources")


def seeds() -> Path:
    """Find the documents and the tag collection of the starter library."""
    return _shipped("seeds")


def _shipped(name: str) -> Path:
    """Find a folder of shipped files: in a frozen program, in an installed package, in a checkout.

    An installed package carries them inside itself, where no other package's can be mistaken for
    them; a checkout has them beside it.
    """
    package = Path(__file__).resolve().parent
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        package = Path(frozen) / "desktop_app"
    inside = package / name
    return inside if inside.is_dir() else package.parent / name
