"""Carries out what follows from what happened."""
