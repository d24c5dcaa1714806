"""Open SDG data repositories, read into a workspace of their own.

The layout read here is the one the Open SDG project documents (https://open-sdg.readthedocs.io): a CSV file per
indicator in `data`, metadata in `meta` and `indicator-config`, words in `translations`.
"""
