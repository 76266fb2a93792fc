"""The truth: the library's SQLite database and its kept originals."""
