"""What a search found, as rows with passages and counts, fetched beside the window."""
