"""Tag collections as files: saved, looked at before they are imported, and compared."""
