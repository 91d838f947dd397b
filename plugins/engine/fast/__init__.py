"""Optimizations that cost clarity, each with its gain; a build is right without them."""
