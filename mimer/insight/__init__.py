"""What the numbers say: measures, each defined once."""
