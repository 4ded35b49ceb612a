"""Background work: what runs every so often, once, however many workers there are."""
