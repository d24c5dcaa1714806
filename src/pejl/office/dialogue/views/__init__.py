"""Pages of dialogue: public ones, and those inside the office."""
