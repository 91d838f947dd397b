"""Checks that no link on any page of the stage is dead, before it goes live."""
