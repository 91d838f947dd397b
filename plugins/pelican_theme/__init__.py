"""Themes written for plain Pelican: its own objects and pages, made of what we have read."""
