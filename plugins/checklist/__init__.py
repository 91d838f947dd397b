"""Task lists as checklists that keep a reader's state and survive edits of their source."""
