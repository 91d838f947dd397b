"""The frame of all pages: style sheets, scripts, and the view that every page shares."""
