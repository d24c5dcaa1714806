"""Dialogue with citizens: meetings, places and who stands in line for them, what was said, and what became of it."""
