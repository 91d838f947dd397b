"""Notes in files of frab's formats, for what only Hallway's own format can express."""
