"""The exchange with the municipality's document system (EBYS): drafts go out, numbers and signed answers come back."""
