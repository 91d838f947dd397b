"""Releases of products: what changed, who is affected, how to get from A to B."""
