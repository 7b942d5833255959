"""Reading the day's work."""
