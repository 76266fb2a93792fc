"""Who is told of what: panes, session and reader connected, a part of the window a file."""
