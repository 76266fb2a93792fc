"""Lists and trees of the library as Qt models."""
