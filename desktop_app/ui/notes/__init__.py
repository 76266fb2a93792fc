"""Notes while they are written: kept from letter to letter, saved, never lost."""
