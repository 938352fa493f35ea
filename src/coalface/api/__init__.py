"""The door for phones and other programs: JSON by right, under addresses that name nouns."""
