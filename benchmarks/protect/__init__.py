"""Speed and loss of disclosure control."""
