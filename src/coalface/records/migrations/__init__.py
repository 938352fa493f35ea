"""One history for all tables."""
