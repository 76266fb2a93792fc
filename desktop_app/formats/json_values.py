"""What JSON can say."""

from __future__ import annotations

Json = str | int | float | None | list["Json"] | dict[str, "Json"]
