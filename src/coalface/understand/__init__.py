"""From what was said to issues, and who knows of them."""
