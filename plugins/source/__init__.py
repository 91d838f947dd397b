"""Files as authors write them: text with lines, front matter, settings, and problems."""
