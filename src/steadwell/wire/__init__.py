"""Formats of the outside world: text to values and back. No database, no network, no opinion."""
