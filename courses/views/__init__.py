"""Views of `courses`."""
