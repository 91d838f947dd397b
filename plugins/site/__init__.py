"""What features share: `Feature`, the site, rows of output, addresses, links, and views."""
