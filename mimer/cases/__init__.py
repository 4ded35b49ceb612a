"""The heart: the case, its words, evidence and events."""
