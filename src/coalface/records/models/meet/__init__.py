"""The encounter."""
