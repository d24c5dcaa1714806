"""What is done in dialogue: one function for each act."""
