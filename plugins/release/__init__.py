"""Releases of products: their changes, who is affected, and how to upgrade from A to B."""
