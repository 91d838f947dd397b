"""The author's loop: serve the site, watch its files, build again and reload the pages."""
