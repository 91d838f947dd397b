"""Hostile text by the million: what is read by hand for hours, and a little of it by every test."""
