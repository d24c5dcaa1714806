"""The committee's year: its wheel, its meetings with what is put before them, and the wheels of others beside it."""
