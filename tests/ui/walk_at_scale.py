"""Walk through a window at the scale that QT_SCALE_FACTOR names, and tell what is hard to read.

    python -m tests.ui.walk_at_scale HOME

HOME holds a library. One line of JSON: the scale, and what is hard to read by theme.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtWidgets import QApplication

from desktop_app.ui.look.theme import THEMES
from tests.ui.window_for_tests import Desk


def main() -> None:
    """Tell it."""
    app = QApplication([])
    from tests.ui.test_accessibility import appearance, hard_to_read, with_a_highlight

    desk = Desk(Path(sys.argv[1]))
    with_a_highlight(desk)
    found: dict[str, list[str]] = {}
    for theme in THEMES:
        appearance(desk).choose(theme)
        desk.settle()
        found[theme] = hard_to_read(desk)
    print(json.dumps({"ratio": app.devicePixelRatio(), "themes": found}))
    desk.close()


if __name__ == "__main__":
    main()
