"""Suggestions while typing, same-sound corrections, and whom to ask where nothing is found."""
