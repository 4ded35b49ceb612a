"""Filters and tags that only the look needs."""
