"""The ledger below all rooms: nouns, history and migrations; it decides nothing."""
