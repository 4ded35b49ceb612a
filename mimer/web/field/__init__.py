"""Pages of the field worker with a telephone in her hand."""
