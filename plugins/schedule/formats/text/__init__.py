"""A schedule as plain text, for mail, terminals and paper."""
