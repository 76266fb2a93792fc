"""The verbs for a terminal. Qt is never imported, and a verb loads only what it needs."""
