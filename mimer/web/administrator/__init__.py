"""Pages of the administrator of the municipality's tables."""
