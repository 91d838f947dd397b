"""The import of other programs' changelogs: one release post for each version."""
