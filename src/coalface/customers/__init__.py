"""Them: the directory, consent, and the one door by which anybody is approached."""
