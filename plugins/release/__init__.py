"""Releases of products: what changed, who is affected, and how to get from one version to another."""
