"""Builds the demo companies through the users' own actions."""
