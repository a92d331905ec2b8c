"""Views of `studios`."""
