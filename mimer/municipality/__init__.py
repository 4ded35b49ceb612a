"""Who we are: units, staff and roles, subjects and their questions, neighbourhoods, bodies, and the rule that picks a unit."""
