"""Atom, RSS and JSON feeds from one model."""
