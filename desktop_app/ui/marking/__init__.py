"""What a hand does to highlights, whatever shows the text."""
