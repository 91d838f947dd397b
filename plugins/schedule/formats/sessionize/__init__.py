"""Sessionize's JSON, in its three views."""
