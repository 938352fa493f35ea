"""Who meets whom and when."""
