"""What every feature stands on: problems, settings, front matter, addresses, Markdown."""
