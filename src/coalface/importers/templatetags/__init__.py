"""Template tags of bringing in a list."""
