"""What a spreadsheet would make of the cells of a table that is written for one."""

from __future__ import annotations

import re
from typing import TypeVar

Cell = TypeVar("Cell")

# What it would run, or would hide from whoever looks for it at the start of a cell.
LIKE_A_FORMULA = r"(?:[\t\r\n]|\s*[=+\-@\uff1d\uff0b\uff0d\uff20])"
_FORMULA = re.compile(LIKE_A_FORMULA)


def harmless(cell: Cell) -> Cell | str:
    """A cell that no spreadsheet takes for a formula."""
    return f"'{cell}" if isinstance(cell, str) and _FORMULA.match(cell) else cell
