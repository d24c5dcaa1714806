"""Strategies on their way: from the decision to make one until it is adopted, with every draft kept."""
