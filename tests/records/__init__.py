"""The ledger's own doors: tables out, and search."""
