"""The views of tags that take the place of the list: the page of one, and which occur together."""
