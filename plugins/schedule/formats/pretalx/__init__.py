"""pretalx's list of submissions, and the draft of schedule.json version 2."""
