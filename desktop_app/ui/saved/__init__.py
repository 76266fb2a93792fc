"""Saved searches: their rows in the sidebar, the star in the search box, the card for a name."""
