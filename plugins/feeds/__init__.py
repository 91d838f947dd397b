"""Atom and RSS feeds from one model."""
