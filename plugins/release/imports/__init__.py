"""Changelogs of other programs become release posts: one for each version."""
