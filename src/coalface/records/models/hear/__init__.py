"""What reached us."""
