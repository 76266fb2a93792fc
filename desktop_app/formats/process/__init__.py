"""The process that reads foreign files, what it may not do, and how one talks to it."""
