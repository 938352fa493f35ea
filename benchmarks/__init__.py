"""Promises of speed and quality: each file prints a table and exits 1 where a bar is missed."""
