"""Forms: the shape and the messages of what people type; no rules of the house."""
