"""What is raised where a field cannot have a value."""

from __future__ import annotations


class ValueRefused(Exception):
    """A value that its field cannot have; the message is the sentence that says so."""
