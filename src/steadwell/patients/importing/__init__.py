"""From an export to rows: read into staging tables first, then loaded in batches."""
