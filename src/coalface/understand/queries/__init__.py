"""What the ledger says about issues, and about what was said."""
