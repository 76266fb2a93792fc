"""Similar words: the card that shows the spellings of a word that the library has."""
