"""What every app of the office shares: roles, who may ask for what, refusals in words, states, pages."""
