"""Base pages, components, design tokens, template tags and charts."""
