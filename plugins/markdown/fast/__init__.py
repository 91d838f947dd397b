"""Loops of libraries that are written anew, since they gain much; each says how much."""
