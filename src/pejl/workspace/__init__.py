"""What a workspace declares: typed, frozen models; reading them; finding every problem in one pass.

Import from the modules: `model` (Workspace), `loading`, `checks`, `period`, `states`, `problems`. The package itself
imports nothing, so that a status is shown without loading what only a check needs.
"""
