"""Pages of whoever works on cases: lists, the case page and its verbs."""
