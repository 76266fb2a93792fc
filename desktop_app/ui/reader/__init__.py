"""The page: blocks drawn for reading, with matches painted over it."""
