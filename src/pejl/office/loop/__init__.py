"""The loop closes: the office is a register of the next measurement, and readers see what is being done."""
