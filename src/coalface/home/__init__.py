"""The hall: pages that need every room."""
