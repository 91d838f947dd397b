"""The menu entry of Giggity, an app that shows schedules."""
