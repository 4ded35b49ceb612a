"""Pages of the citizen, signed in nowhere."""
