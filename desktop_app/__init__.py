"""Postil: read, tag and find in documents, with no network at all."""

__version__ = "0.1.0"
