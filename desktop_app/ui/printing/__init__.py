"""A document on paper: its text as it is read, with what was marked and noted."""
