"""Issues and who knows them."""
