"""Posts and pages, their lists, the archive, the front page."""
