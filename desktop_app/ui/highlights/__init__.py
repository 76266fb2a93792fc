"""All highlights of the library: the table, its filters, and those that somebody has to look at."""
