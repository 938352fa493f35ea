"""The encounter: brief, hold, write down, answer for."""
