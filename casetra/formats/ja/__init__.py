"""In Japanese."""
