"""A programme as plain text, for mail, terminals and paper."""
