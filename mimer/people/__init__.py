"""Who applied: persons and organisations, how to reach them, and their encrypted identity."""
