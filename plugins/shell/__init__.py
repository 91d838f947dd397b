"""The frame of all pages: the theme's style sheets and scripts, and what every page shows."""
