"""What was done to the library, as a list in which one goes back and forth."""
