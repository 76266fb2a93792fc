"""Several commands as one: done together, and taken back together."""

from __future__ import annotations

from dataclasses import dataclass

from desktop_app.library.commands import Command
from desktop_app.library.steps import Taking


@dataclass(frozen=True, slots=True)
class AtOnce:
    """Do commands in their order under one name; where one is refused, none is done."""

    commands: tuple[Command, ...]
    name: str

    def do(self, taking: Taking) -> str:
        for command in self.commands:
            command.do(taking)
        return self.name
