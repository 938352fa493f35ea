"""What every group needs."""
