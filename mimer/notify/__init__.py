"""The ways out: a case's events become messages, delivered by the way the citizen prefers."""
