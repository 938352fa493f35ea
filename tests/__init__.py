"""Tests mirror src/; `house` keeps the laws, `journeys` walk several rooms, `browser` opens pages."""
