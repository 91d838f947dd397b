"""The database: its models and the script that makes one from them."""
