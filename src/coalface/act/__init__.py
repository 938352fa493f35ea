"""Changing something because customers asked."""
