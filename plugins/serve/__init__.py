"""The author's loop: the site is served, watched, built again and reloaded."""
