"""Us: who works here, where, and what they may do."""
