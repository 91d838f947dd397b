"""Storage outside the program."""
