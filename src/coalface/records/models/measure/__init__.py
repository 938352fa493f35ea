"""Figures as they stood."""
