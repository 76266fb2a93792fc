"""What a text and its file propose as facts: title, authors, source, date, language."""
