"""What menus and keys do to documents, facts, folds, pages and the library."""
