"""How fast is Pejl, and how much memory does it need: measured side by side with plain programs of the same task."""
