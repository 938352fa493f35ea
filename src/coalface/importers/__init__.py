"""The door for files: mapping, staged reading, counted refusals."""
