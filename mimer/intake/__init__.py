"""The ways in: one reader per channel, all ending in a single `receive()`."""
