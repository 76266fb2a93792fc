"""The verbs: open, import, tag, search, undo, back up."""
