"""A schedule as a table for spreadsheets (CSV), read and written."""
