"""Pages, by who sits there."""
