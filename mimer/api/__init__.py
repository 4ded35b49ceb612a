"""The machines' doorway: what another system of the municipality may ask and bring, with a key of its own."""
