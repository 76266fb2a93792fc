"""Colours, letters and signs, and how they are put on."""
