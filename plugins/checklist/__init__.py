"""Task lists as checklists that store a reader's state and survive edits of their source."""
