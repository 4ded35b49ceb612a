"""What may be kept and who looked."""
