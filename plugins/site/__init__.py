"""The contract that features share: `Feature`, the site, rows of output, addresses, and views."""
