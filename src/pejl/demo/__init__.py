"""A synthetic municipality with invented names: what it is made of, and the workspace that measures it."""
