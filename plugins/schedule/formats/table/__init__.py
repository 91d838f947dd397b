"""A programme as a table for spreadsheets (CSV), read and written."""
