"""Find marked passages again in another text of the same document."""
