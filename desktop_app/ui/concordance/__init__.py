"""The concordance: every match of the search on a line of its own."""
