"""Keeps leaders in front of customers and carries what they hear to a decision, a fix and a verdict."""
