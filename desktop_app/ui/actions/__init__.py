"""The one table of actions, a part a file, and the actions that are made of it."""
