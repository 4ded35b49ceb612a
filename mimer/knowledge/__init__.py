"""What is asked again and again: canned answers."""
