"""A way in without YAML: workbooks and Word files out and in again, and Open SDG repositories in."""
