"""Pictures of every page type, to be looked at."""
