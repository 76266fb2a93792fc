"""Tag collections out of a library as files, and into one."""
