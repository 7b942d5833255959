"""X12 5010, as far as we write and read it."""
