"""The memory of what was published: lasting ids, addresses, and what readers will notice."""
