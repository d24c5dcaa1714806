"""The organisation: units in a tree that changes with time."""
