"""From data to measurements: values with state, interval and provenance. Knows nothing of targets.

Import from the modules: `measurement`, `published`, `intervals`, `rates`, `records`.
"""
