"""Checks that no page of the stage leads nowhere, before it goes live."""
