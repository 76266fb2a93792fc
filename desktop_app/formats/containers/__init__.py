"""Files that are packed: zips, what lies in them, gzip."""
