"""What it costs to count registers: Pejl against SQL by hand, pandas and polars, on the same rows."""
