"""From the bytes of a file to an extract: readers and the worker process that runs them."""
