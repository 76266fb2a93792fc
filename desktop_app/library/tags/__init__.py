"""Tags: what can be done to them and to their collections, and how the undo log keeps it."""
