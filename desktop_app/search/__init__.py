"""The mirror: the full-text index, which may be deleted at any time."""
