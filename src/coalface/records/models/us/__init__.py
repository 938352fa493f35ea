"""Us: people, units, positions, rights."""
