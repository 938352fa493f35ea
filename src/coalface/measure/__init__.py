"""How near we are to our customers, honestly."""
