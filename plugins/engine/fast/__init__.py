"""Speed that costs clarity, each with its gain; nothing here is needed for a right build."""
