"""Plans that turn a strategy into daily work: development plans of units, plans of centres, areas and target groups."""
