"""Them: customers and what they agreed to."""
