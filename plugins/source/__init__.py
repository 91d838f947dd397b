"""Files and what they say: text with lines, front matter, settings, and problems with a place."""
