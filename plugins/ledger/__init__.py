"""The record of what was published: lasting ids, addresses, and what readers will notice."""
